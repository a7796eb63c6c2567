/**
 * The contract of every adapter, as cases that all of them are run through over real HTTP. A case says what the portal
 * holds, what goes wrong, and what must come out. A protocol that cannot have a case names the reason in its `skips`.
 */
import { expect } from 'vitest';
import type { FaultRule } from '../../src/simulator/faults.ts';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import type { Simulator } from '../../src/simulator/start-simulator.ts';
import { encodeCp949 } from '../support/encode-cp949.ts';
import type { collect, Harvested } from './collect.ts';
import type { ProtocolSide } from './protocol-sides.ts';

export interface AdapterCase {
  /** What `skips` calls it. */
  readonly key: string;
  readonly title: string;
  readonly records?: (side: ProtocolSide) => readonly PortalRecord[];
  readonly portal?: Readonly<Record<string, unknown>>;
  readonly faults?: (side: ProtocolSide) => readonly FaultRule[];
  readonly check: (played: Played) => void | Promise<void>;
}

export interface Played {
  readonly side: ProtocolSide;
  readonly records: readonly PortalRecord[];
  readonly simulator: Simulator;
  /** Runs the adapter once. */
  readonly run: (options?: Parameters<typeof collect>[1]) => Promise<Harvested>;
}

const idOf = (index: number) => String(15_000_000 + index * 10);

export function sampleRecords(side: ProtocolSide): readonly PortalRecord[] {
  return Array.from({ length: side.size }, (_, i) => side.record(idOf(i), `대기질 ${i}`));
}

/** Every record exactly once, verbatim, in a complete run. */
function expectAll(harvested: Harvested, records: readonly PortalRecord[]): void {
  expect(harvested.failure).toBeUndefined();
  expect([...harvested.ids].sort()).toEqual(records.map(({ id }) => id).sort());
  expect(harvested.raws).toEqual(new Map(records.map(({ id, bytes }) => [id, new TextDecoder().decode(bytes)])));
  expect(harvested.end?.complete).toBe(true);
}

function expectFailure(harvested: Harvested, code: string): void {
  expect(harvested.failure).toMatchObject({ name: 'SourceError', code });
  expect(harvested.end).toBeUndefined();
}

/** Everything comes in spite of the faults. */
function survives({ run, records }: Played): Promise<void> {
  return run().then((harvested) => expectAll(harvested, records));
}

function failsWith(code: string): AdapterCase['check'] {
  return async ({ run }) => {
    const harvested = await run();
    expectFailure(harvested, code);
    expect(harvested.ids).toEqual([]);
  };
}

const everything: Pick<FaultRule, 'times'> = { times: Number.POSITIVE_INFINITY };

