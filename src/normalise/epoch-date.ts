/** Seconds or milliseconds since 1970, as number or digits → ISO 8601. Pure; both occur in one record of data.gov.in. */

/** Seconds above this would be the year 5138: they are milliseconds (those of 1973-03-03 and later). */
const firstMilliseconds = 100_000_000_000;

/** `2023-06-22T07:12:24Z`; undefined when it is no such number. */
export function epochInstant(value: unknown): string | undefined {
  const isWritten = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value));
  const number = isWritten ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || number <= 0) return undefined;
  const instant = new Date(number >= firstMilliseconds ? number : number * 1000);
  return Number.isNaN(instant.getTime()) ? undefined : `${instant.toISOString().slice(0, 19)}Z`;
}
