import { describe, expect, test } from 'vitest';
import type { HarvestRun, RunFailure } from '../../src/model/harvest-run.ts';
import { healthAdvice, healthStates, needsAttention, runHealth, sourceHealth } from '../../src/model/source-health.ts';
import { noTally } from '../store/sample-records.ts';

function run(id: number, more: Partial<HarvestRun>): HarvestRun {
  const startedAt = `2026-01-${String(id).padStart(2, '0')}T00:00:00.000Z`;
  return {
    id,
    sourceId: 'xx-portal-example',
    state: 'done',
    mode: 'full',
    startedAt,
    complete: true,
    ...noTally,
    ...more,
  };
}

const failed = (failure: RunFailure, id = 1): HarvestRun => run(id, { state: 'failed', complete: false, failure });

describe('runHealth(run)', () => {
  test.each<[RunFailure, string]>([
    [{ code: 'blocked', reason: 'waf_challenge', status: 403 }, 'blocked'],
    [{ code: 'tls', reason: 'tls_untrusted_root' }, 'tls-untrusted-root'],
    [{ code: 'tls', reason: 'tls_incomplete_chain' }, 'tls-incomplete-chain'],
    [{ code: 'tls', reason: 'tls_expired' }, 'tls-expired'],
    [{ code: 'tls', reason: 'tls_host_mismatch' }, 'tls-wrong-name'],
    [{ code: 'tls', reason: 'tls_legacy' }, 'tls-legacy'],
    [{ code: 'tls', reason: 'tls_other' }, 'tls-other'],
    [{ code: 'tls' }, 'tls-other'],
    [{ code: 'key-refused', reason: '30' }, 'key-refused'],
    [{ code: 'quota', reason: '22' }, 'quota'],
    [{ code: 'soft-error', reason: 'answer-html' }, 'soft-error'],
    [{ code: 'timeout' }, 'timeout'],
    [{ code: 'unreachable', reason: 'connection_refused' }, 'unreachable'],
    [{ code: 'unreachable', reason: 'host_not_found' }, 'gone'],
    [{ code: 'http-status', status: 401 }, 'key-refused'],
    [{ code: 'http-status', status: 403 }, 'refused'],
    [{ code: 'http-status', status: 404 }, 'gone'],
    [{ code: 'http-status', status: 410 }, 'gone'],
    [{ code: 'http-status', status: 429 }, 'quota'],
    [{ code: 'http-status', status: 500 }, 'http-error'],
    [{ code: 'malformed' }, 'malformed'],
    [{ code: 'truncated' }, 'truncated'],
    [{ code: 'internal' }, 'failed'],
    [{ code: 'stopped' }, undefined as never],
    [{ code: 'interrupted' }, undefined as never],
  ])('op D7, D8: a run that failed with %j is %s', (failure, state) => {
    expect(runHealth(failed(failure))).toBe(state);
  });

  test.each<[Partial<HarvestRun>, string | undefined]>([
    [{ state: 'done' }, 'ok'],
    [{ state: 'done-with-problems' }, 'ok'],
    [{ state: 'done-with-problems', complete: false }, 'incomplete'],
    [{ state: 'suspicious' }, 'suspicious'],
    [{ state: 'suspicious', complete: true, accepted: true }, 'ok'],
    [{ state: 'failed', complete: false }, 'failed'],
    [{ state: 'running', complete: false }, undefined],
  ])('%j is %s', (more, state) => {
    expect(runHealth(run(1, more))).toBe(state);
  });
});

describe('sourceHealth(runs, newest first)', () => {
  test('of no run is never', () => {
    expect(sourceHealth([])).toEqual({ state: 'never' });
    expect(sourceHealth([run(1, { state: 'running' }), failed({ code: 'stopped' })]).state).toBe('never');
  });

  test('op A5: a repaired source is ok at once, whatever went wrong before', () => {
    expect(sourceHealth([run(3, {}), failed({ code: 'timeout' }, 2), failed({ code: 'timeout' }, 1)])).toMatchObject({
      state: 'ok',
      run: { id: 3 },
      since: '2026-01-03T00:00:00.000Z',
    });
  });

  test('field F-08: a key that is not registered is pending for a week, then refused; another refusal is none of it', () => {
    const refused = (id: number, reason = '30'): HarvestRun => failed({ code: 'key-refused', reason }, id);
    const row = (days: number): HarvestRun[] => Array.from({ length: days }, (_, i) => refused(9 + days - i));
    expect(sourceHealth([refused(10), run(9, {})])).toMatchObject({ state: 'key-pending', run: { id: 10 } });
    expect(sourceHealth([...row(7), run(9, {})])).toMatchObject({
      state: 'key-pending',
      since: '2026-01-10T00:00:00.000Z',
    });
    expect(sourceHealth([...row(8), run(9, {})])).toMatchObject({
      state: 'key-refused',
      since: '2026-01-10T00:00:00.000Z',
    });
    expect(sourceHealth([refused(10, '31')]).state).toBe('key-refused');
    expect(sourceHealth([failed({ code: 'http-status', status: 401 })]).state).toBe('key-refused');
    expect(sourceHealth([run(11, {}), ...row(1)]).state).toBe('ok');
  });

  test('a run under way, a stopped and an interrupted one hide nothing', () => {
    const runs = [
      run(5, { state: 'running' }),
      failed({ code: 'stopped' }, 4),
      failed({ code: 'interrupted' }, 3),
      failed({ code: 'blocked' }, 2),
    ];
    expect(sourceHealth(runs)).toMatchObject({ state: 'blocked', run: { id: 2 } });
  });

  test('says since when: the first of the unbroken row', () => {
    const runs = [
      failed({ code: 'timeout' }, 4),
      failed({ code: 'timeout' }, 3),
      run(2, {}),
      failed({ code: 'timeout' }, 1),
    ];
    expect(sourceHealth(runs)).toMatchObject({ state: 'timeout', run: { id: 4 }, since: '2026-01-03T00:00:00.000Z' });
    expect(sourceHealth(runs.slice(0, 2)).since).toBe('2026-01-03T00:00:00.000Z');
  });
});

test.each(healthStates)('the state %s has a sentence and says what to do', (state) => {
  const { meaning, action } = healthAdvice[state];
  expect(meaning).toMatch(/^[A-Z].*\.$/);
  expect(action).toMatch(/^[A-Z].*\.$/);
  expect(needsAttention(state)).toBe(state !== 'ok' && state !== 'never');
});
