import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Harvest } from '../../src/harvest/harvest-contract.ts';
import { base32Id } from '../../src/kit/hash.ts';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import { SourceError } from '../../src/model/source-error.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import { renormalise } from '../../src/pipeline/renormalise.ts';
import { runAll } from '../../src/pipeline/run-all.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import {
  eventsOf,
  littleNormalise,
  littleRecord,
  littleSource,
  littleVocabulary,
  newHome,
  openStore,
  portalOf,
  runOptions,
} from './little-portal.ts';

let home: string;
let store: CatalogueStore;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const catalogue = (count: number, title = 'Title'): SourceRecord[] =>
  Array.from({ length: count }, (_, i) => littleRecord(`n${i}`, { id: `n${i}`, title: `${title} ${i}`, views: i }));
const idOf = (nativeId: string): string => base32Id(littleSource.id, nativeId);
const harvest = (records: readonly SourceRecord[]): Promise<HarvestRun> =>
  runSource(runOptions(store, portalOf(records)));

function expectToAddUp({ counts }: HarvestRun): void {
  expect(counts.seen).toBe(counts.added + counts.updated + counts.unchanged + counts.rejected);
}

test('counts add up over distinct ids: added, updated, unchanged, rejected, repeated [op A7]', async () => {
  const first = await harvest(catalogue(1_234));
  expect(first).toMatchObject({ state: 'done', complete: true, counts: { seen: 1_234, added: 1_234, repeated: 0 } });
  const records = catalogue(1_234);
  records[3] = littleRecord('n3', { id: 'n3', title: 'Another' });
  records[4] = littleRecord('n4', { id: 'n4' });
  records.push(
    littleRecord('n9', { id: 'n9', title: 'Title 9', views: 9 }),
    littleRecord('n8', { title: 'differs' }),
    littleRecord('new', { title: 'x' }),
  );
  const second = await harvest(records);
  expect(second.counts).toMatchObject({
    seen: 1_235,
    added: 1,
    updated: 1,
    unchanged: 1_232,
    rejected: 1,
    repeated: 1,
  });
  expect(second.problems).toEqual({ 'native-id-doubled': 1, 'title-missing': 1 });
  expect(second.state).toBe('done-with-problems');
  expectToAddUp(second);
});

test('the first of two records with one id is kept, in whichever batch the second comes', async () => {
  const run = await harvest([...catalogue(700), littleRecord('n0', { title: 'late double' })]);
  expect(run.counts).toMatchObject({ seen: 700, added: 700 });
  expect((await store.records([idOf('n0')])).get(idOf('n0'))?.dataset.title[0]?.text).toBe('Title 0');
});

test('one record without a title is one rejected record, and the run comes to its end [op A2]', async () => {
  const run = await harvest([...catalogue(20), littleRecord('bad', { id: 'bad' })]);
  expect(run).toMatchObject({ state: 'done-with-problems', counts: { seen: 21, added: 20, rejected: 1 } });
  expect(run.rejections).toMatchObject([{ nativeId: 'bad', problem: { slug: 'title-missing' } }]);
  const again = await harvest([...catalogue(20), littleRecord('bad', { id: 'bad' })]);
  expect(again.counts).toMatchObject({ seen: 21, unchanged: 20, rejected: 1 });
});

test('a portal that breaks off is a failed run with a sentence, and what came before is kept [op A6]', async () => {
  const broken = eventsOf(
    ...catalogue(30).map((record) => ({ kind: 'record' as const, record })),
    new SourceError('unreachable', 'xx-portal-example: no answer from portal.example; expected page 4'),
  );
  const run = await runSource(runOptions(store, broken));
  expect(run).toMatchObject({ state: 'failed', complete: false, counts: { seen: 30, added: 30 } });
  expect(run.why).toContain('no answer from portal.example');
  expect((await store.totals()).datasets).toBe(30);
  const next = await harvest(catalogue(31));
  expect(next).toMatchObject({ state: 'done', counts: { seen: 31, added: 1, unchanged: 30, deleted: 0 } });
});

test('a bug ends the run as failed and is thrown on; so does an adapter without an end', async () => {
  await harvest(catalogue(3));
  const bug = runOptions(store, portalOf(catalogue(4)), {
    normalise: () => {
      throw new RangeError('a slip of ours');
    },
  });
  await expect(runSource(bug)).rejects.toThrow('a slip of ours');
  await expect(runSource(runOptions(store, eventsOf()))).rejects.toThrow(/without an end event/);
  expect((await store.runs({ limit: 2 })).map((run) => run.state)).toEqual(['failed', 'failed']);
  expect((await store.totals()).datasets).toBe(3);
});

