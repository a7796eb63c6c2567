import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceError } from '../../src/model/source-error.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import { dryRunStore } from '../../src/pipeline/dry-run-store.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleRecord, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

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

const catalogue = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, i) => littleRecord(`n${i}`, { title: `Title ${i}` }));
const real = (records: readonly SourceRecord[]) => runSource(runOptions(store, portalOf(records)));
const dry = (records: readonly SourceRecord[]) => runSource(runOptions(dryRunStore(store), portalOf(records)));

test('a dry run of a source that was never harvested says what would come and writes nothing', async () => {
  const records = [...catalogue(20), littleRecord('bad', {})];
  const told = await dry(records);
  expect(told).toMatchObject({ id: 0, state: 'done-with-problems', counts: { seen: 21, added: 20, rejected: 1 } });
  expect(await store.totals()).toMatchObject({ datasets: 0, sources: 0 });
  expect(await store.runs({ limit: 10 })).toEqual([]);
  expect((await real(records)).counts).toEqual(told.counts);
});

test('a dry run counts updates, absences and deletions as the real run that follows', async () => {
  await real(catalogue(40));
  const next = [littleRecord('n0', { title: 'Other' }), ...catalogue(39).slice(1)];
  for (const records of [next, next]) {
    const before = await store.latestChangeNumber();
    const told = await dry(records);
    expect(await store.latestChangeNumber()).toBe(before);
    expect((await real(records)).counts).toEqual(told.counts);
  }
  expect((await store.runs({ limit: 1 }))[0]?.counts).toMatchObject({ deleted: 1, unchanged: 39 });
});

test('a key in an address never reaches the books', async () => {
  const secret = 'SECRET123';
  const [record] = catalogue(1);
  if (record === undefined) throw new TypeError('no record');
  await real([{ ...record, url: `https://portal.example/list?serviceKey=${secret}&page=1` }]);
  const [first] = await store.liveDatasetIds('', 1);
  expect((await store.history(first ?? ''))[0]?.url).toBe('https://portal.example/list?serviceKey=***&page=1');
  const options = runOptions(store, portalOf([]));
  const source = { ...options.source, endpoint: `https://portal.example/list?serviceKey=${secret}` };
  const problem = { slug: 'answer-html', severity: 'error', path: '', message: 'markup' } as const;
  await runSource({
    ...options,
    source,
    harvest: async function* () {
      yield { kind: 'rejected', nativeId: 'bad', problem, raw: Buffer.from('<html>') };
      yield { kind: 'end', complete: true };
    },
  });
  const bad = await store.datasetId(source.id, 'bad');
  expect((await store.history(bad ?? '')).map((each) => each.url)).toEqual([
    'https://portal.example/list?serviceKey=***',
  ]);
  const failed = await runSource({
    ...options,
    // biome-ignore lint/correctness/useYield: the portal refuses before the first record
    harvest: async function* () {
      throw new SourceError('http-status', `https://portal.example/list?serviceKey=${secret} answered status 500`);
    },
  });
  expect(failed.why).toContain('serviceKey=***');
  expect(JSON.stringify(await store.runs({ limit: 10 }))).not.toContain(secret);
});
