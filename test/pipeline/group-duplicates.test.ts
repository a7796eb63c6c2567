import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { CopyGroup } from '../../src/model/dataset.ts';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import { type DecisionWish, decide } from '../../src/pipeline/decide.ts';
import { type GroupingReport, groupDuplicates } from '../../src/pipeline/group-duplicates.ts';
import { renormalise } from '../../src/pipeline/renormalise.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { asian, type Made, madeDataset, national, places, taipei } from '../enrich/made-copies.ts';
import { littleRecord, littleVocabulary, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

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

const sources = [national, taipei, asian];
/** The record's bytes are what `madeDataset` is to make of them. */
const normalise: Normalise = ({ source, datasetId, nativeId, raw }) => ({
  dataset: { ...madeDataset({ ...JSON.parse(Buffer.from(raw).toString()), source, nativeId }), id: datasetId },
  problems: [],
});

/** The portal lists just these; a run of another day. */
function harvest(source: Made['source'], ...records: readonly Omit<Made, 'source'>[]): Promise<HarvestRun> {
  const listed = records.map((record) => littleRecord(record.nativeId, record));
  return runSource(runOptions(store, portalOf(listed), { source, normalise }));
}

const group = (rebuild = false): Promise<GroupingReport> =>
  groupDuplicates({ store, places, rebuild, now: () => new Date(), signal: new AbortController().signal });
const idOf = (source: Made['source'], nativeId: string): string => base32Id(source.id, nativeId);
const groups = (): Promise<readonly CopyGroup[]> => store.copyGroups('', 1_000);
const membersOf = async (): Promise<readonly string[][]> =>
  (await groups()).map(({ members }) => members.map(({ id }) => id));

async function decideAbout(kind: 'merge' | 'unmerge' | 'undo merge' | 'undo unmerge', ...ids: readonly string[]) {
  const records = [...(await store.records(ids)).values()];
  const [record] = records;
  if (record === undefined) throw new Error(`${ids.join()}: no such record`);
  const wish: DecisionWish =
    kind === 'merge'
      ? { kind, records }
      : kind === 'unmerge'
        ? { kind, record }
        : { kind: 'undo', of: kind === 'undo merge' ? 'merge' : 'unmerge', record };
  return decide(store, wish, { by: 'Ana', why: 'looked at both', at: '2026-11-25T00:00:00.000Z' });
}

const parks = {
  nativeId: 'parks',
  title: '臺北市公園清單',
  publisher: '臺北市政府',
  files: ['https://data.taipei/p.csv'],
};
const copy = {
  nativeId: '128',
  title: '台北市公園清單 ',
  publisher: '臺北市政府　',
  files: ['http://data.taipei//p.csv'],
};
const pair = [idOf(taipei, 'parks'), idOf(national, '128')] as const;

test('field D-05: both provenances stand, the city first, and nothing is deleted or written over', async () => {
  await harvest(taipei, parks);
  await harvest(national, copy);
  expect((await group()).changed).toBe(2);
  expect(await groups()).toMatchObject([
    {
      id: pair[0],
      by: 'rule',
      members: [
        { id: pair[0], sourceId: taipei.id, evidence: ['same-addresses', 'same-agency', 'same-title'] },
        { id: pair[1], sourceId: national.id },
      ],
    },
  ]);
  expect(await store.copyFigures()).toEqual({ groups: 1, copies: 1 });
  const records = await store.records(pair);
  expect(records.get(pair[1])).toMatchObject({ state: 'live', dataset: { title: [{ text: '台北市公園清單 ' }] } });
  expect(
    (await store.changesSince(0, 100)).map((change) => (change.kind === 'live' ? change.record.group?.id : '')),
  ).toEqual([pair[0], pair[0]]);
});

test('field D-06: 22 cities and two years are 24 datasets, none grouped', async () => {
  const cities = Array.from({ length: 22 }, (_, i) => ({
    nativeId: `c${i}`,
    title: '公共廁所一覽',
    publisher: `第${i}市政府`,
  }));
  await harvest(national, ...cities);
  await harvest(taipei, { nativeId: 'a', title: '111年公共廁所一覽' }, { nativeId: 'b', title: '112年公共廁所一覽' });
  await group();
  expect(await groups()).toEqual([]);
  expect((await store.totals()).datasets).toBe(24);
});

test('op C8: equal titles of two portals are both accepted, each at its own address', async () => {
  await harvest(taipei, { nativeId: 'x', title: 'Budget', publisher: 'A' });
  await harvest(national, { nativeId: 'x', title: 'Budget', publisher: 'B' });
  await group();
  expect(await groups()).toEqual([]);
  expect((await store.records([idOf(taipei, 'x'), idOf(national, 'x')])).size).toBe(2);
});

test('op C3: a federation loop comes back to the original', async () => {
  await harvest(taipei, parks);
  await harvest(national, {
    ...copy,
    files: [],
    harvestedFrom: { catalogue: 'https://data.taipei/', identifier: 'parks' },
  });
  await harvest(asian, {
    nativeId: 'zz',
    title: '臺北市公園清單',
    harvestedFrom: { address: 'https://data.taipei/dataset/parks' },
  });
  await group();
  expect(await membersOf()).toEqual([[pair[0], pair[1], idOf(asian, 'zz')]]);
});

test('a record that comes later, changes or goes changes its own group and no other; nothing new is no work', async () => {
  const other = { nativeId: 'o', title: '臺北市路燈位置資料', publisher: '臺北市政府' };
  await harvest(taipei, parks, other);
  await harvest(national, { ...other, nativeId: '9' });
  await group();
  const before = await groups();
  expect(before).toHaveLength(1);
  await harvest(national, { ...other, nativeId: '9' }, copy);
  expect((await group()).records).toBeLessThanOrEqual(2);
  expect(await groups()).toHaveLength(2);
  expect(await group()).toMatchObject({ records: 0, changed: 0 });
  await harvest(national, { ...other, nativeId: '9' }, { ...copy, title: '112年台北市公園清單' });
  await group();
  expect(await groups()).toEqual(before);
  await harvest(national, copy);
  await harvest(national, copy);
  await group();
  expect(await membersOf()).toEqual([[...pair]]);
  expect((await store.records([idOf(taipei, 'o')])).get(idOf(taipei, 'o'))?.group).toBeUndefined();
});

test('what is worked out step by step is what a rebuild works out', async () => {
  const titles = Array.from({ length: 60 }, (_, i) => `臺北市第${i}號測站水質資料`);
  await harvest(taipei, ...titles.map((title, i) => ({ nativeId: `t${i}`, title, publisher: '環境保護局' })));
  for (let day = 1; day <= 3; day += 1) {
    const listed = titles
      .slice(0, day * 20)
      .map((title, i) => ({ nativeId: String(i), title, publisher: '臺北市政府' }));
    await harvest(national, ...listed);
    await harvest(asian, ...listed.filter((_, i) => i % 3 === 0));
    await group();
  }
  const stepwise = await groups();
  expect(stepwise).toHaveLength(60);
  const report = await group(true);
  expect(report.changed).toBe(0);
  expect(await groups()).toEqual(stepwise);
});

test('op C9: an unmerge holds through harvests, renormalising, rebuilding and a backup, until it is undone', async () => {
  await harvest(taipei, parks);
  await harvest(national, copy);
  await group();
  await decideAbout('unmerge', pair[1]);
  await group();
  expect(await groups()).toEqual([]);
  await harvest(national, { ...copy, description: 'new' });
  await group();
  await renormalise({
    sources,
    store,
    vocabulary: littleVocabulary,
    normalise,
    mappingVersion: 'm2',
    signal: new AbortController().signal,
  });
  await group(true);
  expect(await groups()).toEqual([]);
  const still = { signal: new AbortController().signal, progress: () => undefined };
  await writeBackup({ home, folder: join(home, 'copy'), sampan: '0.0.0', at: new Date().toISOString(), ...still });
  const elsewhere = newHome();
  await restoreBackup({ folder: join(home, 'copy'), home: join(elsewhere, 'home'), ...still });
  const restored = await openStore(join(elsewhere, 'home'));
  await groupDuplicates({
    store: restored,
    places,
    rebuild: true,
    now: () => new Date(),
    signal: new AbortController().signal,
  });
  expect(await restored.copyGroups('', 10)).toEqual([]);
  expect((await restored.decisionLog(0, 10)).map(({ kind }) => kind)).toEqual(['unmerge']);
  await restored.close();
  rmSync(elsewhere, { recursive: true, force: true });
  await decideAbout('undo unmerge', pair[1]);
  await group();
  expect(await membersOf()).toEqual([[...pair]]);
});

test('op C9: a merge outlives the absence and the return of a record', async () => {
  await harvest(taipei, parks);
  await harvest(national, { nativeId: '7', title: 'Green areas of the capital' });
  const ids = [idOf(taipei, 'parks'), idOf(national, '7')] as const;
  await group();
  expect(await groups()).toEqual([]);
  expect(await decideAbout('merge', ...ids)).toMatchObject({ kind: 'merge', datasetIds: [...ids].sort() });
  await group();
  expect(await groups()).toMatchObject([{ by: 'person', members: [{ id: ids[0] }, { id: ids[1] }] }]);
  await harvest(national, { nativeId: '8', title: 'Something else' });
  await harvest(national, { nativeId: '8', title: 'Something else' });
  await group();
  expect(await groups()).toEqual([]);
  await harvest(national, { nativeId: '8', title: 'Something else' }, { nativeId: '7', title: 'Green areas, renamed' });
  await group();
  expect(await membersOf()).toEqual([[...ids]]);
  await decideAbout('undo merge', ids[1]);
  await group(true);
  expect(await groups()).toEqual([]);
});

test('a merge of one record, and an undo of nothing, are refused with a sentence', async () => {
  await harvest(taipei, parks);
  await expect(decideAbout('merge', pair[0])).rejects.toThrow('found one dataset to merge; expected two or more');
  await expect(decideAbout('undo merge', pair[0])).rejects.toThrow('no merge decision is in force');
  await expect(decideAbout('undo unmerge', pair[0])).rejects.toThrow('no unmerge decision is in force');
});

test('field D-03, D-04, op C7: a record that is gone and comes back keeps its permanent id, and the count is the same', async () => {
  await harvest(taipei, parks, { nativeId: 'b', title: 'B' });
  await harvest(taipei, { nativeId: 'b', title: 'B' });
  await harvest(taipei, { nativeId: 'b', title: 'B' });
  expect((await store.records([pair[0]])).get(pair[0])?.state).toBe('tombstone');
  const again = await harvest(taipei, { ...parks, title: '臺北市公園清單（新）' }, { nativeId: 'b', title: 'B' });
  expect(again.counts).toMatchObject({ restored: 1, added: 0 });
  expect((await store.records([pair[0]])).get(pair[0])).toMatchObject({ state: 'live' });
  expect((await store.totals()).datasets).toBe(2);
});

test('op C4, C11: one portal lists one id under two names: the first stands, the other is reported', async () => {
  const run = await harvest(taipei, parks, { ...parks, title: 'under another slug' });
  expect(run).toMatchObject({ counts: { seen: 1, added: 1 }, problems: { 'native-id-doubled': 1 } });
  expect(await store.datasetId(taipei.id, 'parks')).toBe(pair[0]);
});

test('two at once: the second is told who is at work, and the groups are those of one', async () => {
  await harvest(taipei, parks);
  await harvest(national, copy);
  await store.takeLease('duplicates', new Date().toISOString());
  const other = await openCatalogueStore({ home, owner: { name: 'another process', isGone: () => false } });
  const meanwhile = groupDuplicates({
    store: other,
    places,
    rebuild: false,
    now: () => new Date(),
    signal: new AbortController().signal,
  });
  await expect(meanwhile).rejects.toMatchObject({ name: 'StoreError', code: 'lease-held' });
  await other.close();
  await group();
  expect(await groups()).toHaveLength(1);
});
