import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateField } from '../../src/normalise/date-field.ts';
import { type DateContext, readLocalDate } from '../../src/normalise/local-date.ts';
import { periodField } from '../../src/normalise/period-field.ts';
import { problemLog } from '../../src/normalise/problem-log.ts';
import { randomRuns } from '../support/random-runs.ts';

const gregorian: DateContext = { calendar: 'gregorian', timeZone: 'Asia/Tokyo' };
const roc: DateContext = { calendar: 'roc', timeZone: 'Asia/Taipei' };
const japanese: DateContext = { calendar: 'japanese', timeZone: 'Asia/Tokyo' };
const buddhist: DateContext = { calendar: 'buddhist', timeZone: 'Asia/Bangkok' };

function value(text: string, context: DateContext): string {
  const read = readLocalDate(text, context);
  return read.ok ? `${read.date.value}${read.date.eraMismatch === true ? ' (era)' : ''}` : read.why;
}

describe('field N-01: Minguo dates in all their spellings', () => {
  test.each([
    ['106/02/06', '2017-02-06'],
    ['1060206', '2017-02-06'],
    ['0991231', '2010-12-31'],
    ['99.12.31', '2010-12-31'],
    ['民國110年5月3日', '2021-05-03'],
    ['中華民國一百一十三年二月二十九日', '2024-02-29'],
    ['113/02/29', '2024-02-29'],
    ['110/02/29', 'invalid'],
    ['113年度', '2024'],
    ['民國112年', '2023'],
    ['民國前1年12月31日', '1911-12-31'],
    ['20240229', '2024-02-29'],
    ['2024/2/9', '2024-02-09'],
    ['民國0年', 'invalid'],
    ['中華民國113/2/29', '2024-02-29'],
    ['民國 113.02.29', '2024-02-29'],
    ['民國一一三年二月', '2024-02'],
    ['民國１１３年２月２９日', '2024-02-29'],
    ['民國113年2月29日星期四', '2024-02-29'],
    ['0113/02/29', '2024-02-29'],
    ['113/02', '2024-02'],
    ['11302', '2024-02'],
    ['99/12', 'unreadable'],
    ['113/02/09 下午 03:20:00', '2024-02-09T15:20:00+08:00'],
    ['113年2月9日 上午12時20分', '2024-02-09T00:20+08:00'],
    ['西元2024年2月9日', '2024-02-09'],
    ['991231', 'unreadable'],
  ])('reads %s as %s', (text, expected) => expect(value(text, roc)).toBe(expected));

  test('stays text in a source of another calendar', () => expect(value('106/02/06', gregorian)).toBe('unreadable'));
});

