/**
 * Whether something may have changed since an instant, by the date that a portal writes about it (case `field N-06`: instants
 * are compared, not texts). Pure. What cannot be read may have changed, and so may what is dated in the future (`field N-08`).
 */

/** A clock time without a zone is at most this much later in UTC: it may be meant for UTC-12. In ms. */
const zoneSlackMs = 12 * 3_600_000;

const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** `told`: ISO 8601, to the year or finer. `since`: ISO 8601 instant. */
export function mayHaveChangedSince(since: string, told: string | undefined): boolean {
  const latest = told === undefined ? undefined : latestInstantMs(told.trim());
  return latest === undefined || latest >= Date.parse(since);
}

/** The last instant that a date can mean, in ms since 1970; undefined for what is no date. */
export function latestInstantMs(text: string): number | undefined {
  const day = date.exec(text);
  if (day !== null) return endOfPeriodMs(day.slice(1)) + zoneSlackMs;
  const time = dateTime.exec(text);
  if (time === null) return undefined;
  const zone = time[1];
  const plain = text.replace(' ', 'T').replace(',', '.').replaceAll(' ', '');
  const withZone = zone === undefined ? `${plain}Z` : plain.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(withZone);
  if (Number.isNaN(ms)) return undefined;
  return zone === undefined ? ms + zoneSlackMs : ms;
}

function endOfPeriodMs([year, month, day]: readonly (string | undefined)[]): number {
  const [y, m] = [Number(year), Number(month)];
  if (month === undefined) return Date.UTC(y + 1, 0, 1);
  return day === undefined ? Date.UTC(y, m, 1) : Date.UTC(y, m - 1, Number(day) + 1);
}
