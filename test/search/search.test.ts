/** What a query gives, on small indexes: the cases of the field, and the promises of the contract. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { Highlighted, SearchIndex } from '../../src/search/search-contract.ts';
import { randomRuns } from '../support/random-runs.ts';
import { type DocumentSketch, documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';

const sketches: readonly DocumentSketch[] = [
  {
    id: 'shelters',
    title: '避難所一覧',
    description: '地域住民が主体となる避難所一覧',
    country: 'JP',
    modified: '2020-05',
  },
  {
    id: 'bus',
    title: '臺北市公車路線PM2.5監測資料',
    keywords: ['公車', '環境'],
    publisher: '臺北市政府',
    modified: '2021',
  },
  {
    id: 'rain',
    title: 'ปริมาณน้ำฝนรายเดือน',
    country: 'TH',
    publisher: 'กรมอุตุนิยมวิทยา',
    modified: '2021-01-01T00:30+07:00',
  },
  { id: 'school', title: '학교 현황'.normalize('NFD'), country: 'KR', publisher: '서울특별시', openness: 'not-open' },
  { id: 'road', title: 'Đường bộ – bệnh viện', country: 'VN', formats: ['CSV', 'PDF'] },
  { id: 'doi', title: 'A table', description: 'see doi:10.5/AB for more' },
  { id: 'code', title: 'Plain', identifiers: ['A01-0005'], formats: [] },
  { id: 'code-text', title: 'A01-0005 A01-0005', keywords: ['A01-0005'] },
  { id: 'code-1', title: 'Part one', identifiers: ['A01'] },
  { id: 'code-2', title: 'Part two', identifiers: ['0005'] },
  { id: 'places', title: 'Pennsylvania Places 2025', description: 'Boundaries.' },
  { id: 'places-more', title: 'Pennsylvania Places 2025 2025 places', keywords: ['Pennsylvania', 'Places', '2025'] },
  { id: 'lines', title: 'Two lines', description: 'air\nquality', keywords: ['water', 'level'] },
  { id: 'family', title: 'Data of 👨‍👩‍👧‍👦 families', description: 'x'.repeat(300) },
];

let folder = '';
let index: SearchIndex;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sampan-search-'));
  await buildIndex({ folder, versions, changeNumber: 7, documents: sketches.map(documentOf) });
  index = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
});

afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true });
});

async function idsOf(text: string): Promise<readonly string[]> {
  return (await index.search(requestOf(text))).hits.map((hit) => hit.id);
}

test.each([
  ['避難所', ['shelters']],
  ['住民', ['shelters']],
  ['公車', ['bus']],
  ['台北市', ['bus']],
  ['PM2.5監測', ['bus']],
  ['結果', []],
  ['น้ำฝน', ['rain']],
  ['학교', ['school']],
  ['duong benh', ['road']],
  ['đường zzz', []],
  ['서울', ['school']],
  ['所', ['shelters']],
  ['penn*', ['places-more', 'places']],
])('%s finds %j', async (text, expected) => {
  expect(await idsOf(text)).toEqual(expected);
});

test('no phrase runs over a line break or from one keyword to the next, and all words still count', async () => {
  expect(await idsOf('"air quality"')).toEqual([]);
  expect(await idsOf('"water level"')).toEqual([]);
  expect(await idsOf('air quality water level')).toEqual(['lines']);
});

describe('field S-10: a user’s text never causes an error', () => {
  const nasty = [
    '/x',
    'THIS: THAT',
    'foo"',
    '(',
    '*',
    'NOT',
    '-x',
    '[',
    '^',
    '',
    '\0',
    '\ud800',
    '\udc00\ud800',
    '"',
    '""',
    '**',
    '\u0001',
    '\u0003A01',
  ];
  test.each(nasty)('%j', async (text) => {
    expect((await index.search(requestOf(text))).total).toBeGreaterThanOrEqual(0);
    expect(await index.suggest(text, 5)).toBeInstanceOf(Array);
  });

  test('brackets are text, and a string with punctuation is found', async () => {
    expect(await idsOf('doi:10.5/AB')).toEqual(['doi']);
    expect(await idsOf('「公車」')).toEqual(await idsOf('公車'));
  });

  test('10,000 characters are cut, and the answer says so', async () => {
    const answer = await index.search(requestOf('公車 '.repeat(3334)));
    expect(answer.notices).toEqual(['cut at 512 characters']);
    expect(answer.hits.map((hit) => hit.id)).toEqual(['bus']);
  });

  test('any text, offset and filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.nat(),
        fc.string(),
        async (text, offset, value) => {
          const answer = await index.search(
            requestOf(text, { offset, filters: { publisher: [value], source: [value] } }),
          );
          expect(answer.hits).toEqual([]);
          await index.suggest(text, 10);
        },
      ),
      randomRuns(300),
    );
  });
});

test('field S-11: the exact identifier comes first, also where the text does not hold it', async () => {
  expect(await idsOf('A01-0005')).toEqual(['code', 'code-text']);
  expect(await idsOf(' a01-0005 ')).toEqual(['code', 'code-text']);
  expect(await idsOf('A01')).toEqual(['code-1', 'code-text']);
  expect(await idsOf('code')).toEqual([]);
});

test('op G1: the exact title ranks first, above one that repeats its words', async () => {
  expect(await idsOf('Pennsylvania Places 2025')).toEqual(['places', 'places-more']);
  expect(await idsOf('places pennsylvania 2025')).toEqual(['places-more', 'places']);
});

test('a facet’s own filter does not restrict its own counts; names are AND, values OR', async () => {
  const answer = await index.search(
    requestOf('', { filters: { country: ['JP', 'KR'], licence: ['open'] }, facetLimit: 3 }),
  );
  expect(answer.hits.map((hit) => hit.id)).toEqual(['shelters']);
  expect(answer.facets.country).toEqual([
    { value: 'TW', count: 10 },
    { value: 'JP', count: 1 },
    { value: 'TH', count: 1 },
  ]);
  expect(answer.facets.licence).toEqual([
    { value: 'not-open', count: 1 },
    { value: 'open', count: 1 },
  ]);
  expect(answer.facets.theme).toEqual([{ value: 'transport', count: 1 }]);
  expect((await index.search(requestOf('', { facetLimit: 0 }))).facets).toEqual({});
});

test('modified: newest first by instant, unknown last; ties by id', async () => {
  const answer = await index.search(requestOf('', { sort: 'modified', limit: 5 }));
  expect(answer.hits.map((hit) => hit.id)).toEqual(['bus', 'rain', 'shelters', 'code', 'code-1']);
});

test('title: by the folded title’s code units', async () => {
  const answer = await index.search(requestOf('', { sort: 'title', limit: 4 }));
  expect(answer.hits.map((hit) => hit.id)).toEqual(
    ['doi', 'code-text', 'family', 'part'].map((id) => (id === 'part' ? 'code-1' : id)),
  );
});

test('pages join without gap or overlap, also past 10,000', async () => {
  await inTemporaryFolder(async (other) => {
    const documents = Array.from({ length: 10_400 }, (_, i) => documentOf({ id: `p${i}`, title: `page ${i % 7}` }));
    await buildIndex({ folder: other, versions, changeNumber: 1, documents });
    const large = await openSearchIndex({ folder: other, versions, workers: 0, pollMs: 0 });
    const seen: string[] = [];
    for (let offset = 9_900; offset < 10_500; offset += 100) {
      const answer = await large.search(requestOf('page', { sort: 'title', offset, limit: 100, facetLimit: 0 }));
      expect(answer.total).toBe(10_400);
      seen.push(...answer.hits.map((hit) => hit.id));
    }
    await large.close();
    const all = documents.toSorted((a, b) => (a.stored.title + a.id < b.stored.title + b.id ? -1 : 1));
    expect(seen).toEqual(all.slice(9_900).map(({ id }) => id));
  });
});

function marked({ text, ranges }: Highlighted): readonly string[] {
  return ranges.map(([start, end]) => text.slice(start, end));
}

function expectWholeGraphemes({ text, ranges }: Highlighted): void {
  const borders = new Set([text.length]);
  for (const { index: at } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) borders.add(at);
  for (const [start, end] of ranges) {
    expect(start).toBeLessThan(end);
    expect(borders).toContain(start);
    expect(borders).toContain(end);
  }
}

test.each([
  ['น้ำฝน', ['น้ำฝน']],
  ['น', ['น้ำ', 'น', 'น']],
  ['학교', ['학교'.normalize('NFD')]],
  ['避難', ['避難']],
  ['台北', ['臺北']],
  ['đường', ['Đường']],
  ['data families', ['Data', 'families']],
  ['2.5監', ['2.5監']],
])('%s is marked as %j in the title, never inside a grapheme', async (text, expected) => {
  const hit = (await index.search(requestOf(text))).hits[0];
  expect(hit).toBeDefined();
  if (hit === undefined) return;
  expectWholeGraphemes(hit.title);
  expectWholeGraphemes(hit.snippet);
  if (text !== 'น') expect(marked(hit.title)).toEqual(expected);
});

test('a snippet is a piece of the description around the densest match, at most 240 graphemes', async () => {
  await inTemporaryFolder(async (other) => {
    const filler = 'บริการ👩‍👩‍👧 '.repeat(60);
    const description = `one budget here. ${filler}the yearly budget of the city budget. ${filler}`;
    await buildIndex({
      folder: other,
      versions,
      changeNumber: 1,
      documents: [documentOf({ id: 'a', title: 'x', description })],
    });
    const small = await openSearchIndex({ folder: other, versions, workers: 0, pollMs: 0 });
    const hit = (await small.search(requestOf('budget city'))).hits[0];
    await small.close();
    expect(description).toContain(hit?.snippet.text);
    expect(hit && marked(hit.snippet)).toEqual(['budget', 'city', 'budget']);
    expect(
      [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(hit?.snippet.text ?? '')].length,
    ).toBeLessThanOrEqual(240);
    if (hit !== undefined) expectWholeGraphemes(hit.snippet);
  });
});

test.each([
  ['Thai', 'ที่น้ำ'.repeat(300)],
  ['Burmese', 'မြို့ရှိ'.repeat(300)],
  ['Khmer', 'ភ្នំពេញ'.repeat(300)],
  ['NFD', 'Đường bộ '.normalize('NFD').repeat(100)],
  ['emoji', '👩‍👩‍👧x'.repeat(300)],
  ['Latin', 'words and '.repeat(100)],
  ['Han', '避難所一覧'.repeat(100)],
  ['Han and a mark at the cut', `${'避'.repeat(239)}か\u3099${'難'.repeat(9)}`],
])('a snippet of %s has 240 graphemes, however many code units they take', async (_, description) => {
  await inTemporaryFolder(async (other) => {
    const documents = [documentOf({ id: 'a', title: 'x', description })];
    await buildIndex({ folder: other, versions, changeNumber: 1, documents });
    const small = await openSearchIndex({ folder: other, versions, workers: 0, pollMs: 0 });
    const hit = (await small.search(requestOf('x'))).hits[0];
    await small.close();
    const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(hit?.snippet.text ?? '')];
    expect(graphemes).toHaveLength(240);
    if (hit !== undefined) expectWholeGraphemes(hit.snippet);
  });
});

test.each([
  ['penn', ['Pennsylvania', 'Pennsylvania Places 2025', 'Pennsylvania Places 2025 2025 places']],
  ['台', ['臺北市政府', '臺北市公車路線PM2.5監測資料']],
  ['서울', ['서울특별시']],
  ['กรม', ['กรมอุตุนิยมวิทยา']],
  ['duong', ['Đường bộ – bệnh viện']],
  ['off', ['Office']],
  ['   ', []],
])('suggestions for %s: %j', async (prefix, expected) => {
  const found = await index.suggest(prefix, 5);
  expect(found.map(({ text }) => text).sort()).toEqual([...expected].sort());
});

test('suggestions come by how many datasets carry them', async () => {
  expect((await index.suggest('off', 1))[0]).toEqual({ text: 'Office', kind: 'publisher', count: 11 });
  expect(await index.suggest('p', 2)).toHaveLength(2);
});

test('an index of nothing answers with nothing', async () => {
  await inTemporaryFolder(async (other) => {
    await buildIndex({ folder: other, versions, changeNumber: 0, documents: [] });
    const empty = await openSearchIndex({ folder: other, versions, workers: 0, pollMs: 0 });
    expect(await empty.search(requestOf('x'))).toMatchObject({ total: 0, hits: [], changeNumber: 0 });
    expect(await empty.suggest('x', 3)).toEqual([]);
    await empty.close();
  });
});