describe('field N-02: Japanese eras, exact to the day of change', () => {
  test.each([
    ['平成31年4月30日', '2019-04-30'],
    ['令和元年5月1日', '2019-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['R元.5.1', '2019-05-01'],
    ['㋿元年5月1日', '2019-05-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成元年1月8日', '1989-01-08'],
    ['S64.1.7', '1989-01-07'],
    ['大正元年7月30日', '1912-07-30'],
    ['平成 10年 3月 4日', '1998-03-04'],
    ['平成31年5月1日', '2019-05-01 (era)'],
    ['令和元年4月30日', '2019-04-30 (era)'],
    ['令和6年4月1日', '2024-04-01'],
    ['令和6年', '2024'],
    ['Ｒ５．４．１', '2023-04-01'],
    ['令和0年4月1日', 'invalid'],
    ['㍻31年4月30日', '2019-04-30'],
    ['令和五年四月一日', '2023-04-01'],
    ['昭和六十四年一月七日', '1989-01-07'],
    ['令6.4.1', '2024-04-01'],
    ['令和6/4/1', '2024-04-01'],
    ['R5.4', '2023-04'],
    ['R6', 'unreadable'],
    ['昭和64年1月8日', '1989-01-08 (era)'],
    ['平成元年1月7日', '1989-01-07 (era)'],
    ['昭和元年12月24日', '1926-12-24 (era)'],
    ['明治45年7月30日', '1912-07-30 (era)'],
    ['平成31年5月', '2019-05 (era)'],
    ['平成31年', '2019'],
    ['昭和65年', '1990 (era)'],
    ['令和6年2月30日', 'invalid'],
    ['2024年4月1日（月） 9時30分', '2024-04-01T09:30+09:00'],
  ])('reads %s as %s', (text, expected) => expect(value(text, japanese)).toBe(expected));
});

describe('field N-03: Thai years, each value by itself', () => {
  test.each([
    ['7/9/2020', '2020-09-07'],
    ['18/9/2563', '2020-09-18'],
    ['6 มิถุนายน 2554', '2011-06-06'],
    ['๑ ม.ค. ๒๕๖๗', '2024-01-01'],
    ['2567-04-01', '2024-04-01'],
    ['2567-04-01 (B.E.)', '2024-04-01'],
    ['2024-04-01', '2024-04-01'],
    ['1/1/64', 'ambiguous'],
    ['1 ม.ค. 67', 'ambiguous'],
    ['29/02/2566', 'invalid'],
    ['29/02/2567', '2024-02-29'],
    ['1 มกราคม พ.ศ. 2567', '2024-01-01'],
    ['พ.ศ. 2567', '2024'],
    ['04/2567', '2024-04'],
    ['25670401', '2024-04-01'],
    ['๒๕๖๗-๐๔-๐๑', '2024-04-01'],
    ['1/4/2567 10:00', '2024-04-01T10:00+07:00'],
    ['31/12/2699', 'invalid'],
  ])('reads %s as %s', (text, expected) => expect(value(text, buddhist)).toBe(expected));
});

describe('field N-04, N-05, op E10: nothing is guessed, filled in or approximated', () => {
  test.each([
    ['2018-05', '2018-05'],
    ['2018', '2018'],
    ['2018.05', '2018-05'],
    ['20240401', '2024-04-01'],
    ['202404', '2024-04'],
    ['2025. 6. 12.', '2025-06-12'],
    ['2025년 11월 06일', '2025-11-06'],
    ['24 June 2025', '2025-06-24'],
    ['June 24, 2025', '2025-06-24'],
    ['1 Agustus 2024', '2024-08-01'],
    ['24/06/2026', '2026-06-24'],
    ['06/24/2026', '2026-06-24'],
    ['04/05/2024', 'ambiguous'],
    ['04/26', 'unreadable'],
    ['2024-Q3', 'unreadable'],
    ['2082/02/32', 'other-calendar'],
    ['2567-04-01', 'other-calendar'],
    ['1/4/2567', 'other-calendar'],
    ['2021-02-29', 'invalid'],
    ['2023-08-25T:17:42.901Z', 'unreadable'],
    ['yesterday', 'unreadable'],
    ['2018-05-00', 'invalid'],
    ['0000-00-00', 'invalid'],
    ['24.05.01', 'ambiguous'],
    ['06-May-24', 'ambiguous'],
    ['06-May-2024', '2024-05-06'],
    ['05/2024', '2024-05'],
    ['2024-05-01+08:00', '2024-05-01'],
    ['20240501T100000Z', '2024-05-01T10:00:00Z'],
    ['Mon, 06 May 2024 10:00:00 GMT', '2024-05-06T10:00:00Z'],
    ['06 tháng 5 năm 2024', '2024-05-06'],
    ['6 मई 2024', '2024-05-06'],
    ['6 Mei 2024', '2024-05-06'],
    ['6 Mac 2024', '2024-03-06'],
    ['2024.05.01.(수)', '2024-05-01'],
    ['2024-05-01 12:05:00 AM', '2024-05-01T00:05:00+09:00'],
    ['2024-05-01 13:05 AM', 'invalid'],
    ['1714989600', 'unreadable'],
    ['2024-01-01T24:30:00', 'invalid'],
  ])('reads %s as %s', (text, expected) => expect(value(text, gregorian)).toBe(expected));
});

test.each(['bikram-sambat', 'solar-hijri'] as const)(
  'field N-04: dates of a source that counts by %s stay as written, instants of machines do not',
  (calendar) => {
    const context: DateContext = { calendar, timeZone: 'Asia/Kathmandu' };
    for (const text of ['2081-01-01', '2082/02/32', '1403/01/01', '20810101', '2081']) {
      expect(value(text, context), text).toMatch(/^(other-calendar|unreadable)$/);
    }
    expect(value('2024-04-13T00:00:00Z', { ...context, calendar: 'gregorian' })).toBe('2024-04-13T00:00:00Z');
  },
);

describe('field N-06: a clock without a zone', () => {
  test.each([
    ['2024-01-01T00:30:00', 'UTC', '2024-01-01T00:30:00Z'],
    ['2024-01-01T00:30:00', 'Asia/Taipei', '2024-01-01T00:30:00+08:00'],
    ['2024-01-01 00:30', 'Asia/Tokyo', '2024-01-01T00:30+09:00'],
    ['2024-01-01 00:30', 'Asia/Kolkata', '2024-01-01T00:30+05:30'],
    ['2024-01-01T00:30:00.123456', 'Asia/Yangon', '2024-01-01T00:30:00+06:30'],
    ['2024-01-01T00:30:00Z', 'Asia/Tokyo', '2024-01-01T00:30:00Z'],
    ['2024-01-01T00:30:00+0900', 'UTC', '2024-01-01T00:30:00+09:00'],
    ['2024-01-01', 'Asia/Tokyo', '2024-01-01'],
  ])('reads %s in %s as %s', (text, timeZone, expected) => {
    expect(value(text, { calendar: 'gregorian', timeZone })).toBe(expected);
  });
});

test('every day of every Japanese era reads as the same Gregorian day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 2, max: 30 }),
      (day, month, year) => {
        const iso = new Date(Date.UTC(1988 + year, month - 1, day));
        const read = readLocalDate(`平成${year}年${month}月${day}日`, japanese);
        const isReal = iso.getUTCMonth() === month - 1;
        expect(read.ok ? read.date.value : undefined).toBe(isReal ? iso.toISOString().slice(0, 10) : undefined);
      },
    ),
    randomRuns(500),
  );
});