test('a list that is not complete deletes nothing, whatever it leaves out', async () => {
  await harvest(catalogue(10));
  const incomplete = portalOf(catalogue(5), {
    complete: false,
    claimedTotal: 10,
    why: 'xx-portal-example: page 2 was HTML',
  });
  expect(await runSource(runOptions(store, incomplete))).toMatchObject({
    state: 'done-with-problems',
    complete: false,
    claimedTotal: 10,
    why: 'xx-portal-example: page 2 was HTML',
  });
  expect((await store.records([idOf('n9')])).get(idOf('n9'))?.state).toBe('live');
});

test('absent from a complete run: missing; from the next one too: a tombstone [op B1, field O-01]', async () => {
  await harvest(catalogue(100));
  const fewer = catalogue(100).slice(0, 97);
  const state = async (): Promise<string | undefined> => (await store.records([idOf('n99')])).get(idOf('n99'))?.state;
  expect((await harvest(fewer)).counts).toMatchObject({ deleted: 0, unchanged: 97 });
  expect(await state()).toBe('missing');
  expect((await harvest(fewer)).counts.deleted).toBe(3);
  expect(await state()).toBe('tombstone');
  expect((await harvest(fewer)).counts.deleted).toBe(0);
});

test('a deletion that the portal itself reports needs no grace', async () => {
  await harvest(catalogue(100));
  const events = catalogue(99).map((record) => ({ kind: 'record' as const, record }));
  const run = await runSource(
    runOptions(store, eventsOf(...events, { kind: 'deleted', nativeId: 'n99' }, { kind: 'end', complete: true })),
  );
  expect(run.counts.deleted).toBe(1);
});

test('absent once and back again: same id, theme correction and link state still there [op B2]', async () => {
  await harvest(catalogue(30));
  const datasetId = idOf('n7');
  await store.recordDecisions([
    {
      datasetId,
      kind: 'theme',
      value: 'health-care',
      by: 'editor',
      why: 'about clinics',
      decidedAt: '2026-01-02T00:00:00Z',
    },
  ]);
  await store.recordObservedFacts([
    { datasetId, kind: 'link-state', value: 'broken', observedAt: '2026-01-02T00:00:00Z' },
  ]);
  const without = catalogue(30).filter((record) => record.nativeId !== 'n7');
  const attached = async () => {
    const record = (await store.records([datasetId])).get(datasetId);
    return [record?.state, record?.theme.value, (await store.observedFacts(datasetId)).map((fact) => fact.value)];
  };
  await harvest(without);
  expect(await attached()).toEqual(['missing', 'health-care', ['broken']]);
  await harvest(without);
  expect(await attached()).toEqual(['tombstone', 'health-care', ['broken']]);
  const back = await harvest(catalogue(30));
  expect(back.counts).toMatchObject({ restored: 1, unchanged: 30, added: 0 });
  expect(await attached()).toEqual(['live', 'health-care', ['broken']]);
  await harvest(catalogue(30, 'Renamed'));
  await renormalise({
    sources: [littleSource],
    store,
    vocabulary: littleVocabulary,
    normalise: (input, vocabulary) => {
      const made = littleNormalise(input, vocabulary);
      return made.dataset === undefined
        ? made
        : { ...made, dataset: { ...made.dataset, keywords: [{ text: 'm2', lang: 'und' }] } };
    },
    mappingVersion: 'm2',
    signal: new AbortController().signal,
  });
  expect(await attached()).toEqual(['live', 'health-care', ['broken']]);
  expect((await store.records([datasetId])).get(datasetId)?.dataset.keywords[0]?.text).toBe('m2');
});

test('a record that is listed but rejected is not absent; one that is rejected and then gone is [op B3]', async () => {
  await harvest(catalogue(30));
  const flawed = [...catalogue(29), littleRecord('n29', { id: 'n29' })];
  await harvest(flawed);
  await harvest(flawed);
  const state = async () => (await store.records([idOf('n29')])).get(idOf('n29'));
  expect(await state()).toMatchObject({ state: 'live', dataset: { title: [{ text: 'Title 29' }] } });
  await harvest(catalogue(29));
  expect((await harvest(catalogue(29))).counts.deleted).toBe(1);
  expect((await state())?.state).toBe('tombstone');
});

