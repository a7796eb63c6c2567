/**
 * Quarters, halves and years that begin in another month than January → first and last day or month. Pure. Where a
 * quarter could be of the calendar or of the fiscal year (`2024年第1四半期`), nothing is read.
 */
import { daysOfMonth, twoDigits } from './calendar-date.ts';
import { dateText } from './date-text.ts';
import { type DateContext, readLocalDate } from './local-date.ts';

/** ISO 8601, months or days. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

interface Form {
  readonly pattern: RegExp;
  /** The year as written, then the number of the part. */
  readonly read: (year: number, part: number, context: DateContext) => Span | undefined;
}

const number = '[1-4一二三四]|iv|i{1,3}';

/** Named groups `y` (a year in any form that a date has) and `n` (which part). */
const forms: readonly Form[] = [
  { pattern: new RegExp(`^(?<y>.+?[年년]도?) ?(?:第 ?)?(?<n>${number}) ?(?:季度?|분기)$`), read: quarter },
  { pattern: new RegExp(`^(?<y>.+?年度) ?第? ?(?<n>${number}) ?四半期$`), read: fiscalQuarter },
  { pattern: /^(?<y>\d{3,4})[ -]?q(?<n>[1-4])$/, read: quarter },
  { pattern: /^q(?<n>[1-4])[ /-](?<y>\d{4})$/, read: quarter },
  { pattern: /^ไตรมาส(?:ที่)? ?(?<n>[1-4]) ?\/? ?(?:ปี ?)?(?<y>\d{4})$/, read: quarter },
  {
    pattern: new RegExp(`^(?:quý|triwulan|suku tahun|quarter) (?<n>${number})[ /,-]+(?:năm |tahun |of )?(?<y>\\d{4})$`),
    read: quarter,
  },
  {
    pattern: /^(?<y>.+?[年년]) ?(?:(?<first>上半年|상반기)|下半年|하반기)$/,
    read: (year, part) => months(year, part === 1 ? 1 : 7, 6),
  },
  // Taiwan's school year begins on 1 August (各級學校學生學年學期假期辦法 §2).
  {
    pattern: /^(?<y>.+?)學年度?$/,
    read: (year, _, { calendar }) => (calendar === 'roc' ? months(year, 8, 12) : undefined),
  },
  // Thailand's fiscal year is named after the calendar year in which it ends (พ.ร.บ. วิธีการงบประมาณ §4).
  {
    pattern: /^ปีงบประมาณ ?(?<y>.+)$/,
    read: (year, _, { calendar }) => (calendar === 'buddhist' ? months(year - 1, 10, 12) : undefined),
  },
  { pattern: /^(?<y>(?:明治|大正|昭和|平成|令和).+年)度$/, read: aprilToMarch },
  { pattern: /^(?<y>.+年)度$/, read: fiscalYear },
];

const numerals: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, i: 1, ii: 2, iii: 3, iv: 4 };

/** Undefined for text of another form, or where the year cannot be read. */
export function partOfYear(text: string, context: DateContext): Span | undefined {
  const plain = dateText(text).toLowerCase();
  for (const { pattern, read } of forms) {
    const groups = pattern.exec(plain)?.groups;
    if (groups?.['y'] === undefined) continue;
    const year = yearOf(groups['y'], context);
    const part = groups['n'] ?? (groups['first'] === undefined ? '2' : '1');
    return year === undefined ? undefined : read(year, numerals[part] ?? Number(part), context);
  }
  return undefined;
}

function yearOf(text: string, context: DateContext): number | undefined {
  const read = readLocalDate(/^\d{2,3}$/.test(text) ? `${text}年` : text, context);
  return read.ok && read.date.precision === 'year' ? Number(read.date.value) : undefined;
}

function quarter(year: number, part: number): Span {
  return months(year, 3 * part - 2, 3);
}

function fiscalQuarter(year: number, part: number): Span {
  return months(year, 3 * part + 1, 3);
}

/** In Japan, whatever the year is counted from; elsewhere 年度 is the calendar year. */
function fiscalYear(year: number, _: number, { calendar }: DateContext): Span | undefined {
  return calendar === 'japanese' ? aprilToMarch(year) : undefined;
}

function aprilToMarch(year: number): Span {
  return { start: `${year}-04-01`, end: `${year + 1}-03-${twoDigits(daysOfMonth(year + 1, 3))}` };
}

/** `first` may lie beyond December. */
function months(year: number, first: number, count: number): Span {
  return { start: month(year, first), end: month(year, first + count - 1) };
}

function month(year: number, number: number): string {
  const months = year * 12 + number - 1;
  return `${Math.floor(months / 12)}-${twoDigits((months % 12) + 1)}`;
}
