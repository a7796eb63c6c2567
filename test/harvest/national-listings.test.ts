/** What is peculiar to the listings of Malaysia, India and Singapore. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/simulator/faults.ts';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { randomRuns } from '../support/random-runs.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: Simulator[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function play(portal: SimulatedPortal, faults: readonly FaultRule[] = []): Promise<Simulator> {
  const simulator = await startSimulator({ portals: [portal], faults });
  open.push(simulator);
  return simulator;
}

const recordOf = (member: string, id: string): PortalRecord => ({ id, bytes: Buffer.from(`{"${member}": "${id}"}`) });
const many = (member: string, size: number) => Array.from({ length: size }, (_, i) => recordOf(member, `r${i}`));
const answer = (body: string, status = 200): FaultRule['fault'] => ({ kind: 'answer', status, body });

describe('data.gov.my', () => {
  const portal = {
    id: 'my',
    protocol: 'data-gov-my',
    folder: 'data-catalogue/',
    records: many('title_en', 3),
  } as const;

  test('a tree that says it is cut off makes the run incomplete', async () => {
    const simulator = await play({ ...portal, isTruncated: true });
    const files = `${simulator.origin}/my/raw/`;
    const { ids, end } = await collect(testSource('data-gov-my', simulator.urlOf('my'), { options: { files } }));
    expect(ids).toEqual(['r0', 'r1', 'r2']);
    expect(end).toMatchObject({ complete: false, why: expect.stringContaining('the tree is cut off') });
  });

  test('a file whose name holds half a character is asked for in vain, and the others come', async () => {
    const simulator = await play({ ...portal, records: [recordOf('title_en', 'a\ud800'), ...portal.records] });
    const options = { files: `${simulator.origin}/my/raw/` };
    const { ids, failure, end } = await collect(testSource('data-gov-my', simulator.urlOf('my'), { options }));
    expect([failure, ids, end?.complete]).toEqual([undefined, ['r0', 'r1', 'r2'], true]);
  });

  test.each<Readonly<Record<string, string>>>([{}, { files: 'http://' }])(
    'a source without the folder of its files is told so: %j',
    async (options) => {
      const simulator = await play(portal);
      const { failure } = await collect(testSource('data-gov-my', simulator.urlOf('my'), { options }));
      expect(failure).toMatchObject({ message: expect.stringContaining('options.files is missing') });
    },
  );

  test('the folder of the files may be named from the endpoint', async () => {
    const simulator = await play(portal);
    const options = { files: '../../raw/' };
    const { ids, end } = await collect(testSource('data-gov-my', simulator.urlOf('my'), { options }));
    expect([ids, end?.complete]).toEqual([['r0', 'r1', 'r2'], true]);
  });

  test('a publication that cannot be read makes the run incomplete: its id is not its name', async () => {
    const simulator = await play({ ...portal, folder: 'pub-dosm/publications/', records: many('publication', 3) }, [
      { path: 'r1.json', times: 9, fault: answer('<html>') },
    ]);
    const options = { files: `${simulator.origin}/my/raw/`, listing: 'publications' };
    const { ids, rejected, end } = await collect(testSource('data-gov-my', simulator.urlOf('my'), { options }));
    expect([ids, rejected, end?.complete]).toEqual([['r0', 'r2'], ['answer-html r1'], false]);
  });
});

describe('OGD India', () => {
  const records = many('index_name', 47);
  const lists = { id: 'in', protocol: 'ogd-india', listing: 'lists', records } as const;

  test('a key that is capped at 10 rows an answer gets all rows', async () => {
    const simulator = await play({ ...lists, limitCap: 10 });
    const { ids, end } = await collect(testSource('ogd-india', simulator.urlOf('in')));
    expect([ids.length, end]).toEqual([47, { kind: 'end', complete: true, claimedTotal: 47 }]);
  });

  test('filters in the endpoint stay in every request', async () => {
    const simulator = await play(lists);
    await collect(testSource('ogd-india', `${simulator.urlOf('in')}?filters[active]=1`));
    expect(simulator.requests.map(({ pathAndQuery }) => new URLSearchParams(pathAndQuery.split('?')[1]))).toSatisfy(
      (queries: readonly URLSearchParams[]) => queries.every((query) => query.get('filters[active]') === '1'),
    );
  });

  test.each([
    ['lists', '{"status": "error", "message": "Meta not found"}', 'Meta not found'],
    ['dmspublic', '{"statusCode": 500, "message": "down", "data": {"rows": []}}', 'statusCode 500'],
    ['lists', '{"error": "Key not authorised"}', 'its keys: error'],
  ] as const)('field F-06: %s answers %s with status 200: an error, not an empty list', async (listing, body, said) => {
    const simulator = await play({ ...lists, listing }, [{ times: 9, fault: answer(body) }]);
    const { failure, events } = await collect(testSource('ogd-india', simulator.urlOf('in'), { options: { listing } }));
    expect(failure).toMatchObject({ name: 'SourceError', message: expect.stringContaining(said) });
    expect(events).toEqual([]);
  });

  test('op D1, field P-11: resources that go, and new ones at the end, make no other missed or doubled', async () => {
    const edit = fc.record({
      at: fc.integer({ min: 2, max: 9 }),
      vanish: fc.array(fc.integer({ min: 0, max: 46 }), { maxLength: 6 }),
      appear: fc.integer({ min: 0, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 13 }), fc.array(edit, { maxLength: 4 }), async (pageSize, edits) => {
        const faults = edits.map(({ at, vanish, appear }, index): FaultRule => {
          const gone = new Set(vanish.map((each) => `r${each}`));
          const fresh = Array.from({ length: appear }, (_, i) => recordOf('index_name', `new${index}-${i}`));
          const change = (present: readonly PortalRecord[]) => [...present.filter(({ id }) => !gone.has(id)), ...fresh];
          return { from: at, fault: { kind: 'edit', edit: change } };
        });
        const simulator = await startSimulator({ portals: [lists], faults });
        try {
          const source = testSource('ogd-india', simulator.urlOf('in'), { options: { pageSize } });
          const { ids, failure } = await collect(source);
          const vanished = new Set(edits.flatMap(({ vanish }) => vanish.map((each) => `r${each}`)));
          expect(failure).toBeUndefined();
          expect(new Set(ids).size).toBe(ids.length);
          expect(records.map(({ id }) => id).filter((id) => !vanished.has(id) && !ids.includes(id))).toEqual([]);
        } finally {
          await simulator.close();
        }
      }),
      randomRuns(30),
    );
  });
});

describe('data.gov.sg', () => {
  const records = many('datasetId', 25);
  const portal = { id: 'sg', protocol: 'data-gov-sg', listing: 'datasets', records } as const;

  test('field F-06: a code that is not 0 is an error, whatever the status', async () => {
    const simulator = await play(portal, [{ times: 9, fault: answer('{"code": 2, "errorMsg": "Try later"}') }]);
    const { failure } = await collect(testSource('data-gov-sg', simulator.urlOf('sg')));
    expect(failure).toMatchObject({ code: 'soft-error', message: expect.stringContaining('code 2 ("Try later")') });
  });

  test.each([404, 200])('an error with status %d for the page behind the last one ends the pages', async (status) => {
    const fault = answer('{"code": 24, "errorMsg": "No such page"}', status);
    const simulator = await play(portal, [{ path: 'page=4', times: 9, fault }]);
    const { ids, end } = await collect(testSource('data-gov-sg', simulator.urlOf('sg')));
    expect([ids.length, end]).toEqual([25, { kind: 'end', complete: true, claimedTotal: 25 }]);
  });

  test('a dataset that goes between two pages shifts the others: the pages are read again and none is missed', async () => {
    const fault: FaultRule['fault'] = { kind: 'edit', edit: (present) => present.slice(1) };
    const simulator = await play(portal, [{ path: 'page=2', fault }]);
    const { ids, end, log } = await collect(testSource('data-gov-sg', simulator.urlOf('sg')));
    expect([new Set(ids).size, ids.length, end?.complete]).toEqual([25, 25, true]);
    expect(log.join()).toContain('may have changed while its pages were read');
  });

  test('pages that change under every reading make the run incomplete', async () => {
    const edits = Array.from({ length: 12 }, (_, i): FaultRule => {
      const edit = (present: readonly PortalRecord[]) => [recordOf('datasetId', `new${i}`), ...present];
      return { from: i + 2, fault: { kind: 'edit', edit } };
    });
    const simulator = await play(portal, edits);
    const { end, ids } = await collect(testSource('data-gov-sg', simulator.urlOf('sg')));
    expect(end).toMatchObject({ complete: false });
    expect(records.filter(({ id }) => !ids.includes(id))).toEqual([]);
  });

  test('collections have no total: two readings have to agree', async () => {
    const collections = many('collectionId', 25);
    const simulator = await play({ ...portal, listing: 'collections', records: collections });
    const source = testSource('data-gov-sg', simulator.urlOf('sg'), { options: { listing: 'collections' } });
    const { ids, end } = await collect(source);
    expect([ids.length, end, simulator.requests.length]).toEqual([25, { kind: 'end', complete: true }, 8]);
  });
});
