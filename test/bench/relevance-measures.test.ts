/** The measures of the relevance bench against cases worked out by hand from the README of the relevance set. */
import { expect, test } from 'vitest';
import { figuresOf, randomScores, ratiosAboveChance, type ScoredTopic } from '../../bench/relevance/figures.ts';
import { type Grade, type Judgement, recordKey } from '../../bench/relevance/judged-set.ts';
import { bpref, condense, hardNegatives, ndcg, recall, scoresOf } from '../../bench/relevance/measures.ts';
import { checkSourceIds, relevanceSources } from '../../bench/relevance/relevance-sources.ts';

const judged: readonly Grade[] = [2, 2, 1, 0, 0];

test('nDCG: gain 2^grade - 1, discount log2(rank + 1), over the ideal order of all judged records', () => {
  // (0 + 3/log2(3) + 1/log2(4)) / (3 + 3/log2(3) + 1/log2(4)) = 2.392789 / 5.392789
  expect(ndcg([0, 2, 1], judged, 10)).toBeCloseTo(0.443702, 5);
  expect(ndcg([2, 2, 1, 0, 0], judged, 10)).toBe(1);
  expect(ndcg([], judged, 10)).toBe(0);
  expect(ndcg([0, 0], [0, 0], 10)).toBe(0);
});

test('nDCG: only the first ten count, in the list and in the ideal order', () => {
  const twelve = Array.from({ length: 12 }, (): Grade => 2);
  expect(ndcg(twelve, twelve, 10)).toBe(1);
  expect(ndcg([...Array.from({ length: 10 }, (): Grade => 0), 2, 2], [...twelve, 0], 10)).toBe(0);
});

test('recall: of as many right records as the depth has room for', () => {
  expect(recall([0, 2, 1], judged, 20)).toBe(0.5);
  const thirty = Array.from({ length: 30 }, (): Grade => 2);
  expect(recall(thirty.slice(0, 10), thirty, 20)).toBe(0.5);
  expect(recall(thirty, thirty, 20)).toBe(1);
});

test('bpref: wrong records above a right one, capped at R, over min(R, N); grade 1 is left out', () => {
  // One of two right ones found, one of two wrong ones above it: (1 - 1/2) / 2.
  expect(bpref([0, 1, 2], judged)).toBe(0.25);
  // R = 1, N = 3: two wrong ones above count as one.
  expect(bpref([0, 0, 2], [2, 0, 0, 0])).toBe(0);
  // R = 3, N = 1: nothing above, nothing above, one above.
  expect(bpref([2, 2, 0, 2], [2, 2, 2, 0])).toBeCloseTo((1 + 1 + 0) / 3, 10);
  expect(bpref([2], [2, 1])).toBe(1);
});

test('hard negatives: share of grade 0 in the first ten that there are', () => {
  expect(hardNegatives([0, 2, 1], 10)).toBeCloseTo(1 / 3, 10);
  expect(hardNegatives([...Array.from({ length: 10 }, (): Grade => 2), 0], 10)).toBe(0);
  expect(hardNegatives([], 10)).toBe(0);
});

test('the condensed list leaves out what is unjudged, and takes a record once', () => {
  const judgements: readonly Judgement[] = [
    { topic: 'T', source: 'a', id: '1', grade: 2, lang: 'en' },
    { topic: 'T', source: 'a', id: '2', grade: 0, lang: 'en' },
  ];
  const byKey = new Map(judgements.map((each) => [recordKey(each), each]));
  const [right = '', wrong = ''] = judgements.map(recordKey);
  expect(condense([undefined, wrong, 'b\n9', right, wrong], byKey)).toEqual([0, 2]);
  expect(scoresOf(condense([right], byKey), [2, 0])).toEqual({ ndcg10: 1, recall20: 1, bpref: 1, hardNegatives10: 0 });
});

function scored(queryLanguage: string, recordLanguage: string | undefined, ndcg10: number): ScoredTopic {
  const scores = { ndcg10, recall20: 0, bpref: ndcg10, hardNegatives10: 0 };
  return {
    topic: 'T',
    queryLanguage,
    scores,
    judgedFound: 9,
    ...(recordLanguage === undefined ? {} : { recordLanguage }),
  };
}

test('figures: the whole list by query language, and cells by pair of languages', () => {
  const figures = figuresOf([
    scored('en', undefined, 0.8),
    scored('th', undefined, 0.4),
    scored('en', 'en', 0.93),
    scored('en', 'ja', 0.71),
    scored('ja', 'ja', 0.91),
    scored('th', 'en', 0.53),
  ]);
  expect(figures.wholeList.ndcg10).toBeCloseTo(0.6, 10);
  expect(figures.byQueryLanguage).toEqual({ en: 0.8, th: 0.4 });
  expect(figures.sameLanguage.ndcg10).toBeCloseTo(0.92, 10);
  expect(figures.crossLanguage.ndcg10).toBeCloseTo(0.62, 10);
  // en → ja: (0.71 - 0.51) / (0.91 - 0.51) = 0.5; th → en: (0.53 - 0.43) / (0.93 - 0.43) = 0.2.
  expect(figures.ratioAboveChance).toBeCloseTo(0.35, 10);
  expect(figures.lowestCell).toBeCloseTo(0.2, 10);
});

test('a cell whose own language is no better than chance says nothing about others', () => {
  const { ja = 0 } = randomScores;
  const cell = (queryLanguage: string, ndcg10: number) => ({
    queryLanguage,
    recordLanguage: 'ja',
    ndcg10,
    bpref: 0,
    topics: 1,
  });
  expect(ratiosAboveChance([cell('en', 0.9), cell('ja', ja)])).toEqual([]);
  expect(ratiosAboveChance([cell('en', ja), cell('ja', 1)])[0]?.ratio).toBe(0);
});

test('a source id outside the table is an error that names it', () => {
  const sources = relevanceSources();
  expect(sources).toHaveLength(31);
  expect(new Set(sources.map(({ sourceId }) => sourceId)).size).toBe(31);
  expect(() => checkSourceIds(['kr-data-go-kr', 'xx-nowhere'], sources)).toThrow('found the source "xx-nowhere"');
  expect(() =>
    checkSourceIds(
      sources.map(({ id }) => id),
      sources,
    ),
  ).not.toThrow();
});
