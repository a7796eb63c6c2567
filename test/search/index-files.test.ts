/** What lies on the disk: versions, damage, atomic swaps, half-written files, merges. */
import { copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/search/apply-changes.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { indexedIds, readIndexState } from '../../src/search/indexed-ids.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { IndexDocument } from '../../src/search/search-contract.ts';
import { IndexDamagedError, IndexMismatchError } from '../../src/search/search-error.ts';
import { documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';

const numbered = (count: number, title = 'number'): IndexDocument[] =>
  Array.from({ length: count }, (_, i) => documentOf({ id: `d${i}`, title: `${title} ${i}` }));

async function totalOf(folder: string, text: string): Promise<number> {
  const index = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
  const { total } = await index.search(requestOf(text));
  await index.close();
  return total;
}

async function idsIn(folder: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const id of indexedIds(folder, versions)) ids.push(id);
  return ids.sort();
}

test('an index of other knowledge answers, and is built anew by who writes', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(3) });
    const newer = { ...versions, knowledge: 'newer' };
    const index = await openSearchIndex({ folder, versions: newer, workers: 0, pollMs: 0 });
    expect(index.status().documents).toBe(3);
    await index.close();
    const change = applyChanges({ folder, versions: newer, changeNumber: 2, changes: [] });
    await expect(change).rejects.toThrow(/knowledge test \(this program uses newer\)/);
  });
});

test('field S-12: an index of another analysis or ICU is refused with the command to run', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(3) });
    const newer = { ...versions, analysis: 'test-2' };
    const refused = openSearchIndex({ folder, versions: newer, workers: 0, pollMs: 0 });
    await expect(refused).rejects.toThrow(IndexMismatchError);
    await expect(refused).rejects.toThrow(/analysis test-1 \(this program uses test-2\).*npx sampan reindex/);
    await expect(applyChanges({ folder, versions: newer, changeNumber: 2, changes: [] })).rejects.toThrow(
      IndexMismatchError,
    );
    await expect(readIndexState(folder, { ...versions, icu: '1' })).rejects.toThrow(/icu .* \(this program uses 1\)/);
    await buildIndex({ folder, versions: newer, changeNumber: 2, documents: numbered(3) });
    expect(await readIndexState(folder, newer)).toEqual({ generation: 2, changeNumber: 2 });
  });
});

test('an index of a format to come is refused, whatever else it holds', async () => {
  await inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'manifest.json'), '{"format": 99, "shards": {}}');
    await expect(readIndexState(folder, versions)).rejects.toThrow(/format 99 \(this program uses/);
  });
});

test.each([
  ['no folder', async (folder: string) => rm(folder, { recursive: true }), 'missing'],
  ['a manifest cut off', (folder: string) => truncate(join(folder, 'manifest.json'), 40), 'damaged'],
  ['a segment gone', async (folder: string) => rm(join(folder, await segmentOf(folder))), 'missing'],
  ['a segment cut off', async (folder: string) => truncate(join(folder, await segmentOf(folder)), 3000), 'damaged'],
  ['an empty segment', async (folder: string) => truncate(join(folder, await segmentOf(folder)), 0), 'damaged'],
] as const)('%s is told, with the command to run', async (_, damage, code) => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(50) });
    await damage(folder);
    const opened = openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
    await expect(opened).rejects.toThrow(IndexDamagedError);
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringContaining('npx sampan reindex') });
  });
});

test('no altered byte of a segment that is read goes unseen', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(5) });
    const path = join(folder, await segmentOf(folder));
    const bytes = await readFile(path);
    for (let at = 0; at < bytes.length; at += 97) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 0x55;
      await writeFile(path, altered);
      // Padding and the section for merging are not read: then the answer must be right.
      const total = await totalOf(folder, 'number').catch((error: unknown) => error);
      if (total !== 5) expect(total).toBeInstanceOf(IndexDamagedError);
    }
  });
});

async function segmentOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return names.find((name) => name.startsWith('segment-')) ?? '';
}

test('op B6: a document that cannot be indexed is reported, all others are there', async () => {
  await inTemporaryFolder(async (folder) => {
    const bad = [
      { ...documentOf({ id: 'bad-title', title: 'number' }), titles: [42] },
      { ...documentOf({ id: 'bad-facets', title: 'number' }), facets: {} },
      documentOf({ id: '', title: 'number' }),
      { ...documentOf({ id: 'bad-stored', title: 'number' }), stored: undefined },
    ] as unknown as IndexDocument[];
    const documents = [...numbered(3), ...bad, documentOf({ id: 'last', title: 'number' })];
    const report = await buildIndex({ folder, versions, changeNumber: 1, documents });
    expect(report.rejected.map(({ id }) => id)).toEqual(['bad-title', 'bad-facets', '', 'bad-stored']);
    expect(report.rejected[0]?.problem).toMatchObject({
      slug: 'index-document-rejected',
      severity: 'error',
      path: 'titles',
    });
    expect(await idsIn(folder)).toEqual(['d0', 'd1', 'd2', 'last']);
    expect(await totalOf(folder, 'number')).toBe(4);
  });
});

