/** Years counted from an era that the text names: 令和6年4月1日, R6.4.1, 民國110年5月3日. Pure. */
import type { CalendarHint } from '../model/source.ts';
import { checkedDate, type DateParts, type DateReading, eraDate, rocOffset } from './calendar-date.ts';

const worded =
  /^(明治|大正|昭和|平成|令和|[明大昭平令MTSHR]) ?(\d{1,2}|元) ?年度?(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?$/i;
const separated = /^(明治|大正|昭和|平成|令和|[明大昭平令MTSHR]) ?(\d{1,2}|元)([./-]) ?(\d{1,2})(?:\3 ?(\d{1,2}))?$/i;

/** `令和6年4月1日`, `R6.4.1`, `平成元年`, `令6.4.1`, `R5年度`; `R5.4` is a month in a Japanese source only. */
export function readEra(text: string, calendar: CalendarHint): DateReading | 'invalid' | undefined {
  const match = worded.exec(text);
  if (match?.[1] !== undefined) return dated(match[1], match[2], match[3], match[4]);
  const parts = separated.exec(text);
  if (parts?.[1] === undefined) return undefined;
  const isVague = parts[5] === undefined && /^[a-z]$/i.test(parts[1]);
  return isVague && calendar !== 'japanese' ? undefined : dated(parts[1], parts[2], parts[4], parts[5]);
}

function dated(
  era: string,
  yearText: string | undefined,
  month: string | undefined,
  day: string | undefined,
): DateReading | 'invalid' {
  const year = yearOf(yearText);
  return (year === 0 ? undefined : eraDate(era, partsOf(year, month, day))) ?? 'invalid';
}

const minguo =
  /^(?:中華)?民[國国] ?(前)? ?(\d{1,3}|元) ?(?:年度?(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日號号])?)?|([./-]) ?(\d{1,2})(?:\5 ?(\d{1,2}))?)$/;

/** `民國110年5月3日`, `中華民國113/2/29`, `民國前1年12月31日`. */
export function readMinguo(text: string): DateReading | 'invalid' | undefined {
  const match = minguo.exec(text);
  if (match === null) return undefined;
  const year = yearOf(match[2]);
  if (year === 0) return 'invalid';
  const gregorian = match[1] === undefined ? year + rocOffset : rocOffset + 1 - year;
  return checkedDate(partsOf(gregorian, match[3] ?? match[6], match[4] ?? match[7])) ?? 'invalid';
}

function yearOf(text: string | undefined): number {
  return text === '元' ? 1 : Number(text);
}

function partsOf(year: number, month: string | undefined, day: string | undefined): DateParts {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return { year, month: number(month), day: number(day) };
}