describe('field N-08: a date in the future', () => {
  const dates = { ...gregorian, fetchedAt: '2026-11-24T00:00:00Z' };
  test.each([
    ['2064-01-01', '', ['date-in-future']],
    ['2026-11-25', '2026-11-25', []],
    ['2019-01-02', '2019-01-02', []],
    ['2026-11-26T00:00:00Z', '2026-11-26T00:00:00Z', []],
    ['2026-11-26T00:00:01Z', '', ['date-in-future']],
    ['2027', '', ['date-in-future']],
    ['1403/01/01', '', ['date-other-calendar']],
    ['1445-09-01', '', ['date-other-calendar']],
    ['R/P1D', '', ['date-is-interval']],
    ['2018-2022', '', ['date-is-period']],
    ['113年第2季', '', ['date-unreadable']],
  ] as const)('%s is kept as %j with %j', (text, expected, slugs) => {
    const log = problemLog();
    expect(dateField(text, 'modified', dates, log)).toMatchObject({ value: expected, original: text });
    expect(log.problems().map(({ slug }) => slug)).toEqual(slugs);
  });
});

describe('periods', () => {
  test.each([
    ['2007-02-01T00:00:00Z/2014-12-31T00:00:00Z', '2007-02-01T00:00:00Z', '2014-12-31T00:00:00Z'],
    ['2013 - 2024', '2013', '2024'],
    ['2013-2024', '2013', '2024'],
    ['2024년1월~2024년12월', '2024-01', '2024-12'],
    ['~2025.6.12.', undefined, '2025-06-12'],
    ['1972.8.25~현재', '1972-08-25', undefined],
    ['2011. 1. 1.- 2024. 12. 31.', '2011-01-01', '2024-12-31'],
    ['2025년 08월04 부터 2026년 08월04일', '2025-08-04', '2026-08-04'],
    ['- 2025년 11월 7일', undefined, '2025-11-07'],
    ['2025년 11월 27일 기준 현황', '2025-11-27', '2025-11-27'],
    ['令和5年度', '2023-04-01', '2024-03-31'],
    ['수시', undefined, undefined],
    ['2023-24', '2023', '2024'],
    ['2011-12', '2011-12', '2011-12'],
    ['2024-Q2', '2024-04', '2024-06'],
    ['2024년 2분기', '2024-04', '2024-06'],
    ['2024년 하반기', '2024-07', '2024-12'],
    ['令和5年度第4四半期', '2024-01', '2024-03'],
    ['2024年第1四半期', undefined, undefined],
    ['平成28年4月1日から令和5年3月31日', '2016-04-01', '2023-03-31'],
  ])('reads %s from %s to %s', (text, start, end) => {
    const period = periodField(text, gregorian);
    expect([period?.start?.value, period?.end?.value, period?.original]).toEqual([start, end, text]);
  });

  test.each([
    ['field N-01', '113年第2季', roc, '2024-04', '2024-06'],
    ['field N-01', '民國113年第二季', roc, '2024-04', '2024-06'],
    ['field N-01', '113年度', roc, '2024', '2024'],
    ['field N-01', '113年上半年', roc, '2024-01', '2024-06'],
    ['field N-01', '112學年度', roc, '2023-08', '2024-07'],
    ['field N-01', '105年至112年', roc, '2016', '2023'],
    ['field N-02', 'R5年度', japanese, '2023-04-01', '2024-03-31'],
    ['field N-02', '2023年度', japanese, '2023-04-01', '2024-03-31'],
    ['field N-02', '令和元年度', japanese, '2019-04-01', '2020-03-31'],
    ['field N-03', 'ไตรมาสที่ 2 ปี 2567', buddhist, '2024-04', '2024-06'],
    ['field N-03', 'ปีงบประมาณ 2567', buddhist, '2023-10', '2024-09'],
  ])('%s: %s', (_, text, context, start, end) => {
    const period = periodField(text, context);
    expect([period?.start?.value, period?.end?.value, period?.original]).toEqual([start, end, text]);
  });
});
