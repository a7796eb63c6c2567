import { describe, expect, test } from 'vitest';
import { bareDataset } from '../../bench/themes/bare-dataset.ts';
import { labelFromCategories } from '../../bench/themes/category-labels.ts';
import { judgedFile } from '../../bench/themes/judged-file.ts';
import type { LabelledRecord } from '../../bench/themes/labelled-records.ts';
import { learnWeights } from '../../bench/themes/learn-weights.ts';
import { measureThemes } from '../../bench/themes/measure-themes.ts';
import { splitRecords, titleKey } from '../../bench/themes/split-records.ts';
import { loadKnowledge } from '../../src/enrich/knowledge.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { hasCaptures } from '../support/captures.ts';
import { testSource } from '../support/test-source.ts';

function labelled(title: string, publisher?: string): LabelledRecord {
  const dataset = bareDataset({ sourceId: 'xx-example', country: 'KR', nativeId: title, titles: [title] });
  return { dataset, theme: 'transport', also: [], ...(publisher === undefined ? {} : { publisher }) };
}

describe('the split', () => {
  const records = Array.from({ length: 400 }, (_, i) => labelled(`List ${'ab'.repeat(i)} ${i}`, `agency ${i % 40}`));

  test('has a publisher on one side only, and about a fifth in the test', () => {
    const { train, test: tested } = splitRecords(records);
    const learnt = new Set(train.map(({ publisher }) => publisher));
    expect(tested.filter(({ publisher }) => learnt.has(publisher))).toEqual([]);
    expect(train.length + tested.length).toBe(400);
    expect(tested.length / 400).toBeCloseTo(0.2, 1);
  });

  test('counts titles that differ only in digits once', () => {
    const series = Array.from({ length: 50 }, (_, i) => labelled(`Buses ${2000 + i}`, `agency ${i}`));
    const { train, test: tested } = splitRecords([...records, ...series]);
    expect([...train, ...tested].filter(({ dataset }) => dataset.title[0]?.text.startsWith('Buses'))).toHaveLength(1);
  });

  test.each([
    ['Buses  2024', 'buses 0'],
    ['버스 ２０２４년 12월', '버스 0년 0월'],
  ])('%s is the series %s', (title, key) => {
    expect(titleKey(title)).toBe(key);
  });
});

test('learns which feature speaks for which class, and takes any of several right ones', () => {
  const example = (rows: number[], right: number[]) => ({
    rows: Int32Array.from(rows),
    amounts: Float32Array.from(rows, () => 1),
    concepts: 0,
    right,
    weight: 1,
  });
  const examples = Array.from({ length: 200 }, (_, i) =>
    i % 2 === 0 ? example([0, 2], [0]) : example([1, 2], [1, 2]),
  );
  const options = { classes: 3, features: 3, seed: 1 };
  const weights = learnWeights(examples, options);
  const [a, b, common] = [weights.subarray(0, 3), weights.subarray(3, 6), weights.subarray(6, 9)];
  expect(a[0]).toBeGreaterThan(1);
  expect(Math.max(b[1] ?? 0, b[2] ?? 0)).toBeGreaterThan(0.5);
  expect(b[0]).toBeLessThan(-0.5);
  expect(Math.abs(common[0] ?? 9)).toBeLessThan(1);
  expect([...learnWeights(examples, options)]).toEqual([...weights]);
});

test.each([
  [['공공행정 - 법제'], { theme: 'public-services', also: [] }],
  [['식품건강'], { theme: 'health-care', also: ['agriculture-food'] }],
  [['기타', '교통물류'], { theme: 'transport', also: [] }],
  [['기타'], undefined],
])('the categories %j are labelled %j', (categories, label) => {
  const themes = { 공공행정: 'public-services', 식품건강: 'health-care', 교통물류: 'transport' } as const;
  expect(labelFromCategories(categories, testSource('ckan', 'https://xx.example/', { themes }))).toEqual(label);
});

test.skipIf(!hasCaptures)(
  'finds the theme of hand-labelled records of Taiwan and Singapore',
  async () => {
    const [knowledge, vocabulary] = await Promise.all([loadKnowledge('vocab'), loadVocabulary('vocab')]);
    const judged = ['tw', 'sg'].flatMap((name) => judgedFile(`bench/themes/${name}.jsonl`, vocabulary));
    for (const [country, { records, right, unclassified }] of measureThemes(judged, knowledge)) {
      expect(records, country).toBe(300);
      expect(right / records, country).toBeGreaterThan(0.8);
      expect(unclassified / records, country).toBeLessThanOrEqual(0.05);
    }
  },
  120_000,
);