test('more than 5 % and more than 5 gone: held, suspicious, the rest applied, a person may accept', async () => {
  await harvest(catalogue(100));
  const few = [
    ...catalogue(90).slice(1),
    littleRecord('n0', { title: 'changed' }),
    littleRecord('more', { title: 'more' }),
  ];
  const run = await harvest(few);
  expect(run).toMatchObject({
    state: 'suspicious',
    complete: true,
    counts: { added: 1, updated: 1, unchanged: 89, deleted: 0, heldDeletions: 10 },
  });
  expect(run.why).toMatch(/10 of 101 records are no longer listed/);
  expect((await store.totals()).datasets).toBe(101);
  expect(await store.acceptRun({ runId: run.id, by: 'operator', why: 'closed', at: '2026-01-05T00:00:00Z' })).toBe(10);
  expect((await store.totals()).datasets).toBe(91);
  expect((await harvest(few)).state).toBe('done');
});

test.each([
  [100, 94, 'suspicious'], // 6 of 100
  [100, 95, 'done'], // 5 of 100
  [200, 190, 'done'], // 10 of 200 = 5 %
  [200, 189, 'suspicious'], // 11 of 200
  [5, 0, 'done'], // not more than 5, all of them
  [6, 0, 'suspicious'],
])('of %i records %i are left: %s', async (before, after, state) => {
  await harvest(catalogue(before));
  expect((await harvest(catalogue(after))).state).toBe(state);
});

test('other bytes that say the same (order, spacing, volatile counts) are unchanged and not archived', async () => {
  await harvest([littleRecord('n', '{"id":1111010100100010007,"title":"T","views":1}')]);
  const before = await store.latestChangeNumber();
  const run = await harvest([littleRecord('n', '{ "views": 2, "title":"\\u0054" , "id":1111010100100010007}')]);
  expect(run.counts).toMatchObject({ unchanged: 1, updated: 0 });
  expect((await store.history(idOf('n'))).length).toBe(1);
  expect(await store.latestChangeNumber()).toBe(before);
  const other = await harvest([littleRecord('n', '{"id":1111010100100010008,"title":"T","views":1}')]);
  expect(other.counts).toMatchObject({ unchanged: 0, updated: 1 });
  expect((await store.history(idOf('n'))).length).toBe(2);
});

test('an unchanged record is not normalised again, and its last sighting is that of the run', async () => {
  await harvest(catalogue(5));
  const seen: string[] = [];
  const run = await runSource(
    runOptions(store, portalOf(catalogue(5)), {
      normalise: (input, vocabulary) => {
        seen.push(input.nativeId);
        return littleNormalise(input, vocabulary);
      },
    }),
  );
  expect(seen).toEqual([]);
  expect(run.counts.unchanged).toBe(5);
  expect((await store.records([idOf('n0')])).get(idOf('n0'))?.lastSeen).toBe(run.startedAt);
});

test.each([
  ['an empty id', ''],
  ['a NUL in the id', 'a\0b'],
  ['half a character in the id', 'a\ud800'],
  ['an id as long as a page', 'x'.repeat(2_001)],
])('%s is a rejected record', async (_what, nativeId) => {
  const run = await harvest([...catalogue(2), littleRecord(nativeId, { title: 'x' })]);
  expect(run.counts).toMatchObject({ seen: 3, added: 2, rejected: 1 });
  expect(run.problems).toEqual({ 'native-id-unusable': 1 });
});

test('what the adapter itself rejects is counted, and its record stays as it was', async () => {
  await harvest(catalogue(10));
  const problem = { slug: 'body-empty', severity: 'error', path: '', message: 'n9: an empty body' } as const;
  const rejected = { kind: 'rejected', nativeId: 'n9', problem, raw: Buffer.from('<html>') } as const;
  const events = catalogue(9).map((record) => ({ kind: 'record' as const, record }));
  const anonymous = { kind: 'rejected', problem: { ...problem, slug: 'row-broken' } } as const;
  const run = await runSource(
    runOptions(store, eventsOf(...events, rejected, anonymous, { kind: 'end', complete: true })),
  );
  expect(run.counts).toMatchObject({ seen: 11, unchanged: 9, rejected: 2, deleted: 0 });
  expect(run.problems).toEqual({ 'body-empty': 1, 'row-broken': 1 });
  expect((await store.records([idOf('n9')])).get(idOf('n9'))?.state).toBe('live');
  expect(await store.history(idOf('n9'))).toHaveLength(1);
});

