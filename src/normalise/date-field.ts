/**
 * One date field of a record: the reading, its problems, and whether it lies ahead of the day the record was fetched.
 * A date that cannot be used keeps its text.
 */
import type { PartialDate } from '../model/partial-date.ts';
import { type DateContext, readLocalDate } from './local-date.ts';
import type { ProblemLog } from './problem-log.ts';
import { quoted } from './problem-log.ts';

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
  const read = readLocalDate(original, context);
  if (!read.ok) {
    log.add(`date-${read.why}`, path, `found ${quoted(original)}; expected a date such as 2024-05-01`);
    return { value: '', precision: 'text', original };
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
    return { value: '', precision: 'text', original };
  }
  return { value: read.date.value, precision: read.date.precision, original };
}

function isAhead(value: string, fetchedAt: string | undefined): boolean {
  if (fetchedAt === undefined || value.slice(0, 4) < fetchedAt.slice(0, 4)) return false;
  const instant = Date.parse(value);
  return instant - Date.parse(fetchedAt) > toleranceMs;
}
