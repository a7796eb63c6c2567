import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import { dryRunStore } from '../../src/pipeline/dry-run-store.ts';
import { renormalise } from '../../src/pipeline/renormalise.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { type Made, madeDataset, taipei } from '../enrich/made-copies.ts';
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

const normalise: Normalise = ({ source, datasetId, nativeId, raw }) => ({
  dataset: { ...madeDataset({ ...JSON.parse(Buffer.from(raw).toString()), source, nativeId }), id: datasetId },
  problems: [],
});
type Record = Omit<Made, 'source'>;
const listed = (records: readonly Record[]) => records.map((record) => littleRecord(record.nativeId, record));
const harvest = (records: readonly Record[], into = store): Promise<HarvestRun> =>
  runSource(runOptions(into, portalOf(listed(records)), { source: taipei, normalise }));
const idOf = (nativeId: string): string => base32Id(taipei.id, nativeId);
const recordOf = async (id: string) => (await store.records([id])).get(id);

const election = { title: '選舉結果', publisher: '臺北市政府', files: ['https://data.taipei/f/votes.csv'] };
const others = Array.from({ length: 30 }, (_, i) => ({
  nativeId: `o${i}`,
  title: `Other ${i}`,
  publisher: 'City',
  files: [`https://data.taipei/f/${i}.csv`],
}));
const formerId = 'fe796cb9_0';
const presentId = 'city::選舉結果';

test('field D-01, op C1: a record that comes under another id is the same dataset with its history', async () => {
  await harvest([{ nativeId: formerId, ...election }, ...others]);
  const run = await harvest([{ nativeId: presentId, ...election, description: 'newer' }, ...others]);
  expect(run).toMatchObject({
    state: 'done',
    counts: { seen: 31, added: 0, updated: 1, unchanged: 30, deleted: 0 },
    problems: { 'identifier-changed': 1 },
  });
  const record = await recordOf(idOf(formerId));
  expect(record).toMatchObject({
    state: 'live',
    dataset: { nativeId: presentId, description: [{ text: 'newer' }] },
    problems: [{ slug: 'identifier-changed', severity: 'note' }],
  });
  expect(record?.problems[0]?.message).toContain(formerId);
  expect(await store.nativeIds(idOf(formerId))).toEqual([presentId, formerId]);
  expect(await store.history(idOf(formerId))).toHaveLength(2);
  expect((await store.totals()).datasets).toBe(31);
  expect(await store.datasetId(taipei.id, presentId)).toBe(idOf(formerId));
});

test('field D-01: later runs see one unchanged record; making it anew keeps the note', async () => {
  await harvest([{ nativeId: formerId, ...election }, ...others]);
  await harvest([{ nativeId: presentId, ...election }, ...others]);
  const third = await harvest([{ nativeId: presentId, ...election }, ...others]);
  expect(third.counts).toMatchObject({ seen: 31, unchanged: 31, added: 0, deleted: 0 });
  const signal = new AbortController().signal;
  await renormalise({
    sources: [taipei],
    store,
    vocabulary: littleVocabulary,
    normalise,
    mappingVersion: 'm2',
    signal,
  });
  expect((await recordOf(idOf(formerId)))?.problems.map(({ slug }) => slug)).toEqual(['identifier-changed']);
});

test('field D-01: all ids of a portal change at once, and its run is not suspicious', async () => {
  const records = Array.from({ length: 700 }, (_, i) => ({
    title: `Data ${i}`,
    publisher: 'City',
    files: [`https://data.taipei/f/${i}.csv`],
  }));
  await harvest(records.map((record, i) => ({ nativeId: `old-${i}`, ...record })));
  const run = await harvest(records.map((record, i) => ({ nativeId: `new-${i}`, ...record })));
  expect(run).toMatchObject({ state: 'done', counts: { seen: 700, updated: 700, added: 0, heldDeletions: 0 } });
  expect((await store.totals()).datasets).toBe(700);
  expect((await recordOf(idOf('old-699')))?.dataset.nativeId).toBe('new-699');
});

test('field D-01: an id that goes back to what it was is the same dataset again', async () => {
  for (const nativeId of [formerId, presentId, formerId]) await harvest([{ nativeId, ...election }, ...others]);
  expect(await recordOf(idOf(formerId))).toMatchObject({ state: 'live', dataset: { nativeId: formerId } });
  expect((await store.totals()).datasets).toBe(31);
});

test('field D-01: a record missing since an earlier run is found under its new id, and counts as restored', async () => {
  await harvest([{ nativeId: formerId, ...election }, ...others]);
  await harvest(others);
  expect((await recordOf(idOf(formerId)))?.state).toBe('missing');
  const run = await harvest([{ nativeId: presentId, ...election }, ...others]);
  expect(run.counts).toMatchObject({ updated: 1, restored: 1, added: 0 });
  expect((await recordOf(idOf(formerId)))?.state).toBe('live');
});

test.each<[string, Record]>([
  ['other files', { nativeId: presentId, ...election, files: ['https://data.taipei/f/other.csv'] }],
  ['another body', { nativeId: presentId, ...election, publisher: '臺南市政府' }],
  ['another year', { nativeId: presentId, ...election, title: '112年選舉結果' }],
  ['a piece of the id only', { nativeId: `${formerId}-copy`, title: 'Unrelated', files: [] }],
])('field D-01: %s: another dataset, and the old one is missing', async (_, present) => {
  await harvest([{ nativeId: formerId, ...election }, ...others]);
  const run = await harvest([present, ...others]);
  expect(run.counts).toMatchObject({ added: 1, updated: 0 });
  expect((await recordOf(idOf(formerId)))?.state).toBe('missing');
  expect(await store.nativeIds(idOf(formerId))).toEqual([formerId]);
});

test('field D-01: without files to compare it is told, and nothing is bound', async () => {
  const { files: _, ...bare } = election;
  await harvest([{ nativeId: formerId, ...bare }, ...others]);
  const run = await harvest([{ nativeId: presentId, ...bare }, ...others]);
  expect(run.problems).toEqual({ 'identifier-may-have-changed': 1 });
  expect(run.counts).toMatchObject({ added: 1 });
});

test('field D-01: two that fit are a doubt, and a list that is not complete moves nothing', async () => {
  await harvest([{ nativeId: formerId, ...election }, { nativeId: 'second', ...election }, ...others]);
  const run = await harvest([{ nativeId: presentId, ...election }, ...others]);
  expect(run.counts).toMatchObject({ added: 1, updated: 0 });
  const incomplete = portalOf(listed([{ nativeId: 'third', ...election }]), { complete: false });
  await runSource(runOptions(store, incomplete, { source: taipei, normalise }));
  expect(await store.nativeIds(idOf('third'))).toEqual(['third']);
});

test('field D-01: a dry run binds nothing', async () => {
  await harvest([{ nativeId: formerId, ...election }, ...others]);
  await harvest([{ nativeId: presentId, ...election }, ...others], dryRunStore(store));
  expect(await store.nativeIds(idOf(formerId))).toEqual([formerId]);
});
