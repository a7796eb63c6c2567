/** Years in all calendars that the twelve countries write, and numbers that are no years. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { yearMentions } from '../../src/text/year-mentions.ts';
import { randomRuns } from '../support/random-runs.ts';

function years(text: string, isQuery = false): readonly number[] {
  return yearMentions(text, isQuery).flatMap((mention) => mention.years);
}

describe('one year, however it is written', () => {
  test.each([
    '2023',
    '２０２３年',
    '2023年度',
    '二〇二三年',
    '西元2023年',
    '2023년',
    'năm 2023',
    'tahun 2023',
    'FY2023',
    'वर्ष २०२३',
    'ឆ្នាំ២០២៣',
    '၂၀၂၃ ခုနှစ်',
    '20230401',
    '01.04.2023',
    '2023.4',
    '民國112年',
    '中華民國一百一十二年',
    '民國一一二年度',
    '112年度',
    '112學年度',
    '臺北市112年交通事故',
    '112年3月',
    '令和5年',
    '令和五年度',
    'R5年度決算',
    '【R5】施設データ',
    'พ.ศ. 2566',
    'พ.ศ.๒๕๖๖',
    'ปีงบประมาณ 2566',
    'จำนวนประชากร 2566',
    '2566 B.E.',
  ])('%s', (text) => {
    expect(years(text)).toEqual([2023]);
  });

  test.each([
    ['令和元年', 2019],
    ['平成31年', 2019],
    ['平成元年', 1989],
    ['昭和64年', 1989],
    ['H30年度', 2018],
    ['大正12年', 1923],
    ['民國元年', 1912],
    ['民國88年', 1999],
  ])('%s is %i', (text, year) => {
    expect(years(text)).toEqual([year]);
  });

  test.each([
    ['民國100-112年', [2011, 2023]],
    ['110至112年度', [2021, 2023]],
    ['2022-23', [2022, 2023]],
    ['2019~2023', [2019, 2023]],
    ['令和元年～令和5年', [2019, 2023]],
    ['พ.ศ. 2560 - พ.ศ. 2566', [2017, 2023]],
  ])('%s names its first and its last year', (text, expected) => {
    expect(years(text)).toEqual(expected);
  });
});

describe('a number that says nothing of a year is none', () => {
  test.each([
    '112',
    '2566',
    '2566 households',
    'จำนวน 2500 คน',
    '100年企業',
    '創校112週年',
    '112年來',
    '112年前から続く',
    '第112年',
    '1112年',
    '1,2023',
    '3.2023',
    '2023人',
    '2000 households',
    '12023',
    'R5',
    'H5 avian flu',
    'S3 bucket',
    '昭和99年',
    '令和0年',
    '民國前1年',
    'PM2.5',
    'A01-0005',
    '5年度',
  ])('%s', (text) => {
    expect(years(text)).toEqual([]);
  });

  test('whoever asks for R5 asks for the year; H5 and S3 are other things', () => {
    expect(['R5', 'R5.4', 'H30', 'S63', 'H5', 'S3', 'R50'].map((text) => years(text, true))).toEqual([
      [2023],
      [2023],
      [2018],
      [1988],
      [],
      [],
      [],
    ]);
  });
});

test('a mention covers the words that belong to the year, in the display text', () => {
  const text = '高雄市 民國１１２年度、พ.ศ. ๒๕๖๖';
  expect(yearMentions(text).map(({ start, end }) => text.slice(start, end))).toEqual(['民國１１２年度', 'พ.ศ. ๒๕๖๖']);
});

test('any text is read without an error, with ranges in order and inside it', () => {
  const piece = fc.constantFrom(
    '民國',
    '112',
    '年',
    '令和',
    '五',
    '元',
    '-',
    '2023',
    'พ.ศ.',
    '๒๕๖๖',
    'R5',
    ' ',
    '学',
    '.',
    '～',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((all) => all.join('')),
      ),
      (text) => {
        let at = 0;
        for (const { start, end, years: found } of yearMentions(text, true)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          for (const year of found) expect(year >= 1868 && year < 2150).toBe(true);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      },
    ),
    randomRuns(300),
  );
});