export const adapterCases: readonly AdapterCase[] = [
  { key: 'paging', title: 'field P-08: every page is read; each record comes once and verbatim', check: survives },
  {
    key: 'empty',
    title: 'an empty catalogue is complete and empty',
    records: () => [],
    check: async ({ run }) => {
      const { ids, rejected, end, failure } = await run();
      expect([failure, ids, rejected, end?.complete]).toEqual([undefined, [], [], true]);
    },
  },
  {
    key: 'duplicate-id',
    title: 'op C4: a doubled id is passed on, for the pipeline to account for',
    records: (side) => {
      const records = sampleRecords(side);
      return [side.record(idOf(0), '다른 제목'), ...records];
    },
    check: async ({ run, side }) => {
      const { ids, end } = await run();
      expect(ids).toHaveLength(side.size + 1);
      expect(ids.filter((id) => id === idOf(0))).toHaveLength(2);
      expect(end?.complete).toBe(true);
    },
  },
  {
    key: 'retry-after',
    title: 'op D4, D6: 429 with Retry-After is waited out',
    faults: (side) => [
      { path: side.dataPath, times: 2, fault: { kind: 'answer', status: 429, headers: { 'retry-after': '3' } } },
    ],
    check: survives,
  },
  {
    key: '500-burst',
    title: 'a burst of 500 is ridden out',
    faults: (side) => [{ path: side.dataPath, times: 2, fault: { kind: 'answer', status: 500, body: 'oops' } }],
    check: survives,
  },
  {
    key: 'reset',
    title: 'a connection that breaks in the middle of a body costs no record and doubles none',
    faults: (side) => [{ path: side.dataPath, fault: { kind: 'reset', afterBytes: side.midBody } }],
    check: survives,
  },
  {
    key: 'truncated',
    title: 'a body that ends early without an error costs no record and doubles none',
    faults: (side) => [{ path: side.dataPath, fault: { kind: 'truncate', keepBytes: side.midBody } }],
    check: survives,
  },
  {
    key: 'dies',
    title: 'field P-12: a portal that breaks off for good is a failure, never a complete run',
    faults: (side) => [{ ...everything, path: side.dataPath, from: 2, fault: { kind: 'reset', afterBytes: 10 } }],
    check: async ({ run, simulator, side, records }) => {
      const harvested = await run();
      const served = simulator.requests.filter(({ pathAndQuery }) => pathAndQuery.includes(side.dataPath)).length;
      // One body that came whole before the portal died is a whole catalogue.
      if (served === 1) return expectAll(harvested, records);
      expectFailure(
        harvested,
        'unreachable|truncated'.split('|').includes(codeOf(harvested)) ? codeOf(harvested) : 'truncated',
      );
      expect(harvested.ids.length).toBeLessThan(records.length + 1);
    },
  },
  {
    key: 'html',
    title: 'field F-06, op D10: an HTML page with status 200 is an error, not an empty catalogue',
    faults: () => [
      {
        ...everything,
        fault: {
          kind: 'answer',
          status: 200,
          headers: { 'content-type': 'text/html' },
          body: '<!doctype html><title>점검 중</title>',
        },
      },
    ],
    check: failsWith('soft-error'),
  },
  {
    key: 'empty-200',
    title: 'an empty body with status 200 is an error, not an empty catalogue',
    faults: () => [{ ...everything, fault: { kind: 'answer', status: 200 } }],
    check: failsWith('soft-error'),
  },
  {
    key: 'not-found',
    title: 'status 404 for the catalogue itself is an error, not an empty catalogue',
    faults: () => [{ ...everything, fault: { kind: 'answer', status: 404, body: '{"success": false}' } }],
    check: failsWith('http-status'),
  },
  {
    key: 'wrong-charset',
    title: 'field F-13, op E2: CP949 that calls itself UTF-8 is decoded by the language of the portal',
    faults: (side) => [
      {
        ...everything,
        path: side.dataPath,
        fault: {
          kind: 'rewrite',
          contentType: 'text/plain; charset=utf-8',
          change: (body) => encodeCp949(new TextDecoder().decode(body)),
        },
      },
    ],
    check: survives,
  },
  {
    key: 'edits-between-pages',
    title: 'op D1, field P-11: records that come and go between pages make no other record missed or doubled',
    faults: (side) => [
      {
        path: side.dataPath,
        from: 2,
        fault: { kind: 'edit', edit: (records) => records.filter((_, i) => i !== 1 && i !== 2) },
      },
      {
        path: side.dataPath,
        from: 3,
        fault: { kind: 'edit', edit: (records) => [side.record('14999999', '새 자료'), ...records] },
      },
      {
        path: side.dataPath,
        from: 4,
        fault: { kind: 'edit', edit: (records) => records.filter(({ id }) => id !== idOf(4)) },
      },
    ],
    check: async ({ run, records }) => {
      const { ids, failure, end } = await run();
      const mayBeMissed = new Set([idOf(1), idOf(2), idOf(4), '14999999']);
      expect(failure).toBeUndefined();
      expect(new Set(ids).size).toBe(ids.length);
      const missed = records.filter(({ id }) => !ids.includes(id) && !mayBeMissed.has(id));
      expect(missed).toEqual([]);
      expect(end?.kind).toBe('end');
    },
  },
  {
    key: 'cancel',
    title: 'cancelling stops the run with the reason of the signal and without an end',
    check: async ({ run, simulator }) => {
      const stop = new AbortController();
      const reason = new Error('stopped by the operator');
      const watch = setInterval(() => {
        if (simulator.requests.length > 0) stop.abort(reason);
      }, 1);
      const { failure, end } = await run({ signal: stop.signal }).finally(() => clearInterval(watch));
      expect(failure).toBe(reason);
      expect(end).toBeUndefined();
    },
  },
  {
    key: 'resume',
    title: 'going on from any checkpoint gives, together with what came before, an undisturbed run',
    check: async ({ run, records }) => {
      const whole = await run();
      expect(whole.cursors.length).toBeGreaterThan(1);
      for (const [index, cursor] of whole.cursors.entries()) {
        const before = await run({ stopAfterCheckpoint: index });
        const after = await run({ from: cursor });
        expect(after.end).toEqual(whole.end);
        expect([...before.ids, ...after.ids].sort()).toEqual(records.map(({ id }) => id).sort());
      }
    },
  },
  {
    key: 'foreign-cursor',
    title: 'a cursor of somebody else starts over instead of failing',
    check: async ({ run, records }) => {
      expectAll(await run({ from: '{"by":"elsewhere"}' }), records);
      expectAll(await run({ from: 'page 7' }), records);
    },
  },
  {
    key: 'lying-total',
    title: 'field P-10: more records than the total claims are all read; fewer make the run incomplete',
    portal: { claimedCount: 500 },
    check: async ({ run, side }) => {
      const { ids, end } = await run();
      expect(ids).toHaveLength(side.size);
      expect(end).toMatchObject({
        complete: false,
        claimedTotal: 500,
        why: expect.stringContaining(`${side.size} distinct `),
      });
    },
  },
  {
    key: 'redirect-loop',
    title: 'a redirect that goes round is a failure',
    faults: () => [{ ...everything, fault: { kind: 'redirect', to: '?round' } }],
    check: failsWith('too-many-redirects'),
  },
  {
    key: 'redirect-inside',
    title: 'op I2, field W-06: a redirect to a private address is refused',
    faults: () => [{ ...everything, fault: { kind: 'redirect', to: 'http://10.0.0.1/' } }],
    check: failsWith('not-allowed-address'),
  },
  {
    key: 'hostile-ids',
    title: 'field P-05: identifiers are opaque, whatever letters they have',
    records: (side) =>
      ['水質-台東/1', "o'k?&=#%2F", '<b>15000000</b>', '__proto__'].map((id) => side.record(id, `제목\u000b ${id}`)),
    check: async ({ run, records }) => {
      const { ids, raws } = await run();
      expect([...ids].sort()).toEqual(records.map(({ id }) => id).sort());
      expect([...raws.values()].sort()).toEqual(records.map(({ bytes }) => new TextDecoder().decode(bytes)).sort());
    },
  },
  {
    key: 'nameless',
    title: 'field P-05: a record without an identifier is rejected with its bytes, and the others pass',
    records: (side) => [side.nameless, ...sampleRecords(side)],
    check: async ({ run, side }) => {
      const { ids, rejected, events, end } = await run();
      expect([ids.length, rejected, end?.complete]).toEqual([side.size, ['record-without-id'], true]);
      const raw = events.flatMap((event) => (event.kind === 'rejected' ? [event.raw] : []))[0];
      expect(new TextDecoder().decode(raw)).toBe(new TextDecoder().decode(side.nameless.bytes));
    },
  },
];

function codeOf(harvested: Harvested): string {
  return String(Reflect.get(Object(harvested.failure), 'code'));
}
