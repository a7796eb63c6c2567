/** Completions while typing: every script, inner words, syllables half composed, concepts and places. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/search/build-index.ts';
import { innerRange, innerStartsOf } from '../../src/search/inner-starts.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { IndexDocument, SearchIndex } from '../../src/search/search-contract.ts';
import { tableFromStrings } from '../../src/search/string-table.ts';
import { typingKey } from '../../src/text/typing-key.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { randomRuns } from '../support/random-runs.ts';
import { documentOf, versions } from './documents.ts';

const documents: readonly IndexDocument[] = [
  documentOf({ id: 'school', title: '서울특별시 초등학교 현황', publisher: '서울특별시교육청' }),
  documentOf({ id: 'subject', title: '하천 수질', publisher: '환경부' }),
  documentOf({ id: 'bus', title: '臺北市公車路線', keywords: ['路線圖'], publisher: '交通部' }),
  documentOf({ id: 'server', title: 'データ・セット ｻｰﾊﾞｰ 一覧', publisher: '総務省' }),
  documentOf({ id: 'rain', title: 'ปริมาณน้ำฝนรายเดือน', publisher: 'กรมอุตุนิยมวิทยา' }),
  documentOf({ id: 'road', title: 'Danh sách đường bộ', publisher: 'Bộ Giao thông' }),
  documentOf({ id: 'phnom', title: 'ចំនួនប្រជាជនក្រុងភ្នំពេញ', publisher: 'NIS' }),
  documentOf({ id: 'yangon', title: 'ရန်ကုန်မြို့လူဦးရေ', publisher: 'CSO' }),
  documentOf({ id: 'air', title: 'PM2.5監測資料', publisher: '環境部' }),
  documentOf({ id: 'hospital', title: 'राज्य अस्पताल सूची', publisher: 'Ministry of Health' }),
  ...['a', 'b', 'c'].map((id) => about(documentOf({ id, title: `Bus ${id}`, keywords: ['Buses'] }), 'bus')),
];

function about(document: IndexDocument, concept: string): IndexDocument {
  const terms = [
    { kind: 'concept', id: concept, field: 'titles', words: 'Bus' },
    { kind: 'place', id: 'tw-taipei', field: 'titles', words: 'Taipei' },
  ] as const;
  return { ...document, terms };
}

let folder = '';
let index: SearchIndex;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sampan-suggest-'));
  await buildIndex({ folder, versions, changeNumber: 1, documents });
  const { terminology } = littleKnowledge;
  index = await openSearchIndex({ folder, versions, terminology, workers: 0, pollMs: 0 });
});

afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true });
});

async function texts(prefix: string): Promise<readonly string[]> {
  return (await index.suggest(prefix, 20)).map(({ text }) => text);
}

describe('words inside', () => {
  test.each([
    ['초등', '서울특별시 초등학교 현황'],
    ['학교', '서울특별시 초등학교 현황'],
    ['公車', '臺北市公車路線'],
    ['路', '臺北市公車路線'],
    ['路', '路線圖'],
    ['セット', 'データ・セット ｻｰﾊﾞｰ 一覧'],
    ['サーバ', 'データ・セット ｻｰﾊﾞｰ 一覧'],
    ['น้ำฝน', 'ปริมาณน้ำฝนรายเดือน'],
    ['duong', 'Danh sách đường bộ'],
    ['đường b', 'Danh sách đường bộ'],
    ['ភ្នំពេញ', 'ចំនួនប្រជាជនក្រុងភ្នំពេញ'],
    ['လူဦးရေ', 'ရန်ကုန်မြို့လူဦးရေ'],
    ['監測', 'PM2.5監測資料'],
    ['अस्प', 'राज्य अस्पताल सूची'],
    ['giao', 'Bộ Giao thông'],
  ])('%s suggests %s', async (prefix, expected) => {
    expect(await texts(prefix)).toContain(expected);
  });

  test('what begins so comes before what has a word that begins so', async () => {
    expect((await texts('路'))[0]).toBe('路線圖');
  });

  test('the middle of a word of letters, or of a stacked syllable, is no beginning', async () => {
    expect(await texts('uong')).toEqual([]);
    expect(await texts('ន្ន')).toEqual([]);
  });
});

describe('Hangul while a syllable is composed', () => {
  test.each(['ㅊ', '초', '촏', '초드', '초등', '초등ㅎ', '초등하', '초등학', '초등학ㄱ', '초등학굑', '초등학교'])(
    '%s',
    async (prefix) => {
      const found = await texts(prefix);
      // 굑 is typed by nobody on the way to 학교: its ㄱ would begin another syllable.
      expect(found.includes('서울특별시 초등학교 현황')).toBe(prefix !== '초등학굑');
    },
  );

  test('ㅎ, 하, 학: a final consonant may begin the next syllable', async () => {
    expect(await texts('ㅎ')).toEqual(expect.arrayContaining(['하천 수질', '환경부', '서울특별시 초등학교 현황']));
    expect(await texts('핯')).toContain('하천 수질');
    expect(await texts('하')).toEqual(expect.arrayContaining(['하천 수질', '서울특별시 초등학교 현황']));
    expect(await texts('학'.normalize('NFD'))).toEqual(['서울특별시 초등학교 현황']);
  });
});

describe('concepts and places', () => {
  test('come with their id, in the script that is typed, before what the catalogue says', async () => {
    expect((await index.suggest('버', 5))[0]).toEqual({ text: '버스', kind: 'concept', count: 3, id: 'bus' });
    expect((await index.suggest('公', 5))[0]).toMatchObject({ kind: 'concept', id: 'bus' });
    expect((await index.suggest('taip', 5))[0]).toMatchObject({ kind: 'place', id: 'tw-taipei' });
  });

  test('each once, and not without datasets; a keyword of the same text is the concept', async () => {
    const found = await index.suggest('bus', 20);
    expect(found.filter(({ kind }) => kind === 'concept')).toHaveLength(1);
    expect(found.map(({ text }) => text).sort()).toEqual(['Bus a', 'Bus b', 'Bus c', 'Buses', 'bus']);
    expect(await texts('public tr')).toEqual([]);
  });

  test('take a third of a short list', async () => {
    expect((await index.suggest('b', 3)).map(({ kind }) => kind)).toEqual(['concept', 'keyword', 'publisher']);
  });
});

test('any text and limit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 12 }), fc.integer(), async (prefix, limit) => {
      const found = await index.suggest(prefix, limit);
      expect(found.length).toBeLessThanOrEqual(Math.max(0, Math.min(100, limit)));
    }),
    randomRuns(200),
  );
});

test('all words that begin so stand together, whatever the texts', () => {
  const word = fc.constantFrom('bus', 'but', 'b', '公車', '公', 'น้ำ', '학교', '하', 'đi', ' ', '-');
  fc.assert(
    fc.property(fc.array(fc.array(word).map((all) => all.join(''))), word, (all, typed) => {
      const entries = [...new Set(all.map((text) => `${typingKey(text).key}\0${text}`))].sort();
      const table = tableFromStrings(entries);
      const inner = innerStartsOf(table, (entry) => entry.slice(entry.indexOf('\0') + 1));
      const { key } = typingKey(typed);
      const [from, to] = innerRange(table, inner, key);
      const found = [...inner.entries.subarray(from, to)].map((entry, i) => `${entry} ${inner.starts[from + i]}`);
      const expected = entries.flatMap((entry, i) => {
        const { key: whole, starts } = typingKey(entry.slice(entry.indexOf('\0') + 1));
        return starts.filter((start) => start > 0 && whole.startsWith(key, start)).map((start) => `${i} ${start}`);
      });
      expect(found.sort()).toEqual(expected.sort());
    }),
    randomRuns(200),
  );
});
