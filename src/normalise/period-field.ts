/** Periods that data covers: `a/b`, `a ~ b`, `2013 - 2024`, `2024년`, `~2025.6.12.`, `1972.8.25~현재`. Pure. */
import type { PartialDate, Period } from '../model/partial-date.ts';
import { daysOfMonth, twoDigits } from './calendar-date.ts';
import { type DateContext, readLocalDate } from './local-date.ts';

/** What stands between the two ends; tried in this order, a separator counts only when it occurs once. */
const separators = [
  /\s*[~～〜∼]\s*/,
  /\s*\/\s*(?=\d{4}-|P|$)/,
  /\s+(?:[-–—]|to|s\.?d\.?|ถึง|至|から)\s+/,
  /\s*부터\s*/,
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
  const fiscal = japaneseFiscalYear(text);
  if (fiscal !== undefined) return made(fiscal.start, fiscal.end, original);
  const whole = endDate(text, context);
  return whole === undefined ? { original } : made(whole, whole, original);
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

/** `令和5年度` runs from April to March. */
function japaneseFiscalYear(text: string): { readonly start: PartialDate; readonly end: PartialDate } | undefined {
  if (!/^(?:明治|大正|昭和|平成|令和) ?(?:\d{1,2}|元) ?年度$/.test(text)) return undefined;
  const read = readLocalDate(text, { calendar: 'japanese', timeZone: 'UTC' });
  if (!read.ok) return undefined;
  const year = Number(read.date.value);
  const last = `${year + 1}-03-${twoDigits(daysOfMonth(year + 1, 3))}`;
  return {
    start: { value: `${year}-04-01`, precision: 'day', original: text },
    end: { value: last, precision: 'day', original: text },
  };
}
