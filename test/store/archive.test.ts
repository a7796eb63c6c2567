import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import { Archive } from '../../src/store/archive/archive.ts';
import { packEffects } from '../../src/store/archive/pack-file.ts';
import { versionsToDrop } from '../../src/store/archive/retention.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { randomRuns } from '../support/random-runs.ts';
import { harvestOnce, noTally, sha256, sourceId, writesOf } from './sample-records.ts';

let home: string;
const owner = processOwner();
const at = '2026-01-01T00:00:00.000Z';
const idOf = (nativeId: string): string => base32Id(sourceId, nativeId);
const pack = (): string => join(home, 'archive', sourceId, '000001.pack.gz');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sampan-archive-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('any bytes come out as they went in, in any number and size', async () => {
  let folder = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 300 }),
      async (contents) => {
        folder += 1;
        const archive = new Archive(join(home, String(folder)), packEffects);
        await archive.openForWriting('s', undefined);
        const half = Math.ceil(contents.length / 2);
        const slices = [
          ...(await archive.append('s', contents.slice(0, half))),
          ...(contents.length > half ? await archive.append('s', contents.slice(half)) : []),
        ];
        for (const [i, slice] of slices.entries()) {
          const content = contents[i] ?? new Uint8Array();
          const bytes = await archive.read({ ...slice, sourceId: 's', sha256: Buffer.from(sha256(content), 'hex') });
          expect(Buffer.compare(bytes, content)).toBe(0);
        }
        await archive.close();
      },
    ),
    randomRuns(25),
  );
});

test('equal bytes and the shared header are stored once; a pack is plain gzip', async () => {
  const store = await openCatalogueStore({ home, owner });
  const context = Buffer.from('id,title\r\n');
  const wishes = Array.from({ length: 300 }, (_, i) => ({
    nativeId: `n${i}`,
    raw: i % 2 === 0 ? 'same' : `row ${i}`,
    context,
  }));
  await harvestOnce(store, { at, wishes });
  const unpacked = gunzipSync(readFileSync(pack())).toString();
  expect(unpacked.split('same').length).toBe(2);
  expect(unpacked.split('id,title').length).toBe(2);
  expect(Buffer.from((await store.archived(idOf('n298')))?.raw ?? []).toString()).toBe('same');
  expect(Buffer.from((await store.archived(idOf('n299')))?.context ?? []).toString()).toBe('id,title\r\n');
  await store.close();
});

test('a torn tail of a killed process is cut off; what the store knows of stays', async () => {
  const first = await openCatalogueStore({ home, owner });
  await harvestOnce(first, { at, wishes: [{ nativeId: 'a', raw: 'first' }] });
  await first.close();
  const size = statSync(pack()).size;
  appendFileSync(pack(), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
  const second = await openCatalogueStore({ home, owner });
  await harvestOnce(second, { at, wishes: [{ nativeId: 'b', raw: 'second' }] });
  expect(Buffer.from((await second.archived(idOf('a')))?.raw ?? []).toString()).toBe('first');
  expect(Buffer.from((await second.archived(idOf('b')))?.raw ?? []).toString()).toBe('second');
  expect(gunzipSync(readFileSync(pack()).subarray(size)).toString()).toBe('second');
  await second.close();
});

test('bytes that were altered on the disk are not given out', async () => {
  const store = await openCatalogueStore({ home, owner });
  await harvestOnce(store, { at, wishes: [{ nativeId: 'a', raw: 'x'.repeat(500) }] });
  await store.close();
  const bytes = readFileSync(pack());
  bytes[bytes.length - 12] = (bytes[bytes.length - 12] ?? 0) ^ 0xff;
  writeFileSync(pack(), bytes);
  const again = await openCatalogueStore({ home, owner });
  await expect(again.archived(idOf('a'))).rejects.toMatchObject({ code: 'corrupt' });
  rmSync(pack());
  await expect(again.archived(idOf('a'))).rejects.toThrow(/000001\.pack\.gz/);
  await again.close();
});

test('a full disk is one clear sentence; the batch is not there, all before it is, and the next run goes on', async () => {
  let room = 1;
  const store = await openCatalogueStore({
    home,
    owner,
    packEffects: {
      write: (file, bytes, position) => {
        room -= 1;
        if (room >= 0) return packEffects.write(file, bytes, position);
        return Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
      },
    },
  });
  await harvestOnce(store, { at, wishes: [{ nativeId: 'a', raw: 'a' }] });
  const run = await store.startRun({ sourceId, country: 'XX', at });
  const records = await writesOf(store, run, [{ nativeId: 'b', raw: 'b' }]);
  const batch = { records, marks: [], tally: noTally, mappingVersion: 'm1', at };
  const full = store.commitBatch(run, batch);
  await expect(full).rejects.toThrow(
    /000001\.pack\.gz: the disk is full \(ENOSPC\); .*free space.*nothing stored was lost/,
  );
  await store.close();
  const after = await openCatalogueStore({ home, owner });
  expect((await after.totals()).datasets).toBe(1);
  const resumed = await after.startRun({ sourceId, country: 'XX', at });
  await after.commitBatch(resumed, batch);
  expect((await after.totals()).datasets).toBe(2);
  expect(Buffer.from((await after.archived(idOf('b')))?.raw ?? []).toString()).toBe('b');
  await after.close();
});

test.each([
  ['20 versions are all kept', 20, []],
  ['of 23 in one month the 21st newest is the last of its month and kept', 23, [2, 1]],
])('%s', (_what, count, dropped) => {
  const newestFirst = Array.from({ length: count }, (_, i) => ({
    version: count - i,
    fetchedAt: '2026-03-01T00:00:00Z',
  }));
  expect(versionsToDrop(newestFirst)).toEqual(dropped);
});
