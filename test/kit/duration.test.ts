import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/kit/duration.ts';

test.each([
  ['daily', 86_400_000],
  ['weekly', 604_800_000],
  ['PT6H', 21_600_000],
  ['P1W', 604_800_000],
  ['P1DT12H', 129_600_000],
  ['PT1M30S', 90_000],
  ['PT0S', 0],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', 'P', 'PT', '6h', 'P1M', 'P1Y', '-PT1H', 'PT1.5H', 'Daily', 'toString', 'P1DT'])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([0, 1_000, 90_000, 3_600_000, 86_400_000, 129_600_000])(
  '%d ms is written so that it is read the same',
  (ms) => {
    expect(parseDuration(formatDuration(ms))).toBe(ms);
  },
);
