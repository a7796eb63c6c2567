/** `sampan runs --trend`: how the last runs of a source went, in one line. Pure. */
import type { HarvestRun } from '../model/harvest-run.ts';
import { needsAttention, runHealth } from '../model/source-health.ts';

/** Runs of a source that its trend looks at. */
export const trendRuns = 20;

export interface RunTrend {
  readonly sourceId: string;
  readonly runs: number;
  /** Of them, those that saw all that they asked for; those that failed. */
  readonly good: number;
  readonly failed: number;
  /** Records seen by the good ones that looked at the whole list, oldest first. */
  readonly seen: readonly number[];
  /** Median duration of the good ones, in ms; absent when there is none. */
  readonly medianMs?: number;
  readonly lastGoodAt?: string;
}

/** `runs`: newest first. */
export function runTrend(sourceId: string, runs: readonly HarvestRun[]): RunTrend {
  const good = runs.filter((run) => runHealth(run) === 'ok');
  const durations = good
    .flatMap(({ startedAt, endedAt }) => (endedAt === undefined ? [] : [Date.parse(endedAt) - Date.parse(startedAt)]))
    .sort((a, b) => a - b);
  const medianMs = durations[Math.floor(durations.length / 2)];
  const failed = runs.filter((run) => {
    const health = runHealth(run);
    return run.state === 'failed' && health !== undefined && needsAttention(health);
  });
  return {
    sourceId,
    ...{ runs: runs.length, good: good.length, failed: failed.length },
    seen: good.flatMap(({ mode, counts }) => (mode === 'full' ? [counts.seen] : [])).reverse(),
    ...(medianMs !== undefined && { medianMs }),
    ...(good[0] !== undefined && { lastGoodAt: good[0].startedAt }),
  };
}

const bars = '▁▂▃▄▅▆▇█';

/** A bar a number, the largest one full. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => bars[Math.min(7, Math.floor((value / most) * 8))] ?? '').join('');
}
