/**
 * Dates as portals write them → ISO 8601, cut at the precision given. Pure. What could be two dates (`04/05/2024`
 * where the portal's order is not known, `1/1/64`) or lacks its year stays unread, and so does a calendar that is not
 * computed here. A clock time without a zone gets the one the caller names for the field.
 */
import type { CalendarHint } from '../model/source.ts';
import { buddhistOffset, checkedDate, type DateReading, isBuddhistYear, rocOffset } from './calendar-date.ts';
import { dateText } from './date-text.ts';
import { readEra, readMinguo } from './era-text.ts';
import { monthNumber } from './month-names.ts';
import { utcOffset } from './utc-offset.ts';

export interface DateContext {
  readonly calendar: CalendarHint;
  /** IANA zone of clock times without one; `UTC` for the fields that CKAN stamps itself. */
  readonly timeZone: string;
}

export type DateRead =
  | { readonly ok: true; readonly date: DateReading }
  | { readonly ok: false; readonly why: 'unreadable' | 'ambiguous' | 'invalid' | 'other-calendar' };

/** The longest form read here, a Minguo date in words, has 24 characters; padding is common. */
const maxDateLength = 100;

const unreadable: DateRead = { ok: false, why: 'unreadable' };
const ambiguous: DateRead = { ok: false, why: 'ambiguous' };
const otherCalendar: DateRead = { ok: false, why: 'other-calendar' };

/** Minguo years in use: 1 is 1912, 189 is 2100. */
const isRocYear = (year: number) => year >= 1 && year <= 189;

/** Calendars whose dates are kept as written: their month tables differ from country to country (case N-04). */
const notComputed: ReadonlySet<CalendarHint> = new Set(['bikram-sambat', 'solar-hijri']);

type Reader = (text: string, context: DateContext) => DateRead | undefined;

/** Tried in this order; the first that knows the form decides. */
const dayReaders: readonly Reader[] = [
  readNumeric,
  readCompact,
  readCjk,
  (text, { calendar }) => outcomeOf(readEra(text, calendar)),
  (text) => outcomeOf(readMinguo(text)),
  readDayFirst,
  readNamedMonth,
];

export function readLocalDate(original: string, context: DateContext): DateRead {
  if (original.length > maxDateLength) return unreadable;
  const text = dateText(original);
  return readClock(text, context) ?? readDay(text, context);
}

function readDay(text: string, context: DateContext): DateRead {
  for (const reader of dayReaders) {
    const read = reader(text, context);
    if (read !== undefined) return read;
  }
  return unreadable;
}

/** Words for the half of the day; those of the second one say PM. */
const morning = 'am|a\\.m\\.|上午|午前|오전';
const afternoon = 'pm|p\\.m\\.|下午|午後|오후';
const clock = new RegExp(
  `^(.*?[^\\sT])(?:T|,? )(?:(${morning}|${afternoon}) ?)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?: ?(${morning}|${afternoon}))? ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?$`,
  'i',
);
const isAfternoon = new RegExp(`^(?:${afternoon})$`, 'i');
const compactClock = /^((?:19|20)\d{6})(?:T(\d{2})(\d{2})|(\d{2})(\d{2}))(\d{2})?(Z|[+-]\d{2}:?\d{2})?$/;
const wordedClock = /(\d{1,2}) ?[時时시點点] ?(\d{1,2}) ?[分분](?: ?(\d{1,2}) ?[秒초])?/;

/** A day in any form with a time: `2024-01-01T00:30:00`, `113/2/9 下午 3:20`, `6 May 2024 10:00 GMT`, `20240501100000`. */
function readClock(text: string, context: DateContext): DateRead | undefined {
  const compact = compactClock.exec(text);
  const match = compact === null ? clock.exec(withColons(text)) : null;
  if (compact === null && match === null) return undefined;
  const [dayText = '', half, hourText = '', minute = '', second, zone] =
    match === null
      ? [
          compact?.[1],
          undefined,
          compact?.[2] ?? compact?.[4],
          compact?.[3] ?? compact?.[5],
          compact?.[6],
          compact?.[7],
        ]
      : [match[1], match[2] ?? match[6], match[3], match[4], match[5], match[7]];
  // Between day and time there may stand a day of the week.
  const day = readDay(dateText(dayText), context);
  if (!day.ok) return day;
  const hour = hourOf(Number(hourText), half);
  if (day.date.precision !== 'day' || hour === undefined || Number(minute) > 59 || Number(second ?? 0) > 60) {
    return { ok: false, why: 'invalid' };
  }
  const time = `${day.date.value}T${String(hour).padStart(2, '0')}:${minute}${second === undefined ? '' : `:${second}`}`;
  const offset = zone === undefined ? utcOffset(time, context.timeZone) : offsetOf(zone);
  return {
    ok: true,
    date: { ...day.date, value: time + offset, precision: second === undefined ? 'minute' : 'second' },
  };
}

function withColons(text: string): string {
  return text.replace(wordedClock, (_, hour: string, minute: string, second: string | undefined) =>
    [hour, minute.padStart(2, '0'), ...(second === undefined ? [] : [second.padStart(2, '0')])].join(':'),
  );
}

