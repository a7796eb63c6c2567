/**
 * One date field of a record: the reading, its problems, and whether it lies ahead of the day the record was fetched.
 * A date that cannot be used keeps its text.
 */
import type { PartialDate } from '../model/partial-date.ts';
import { type DateContext, readLocalDate } from './local-date.ts';
import { isWholePeriod, periodField } from './period-field.ts';
import type { ProblemLog } from './problem-log.ts';
import { quoted } from './problem-log.ts';
import { isRepeatInterval } from './repeat-interval.ts';

export interface DateFieldContext extends DateContext {
  /** ISO 8601 instant at which the record was fetched; without it no date is in the future. */
  readonly fetchedAt: string | undefined;
}

/** A clock that is wrong by a zone or two is no fault: 48 h (case N-08). */
const toleranceMs = 48 * 3_600_000;

export function dateField(
  original: string,
  path: string,
  context: DateFieldContext,
  log: ProblemLog,
): PartialDate | undefined {
  if (original.trim() === '') return undefined;
  const asText: PartialDate = { value: '', precision: 'text', original };
  if (isRepeatInterval(original)) {
    log.add('date-is-interval', path, `found ${original.trim()}; expected a date, it is taken as the frequency`);
    return asText;
  }
  const read = readLocalDate(original, context);
  if (!read.ok) {
    if (isWholePeriod(periodField(original, context))) {
      log.add('date-is-period', path, `found ${quoted(original)}; expected one date, it is taken as the time covered`);
    } else {
      log.add(`date-${read.why}`, path, `found ${quoted(original)}; expected a date such as 2024-05-01`);
    }
    return asText;
  }
  if (isHijri(read.date.value)) {
    log.add('date-other-calendar', path, `found ${quoted(original)}; expected a Gregorian year`);
    return asText;
  }
  if (read.date.eraMismatch === true) {
    log.add('date-era-mismatch', path, `found ${quoted(original)}; expected the era that held on ${read.date.value}`);
  }
  if (isAhead(read.date.value, context.fetchedAt)) {
    log.add(
      'date-in-future',
      path,
      `found ${quoted(original)}; expected a day up to ${context.fetchedAt?.slice(0, 10)}`,
    );
    return asText;
  }
  return { value: read.date.value, precision: read.date.precision, original };
}

/** No dataset was issued or changed then: such years are of the Hijri calendars, lunar or solar, and are not computed. */
function isHijri(value: string): boolean {
  return value >= '1300' && value < '1500';
}

function isAhead(value: string, fetchedAt: string | undefined): boolean {
  if (fetchedAt === undefined || value.slice(0, 4) < fetchedAt.slice(0, 4)) return false;
  const instant = Date.parse(value);
  return instant - Date.parse(fetchedAt) > toleranceMs;
}
