import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { type CapturedTitle, oncePerSeries } from '../../bench/lexicon/captured-titles.ts';
import { drawHits, hitsAsCsv } from '../../bench/lexicon/draw-hits.ts';
import { measureCoverage } from '../../bench/lexicon/measure-coverage.ts';
import { loadLexicon } from '../../src/vocabulary/lexicon.ts';

function titleOf(number: number, country: string, concepts: readonly string[]): CapturedTitle {
  const title = `title, "${number}"`;
  const words = concepts.map((id) => ({ id, words: id }));
  return {
    source: `${country.toLowerCase()}-made`,
    id: String(number),
    country,
    title,
    series: title,
    concepts: words,
  };
}

describe('coverage', () => {
  test('a concept in more than 3 % of the titles does not cover them, beside a rarer one it does no harm', () => {
    const titles = Array.from({ length: 100 }, (_, number) => {
      if (number < 40) return titleOf(number, 'KR', ['common']);
      if (number < 43) return titleOf(number, 'KR', ['common', 'rare']);
      return titleOf(number, 'KR', number < 60 ? [`own-${number}`] : []);
    });
    expect(measureCoverage(titles)).toMatchObject({
      titles: 100,
      covered: 0.2,
      onlyCommon: 0.4,
      none: 0.4,
      common: ['common'],
    });
  });

  test('a concept in exactly 3 % is not common', () => {
    const titles = Array.from({ length: 100 }, (_, number) => titleOf(number, 'KR', number < 3 ? ['seldom'] : []));
    expect(measureCoverage(titles)).toMatchObject({ covered: 0.03, onlyCommon: 0, common: [] });
  });

  test('a series counts once', () => {
    const parts = [1, 2, 3].map((number) => ({ ...titleOf(number, 'MY', []), series: 'MY [# #] rubber' }));
    expect(oncePerSeries([...parts, titleOf(4, 'MY', [])]).map(({ id }) => id)).toEqual(['1', '4']);
  });
});

describe('hits to be read', () => {
  const titles = ['KR', 'TW', 'JP'].flatMap((country, at) =>
    Array.from({ length: 50 }, (_, number) => titleOf(at * 50 + number, country, number % 2 === 0 ? ['a', 'b'] : [])),
  );

  test('evenly over the countries, each title once, only titles with a hit, the same again with the same seed', () => {
    const hits = drawHits(titles, 30, 7);
    for (const country of ['kr', 'tw', 'jp']) {
      expect(hits.filter(({ source }) => source === `${country}-made`)).toHaveLength(10);
    }
    expect(new Set(hits.map(({ id }) => id)).size).toBe(30);
    expect(hits.every(({ id }) => Number(id) % 2 === 0)).toBe(true);
    expect(drawHits(titles, 30, 7)).toEqual(hits);
    expect(drawHits(titles, 30, 8)).not.toEqual(hits);
  });

  test('as CSV that any reader takes', () => {
    const [first] = parse(hitsAsCsv(drawHits(titles, 3, 7)), { columns: true }) as readonly Record<string, string>[];
    expect(first).toMatchObject({ source: 'kr-made', title: expect.stringMatching(/^title, "\d+"$/) });
  });
});

describe('docs/lexicon-precision.csv', () => {
  const sheet = parse(readFileSync('docs/lexicon-precision.csv', 'utf8'), { columns: true }) as readonly Record<
    string,
    string
  >[];

  test('300 hits, each judged, of concepts that there are, at least 95 % right, the share as the text says', async () => {
    const { concepts } = await loadLexicon('vocab/lexicon');
    expect(sheet).toHaveLength(300);
    expect(sheet.filter(({ verdict }) => verdict !== 'right' && verdict !== 'wrong')).toEqual([]);
    expect(sheet.filter(({ concept = '' }) => !concepts.has(concept))).toEqual([]);
    expect(sheet.filter(({ title = '', words = '' }) => words === '' || !title.includes(words))).toEqual([]);
    const right = sheet.filter(({ verdict }) => verdict === 'right').length;
    expect(right / sheet.length).toBeGreaterThanOrEqual(0.95);
    expect(readFileSync('docs/lexicon.md', 'utf8')).toContain(`${right} of ${sheet.length}`);
  });

  test('whoever called a hit wrong said why', () => {
    expect(sheet.filter(({ verdict, note }) => verdict === 'wrong' && note === '')).toEqual([]);
  });
});
