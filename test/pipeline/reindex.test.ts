import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import { checkIndex, type ReindexOptions, reindex, updateIndex } from '../../src/pipeline/reindex.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { indexedIds } from '../../src/search/indexed-ids.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { littleRecord, littleSource, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

const icu = process.versions['icu'] ?? '';
let home: string;
let store: CatalogueStore;
let options: ReindexOptions;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
  options = {
    store,
    folder: join(home, 'index'),
    versions: { analysis: 'test', icu, knowledge: littleKnowledge.version },
    knowledge: littleKnowledge,
    now: () => new Date(),
    signal: new AbortController().signal,
  };
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const harvest = (names: readonly string[], title: string) =>
  runSource(runOptions(store, portalOf(names.map((name) => littleRecord(name, { title: `${title} ${name}` })))));
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);

test('op B7, B9: a build, then only what changed: both leave an index that agrees with the store in both directions', async () => {
  await harvest(names(700), 'one');
  const built = await updateIndex(options);
  expect(built).toMatchObject({ documents: 700, rejected: [] });
  expect(await checkIndex(options)).toMatchObject({ agrees: true, storeDatasets: 700, indexDocuments: 700 });
  const unchanged = await updateIndex(options);
  expect(unchanged.generation).toBe(built.generation);
  await harvest([...names(697), 'more'], 'one');
  await harvest([...names(697), 'more'], 'one');
  const lagging = await checkIndex(options);
  expect(lagging).toMatchObject({
    agrees: false,
    notIndexed: { count: 1, examples: [base32Id(littleSource.id, 'more')] },
  });
  expect(lagging.notInStore).toMatchObject({ count: 3 });
  const updated = await updateIndex(options);
  expect(updated).toMatchObject({ documents: 698 });
  expect(await checkIndex(options)).toMatchObject({ agrees: true, storeDatasets: 698 });
});

test('the old index answers until the new one is complete; a build that is stopped leaves it as it was [op B8]', async () => {
  await harvest(names(1_200), 'one');
  const first = await reindex(options);
  const stop = new AbortController();
  const seen: number[] = [];
  const stopped = reindex({
    ...options,
    signal: stop.signal,
    progress: (done) => {
      seen.push(done);
      stop.abort();
    },
  });
  await expect(stopped).rejects.toThrow();
  expect(seen).toEqual([500]);
  const ids: string[] = [];
  for await (const id of indexedIds(options.folder, options.versions)) ids.push(id);
  expect(ids.length).toBe(1_200);
  const second = await reindex(options);
  expect(second.generation).toBeGreaterThan(first.generation);
});

test('an index of another analysis is built anew; a check of none says what to run', async () => {
  await harvest(names(5), 'one');
  await expect(checkIndex(options)).rejects.toThrow(/sampan reindex/);
  await updateIndex(options);
  const newer = { ...options, versions: { ...options.versions, analysis: 'newer' } };
  await expect(checkIndex(newer)).rejects.toThrow(/sampan reindex/);
  expect((await updateIndex(newer)).documents).toBe(5);
  expect(await checkIndex(newer)).toMatchObject({ agrees: true });
});

test('one indexer at a time', async () => {
  await harvest(names(5), 'one');
  const { openCatalogueStore } = await import('../../src/store/open-catalogue-store.ts');
  const other = await openCatalogueStore({ home, owner: { name: 'other', isGone: () => false } });
  await other.takeLease('indexer', new Date().toISOString());
  const careful = await openCatalogueStore({ home, owner: { name: 'careful', isGone: () => false } });
  await expect(updateIndex({ ...options, store: careful })).rejects.toThrow(/indexer: other is at work on it/);
  await Promise.all([other.close(), careful.close()]);
});

