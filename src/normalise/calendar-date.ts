/**
 * Year, month, day → a checked date with as much precision as was given; eras and calendars → Gregorian years. Pure,
 * without `Date`: `new Date('113/02/29')` is 1 March of the year 113.
 */
import type { DatePrecision } from '../model/partial-date.ts';

export interface DateReading {
  /** As `PartialDate.value`. */
  readonly value: string;
  readonly precision: Exclude<DatePrecision, 'text'>;
  /** The Japanese era named does not hold on that day. */
  readonly eraMismatch?: boolean;
}

export interface DateParts {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

/** Years outside this are slips or other calendars, never the date of a dataset. */
const earliestYear = 1000;
const latestYear = 2200;

/** Buddhist years of the living: 2400 is 1857, 2643 is 2100. */
export const isBuddhistYear = (year: number): boolean => year >= 2400 && year <= 2643;

/** Minguo year 1 is 1912 (CLDR calendar roc). */
export const rocOffset = 1911;

/** Thai solar year 2484 and later = Gregorian + 543 (the year has begun on 1 January since B.E. 2484). */
export const buddhistOffset = 543;

/** First day of each era, as [year, month, day] (CLDR supplementalData, calendar japanese). */
const eras: Readonly<Record<string, { readonly first: readonly [number, number, number]; readonly next?: string }>> = {
  明治: { first: [1868, 10, 23], next: '大正' },
  大正: { first: [1912, 7, 30], next: '昭和' },
  昭和: { first: [1926, 12, 25], next: '平成' },
  平成: { first: [1989, 1, 8], next: '令和' },
  令和: { first: [2019, 5, 1] },
};

const eraLetters: Readonly<Record<string, string>> = { M: '明治', T: '大正', S: '昭和', H: '平成', R: '令和' };

/** The date, or undefined when there is no such day (2021-02-29) or the year is out of range. */
export function checkedDate({ year, month, day }: DateParts): DateReading | undefined {
  if (year < earliestYear || year > latestYear) return undefined;
  const yyyy = String(year);
  if (month === undefined) return { value: yyyy, precision: 'year' };
  if (month < 1 || month > 12) return undefined;
  const mm = twoDigits(month);
  if (day === undefined) return { value: `${yyyy}-${mm}`, precision: 'month' };
  if (day < 1 || day > daysOfMonth(year, month)) return undefined;
  return { value: `${yyyy}-${mm}-${twoDigits(day)}`, precision: 'day' };
}

/** A date in a Japanese era (`令和`, `令`, `R`); flagged when the era does not hold that day. */
export function eraDate(era: string, parts: DateParts): DateReading | undefined {
  const name = eraLetters[era.toUpperCase()] ?? Object.keys(eras).find((each) => each.startsWith(era)) ?? era;
  const span = Object.hasOwn(eras, name) ? eras[name] : undefined;
  if (span === undefined) return undefined;
  const date = checkedDate({ ...parts, year: span.first[0] + parts.year - 1 });
  if (date === undefined) return undefined;
  const first = isoDay(span.first);
  const next = span.next === undefined ? undefined : eras[span.next];
  const before = date.value < first.slice(0, date.value.length);
  // A month or year of which no day is left: 昭和65年, 平成31年5月; of 平成31年 there is April.
  const firstDay = date.value + '-01-01'.slice(date.value.length - 4);
  const after = next !== undefined && firstDay >= isoDay(next.first);
  return before || after ? { ...date, eraMismatch: true } : date;
}

export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function isoDay([year, month, day]: readonly [number, number, number]): string {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}
