import { expect, test } from 'vitest';
import { emptyCounts, type HarvestRun, type RunFailure } from '../../src/model/harvest-run.ts';
import { cadenceMs, dueAtMs } from '../../src/pipeline/due-time.ts';
import { isQuick, nextToBegin } from '../../src/pipeline/watch-lanes.ts';
import { littleSource } from './little-portal.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startedAt = '2026-11-25T00:00:00.000Z';
const startMs = Date.parse(startedAt);

function run(more: Partial<HarvestRun> = {}): HarvestRun {
  const books = { counts: emptyCounts, problems: {}, rejections: [] };
  const times = { startedAt, endedAt: startedAt };
  return { id: 1, sourceId: 'a', state: 'done', mode: 'full', ...times, complete: true, ...books, ...more };
}

function failed(failure: RunFailure): HarvestRun {
  return run({ state: 'failed', complete: false, failure });
}

function waitsOf(failure: RunFailure, times: readonly number[], everyMs = 7 * dayMs): number[] {
  return times.map((n) => ((dueAtMs('a', Array(n).fill(failed(failure)), everyMs) ?? 0) - startMs) / hourMs);
}

test('a source that never had a run is due at once, one under way is not', () => {
  expect(dueAtMs('a', [], dayMs)).toBe(0);
  expect(dueAtMs('a', [run({ state: 'running' })], dayMs)).toBeUndefined();
});

test('after a good run it is due a cadence later, spread over a tenth of it by the id, always the same', () => {
  const dues = Array.from({ length: 500 }, (_, i) => (dueAtMs(`xx-${i}`, [run()], dayMs) ?? 0) - startMs);
  expect(Math.min(...dues)).toBeGreaterThanOrEqual(dayMs);
  expect(Math.max(...dues)).toBeLessThan(1.1 * dayMs);
  const hours = new Map<number, number>();
  for (const due of dues) hours.set(Math.floor((due - dayMs) / (0.01 * dayMs)), 0);
  expect(hours.size).toBe(10);
  expect(dueAtMs('xx-7', [run()], dayMs)).toBe(dueAtMs('xx-7', [run()], dayMs));
});

test('the cadence is the file’s, else by kind', () => {
  expect(cadenceMs(littleSource)).toBe(dayMs);
  expect(cadenceMs({ ...littleSource, kind: 'statistics' })).toBe(7 * dayMs);
  expect(cadenceMs({ ...littleSource, kind: 'geo', harvest: { everyMs: hourMs } })).toBe(hourMs);
});

test.each<[string, RunFailure, number[]]>([
  ['op A3: a time-out: soon', { code: 'timeout' }, [1 / 12, 1 / 6, 1 / 3, 2 / 3]],
  [
    'field F-05: blocked: slowly, a week at most',
    { code: 'blocked', reason: 'waf_challenge' },
    [6, 12, 24, 48, 96, 168],
  ],
  ['field F-08: a new key refused: within hours, then daily, for ever', { code: 'key-refused' }, [1, 2, 4, 8, 16, 24]],
  ['op D6: asked too often', { code: 'http-status', status: 429 }, [1, 2, 4]],
  ['field F-09: robots.txt says no: daily', { code: 'refused', reason: 'robots' }, [24, 24, 24]],
  ['field F-09: robots.txt is down: soon', { code: 'http-status', status: 503, reason: 'robots_unknown' }, [1 / 12]],
  ['a certificate', { code: 'tls', reason: 'tls_expired' }, [6, 12]],
  ['an error of ours', { code: 'internal' }, [1, 2]],
])('%s: waits in hours after failures in a row', (_, failure, hours) => {
  const waits = waitsOf(
    failure,
    hours.map((__, i) => i + 1),
  );
  for (const [i, wait] of waits.entries()) expect(wait).toBeCloseTo(hours[i] ?? 0, 6);
});

test('field F-08: no number of failures switches a source off', () => {
  expect(waitsOf({ code: 'key-refused' }, [16])).toEqual([24]);
  expect(waitsOf({ code: 'blocked' }, [16])).toEqual([168]);
});

test('what passes by itself never waits longer than the cadence', () => {
  expect(waitsOf({ code: 'unreachable' }, [12], 6 * hourMs)).toEqual([6]);
});

test('a good run between failures begins the row anew; a dead process and a person do not count', () => {
  const timeout = failed({ code: 'timeout' });
  const due = (runs: HarvestRun[]) => ((dueAtMs('a', runs, dayMs) ?? 0) - startMs) / 60_000;
  expect(due([timeout, run(), timeout, timeout])).toBe(5);
  expect(due([timeout, failed({ code: 'interrupted' }), timeout])).toBe(10);
  expect(due([failed({ code: 'interrupted' })])).toBe(1);
  expect(dueAtMs('a', [failed({ code: 'stopped' })], dayMs)).toBe(0);
});

const dueOf = (id: string, priority: number, quick: boolean, dueMs = 0) => ({
  source: { ...littleSource, id, harvest: { priority } },
  dueMs,
  isQuick: quick,
});

test('op A8: twenty slow sources leave the last lane to a quick one', () => {
  const slow = Array.from({ length: 20 }, (_, i) => dueOf(`xx-slow-${i}`, 0, false));
  expect(nextToBegin(slow, { most: 4, quick: 0, slow: 0 })).toHaveLength(3);
  const begun = nextToBegin([...slow, dueOf('xx-quick', 0, true, 99)], { most: 4, quick: 0, slow: 3 });
  expect(begun.map(({ source }) => source.id)).toEqual(['xx-quick']);
});

test('op A8: priority goes first, then who waits longest', () => {
  const due = [dueOf('xx-b', 0, true, 2), dueOf('xx-a', 0, true, 1), dueOf('xx-c', 5, true, 9)];
  const begun = nextToBegin(due, { most: 2, quick: 0, slow: 0 });
  expect(begun.map(({ source }) => source.id)).toEqual(['xx-c', 'xx-a']);
});

test('op A8: quick is who has a priority, or whose last good run was short', () => {
  expect(isQuick(littleSource, [])).toBe(false);
  expect(isQuick({ ...littleSource, harvest: { priority: 1 } }, [])).toBe(true);
  expect(isQuick(littleSource, [run({ endedAt: '2026-11-25T00:01:00.000Z' })])).toBe(true);
  expect(isQuick(littleSource, [failed({ code: 'timeout' }), run({ endedAt: '2026-11-25T03:00:00.000Z' })])).toBe(
    false,
  );
});
