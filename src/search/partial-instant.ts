/**
 * When a date of any precision begins, as ms since 1970 in UTC: a place in the order, not a statement about the date.
 * `2018` = 2018-01-01T00:00Z; a clock time without a zone counts as UTC. `undefined` when it cannot be read.
 */
export function instantFromPartial(value: string): number | undefined {
  const zoned = /T\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value) ? `${value}Z` : value;
  if (!/^\d{4}(-\d\d(-\d\d(T.*)?)?)?$/.test(value)) return undefined;
  const instant = Date.parse(zoned);
  return Number.isNaN(instant) ? undefined : instant;
}