/** 0 to 23; undefined for no hour. With a half of the day 12 is its beginning. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour > 12) return isAfternoon.test(half) && hour <= 23 ? hour : undefined;
  return (hour % 12) + (isAfternoon.test(half) ? 12 : 0);
}

/** Year first: `2024`, `2024-05`, `2024/5/1`, `2024. 5. 1.`, `113/02/29` in a Minguo source, `2567-04-01` in a Thai one. */
function readNumeric(text: string, context: DateContext): DateRead | undefined {
  const match = /^(\d{2,4})(?:([-/.]) ?(\d{1,2})(?:\2 ?(\d{1,2})(?:Z|[+-]\d{2}:\d{2})?)?)?\.?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, yearText, , month, day] = match;
  const year = gregorianYear(yearText, context);
  // Two digits and a month could be a month and a day.
  if (year === undefined || (yearText.length === 2 && day === undefined))
    return month === undefined ? unreadable : undefined;
  if (yearText.length === 4 && (notComputed.has(context.calendar) || isElsewhere(year, month, day)))
    return otherCalendar;
  return checked(year, month, day);
}

/** A Buddhist year where none is expected, or the 32nd day that Bikram Sambat has (case N-04). */
function isElsewhere(year: number, month: string | undefined, day: string | undefined): boolean {
  return isBuddhistYear(year) || (Number(day) === 32 && Number(month) >= 1 && Number(month) <= 12);
}

function gregorianYear(text: string, { calendar }: DateContext): number | undefined {
  const year = Number(text);
  // `0113/02/29`: padded to the width of a Gregorian year.
  if (text.startsWith('0') && text.length === 4) return calendar === 'roc' && isRocYear(year) ? year + rocOffset : year;
  if (text.length === 4) return isBuddhistYear(year) && calendar === 'buddhist' ? year - buddhistOffset : year;
  return calendar === 'roc' && isRocYear(year) && text.length >= 2 ? year + rocOffset : undefined;
}

/** `20240401`, `202404`, `25670401` in a Thai source, `1060206` and `10602` in a Minguo one. */
function readCompact(text: string, context: DateContext): DateRead | undefined {
  const pattern = context.calendar === 'roc' ? /^(\d{4}|[01]\d{2})(\d{2})(\d{2})?$/ : /^(\d{4})(\d{2})(\d{2})?$/;
  const [, year = '', month, day] = pattern.exec(text) ?? [];
  if (month === undefined || notComputed.has(context.calendar)) return undefined;
  const gregorian = gregorianYear(year, context) ?? 0;
  // Digits alone are a date only where the year is one of ours, and without a day where the month is a month.
  if (gregorian < 1900 || gregorian > 2199 || (day === undefined && !/^(?:0[1-9]|1[0-2])$/.test(month)))
    return undefined;
  return checked(gregorian, month, day);
}

/** `2024年4月1日`, `2024년 4월`, `2024年`, `113年2月` in a Minguo source. */
function readCjk(text: string, context: DateContext): DateRead | undefined {
  const match = /^(\d{2,4}) ?[年년]度?(?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일號号]?)?)?$/.exec(text);
  const year = match?.[1] === undefined ? undefined : gregorianYear(match[1], context);
  return year === undefined ? undefined : checked(year, match?.[2], match?.[3]);
}

/** `7/9/2020`, `18/9/2563`: day first in a Thai source; elsewhere only when one of the two cannot be a month. `05/2024`. */
function readDayFirst(text: string, { calendar }: DateContext): DateRead | undefined {
  const match = /^(?:(\d{1,2})([-/.]))?(\d{1,2})([-/.])(\d{4}|\d{2})$/.exec(text);
  if (match?.[5] === undefined || (match[2] !== undefined && match[2] !== match[4])) return undefined;
  const year = Number(match[5]);
  if (match[5].length === 2) return match[1] === undefined ? undefined : ambiguous;
  if (calendar !== 'buddhist' && isBuddhistYear(year)) return otherCalendar;
  const gregorian = isBuddhistYear(year) ? year - buddhistOffset : year;
  if (match[1] === undefined) return checked(gregorian, match[3], undefined);
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (calendar === 'buddhist' || first > 12 || first === second) return checked(gregorian, match[3], match[1]);
  return second > 12 ? checked(gregorian, match[1], match[3]) : ambiguous;
}

/** `6 มิถุนายน 2554`, `24-Jun-2025`, `June 24, 2025`, `tháng 5 năm 2024`; a year over 2400 beside a name is Buddhist. */
function readNamedMonth(text: string, _context: DateContext): DateRead | undefined {
  const match =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?((?:tháng )?[\p{L}\p{M}.]+|tháng \d{1,2}),?[ -/](?:năm )?(\d{4}|\d{2})$/u.exec(
      text,
    ) ?? reordered(/^([\p{L}\p{M}.]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(text));
  if (match?.[2] === undefined || match[3] === undefined) return undefined;
  const month = monthNumber(match[2]);
  if (month === undefined) return undefined;
  if (match[3].length === 2) return ambiguous;
  const year = Number(match[3]);
  return checked(isBuddhistYear(year) ? year - buddhistOffset : year, String(month), match[1]);
}

/** `June 24, 2025` as day, month, year; of `Mon Jan 6 2025` the weekday is gone already. */
function reordered(match: readonly string[] | null): readonly (string | undefined)[] | undefined {
  return match === null ? undefined : [match[0], match[2], match[1], match[3]];
}

function checked(year: number, month: string | undefined, day: string | undefined): DateRead {
  const date = checkedDate({ year, month: numeric(month), day: numeric(day) });
  return date === undefined ? { ok: false, why: 'invalid' } : { ok: true, date };
}

/** `undefined`: another form; `invalid`: the form, but no such day. */
function outcomeOf(read: DateReading | 'invalid' | undefined): DateRead | undefined {
  if (read === undefined) return undefined;
  return read === 'invalid' ? { ok: false, why: 'invalid' } : { ok: true, date: read };
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function offsetOf(zone: string): string {
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 'Z';
  const digits = zone.replace(':', '');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}
