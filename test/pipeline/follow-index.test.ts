import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexBehindHarvest } from '../../src/cli/start-index-thread.ts';
import { type FollowOptions, followIndex } from '../../src/pipeline/follow-index.ts';
import { checkIndex, updateIndex } from '../../src/pipeline/reindex.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { littleKnowledge, littleVocabFolder } from '../support/little-knowledge.ts';
import { littleRecord, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

let home: string;
let store: CatalogueStore;
let follow: FollowOptions;
let pauses: number;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
  pauses = 0;
  follow = {
    store,
    folder: join(home, 'index'),
    versions: { analysis: 'test', icu: '', knowledge: littleKnowledge.version },
    knowledge: littleKnowledge,
    now: () => new Date(),
    pause: () => Promise.resolve(),
    ended: () => true,
    signal: new AbortController().signal,
  };
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const harvest = (from: number, to: number, title: string) => {
  const names = Array.from({ length: to - from }, (_, i) => `n${from + i}`);
  return runSource(runOptions(store, portalOf(names.map((name) => littleRecord(name, { title: `${title} ${name}` })))));
};

test('takes over what comes while it works, and what replaces it, until the harvest has ended', async () => {
  await harvest(0, 5_200, 'one');
  let isOver = false;
  const pause = async () => {
    pauses += 1;
    // The harvest writes on behind the follower's back: some records anew, some others for the first time.
    if (pauses === 1) await harvest(0, 5_300, 'two');
    else isOver = true;
  };
  await followIndex({ ...follow, pause, ended: () => isOver });
  expect(pauses).toBe(2);
  expect(await checkIndex(follow)).toMatchObject({ agrees: true, storeDatasets: 5_300, indexDocuments: 5_300 });
  expect(await updateIndex(follow)).toMatchObject({ documents: 5_300, generation: 1 });
});

test('leaves a small harvest to the end, and a lease that another process has', async () => {
  await harvest(0, 300, 'one');
  await followIndex(follow);
  await expect(checkIndex(follow)).rejects.toThrow('holds no search index');
  await harvest(0, 5_100, 'two');
  await store.takeLease('indexer', new Date().toISOString());
  const other = await openCatalogueStore({ home, owner: { name: 'other', isGone: () => false } });
  await followIndex({ ...follow, store: other, ended: () => false });
  await expect(checkIndex(follow)).rejects.toThrow('holds no search index');
  await other.close();
});

test('the thread beside a harvest indexes what it wrote; stopped, it leaves a store that the next one can index', async () => {
  const data = { home, folder: follow.folder, versions: follow.versions, vocabFolder: littleVocabFolder };
  const failures: Error[] = [];
  const stopped = indexBehindHarvest(data, (error) => failures.push(error));
  const { counts } = await harvest(0, 5_100, 'one');
  stopped.progress({ sourceId: 'xx-portal-example', counts });
  await stopped.finish('stop');
  const behind = indexBehindHarvest(data, (error) => failures.push(error));
  behind.progress({ sourceId: 'xx-portal-example', counts });
  await behind.finish('ended');
  expect(failures).toEqual([]);
  expect(await checkIndex(follow)).toMatchObject({ agrees: true, indexDocuments: 5_100 });
});
