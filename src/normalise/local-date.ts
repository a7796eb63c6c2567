/**
 * Dates as portals write them → ISO 8601, cut at the precision given. Pure. What could be two dates (`04/05/2024`
 * where the portal's order is not known) or lacks its year stays unread. A clock time without a zone gets the one the
 * caller names for the field.
 */
import type { CalendarHint } from '../model/source.ts';
import { buddhistOffset, checkedDate, type DateReading, eraDate, rocOffset } from './calendar-date.ts';
import { monthNumber } from './month-names.ts';
import { utcOffset } from './utc-offset.ts';

export interface DateContext {
  readonly calendar: CalendarHint;
  /** IANA zone of clock times without one; `UTC` for the fields that CKAN stamps itself. */
  readonly timeZone: string;
}

export type DateRead =
  | { readonly ok: true; readonly date: DateReading }
  | { readonly ok: false; readonly why: 'unreadable' | 'ambiguous' | 'invalid' };

/** The longest form read here, a Minguo date in words, has 24 characters; padding is common. */
const maxDateLength = 100;

const unreadable: DateRead = { ok: false, why: 'unreadable' };
const ambiguous: DateRead = { ok: false, why: 'ambiguous' };

/** Buddhist years of the living: 2400 is 1857, 2643 is 2100. */
const isBuddhistYear = (year: number) => year >= 2400 && year <= 2643;

/** Minguo years in use: 1 is 1912, 189 is 2100. */
const isRocYear = (year: number) => year >= 1 && year <= 189;

type Reader = (text: string, context: DateContext) => DateRead | undefined;

/** Tried in this order; the first that knows the form decides. */
const readers: readonly Reader[] = [
  readClock,
  readNumeric,
  readCompact,
  readCjk,
  readEra,
  readMinguo,
  readDayFirst,
  readNamedMonth,
];

export function readLocalDate(original: string, context: DateContext): DateRead {
  if (original.length > maxDateLength) return unreadable;
  const text = comparable(original);
  for (const reader of readers) {
    const read = reader(text, context);
    if (read !== undefined) return read;
  }
  return unreadable;
}

/** One width, ASCII digits, single spaces, without a closing mark of the Buddhist era. */
function comparable(original: string): string {
  if (/^[\d:.TZ+-]+$/.test(original)) return original;
  const text = asciiDigits(original.normalize('NFKC')).trim().replace(/\s+/g, ' ');
  return text.replace(/ ?(?:B\.?E\.?|\(B\.?E\.?\))$/i, '');
}

/** `2024-01-01T00:30:00`, `2024/1/1 9:05`, with or without seconds, fractions (dropped) and zone. */
function readClock(text: string, context: DateContext): DateRead | undefined {
  const match =
    /^(\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2})(?:T| )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (match === null) return undefined;
  const [, dayText = '', hour = '', minute = '', second, zone] = match;
  const day = readNumeric(dayText, context);
  if (day === undefined || !day.ok) return day;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return { ok: false, why: 'invalid' };
  const clock = `${day.date.value}T${hour.padStart(2, '0')}:${minute}${second === undefined ? '' : `:${second}`}`;
  const offset = zone === undefined ? utcOffset(clock, context.timeZone) : offsetOf(zone);
  return { ok: true, date: { value: clock + offset, precision: second === undefined ? 'minute' : 'second' } };
}

/** Year first: `2024`, `2024-05`, `2024/5/1`, `2024. 5. 1.`, `113/02/29` in a Minguo source, `2567-04-01` in a Thai one. */
function readNumeric(text: string, context: DateContext): DateRead | undefined {
  const match = /^(\d{2,4})(?:([-/.]) ?(\d{1,2})(?:\2 ?(\d{1,2}))?)?\.?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, yearText, , month, day] = match;
  const year = gregorianYear(yearText, context);
  if (year === undefined || (yearText.length < 4 && day === undefined))
    return month === undefined ? unreadable : undefined;
  return checked(year, month, day);
}

function gregorianYear(text: string, { calendar }: DateContext): number | undefined {
  const year = Number(text);
  if (text.length === 4) return isBuddhistYear(year) && calendar === 'buddhist' ? year - buddhistOffset : year;
  return calendar === 'roc' && isRocYear(year) && text.length >= 2 ? year + rocOffset : undefined;
}

/** `20240401`, `202404`, and `1060206` in a Minguo source. */
function readCompact(text: string, context: DateContext): DateRead | undefined {
  if (/^(?:19|20|21)\d{6}$/.test(text)) return checked(Number(text.slice(0, 4)), text.slice(4, 6), text.slice(6, 8));
  if (/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/.test(text))
    return checked(Number(text.slice(0, 4)), text.slice(4, 6), undefined);
  if (context.calendar === 'roc' && /^[01]\d{6}$/.test(text)) {
    return checked(Number(text.slice(0, 3)) + rocOffset, text.slice(3, 5), text.slice(5, 7));
  }
  return undefined;
}

