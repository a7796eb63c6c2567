/** What a clock of a time zone was ahead of UTC. Pure; the formatters are made once a zone. */

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * `+09:00`, or `Z` for UTC, of a local time `2024-01-01T00:30[:00]` in an IANA zone. Zones of Asia have had no summer
 * time since 2006; around a change the offset of the hour before it is taken.
 */
export function utcOffset(localTime: string, timeZone: string): string {
  if (timeZone === 'UTC') return 'Z';
  const instant = new Date(`${localTime.slice(0, 16)}Z`);
  if (Number.isNaN(instant.getTime())) return 'Z';
  const name = formatter(timeZone)
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const offset = /GMT([+-]\d{2}:\d{2})/.exec(name ?? '')?.[1];
  return offset ?? 'Z';
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', hour: 'numeric' });
  formatters.set(timeZone, made);
  return made;
}
