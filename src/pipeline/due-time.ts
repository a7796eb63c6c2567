/**
 * When a source is to be harvested next, from its last runs alone: a watcher keeps no state of its own, so that a
 * restart, or a second watcher, comes to the same answer. Pure.
 */
import { sha256Hex } from '../kit/hash.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { Source, SourceKind } from '../model/source.ts';
import { type HealthState, runHealth } from '../model/source-health.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Cadence of sources whose file names none. Open data portals change by the day; catalogues of maps, of statistics (monthly
 * tables) and of research data by the week. Our own choice.
 */
const everyByKind: Readonly<Record<SourceKind, number>> = {
  'open-data': dayMs,
  geo: 7 * dayMs,
  statistics: 7 * dayMs,
  research: 7 * dayMs,
};

export function cadenceMs({ harvest, kind = 'open-data' }: Source): number {
  return harvest?.everyMs ?? everyByKind[kind];
}

/** Share of the cadence over which sources are spread, each by its id, so that a thousand do not begin at midnight. */
const spread = 0.1;

interface BackOff {
  /** Wait after the first failure, doubled with each further one in a row … */
  readonly firstMs: number;
  /** … up to this. */
  readonly mostMs: number;
}

/** Passes by itself, often within minutes; never waits longer than the cadence. */
const soon: BackOff = { firstMs: 5 * minuteMs, mostMs: dayMs };
/** Somebody has to do something, perhaps has done it already; a new key works after hours (case `field F-08`). */
const hourly: BackOff = { firstMs: hourMs, mostMs: dayMs };
/** Asking again soon makes it worse, or changes nothing (case `field F-05`). */
const slow: BackOff = { firstMs: 6 * hourMs, mostMs: 7 * dayMs };
/** Nothing changes before somebody edits a file, here or there. */
const daily: BackOff = { firstMs: dayMs, mostMs: dayMs };

/** Of the states not named: `soon`. */
const backOffs: Readonly<Partial<Record<HealthState, BackOff>>> = {
  blocked: slow,
  refused: slow,
  gone: slow,
  'tls-untrusted-root': slow,
  'tls-incomplete-chain': slow,
  'tls-expired': slow,
  'tls-wrong-name': slow,
  'tls-legacy': slow,
  'tls-other': slow,
  'key-refused': hourly,
  quota: hourly,
  failed: hourly,
  malformed: hourly,
  'soft-error': hourly,
  'not-allowed-address': daily,
  'too-large': daily,
};

/** A run whose process died: long enough that a record that kills the process does not do so in a circle. */
const interruptedWaitMs = minuteMs;

/** Failures in a row that count: 2^15 times the first wait is beyond every cap. Runs that have to be read for it. */
export const runsThatTell = 16;

/**
 * Instant in ms at which the source is due (0: at once); undefined while a run of it is under way. `runs`: its last
 * `runsThatTell`, newest first.
 */
export function dueAtMs(sourceId: string, runs: readonly HarvestRun[], everyMs: number): number | undefined {
  const last = runs[0];
  if (last === undefined) return 0;
  if (last.state === 'running') return undefined;
  if (last.state !== 'failed') return Date.parse(last.startedAt) + everyMs * (1 + spread * place(sourceId));
  const endedMs = Date.parse(last.endedAt ?? last.startedAt);
  // What a person stopped goes on as soon as a person starts again.
  if (last.failure?.code === 'stopped') return 0;
  if (last.failure?.code === 'interrupted') return endedMs + interruptedWaitMs;
  return endedMs + waitMs(last, failuresInARow(runs), everyMs);
}

function waitMs(run: HarvestRun, failures: number, everyMs: number): number {
  const { firstMs, mostMs } = backOffOf(run);
  const whole = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return firstMs === soon.firstMs ? Math.min(whole, everyMs) : whole;
}

function backOffOf(run: HarvestRun): BackOff {
  if (run.failure?.reason === 'robots') return daily;
  const state = runHealth(run);
  return (state === undefined ? undefined : backOffs[state]) ?? soon;
}

/** Those that a person or a dead process cut short say nothing about the portal. */
function failuresInARow(runs: readonly HarvestRun[]): number {
  const telling = runs.filter(({ failure }) => failure?.code !== 'stopped' && failure?.code !== 'interrupted');
  const good = telling.findIndex(({ state }) => state !== 'failed');
  return Math.max(1, good === -1 ? telling.length : good);
}

/** 0 to below 1, always the same for an id. */
function place(sourceId: string): number {
  return Number.parseInt(sha256Hex(sourceId).slice(0, 8), 16) / 2 ** 32;
}
