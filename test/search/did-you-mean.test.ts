/** Another spelling for a query that finds nothing, in the slips of each script. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { SearchIndex } from '../../src/search/search-contract.ts';
import { slipsBetween, spellingOf } from '../../src/text/spelling.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { randomRuns } from '../support/random-runs.ts';
import { documentOf, requestOf, versions } from './documents.ts';

const documents = [
  documentOf({ id: 'env', title: 'Environment quality', keywords: ['environment'] }),
  documentOf({ id: 'env2', title: 'Environmental permits' }),
  documentOf({ id: 'school', title: '서울 초등학교 현황' }),
  documentOf({ id: 'air', title: '空氣品質監測', keywords: ['空氣品質'] }),
  documentOf({ id: 'rain', title: 'ปริมาณน้ำฝน', keywords: ['ปริมาณน้ำฝน'] }),
  documentOf({ id: 'road', title: 'Bản đồ đường bộ' }),
  documentOf({ id: 'hospital', title: 'अस्पताल सूची' }),
  {
    ...documentOf({ id: 'bus', title: '臺北路線' }),
    terms: [{ kind: 'concept', id: 'public-transport', field: 'titles', words: '路線' } as const],
  },
];

let folder = '';
let index: SearchIndex;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sampan-spelling-'));
  await buildIndex({ folder, versions, changeNumber: 1, documents });
  const { terminology } = littleKnowledge;
  index = await openSearchIndex({ folder, versions, terminology, workers: 1, pollMs: 0 });
});

afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true });
});

async function proposal(text: string, meaning = true): Promise<string | undefined> {
  return (await index.search(requestOf(text, { meaning }))).didYouMean;
}

describe('a slip in each script', () => {
  test.each([
    ['enviroment', 'environment'],
    ['envrionment', 'environment'],
    ['Enviromental', 'environmental'],
    ['qualty of "enviroment"', 'quality of "environment"'],
    ['초등학겨', '초등학교'],
    ['초등하교', '초등학교'],
    ['空氣品貭', '空氣品質'],
    ['空気質品', '空氣品質'],
    ['ปริมานน้ำฝน', 'ปริมาณน้ำฝน'],
    ['duongg', 'duong'],
    ['अस्पतल', 'अस्पताल'],
    ['大眾運翰', '大眾運輸'],
  ])('%s → %s', async (typed, expected) => {
    expect(await proposal(typed)).toBe(expected);
  });

  test('only the unknown words are changed, and punctuation stays', async () => {
    expect(await proposal('“Qualitty”, environment!', false)).toBe('“quality”, environment!');
    expect(await proposal('enviroment qualitty')).toBe('environment quality');
  });
});

describe('no proposal', () => {
  test.each(['environment', '', 'zzyzxq', 'bos', '路経', '2031', '초등학교', 'A01-0005'])('%s', async (text) => {
    expect(await proposal(text)).toBeUndefined();
  });

  test('for a filter that takes everything away', async () => {
    const answer = await index.search(requestOf('environment', { filters: { country: ['KR'] } }));
    expect([answer.total, answer.didYouMean]).toEqual([0, undefined]);
    const both = await index.search(requestOf('enviroment', { filters: { country: ['KR'] } }));
    expect(both.didYouMean).toBeUndefined();
  });

  test('from the vocabulary when only the words count', async () => {
    expect(await proposal('大眾運翰', false)).toBeUndefined();
  });
});

test('one unknown word among others is corrected, whether the others were found without it or not', async () => {
  const answer = await index.search(requestOf('environment qualiti'));
  expect(answer.total).toBe(0);
  expect(answer.didYouMean).toBe('environment quality');
  expect(await proposal('公車 qualitie environment')).toBe('公車 quality environment');
});

test('slips are counted as letters changed, left out, added or swapped', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'ㅎ');
  const word = fc.array(letter, { maxLength: 7 });
  fc.assert(
    fc.property(word, word, fc.nat(3), (a, b, most) => {
      expect(slipsBetween(a, b, most)).toBe(Math.min(most + 1, plainSlips(a, b)));
      expect(slipsBetween(b, a, most)).toBe(slipsBetween(a, b, most));
    }),
    randomRuns(500),
  );
  expect(spellingOf('학교')?.letters.join('')).toBe('ㅎㅏㄱㄱㅛ');
  expect(spellingOf('น้ำฝน')?.letters).toEqual(['น้ำ', 'ฝ', 'น']);
  expect(['12', '', '公a', 'a b', '公 車'].map(spellingOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

function plainSlips(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const least = Math.min(plainSlips(x, y) + same, plainSlips(x, b) + 1, plainSlips(a, y) + 1);
  const isSwapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return isSwapped ? Math.min(least, plainSlips(a.slice(0, -2), b.slice(0, -2)) + 1) : least;
}
