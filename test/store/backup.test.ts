import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import { restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import type { LeaseOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { harvestOnce, noTally, sourceId, writesOf } from './sample-records.ts';

const at = '2026-01-02T00:00:00.000Z';
const me: LeaseOwner = { name: 'me', isGone: () => false };
const idOf = (nativeId: string): string => base32Id(sourceId, nativeId);
const never = new AbortController().signal;

let scratch: string;
let home: string;
let folder: string;
let other: string;
let store: CatalogueStore;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sampan-backup-'));
  home = join(scratch, 'home');
  folder = join(scratch, 'copy');
  other = join(scratch, 'other');
  store = await openCatalogueStore({ home, owner: me });
});
afterEach(async () => {
  await store.close();
  rmSync(scratch, { recursive: true, force: true });
});

const progress = (): void => undefined;
const backup = () => writeBackup({ home, folder, sampan: '0.0.0', at, signal: never, progress });
const restore = (signal = never) => restoreBackup({ folder, home: other, signal, progress });

async function fill(): Promise<void> {
  const wishes = ['a', 'b', 'c'].map((nativeId) => ({ nativeId, raw: `{"id":"${nativeId}"}` }));
  await harvestOnce(store, { at, wishes });
  await harvestOnce(store, { at, wishes: [{ nativeId: 'a', raw: '{"id":"a","v":2}' }] });
  await store.recordDecisions([
    { datasetId: idOf('b'), kind: 'theme', value: 'health-care', by: 'Mei', why: 'read', decidedAt: at },
  ]);
  await store.recordObservedFacts([{ datasetId: idOf('b'), kind: 'link-state', value: 'dead', observedAt: at }]);
}

/** All that a person would miss. */
async function contents(of: CatalogueStore): Promise<unknown> {
  const ids = ['a', 'b', 'c', 'late'].map(idOf);
  const perDataset = ids.map(async (id) => ({
    history: await of.history(id),
    raw: Buffer.from((await of.archived(id))?.raw ?? []).toString(),
    facts: await of.observedFacts(id),
  }));
  return {
    records: [...(await of.records(ids))],
    bytes: await Promise.all(perDataset),
    decisions: await of.decisionLog(0, 99),
    runs: await of.runs({ limit: 99 }),
    totals: await of.totals(),
    change: await of.latestChangeNumber(),
  };
}

async function restoredStore<T>(work: (restored: CatalogueStore) => Promise<T>): Promise<T> {
  const restored = await openCatalogueStore({ home: other, owner: { name: 'elsewhere', isGone: () => false } });
  try {
    return await work(restored);
  } finally {
    await restored.close();
  }
}

test('another home restored from it has the same ids, decisions, facts, archive, runs and counts', async () => {
  await fill();
  const before = await contents(store);
  const manifest = await backup();
  expect(manifest.counts).toMatchObject({ datasets: 3, decisions: 1, observedFacts: 1, archivedVersions: 4, runs: 2 });
  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
  expect(await restore()).toEqual(manifest);
  expect(await restoredStore(contents)).toEqual(before);
  expect(readdirSync(folder).sort()).toEqual(['archive', 'catalogue.db', 'manifest.json']);
  expect(
    readdirSync(other)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort(),
  ).toEqual(['archive', 'catalogue.db']);
});

test('in the middle of a run: what the run writes afterwards is not in it, and the run goes on in the restored home', async () => {
  await fill();
  const run = await store.startRun({ sourceId, country: 'XX', at });
  const batch = { marks: ['0123456789abcdef'], tally: noTally, mappingVersion: 'm1', at };
  const records = await writesOf(store, run, [{ nativeId: 'd', raw: 'd' }]);
  await store.commitBatch(run, { ...batch, records, cursor: 'page 2' });
  const before = await contents(store);
  let written = false;
  const manifest = await writeBackup({
    home,
    folder,
    sampan: '0.0.0',
    at,
    signal: never,
    // Between the copy of the store and that of the packs.
    progress: () => {
      if (written) return;
      written = true;
      appendFileSync(join(home, 'archive', sourceId, '000001.pack.gz'), 'bytes of the next batch');
    },
  });
  expect(written).toBe(true);
  const pack = manifest.files.find((file) => file.path.endsWith('.pack.gz'));
  expect(readFileSync(join(folder, pack?.path ?? '')).toString('latin1')).not.toContain('next batch');
  await restore();
  await restoredStore(async (restored) => {
    expect(await contents(restored)).toEqual(before);
    // The lease of the process that was at work here binds nobody there.
    const resumed = await restored.startRun({ sourceId, country: 'XX', at });
    expect(resumed).toMatchObject({ runId: run.runId, resumed: { cursor: 'page 2', seen: batch.marks } });
    const more = await writesOf(restored, resumed, [{ nativeId: 'late', raw: 'late' }]);
    await restored.commitBatch(resumed, { ...batch, records: more });
    expect(Buffer.from((await restored.archived(idOf('late')))?.raw ?? []).toString()).toBe('late');
    expect(Buffer.from((await restored.archived(idOf('d')))?.raw ?? []).toString()).toBe('d');
  });
});