describe('two indexers at once', () => {
  let other: CatalogueStore;
  let careful: CatalogueStore;
  beforeEach(async () => {
    const { openCatalogueStore } = await import('../../src/store/open-catalogue-store.ts');
    other = await openCatalogueStore({ home, owner: { name: 'other', isGone: () => false } });
    careful = await openCatalogueStore({ home, owner: { name: 'careful', isGone: () => false } });
    await harvest(names(5), 'one');
  });
  afterEach(() => Promise.all([other.close(), careful.close()]));

  /** The store, with `before` done each time before the lease is let go. */
  const withBeforeRelease = (before: () => Promise<unknown>): CatalogueStore =>
    new Proxy(careful, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (name === 'releaseLease') return (lease: string) => before().then(() => target.releaseLease(lease));
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });

  test('the second waits for its turn, says so once, and indexes', async () => {
    await other.takeLease('indexer', new Date().toISOString());
    const told: string[] = [];
    let sleeps = 0;
    const sleep = async (): Promise<void> => {
      sleeps += 1;
      if (sleeps === 3) await other.releaseLease('indexer');
    };
    const turn = { waitMs: 60_000, sleep, waiting: (why: string) => void told.push(why) };
    expect(await updateIndex({ ...options, store: careful, turn })).toMatchObject({ documents: 5 });
    expect(sleeps).toBe(3);
    expect(told).toEqual([expect.stringMatching(/indexer: other is at work on it/)]);
    expect(await checkIndex(options)).toMatchObject({ agrees: true });
  });

  test('the wait has an end, and an interrupt ends it', async () => {
    await other.takeLease('indexer', new Date().toISOString());
    let sleptMs = 0;
    const sleep = async (ms: number): Promise<void> => {
      sleptMs += ms;
    };
    const turn = { waitMs: 10_000, sleep, waiting: () => undefined };
    await expect(updateIndex({ ...options, store: careful, turn })).rejects.toMatchObject({ code: 'lease-held' });
    expect(sleptMs).toBe(10_000);
    const stop = new AbortController();
    const interrupted = { ...turn, waiting: () => stop.abort() };
    const stopped = updateIndex({ ...options, store: careful, signal: stop.signal, turn: interrupted });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('what was written while the holder worked, by one who found it held, is taken over', async () => {
    let late = 0;
    const writing = withBeforeRelease(async () => {
      late += 1;
      if (late === 1) await harvest(names(6), 'one');
    });
    expect(await updateIndex({ ...options, store: writing })).toMatchObject({ documents: 6 });
    expect(await checkIndex(options)).toMatchObject({ agrees: true, indexDocuments: 6 });
  });

  test('a store that never rests does not hold the indexer for ever; one who took over is let work', async () => {
    let written = 5;
    const writeOne = async (): Promise<void> => {
      written += 1;
      await harvest(names(written), 'one');
    };
    const restless = withBeforeRelease(writeOne);
    expect(await updateIndex({ ...options, store: restless })).toMatchObject({ documents: 7 });
    const overtaken = withBeforeRelease(async () => {
      await writeOne();
      await careful.releaseLease('indexer');
      await other.takeLease('indexer', new Date().toISOString());
    });
    expect(await updateIndex({ ...options, store: overtaken })).toMatchObject({ documents: 8 });
  });
});

test('a theme correction and a link state survive tombstone, restore, updates and a whole rebuild of the index', async () => {
  await harvest(names(40), 'bus stop');
  await updateIndex(options);
  const datasetId = base32Id(littleSource.id, 'n7');
  const made = { by: 'editor', why: 'about clinics', decidedAt: '2026-01-02T00:00:00Z' };
  await store.recordDecisions([{ datasetId, kind: 'theme', value: 'health-care', ...made }]);
  await store.recordObservedFacts([{ datasetId, kind: 'link-state', value: 'broken', observedAt: made.decidedAt }]);
  const without = names(40).filter((name) => name !== 'n7');
  const found = async (): Promise<readonly string[]> => {
    const index = await openSearchIndex({ folder: options.folder, versions: options.versions, workers: 0, pollMs: 0 });
    const request = {
      text: 'bus',
      filters: { theme: ['health-care'] },
      sort: 'relevance',
      offset: 0,
      limit: 10,
      facetLimit: 0,
    } as const;
    const answer = await index.search(request);
    await index.close();
    return answer.hits.map((hit) => hit.id);
  };
  await updateIndex(options);
  expect(await found()).toEqual([datasetId]);
  await harvest(without, 'bus stop');
  await harvest(without, 'bus stop');
  await updateIndex(options);
  expect(await found()).toEqual([]);
  await harvest(names(40), 'bus line');
  await updateIndex(options);
  expect(await found()).toEqual([datasetId]);
  await reindex(options);
  expect(await found()).toEqual([datasetId]);
  expect((await store.observedFacts(datasetId)).map((fact) => fact.value)).toEqual(['broken']);
});
