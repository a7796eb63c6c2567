/** What operators of harvesting catalogues met, tried against the pipeline: guards, accounts, pressure, stale events. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Harvest } from '../../src/harvest/harvest-contract.ts';
import { base32Id } from '../../src/kit/hash.ts';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { HarvestEvent, SourceRecord } from '../../src/model/source-record.ts';
import type { ThemeId } from '../../src/model/theme.ts';
import { updateIndex } from '../../src/pipeline/reindex.ts';
import { renormalise } from '../../src/pipeline/renormalise.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { indexedIds } from '../../src/search/indexed-ids.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { analysisVersion } from '../../src/text/analyse.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { randomRuns } from '../support/random-runs.ts';
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
const signal = new AbortController().signal;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const catalogue = (names: readonly string[], title = 'Title'): SourceRecord[] =>
  names.map((name) => littleRecord(name, { title: `${title} ${name}` }));
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);
const idOf = (nativeId: string): string => base32Id(littleSource.id, nativeId);
const harvest = (records: readonly SourceRecord[]): Promise<HarvestRun> =>
  runSource(runOptions(store, portalOf(records)));
const stateOf = async (nativeId: string) => (await store.records([idOf(nativeId)])).get(idOf(nativeId))?.state;

const icu = process.versions['icu'] ?? 'none';
const versions = { analysis: analysisVersion(icu), icu, knowledge: littleKnowledge.version };
const index = () => ({
  store,
  folder: join(home, 'index'),
  versions,
  knowledge: littleKnowledge,
  now: () => new Date(),
  signal,
});

async function idsInIndex(): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of indexedIds(join(home, 'index'), versions)) ids.push(id);
  return ids.sort();
}

test('field O-02: 500 live; lists of 0 and of 300 are suspicious and take nothing away; 480 take 20 away', async () => {
  await harvest(catalogue(names(500)));
  for (const left of [0, 300]) {
    const run = await harvest(catalogue(names(left)));
    expect(run).toMatchObject({ state: 'suspicious', counts: { deleted: 0, heldDeletions: 500 - left } });
    expect((await store.totals()).datasets).toBe(500);
  }
  expect(await harvest(catalogue(names(480)))).toMatchObject({ state: 'done', counts: { deleted: 0 } });
  expect([await stateOf('n479'), await stateOf('n480')]).toEqual(['live', 'missing']);
  expect(await harvest(catalogue(names(480)))).toMatchObject({ state: 'done', counts: { deleted: 20 } });
  expect([await stateOf('n499'), (await store.totals()).datasets]).toEqual(['tombstone', 480]);
});

test('field O-04: whatever comes, seen = added + updated + unchanged + rejected, and the sums are those of the store', async () => {
  const event = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('a', 'b', undefined));
  const run = fc.record({ events: fc.array(event, { maxLength: 60 }), complete: fc.boolean() });
  let live = 0;
  await fc.assert(
    fc.asyncProperty(run, async ({ events, complete }) => {
      const records = events.map(
        ([n, title]): HarvestEvent => ({ kind: 'record', record: littleRecord(`n${n}`, { title }) }),
      );
      const { counts } = await runSource(runOptions(store, eventsOf(...records, { kind: 'end', complete })));
      expect(counts.seen).toBe(new Set(events.map(([n]) => n)).size);
      expect(counts.seen).toBe(counts.added + counts.updated + counts.unchanged + counts.rejected);
      expect(counts.restored).toBeLessThanOrEqual(counts.updated + counts.unchanged);
      live += counts.added;
      expect(live).toBeGreaterThanOrEqual((await store.totals()).datasets);
    }),
    randomRuns(40),
  );
  const states = await store.records(names(31).map(idOf));
  expect([...states.values()].filter(({ state }) => state !== 'tombstone').length).toBe(
    (await store.totals()).datasets,
  );
});

test('op A4: a portal is read no faster than the store takes it: what waits is bounded', async () => {
  const total = 20_000;
  let given = 0;
  const eager: Harvest = async function* harvest() {
    for (const name of names(total)) {
      given += 1;
      yield { kind: 'record', record: littleRecord(name, { title: name }) };
    }
    yield { kind: 'end', complete: true };
  };
  let taken = 0;
  let mostWaiting = 0;
  const watched: CatalogueStore = new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== 'commitBatch') return value.bind(target);
      return async (...args: Parameters<CatalogueStore['commitBatch']>) => {
        mostWaiting = Math.max(mostWaiting, given - taken);
        const done = await target.commitBatch(...args);
        taken += args[1].records.length;
        return done;
      };
    },
  });
  expect((await runSource(runOptions(watched, eager))).counts.added).toBe(total);
  expect(taken).toBe(total);
  expect(mostWaiting).toBeGreaterThan(0);
  expect(mostWaiting).toBeLessThanOrEqual(2_001);
});

test('op B4: a record that goes and comes back stays in the index, in whatever pages its changes are read', async () => {
  await harvest(catalogue(names(30)));
  await updateIndex(index());
  const before = await store.latestChangeNumber();
  const without = catalogue(names(30).filter((name) => name !== 'n7'));
  await harvest(without);
  await harvest(without);
  const stale = await store.changesSince(before, 500);
  expect(stale.some((change) => change.kind === 'gone' && change.datasetId === idOf('n7'))).toBe(true);
  await harvest(catalogue(names(30)));
  const fresh = await store.changesSince(before, 500);
  expect(fresh.filter(({ datasetId }) => datasetId === idOf('n7')).map(({ kind }) => kind)).toEqual(['live']);
  await updateIndex(index());
  expect(await idsInIndex()).toEqual(names(30).map(idOf).sort());
});

test('op E8: identifiers of any letters are stored, found and told apart, never part of a query', async () => {
  const odd = [
    'https://x.example/d?id=1&q=(a:b)',
    'doi:10.5/AB',
    'urn:x:"q"',
    "a' OR 1=1 --",
    '水質-台東/1',
    '*',
    'NOT x',
    '100%_',
  ];
  await harvest(catalogue(odd, 'Plain'));
  await updateIndex(index());
  const search = await openSearchIndex({ folder: join(home, 'index'), versions, workers: 0, pollMs: 0 });
  try {
    for (const nativeId of odd) {
      const record = (await store.records([idOf(nativeId)])).get(idOf(nativeId));
      expect(record?.dataset.nativeId).toBe(nativeId);
      const text = nativeId;
      const answer = await search.search({ text, filters: {}, sort: 'relevance', offset: 0, limit: 10, facetLimit: 0 });
      if (nativeId !== '*') expect(answer.hits[0]?.id, nativeId).toBe(idOf(nativeId));
    }
  } finally {
    await search.close();
  }
});

test('field C-03: a new map gives live records their new theme, a decision stands, what is gone stays gone', async () => {
  const all = [...names(30), 'gone', 'decided'];
  await harvest(catalogue(all));
  const theme = { value: 'transport', by: 'editor', why: 'read it', decidedAt: '2026-01-02T00:00:00Z' };
  await store.recordDecisions([{ datasetId: idOf('decided'), kind: 'theme', ...theme }]);
  const left = catalogue(all.filter((name) => name !== 'gone'));
  await harvest(left);
  await harvest(left);
  expect(await stateOf('gone')).toBe('tombstone');
  const themed =
    (value: ThemeId): typeof littleNormalise =>
    (input, vocabulary) => {
      const made = littleNormalise(input, vocabulary);
      const themes = [{ value, by: 'publisher' as const, rule: 'sources/test.yaml', confidence: 1 }];
      return made.dataset === undefined ? made : { ...made, dataset: { ...made.dataset, themes } };
    };
  const options = { sources: [littleSource], store, vocabulary: littleVocabulary, mappingVersion: 'm2', signal };
  await renormalise({ ...options, normalise: themed('health-care') });
  const themeOf = async (name: string) => (await store.records([idOf(name)])).get(idOf(name))?.theme;
  expect(await themeOf('n0')).toMatchObject({ value: 'health-care', by: 'publisher', rule: 'sources/test.yaml' });
  expect(await themeOf('decided')).toMatchObject({ value: 'transport', by: 'person' });
  expect(await stateOf('gone')).toBe('tombstone');
  await updateIndex(index());
  expect(await idsInIndex()).not.toContain(idOf('gone'));
});