describe('a backup that is not whole is refused in one sentence, and nothing of it stays', () => {
  const pack = `archive/${sourceId}/000001.pack.gz`;
  const inFolder = (path: string): string => join(folder, path);
  const manifest = () => JSON.parse(readFileSync(inFolder('manifest.json'), 'utf8'));
  const rewrite = (change: (body: ReturnType<typeof manifest>) => void): void => {
    const body = manifest();
    change(body);
    writeFileSync(inFolder('manifest.json'), JSON.stringify(body));
  };
  const flip = (path: string, offset: number): void => {
    const bytes = readFileSync(inFolder(path));
    bytes[offset] = (bytes[offset] ?? 0) ^ 1;
    writeFileSync(inFolder(path), bytes);
  };
  test.each<[string, () => void, RegExp]>([
    [
      'a pack cut short',
      () => truncateSync(inFolder(pack), 20),
      /000001\.pack\.gz: truncated or altered: found 20 bytes/,
    ],
    ['a pack with one bit changed', () => flip(pack, 30), /000001\.pack\.gz: truncated or altered: found SHA-256/],
    ['a store with one bit changed', () => flip('catalogue.db', 5_000), /catalogue\.db: truncated or altered/],
    ['a pack that grew', () => appendFileSync(inFolder(pack), 'x'), /truncated or altered/],
    ['a pack left out', () => rmSync(inFolder(pack)), /000001\.pack\.gz: it is not there; expected \d+ bytes/],
    [
      'no manifest',
      () => rmSync(inFolder('manifest.json')),
      /manifest\.json: it cannot be read; expected the manifest/,
    ],
    ['half a manifest', () => truncateSync(inFolder('manifest.json'), 90), /manifest\.json: truncated or altered/],
    ['a manifest without the pack', () => rewrite((body) => body.files.pop()), /000001\.pack\.gz.*found no bytes/],
    ['a manifest without the store', () => rewrite((body) => body.files.shift()), /names no catalogue\.db/],
    ['other counts', () => rewrite((body) => (body.counts.decisions = 7)), /found 1 decisions, expected 7/],
    ['a newer schema', () => rewrite((body) => (body.schema = 99)), /its schema is 99.*update Sampan/],
    [
      'a path that leads out of the home',
      () => rewrite((body) => (body.files[1].path = 'archive/../../evil.pack.gz')),
      /manifest\.json: files\.1\.path is not as expected/,
    ],
  ])('%s', async (_what, spoil, sentence) => {
    await fill();
    await backup();
    spoil();
    await expect(restore()).rejects.toThrow(sentence);
    await expect(restore()).rejects.toMatchObject({ name: 'StoreError' });
    expect(existsSync(other) ? readdirSync(other) : []).toEqual([]);
  });

  test('a pack of the home itself that lost bytes is told, and leaves no backup behind', async () => {
    await fill();
    truncateSync(join(home, pack), 20);
    await expect(backup()).rejects.toThrow(/20 bytes, the store knows of \d+/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('nothing is overwritten: neither a folder with a file in it nor a home', async () => {
  await fill();
  mkdirSync(folder);
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  await expect(backup()).rejects.toThrow(/copy: it holds "thesis\.txt"; expected a new or an empty folder/);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
  rmSync(join(folder, 'thesis.txt'));
  await backup();
  await expect(backup()).rejects.toMatchObject({ code: 'not-empty' });
  await expect(restoreBackup({ folder, home, signal: never, progress })).rejects.toMatchObject({ code: 'not-empty' });
  expect((await store.totals()).datasets).toBe(3);
  writeFileSync(other, 'a file');
  await expect(restore()).rejects.toThrow(/other: it cannot be written to/);
});

test('without a store there is nothing to back up, and no folder is made', async () => {
  const none = { home: join(scratch, 'none'), folder, sampan: '0.0.0', at, signal: never, progress };
  await expect(writeBackup(none)).rejects.toThrow(/there is no store to back up/);
  expect(existsSync(folder)).toBe(false);
});

test('stopped half-way: neither the backup nor the home keeps anything', async () => {
  await fill();
  const stop = new AbortController();
  const stopping = { home, folder, sampan: '0.0.0', at, signal: stop.signal, progress: () => stop.abort() };
  await expect(writeBackup(stopping)).rejects.toThrow(/abort/i);
  expect(readdirSync(folder)).toEqual([]);
  await backup();
  await expect(restore(stop.signal)).rejects.toThrow(/abort/i);
  expect(readdirSync(other)).toEqual([]);
});
