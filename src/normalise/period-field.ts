/** Periods that data covers: `a/b`, `a ~ b`, `2013 - 2024`, `2024년`, `~2025.6.12.`, `1972.8.25~현재`, `113年第2季`. Pure. */
import type { PartialDate, Period } from '../model/partial-date.ts';
import { type DateContext, readLocalDate } from './local-date.ts';
import { partOfYear, type Span } from './part-of-year.ts';

/** What stands between the two ends; tried in this order, a separator counts only when it occurs once. */
const separators = [
  /\s*[~～〜∼]\s*/,
  /\s*\/\s*(?=\d{4}(?:-|$)|P|$)/,
  /\s+(?:[-–—]|to|s\.?d\.?|ถึง|至|から)\s+/,
  /\s*부터\s*/,
  /(?<=[年月日號\d])\s*(?:至|から|迄|到)\s*(?=\D?\d|[民昭平令])/,
  /(?<=[年년月월日일.\d])[-–—](?=\s*\d{4}(?:[年년.]|$))/,
];

/** Words for "until now" and for "as of" that stand beside a date. */
const openEnd = /^(?:현재|now|present|現在|迄今|ปัจจุบัน|\.\.)$/i;
const besideDate = /\s*(?:까지|기준|현재|시점|現在|時点).*$/;

/** Two dates and the words around them; longer is prose, which stays text. */
const maxPeriodLength = 250;

export function periodField(original: string, context: DateContext): Period | undefined {
  const text = original
    .normalize('NFKC')
    .trim()
    .replace(/^[-–—]\s*/, '~');
  if (text === '') return undefined;
  if (text.length > maxPeriodLength) return { original };
  for (const separator of separators) {
    const ends = text.split(separator);
    if (ends.length !== 2) continue;
    const start = endDate(ends[0] ?? '', context);
    const end = openEnd.test((ends[1] ?? '').trim()) ? undefined : endDate(ends[1] ?? '', context);
    if (start !== undefined || end !== undefined) return made(start, end, original);
  }
  return onePeriod(text, context, original);
}

/** A text without two ends: a part of a year, `2023-24`, or one date. */
function onePeriod(text: string, context: DateContext, original: string): Period {
  const part = partOfYear(text, context) ?? twoYears(text);
  if (part !== undefined) return made(spanEnd(part.start, original), spanEnd(part.end, original), original);
  const whole = endDate(text, context);
  return whole === undefined ? { original } : made(whole, whole, original);
}

/** Two ends that differ: `2018-2022`, `113年第2季`. */
export function isWholePeriod(period: Period | undefined): boolean {
  return period?.start !== undefined && period.end !== undefined && period.start.value !== period.end.value;
}

/** A start and an end as two fields; undefined when neither says anything. */
export function periodOf(start: string | undefined, end: string | undefined, context: DateContext): Period | undefined {
  if (start === undefined && end === undefined) return undefined;
  return made(endDate(start ?? '', context), endDate(end ?? '', context), `${start ?? ''}/${end ?? ''}`);
}

function made(start: PartialDate | undefined, end: PartialDate | undefined, original: string): Period {
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }), original };
}

function endDate(text: string, context: DateContext): PartialDate | undefined {
  const original = text.trim();
  const read = readLocalDate(original, context);
  if (read.ok) return { value: read.date.value, precision: read.date.precision, original };
  const alone = readLocalDate(original.replace(besideDate, '').replace(/^[-–~]\s*/, ''), context);
  return alone.ok ? { value: alone.date.value, precision: alone.date.precision, original } : undefined;
}

function spanEnd(value: string, original: string): PartialDate {
  return { value, precision: value.length === 4 ? 'year' : value.length === 7 ? 'month' : 'day', original };
}

/** `2023-24` is no month; `2011-12` is one, and is read as that. */
function twoYears(text: string): Span | undefined {
  const [, first = '', second] = /^(\d{4})[-/](\d{2})$/.exec(text) ?? [];
  const next = String(Number(first) + 1);
  return second !== undefined && Number(second) > 12 && next.endsWith(second) ? { start: first, end: next } : undefined;
}