test('op B8: while the index is built anew the old one answers, and then the new one, nothing between', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(300) });
    const index = await openSearchIndex({ folder, versions, workers: 0, pollMs: 5 });
    const seen = new Set<string>();
    async function* slowly(): AsyncGenerator<IndexDocument> {
      for (const document of numbered(500, 'number new')) {
        yield document;
        const { total, changeNumber } = await index.search(requestOf('number', { facetLimit: 0, limit: 1 }));
        seen.add(`${total}@${changeNumber}`);
      }
    }
    await buildIndex({ folder, versions, changeNumber: 2, documents: slowly() });
    expect([...seen]).toEqual(['300@1']);
    await expect.poll(() => index.status(), { timeout: 5000 }).toMatchObject({ changeNumber: 2, documents: 500 });
    expect((await index.search(requestOf('number new'))).total).toBe(500);
    await index.close();
  });
});

test('a build that fails half-way leaves the index as it was, and its files are swept by the next', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(20) });
    const failing = (function* () {
      yield* numbered(5);
      throw new Error('the store went away');
    })();
    await expect(buildIndex({ folder, versions, changeNumber: 2, documents: failing })).rejects.toThrow('went away');
    // A killed writer leaves files that no manifest names, and perhaps a manifest that was not renamed.
    await copyFile(join(folder, await segmentOf(folder)), join(folder, 'segment-9-0.bin'));
    await writeFile(join(folder, 'manifest.json.new'), '{"format": 1, "gener');
    expect(await totalOf(folder, 'number')).toBe(20);
    const report = await applyChanges({ folder, versions, changeNumber: 3, changes: [{ kind: 'gone', id: 'd0' }] });
    expect(report).toMatchObject({ documents: 19, generation: 10 });
    const names = await readdir(folder);
    expect(names.sort()).toEqual(['live-10-0.bin', 'manifest.json', expect.stringMatching(/^segment-1-/)]);
  });
});

test('of several changes of one id the last holds', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({
      folder,
      versions,
      changeNumber: 1,
      documents: [...numbered(3), documentOf({ id: 'd1', title: 'later' })],
    });
    expect(await idsIn(folder)).toEqual(['d0', 'd1', 'd2']);
    expect(await totalOf(folder, 'later')).toBe(1);
    const document = (id: string, title: string): IndexDocument => documentOf({ id, title });
    await applyChanges({
      folder,
      versions,
      changeNumber: 5,
      changes: [
        { kind: 'live', document: document('d0', 'first') },
        { kind: 'live', document: document('d0', 'second') },
        { kind: 'gone', id: 'd1' },
        { kind: 'live', document: document('d1', 'back') },
        { kind: 'live', document: document('d2', 'brief') },
        { kind: 'gone', id: 'd2' },
        { kind: 'gone', id: 'never' },
      ],
    });
    expect(await idsIn(folder)).toEqual(['d0', 'd1']);
    expect(
      await Promise.all(['first', 'second', 'later', 'back', 'brief', 'number'].map((t) => totalOf(folder, t))),
    ).toEqual([0, 1, 0, 1, 0, 0]);
  });
});

test('no change and no new change number writes nothing; a new number alone moves only the number', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 4, documents: numbered(3) });
    const before = await readFile(join(folder, 'manifest.json'), 'utf8');
    await applyChanges({ folder, versions, changeNumber: 4, changes: [] });
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(before);
    const names = await readdir(folder);
    expect(await applyChanges({ folder, versions, changeNumber: 9, changes: [] })).toMatchObject({
      generation: 2,
      documents: 3,
    });
    expect(await applyChanges({ folder, versions, changeNumber: 10, changes: [] })).toMatchObject({ generation: 3 });
    expect(await readdir(folder)).toEqual(names);
  });
});

test('a segment that is mostly dead is written anew, and deleting all leaves an empty index', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: numbered(100) });
    const gone = (from: number, to: number) =>
      numbered(100)
        .slice(from, to)
        .map(({ id }) => ({ kind: 'gone', id }) as const);
    await applyChanges({ folder, versions, changeNumber: 2, changes: gone(0, 30) });
    expect(await readdir(folder)).toContain('live-2-0.bin');
    await applyChanges({ folder, versions, changeNumber: 3, changes: gone(30, 40) });
    expect((await readdir(folder)).sort()).toEqual(['manifest.json', 'segment-3-0.bin']);
    expect(await totalOf(folder, 'number')).toBe(60);
    expect(await applyChanges({ folder, versions, changeNumber: 4, changes: gone(0, 100) })).toMatchObject({
      documents: 0,
      segments: 0,
    });
    expect(await readdir(folder)).toEqual(['manifest.json']);
    expect(await totalOf(folder, '')).toBe(0);
  });
});
