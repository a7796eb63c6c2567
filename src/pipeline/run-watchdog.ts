/**
 * What keeps a run from lasting for ever: a limit for all of it, one for the time without a sign of the portal, and a
 * grace after which an adapter that does not hear the signal is left behind. Also the ear for hosts that slow us down,
 * because whoever waits politely is not idle.
 */

import { setMaxListeners } from 'node:events';
import { formatDuration } from '../kit/duration.ts';
import type { HttpDoor, HttpRequest, PaceEvent } from '../kit/http/http-door.ts';
import type { RunPace } from '../model/harvest-run.ts';
import { SourceError } from '../model/source-error.ts';
import type { RunLimits, RunOptions } from './run-options.ts';

/** How long an adapter may take to hear that it should stop, in ms, before nobody waits for it any more. */
const defaultGraceMs = 15_000;

export interface RunWatchdog {
  /** The run's own signal: aborted with the one given, and when a limit is reached. */
  readonly signal: AbortSignal;
  /** The door as the run uses it. */
  readonly http: HttpDoor;
  readonly sign: () => void;
  /** Why the run was ended, when a limit ended it. */
  readonly expired: () => SourceError | undefined;
  /** `work`, or the reason of the signal when it has not ended within the grace after it. */
  readonly within: <T>(work: Promise<T>) => Promise<T>;
  /** What slowed the run down; undefined when nothing did. */
  readonly pace: () => RunPace | undefined;
  readonly close: () => void;
}

export function startWatchdog({ source, effects, signal: given, limits }: RunOptions): RunWatchdog {
  const own = new AbortController();
  // Each request that waits for its turn listens.
  setMaxListeners(0, own.signal);
  const nowMs = (): number => effects.now().getTime();
  const ear = paceEar((sentence) => effects.log(`${source.id}: ${sentence}`));
  const startedMs = nowMs();
  let signMs = startedMs;
  let expired: SourceError | undefined;
  const pass = (): void => own.abort(given.reason);
  if (given.aborted) pass();
  given.addEventListener('abort', pass, { once: true });

  const look = (): void => {
    if (limits === undefined || own.signal.aborted) return;
    const state = { runMs: nowMs() - startedMs, silentMs: nowMs() - signMs, gapMs: ear.pace()?.longestGapMs ?? 0 };
    expired = limitReached(source.id, limits, state);
    if (expired !== undefined) own.abort(expired);
  };
  const lookEveryMs = limits && Math.max(20, Math.min(10_000, limits.totalMs / 4, limits.idleMs / 4));
  const timer = lookEveryMs === undefined ? undefined : setInterval(look, lookEveryMs).unref();
  const through = (request: HttpRequest): HttpRequest => ({ ...request, paced: ear.hear });
  return {
    signal: own.signal,
    http: {
      request: (request) => effects.http.request(through(request)),
      fetchWhole: (request) => effects.http.fetchWhole(through(request)),
      close: () => effects.http.close(),
    },
    sign: () => {
      signMs = nowMs();
    },
    expired: () => expired,
    within: (work) => Promise.race([work, graceAfter(own.signal, limits?.graceMs ?? defaultGraceMs)]),
    pace: ear.pace,
    close: () => {
      clearInterval(timer);
      given.removeEventListener('abort', pass);
    },
  };
}

interface RunState {
  readonly runMs: number;
  readonly silentMs: number;
  /** Longest gap between two requests that the portal wanted so far. */
  readonly gapMs: number;
}

function limitReached(
  sourceId: string,
  { totalMs, idleMs }: RunLimits,
  { runMs, silentMs, gapMs }: RunState,
): SourceError | undefined {
  const kept = 'what came in before is kept, the next run goes on from its last checkpoint';
  if (runMs > totalMs) {
    const message = `${sourceId}: not at its end after ${formatDuration(totalMs)} (SAMPAN_RUN_LIMIT); ${kept}`;
    return new SourceError('timeout', message, { reason: 'run_limit' });
  }
  const allowedMs = Math.max(idleMs, 3 * gapMs);
  if (silentMs <= allowedMs) return undefined;
  const message = `${sourceId}: no sign of the portal for ${formatDuration(allowedMs)} (SAMPAN_RUN_IDLE); ${kept}`;
  return new SourceError('timeout', message, { reason: 'run_idle' });
}

/** Counts what slows a run down and says each news once. */
function paceEar(say: (sentence: string) => void) {
  let refusals = 0;
  let crawlDelayMs = 0;
  let longestGapMs = 0;
  return {
    hear: (event: PaceEvent): void => {
      const isNews = event.kind === 'refusal' || event.gapMs > crawlDelayMs;
      if (event.kind === 'refusal') refusals += 1;
      else crawlDelayMs = Math.max(crawlDelayMs, event.gapMs);
      longestGapMs = Math.max(longestGapMs, event.gapMs);
      if (isNews) say(sentenceOf(event));
    },
    pace: (): RunPace | undefined =>
      longestGapMs === 0 ? undefined : { refusals, longestGapMs, ...(crawlDelayMs > 0 && { crawlDelayMs }) },
  };
}

function sentenceOf({ kind, host, gapMs, status }: PaceEvent): string {
  const gap = `requests to it now start ${gapMs / 1000} s apart`;
  return kind === 'refusal' ? `${host} answered ${status}: ${gap}` : `the robots.txt of ${host} asks for it: ${gap}`;
}

function graceAfter(signal: AbortSignal, graceMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const wait = (): void => void setTimeout(() => reject(signal.reason), graceMs).unref();
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}