test('a stopped run goes on from its checkpoint and ends with the counts of an undisturbed one', async () => {
  const records = catalogue(2_000);
  const stop = new AbortController();
  const stopping = runOptions(
    store,
    async function* harvest(source, from, effects, signal) {
      let count = 0;
      for await (const event of portalOf(records)(source, from, effects, signal)) {
        yield event;
        count += 1;
        if (count === 1_700) stop.abort();
        signal.throwIfAborted();
      }
    },
    { signal: stop.signal },
  );
  const stopped = await runSource(stopping);
  expect(stopped).toMatchObject({ state: 'failed', why: expect.stringContaining('stopped by the operator') });
  const cursors: (string | undefined)[] = [];
  const watched = runOptions(store, (source, from, effects, signal) => {
    cursors.push(from);
    return portalOf(records)(source, from, effects, signal);
  });
  const run = await runSource(watched);
  expect(run.id).toBe(stopped.id);
  expect(Number(cursors[0])).toBeGreaterThan(1_000);
  expect(run).toMatchObject({
    state: 'done',
    counts: { seen: 2_000, added: 2_000, updated: 0, unchanged: 0, repeated: 0 },
  });
  expectToAddUp(run);
});

test('a record that told no id may be the absent one: nothing goes, and the run says why [op B3]', async () => {
  await harvest(catalogue(30));
  const problem = {
    slug: 'record-too-large',
    severity: 'error',
    path: '',
    message: 'element 29 is 40 MB long',
  } as const;
  const records = catalogue(29).map((record) => ({ kind: 'record' as const, record }));
  const end = { kind: 'end', complete: true } as const;
  const unnamed = runOptions(store, eventsOf(...records, { kind: 'rejected', problem }, end));
  const flawedId = { kind: 'rejected', problem, nativeId: 'a\0b' } as const;
  for (const options of [unnamed, unnamed, runOptions(store, eventsOf(...records, flawedId, end))]) {
    const run = await runSource(options);
    expect(run).toMatchObject({ state: 'done-with-problems', complete: false, counts: { rejected: 1, deleted: 0 } });
    expect(run.why).toMatch(/1 rejected records told no id and may be among the 1 that were not found/);
    expect((await store.records([idOf('n29')])).get(idOf('n29'))?.state).toBe('live');
  }
  await harvest(catalogue(29));
  expect((await harvest(catalogue(29))).counts.deleted).toBe(1);
});

test('a record without an id proves nothing against those that came, or that the portal calls deleted', async () => {
  await harvest(catalogue(30));
  const problem = { slug: 'record-without-id', severity: 'error', path: '', message: 'no id' } as const;
  const records = catalogue(29).map((record) => ({ kind: 'record' as const, record }));
  const events = [...records, { kind: 'rejected', problem }, { kind: 'deleted', nativeId: 'n29' }] as const;
  const run = await runSource(runOptions(store, eventsOf(...events, { kind: 'end', complete: true })));
  expect(run).toMatchObject({ state: 'done-with-problems', complete: true, counts: { rejected: 1, deleted: 1 } });
});

test.each([125, 250, 300])(
  'with checkpoints every %i records the counts of a stopped run are right too',
  async (pageSize) => {
    const records = catalogue(1_500);
    const stop = new AbortController();
    const stopping: Harvest = async function* harvest(source, from, effects, signal) {
      let count = 0;
      for await (const event of portalOf(records, undefined, pageSize)(source, from, effects, signal)) {
        yield event;
        if (event.kind === 'record') count += 1;
        if (count === 1_100) stop.abort();
        signal.throwIfAborted();
      }
    };
    await runSource(runOptions(store, stopping, { signal: stop.signal }));
    const run = await runSource(runOptions(store, portalOf(records, undefined, pageSize)));
    expect(run.counts).toMatchObject({ seen: 1_500, added: 1_500, updated: 0, unchanged: 0, repeated: 0 });
  },
);

test('one failing source does not stop the others; a lease that is held is told as such [op A9]', async () => {
  const other = await openStore(home, 'other');
  await other.startRun({ sourceId: 'xx-busy', country: 'XX', at: new Date().toISOString() });
  const blocked = await (await import('../../src/store/open-catalogue-store.ts')).openCatalogueStore({
    home,
    owner: { name: 'careful', isGone: () => false },
  });
  const failing = eventsOf(new SourceError('unreachable', 'xx-down: no answer; expected a list'));
  const of = (id: string) => ({ source: { ...littleSource, id } });
  const outcomes = await runAll({
    parallel: 2,
    signal: new AbortController().signal,
    runs: [
      runOptions(blocked, failing, of('xx-down')),
      runOptions(blocked, portalOf(catalogue(3)), of('xx-busy')),
      runOptions(blocked, eventsOf(), of('xx-bug')),
      runOptions(blocked, portalOf(catalogue(3)), of('xx-well')),
    ],
  });
  expect(outcomes.map((each) => (each.kind === 'ran' ? each.run.state : String(each.error)))).toEqual([
    'failed',
    expect.stringMatching(/other is at work on it/),
    expect.stringMatching(/without an end event/),
    'done',
  ]);
  await Promise.all([other.close(), blocked.close()]);
});