/** `2024年4月1日`, `2024년 4월`, `2024年`, `113年2月` in a Minguo source. */
function readCjk(text: string, context: DateContext): DateRead | undefined {
  const match = /^(\d{2,4}) ?[年년]度?(?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일號号]?)?)?$/.exec(text);
  const year = match?.[1] === undefined ? undefined : gregorianYear(match[1], context);
  return year === undefined ? undefined : checked(year, match?.[2], match?.[3]);
}

/** `令和6年4月1日`, `R6.4.1`, `平成元年`, `昭和64年1月`. */
function readEra(text: string, _context: DateContext): DateRead | undefined {
  const match =
    /^(明治|大正|昭和|平成|令和) ?(\d{1,2}|元) ?年度?(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?$/.exec(text) ??
    /^([MTSHR])(\d{1,2}|元)[./年-](\d{1,2})[./月-](\d{1,2})日?$/i.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, era, yearText, month, day] = match;
  const year = yearText === '元' ? 1 : Number(yearText);
  return outcome(year === 0 ? undefined : eraDate(era, { year, month: numeric(month), day: numeric(day) }));
}

/** `民國110年5月3日`, `中華民國一百一十三年二月二十九日`, `民國前1年12月31日`. */
function readMinguo(text: string, _context: DateContext): DateRead | undefined {
  const match =
    /^(?:中華)?民[國国] ?(前)? ?([\d元一二三四五六七八九十百]+) ?年度?(?: ?([\d一二三四五六七八九十]+) ?月(?: ?([\d一二三四五六七八九十]+) ?日)?)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const year = chineseNumber(match[2] ?? '');
  if (year === undefined || !isRocYear(year)) return { ok: false, why: 'invalid' };
  const gregorian = match[1] === undefined ? year + rocOffset : rocOffset + 1 - year;
  return outcome(checkedDate({ year: gregorian, month: chineseNumber(match[3]), day: chineseNumber(match[4]) }));
}

/** `7/9/2020`, `18/9/2563`: day first in a Thai source; elsewhere only when one of the two cannot be a month. */
function readDayFirst(text: string, { calendar }: DateContext): DateRead | undefined {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (match === null) return undefined;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const gregorian = calendar === 'buddhist' && isBuddhistYear(year) ? year - buddhistOffset : year;
  if (calendar === 'buddhist' || first > 12 || first === second) {
    return outcome(checkedDate({ year: gregorian, month: second, day: first }));
  }
  return second > 12 ? outcome(checkedDate({ year: gregorian, month: first, day: second })) : ambiguous;
}

/** `6 มิถุนายน 2554`, `24 June 2025`, `June 24, 2025`, `Januari 2024`; a year over 2400 beside a name is Buddhist. */
function readNamedMonth(text: string, _context: DateContext): DateRead | undefined {
  const match =
    /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([\p{L}\p{M}.]+),? (?:พ\.ศ\. ?)?(\d{4})$/u.exec(text) ??
    reordered(/^([\p{L}\p{M}.]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(text));
  if (match === undefined || match[2] === undefined) return undefined;
  const month = monthNumber(match[2]);
  if (month === undefined) return undefined;
  const year = Number(match[3]);
  const gregorian = isBuddhistYear(year) ? year - buddhistOffset : year;
  return outcome(checkedDate({ year: gregorian, month, day: numeric(match[1]) }));
}

function reordered(match: readonly string[] | null): readonly (string | undefined)[] | undefined {
  return match === null ? undefined : [match[0], match[2], match[1], match[3]];
}

function checked(year: number, month: string | undefined, day: string | undefined): DateRead {
  return outcome(checkedDate({ year, month: numeric(month), day: numeric(day) }));
}

function outcome(date: DateReading | undefined): DateRead {
  return date === undefined ? { ok: false, why: 'invalid' } : { ok: true, date };
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function offsetOf(zone: string): string {
  if (/^(?:z|utc)$/i.test(zone)) return 'Z';
  const digits = zone.replace(':', '');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}

/** Thai, Khmer, Burmese, Lao and Devanagari digits as ASCII ones. */
function asciiDigits(text: string): string {
  return text.replace(/[๐-๙០-៩၀-၉໐-໙०-९]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = [0x0e50, 0x17e0, 0x1040, 0x0ed0, 0x0966].find((start) => code >= start && code <= start + 9) ?? code;
    return String(code - zero);
  });
}

/** `113`, `元`, `一百一十三`, `二十九`; undefined for nothing or no number. */
function chineseNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === '元') return 1;
  if (/^\d+$/.test(text)) return Number(text);
  const match = /^(?:([一二三四五六七八九])?百)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text);
  if (match === null) return undefined;
  const digit = (word: string | undefined) => (word === undefined ? 0 : '一二三四五六七八九'.indexOf(word) + 1);
  const hundreds = text.includes('百') ? (digit(match[1]) || 1) * 100 : 0;
  const tens = match[3] === undefined ? 0 : (digit(match[2]) || 1) * 10;
  return hundreds + tens + digit(match[4]);
}
