/** Copies of one dataset in the answers: one result, one count, whichever copy was found. */
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/search/apply-changes.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { IndexDocument, SearchAnswer, SearchIndex } from '../../src/search/search-contract.ts';
import { type DocumentSketch, documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';

interface CopySketch extends DocumentSketch {
  /** Ids of all copies, the authoritative one first. */
  readonly copies?: readonly string[];
}

function copyOf({ copies, ...sketch }: CopySketch): IndexDocument {
  const document = documentOf(sketch);
  const [id = ''] = copies ?? [];
  const members = (copies ?? []).map((each) => ({ id: each, sourceId: `source-${each}` }));
  return copies === undefined ? document : { ...document, stored: { ...document.stored, group: { id, members } } };
}

const group = ['city', 'nation', 'asia'];
const sketches: readonly CopySketch[] = [
  {
    id: 'asia',
    title: 'Parks of Taipei',
    country: 'TW',
    publisher: 'Portal',
    sourceId: 'asia',
    copies: group,
    modified: '2023',
  },
  {
    id: 'city',
    title: '臺北市公園清單',
    publisher: 'Taipei',
    sourceId: 'city',
    copies: group,
    modified: '2020',
    formats: ['CSV', 'KML'],
  },
  {
    id: 'nation',
    title: '臺北市公園清單 parks',
    identifiers: ['N-128'],
    publisher: 'Taipei',
    sourceId: 'nation',
    copies: group,
    openness: 'unknown',
    modified: '2021',
  },
  { id: 'alone', title: 'Parks of Osaka', country: 'JP', publisher: 'Osaka', sourceId: 'city', modified: '2022' },
];

async function withIndex(ask: (index: SearchIndex, folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    // Two segments, so that copies stand in both.
    await buildIndex({ folder, versions, changeNumber: 1, documents: sketches.slice(0, 1).map(copyOf) });
    const changes = sketches.slice(1).map((sketch) => ({ kind: 'live' as const, document: copyOf(sketch) }));
    await applyChanges({ folder, changes, changeNumber: 2, versions });
    const index = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
    try {
      await ask(index, folder);
    } finally {
      await index.close();
    }
  });
}

const idsOf = ({ hits }: SearchAnswer): readonly string[] => hits.map(({ id }) => id);
const counts = (
  answer: SearchAnswer,
  name: 'country' | 'publisher' | 'licence' | 'format',
): Readonly<Record<string, number>> =>
  Object.fromEntries((answer.facets[name] ?? []).map(({ value, count }) => [value, count]));

test('field D-05: everything is two datasets; the authoritative copy stands for its group with all portals', async () => {
  await withIndex(async (index) => {
    const answer = await index.search(requestOf(''));
    expect(answer.total).toBe(2);
    expect([...idsOf(answer)].sort()).toEqual(['alone', 'city']);
    const hit = answer.hits.find(({ id }) => id === 'city');
    expect(hit?.stored.group?.members.map(({ id }) => id)).toEqual(group);
  });
});

test('a hit on any copy counts once: the authoritative one when it matches, else the one that does', async () => {
  await withIndex(async (index) => {
    expect(idsOf(await index.search(requestOf('公園')))).toEqual(['city']);
    const parks = await index.search(requestOf('parks'));
    expect(parks.total).toBe(2);
    expect(new Set(idsOf(parks))).toContain('alone');
    expect(idsOf(parks).filter((id) => group.includes(id))).toHaveLength(1);
    expect(idsOf(await index.search(requestOf('N-128')))).toEqual(['nation']);
  });
});

test('the group stands where its best copy would, with that score', async () => {
  await withIndex(async (index) => {
    const found = (await index.search(requestOf('公園清單'))).hits[0];
    const alone = await Promise.all(
      ['city', 'nation'].map((source) => index.search(requestOf('公園清單', { filters: { source: [source] } }))),
    );
    expect(found?.id).toBe('city');
    expect(found?.score).toBe(Math.max(...alone.map(({ hits }) => hits[0]?.score ?? 0)));
  });
});

test('a filter finds the copy that carries the value; a value that several copies carry counts once', async () => {
  await withIndex(async (index) => {
    const all = await index.search(requestOf(''));
    expect(counts(all, 'country')).toEqual({ TW: 1, JP: 1 });
    expect(counts(all, 'publisher')).toEqual({ Portal: 1, Taipei: 1, Osaka: 1 });
    expect(counts(all, 'licence')).toEqual({ open: 2, unknown: 1 });
    expect(counts(all, 'format')).toEqual({ CSV: 2, KML: 1 });
    for (const [name, values] of Object.entries(all.facets)) {
      for (const { value, count } of values ?? []) {
        const narrowed = await index.search(requestOf('', { filters: { [name]: [value] } }));
        expect([name, value, narrowed.total]).toEqual([name, value, count]);
      }
    }
    const portal = await index.search(requestOf('', { filters: { publisher: ['Portal'] } }));
    expect(idsOf(portal)).toEqual(['asia']);
    expect(counts(portal, 'publisher')).toEqual({ Portal: 1, Taipei: 1, Osaka: 1 });
    expect(counts(portal, 'licence')).toEqual({ open: 1 });
  });
});

test('orders and pages hold without gap or double', async () => {
  await withIndex(async (index) => {
    expect(idsOf(await index.search(requestOf('', { sort: 'modified' })))).toEqual(['alone', 'city']);
    const pages = [0, 1, 2].map((offset) => index.search(requestOf('', { offset, limit: 1 })));
    const ids = (await Promise.all(pages)).flatMap(idsOf);
    expect([...ids].sort()).toEqual(['alone', 'city']);
  });
});

test('a group that loses all copies but one is a dataset like others', async () => {
  await withIndex(async (index, folder) => {
    const changes = [
      { kind: 'gone' as const, id: 'city' },
      { kind: 'gone' as const, id: 'asia' },
      { kind: 'live' as const, document: documentOf({ id: 'nation', title: 'parks', sourceId: 'nation' }) },
    ];
    await applyChanges({ folder, changes, changeNumber: 3, versions });
    const later = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
    const answer = await later.search(requestOf(''));
    expect(answer.total).toBe(2);
    expect(answer.hits.every(({ stored }) => stored.group === undefined)).toBe(true);
    await later.close();
    expect(index.status().changeNumber).toBe(2);
  });
});
