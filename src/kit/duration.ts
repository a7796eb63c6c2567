/** Lengths of time as people write them in a setting: ISO 8601 durations, and words for cadences. Pure. */

const words: Readonly<Record<string, string>> = {
  hourly: 'PT1H',
  daily: 'P1D',
  weekly: 'P7D',
  monthly: 'P30D',
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const pattern = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

/** In ms; undefined for what is neither a word above nor a duration of weeks, days, hours, minutes, seconds (no months). */
export function parseDuration(text: string): number | undefined {
  const found = pattern.exec(Object.hasOwn(words, text) ? (words[text] ?? '') : text);
  if (found === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1000;
}

/** Shortest way to write it, for messages: `P1D`, `PT6H`, `PT1M30S`. Whole seconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts: readonly [number, string][] = [
    [Math.floor(seconds / 3600) % 24, 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ];
  const days = Math.floor(seconds / 86_400);
  const time = parts.flatMap(([value, unit]) => (value > 0 ? [`${value}${unit}`] : [])).join('');
  if (days === 0 && time === '') return 'PT0S';
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}
