/**
 * Harvests each source when it is due, until it is stopped: a look at the books and the source files, as many runs as
 * there are lanes, another look when one has ended or time has passed. What is due follows from the store alone, so that
 * any number of watchers may work on one; a run is begun under a lease and only when it is still due then.
 */
import { setMaxListeners } from 'node:events';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { Source } from '../model/source.ts';
import { SourceFileError } from '../registry/source-file-error.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { isStoreError } from '../store/store-error.ts';
import { cadenceMs, dueAtMs, runsThatTell } from './due-time.ts';
import type { RunOptions } from './run-options.ts';
import { runSource } from './run-source.ts';
import { type DueSource, isQuick, nextToBegin } from './watch-lanes.ts';

/** Before a source is tried again whose run could not even begin for an error of ours, in ms. */
const brokenWaitMs = 5 * 60_000;

export type WatchEvent =
  | { readonly kind: 'watching'; readonly sources: number; readonly parallel: number }
  | { readonly kind: 'started'; readonly sourceId: string }
  | { readonly kind: 'ended'; readonly sourceId: string; readonly run: HarvestRun }
  /** Its process died; found by this watcher. */
  | { readonly kind: 'interrupted'; readonly sourceId: string; readonly run: HarvestRun }
  /** Another process has it, or has just done it. */
  | { readonly kind: 'skipped'; readonly sourceId: string; readonly why: string }
  /** A bug of ours in the run of one source; the others go on. */
  | { readonly kind: 'broke'; readonly sourceId: string; readonly why: string }
  /** The source files cannot be read; those of the last look stay in force. */
  | { readonly kind: 'sources-unreadable'; readonly why: string }
  | { readonly kind: 'stopped' };

export interface WatchOptions {
  readonly store: CatalogueStore;
  /** The sources to be watched, read anew at each call. */
  readonly sources: () => Promise<readonly Source[]>;
  readonly runOf: (source: Source, signal: AbortSignal) => Promise<RunOptions>;
  /** Sources harvested at a time. */
  readonly parallel: number;
  /** In place of each source's own cadence, in ms. */
  readonly everyMs?: number;
  /** Longest time between two looks, in ms. */
  readonly pollMs: number;
  /** End when nothing is due and nothing runs. */
  readonly untilIdle: boolean;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Ends the watch: the runs under way keep what they have and are gone on with by the next watcher. */
  readonly signal: AbortSignal;
  readonly tell: (event: WatchEvent) => void;
}

interface UnderWay {
  readonly isQuick: boolean;
  readonly over: Promise<void>;
}

interface Watch {
  readonly options: WatchOptions;
  /** Aborted with the signal given, and when the store is lost. */
  readonly stop: AbortController;
  readonly running: Map<string, UnderWay>;
  /** Instant in ms before which a source is not tried again that could not be begun. */
  readonly heldUntilMs: Map<string, number>;
  sources: readonly Source[];
  unreadable: string | undefined;
  wake: () => void;
  lost: unknown;
}

/** Resolves when it was stopped, or is idle. Throws only what makes the store unusable, or mistakes in the first source files. */
export async function watchSources(options: WatchOptions): Promise<void> {
  const watch = await beginWatch(options);
  const { stop, running } = watch;
  const pass = (): void => stop.abort(options.signal.reason);
  if (options.signal.aborted) pass();
  options.signal.addEventListener('abort', pass, { once: true });
  try {
    while (!stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        watch.wake = resolve;
      });
      const next = await look(watch);
      if (options.untilIdle && running.size === 0 && next !== 'begun') break;
      if (next !== 'begun' || running.size > 0) await pause(watch, woken);
    }
  } finally {
    stop.abort(options.signal.reason);
    await Promise.all([...running.values()].map(({ over }) => over));
    options.signal.removeEventListener('abort', pass);
  }
  if (watch.lost !== undefined) throw watch.lost;
  options.tell({ kind: 'stopped' });
}

async function beginWatch(options: WatchOptions): Promise<Watch> {
  const sources = await options.sources();
  options.tell({ kind: 'watching', sources: sources.length, parallel: options.parallel });
  const stop = new AbortController();
  // Each request that waits for its turn listens.
  setMaxListeners(0, stop.signal);
  const books = { running: new Map<string, UnderWay>(), heldUntilMs: new Map<string, number>() };
  return { options, stop, sources, ...books, wake: () => undefined, unreadable: undefined, lost: undefined };
}

/** One look: ends what died, begins what is due. */
async function look(watch: Watch): Promise<'begun' | 'waiting'> {
  const { options, running } = watch;
  const { store, now, tell } = options;
  for (const run of await store.endInterruptedRuns(now().toISOString())) {
    tell({ kind: 'interrupted', sourceId: run.sourceId, run });
  }
  await readAnew(watch);
  const due = await dueSources(watch);
  const quick = [...running.values()].filter((each) => each.isQuick).length;
  const lanes = { most: options.parallel, quick, slow: running.size - quick };
  const begun = nextToBegin(due, lanes);
  for (const { source, isQuick: quickOne } of begun) {
    const over = harvestWhenDue(watch, source).finally(() => {
      running.delete(source.id);
      watch.wake();
    });
    running.set(source.id, { isQuick: quickOne, over });
  }
  return begun.length > 0 ? 'begun' : 'waiting';
}

async function readAnew(watch: Watch): Promise<void> {
  try {
    watch.sources = await watch.options.sources();
    watch.unreadable = undefined;
  } catch (mistake) {
    if (!(mistake instanceof SourceFileError)) throw mistake;
    if (mistake.message !== watch.unreadable) {
      watch.options.tell({ kind: 'sources-unreadable', why: `${mistake.message}; going on with those of before` });
    }
    watch.unreadable = mistake.message;
  }
}

async function dueSources({ options, running, heldUntilMs, sources }: Watch): Promise<readonly DueSource[]> {
  const nowMs = options.now().getTime();
  const due: DueSource[] = [];
  for (const source of sources) {
    if (running.has(source.id) || (heldUntilMs.get(source.id) ?? 0) > nowMs) continue;
    const runs = await options.store.runs({ sourceId: source.id, limit: runsThatTell });
    const dueMs = dueAtMs(source.id, runs, options.everyMs ?? cadenceMs(source));
    if (dueMs !== undefined && dueMs <= nowMs) due.push({ source, dueMs, isQuick: isQuick(source, runs) });
  }
  return due;
}

/** Nothing it throws reaches the others; a store that is lost ends the watch. */
async function harvestWhenDue(watch: Watch, source: Source): Promise<void> {
  const { options, stop } = watch;
  const { store, tell } = options;
  const lease = `watch:${source.id}`;
  try {
    await store.takeLease(lease, options.now().toISOString());
    try {
      // Another watcher may have done it since the look; while we have the lease none can begin.
      if (!(await isDue(watch, source))) return;
      tell({ kind: 'started', sourceId: source.id });
      const run = await runSource(await options.runOf(source, stop.signal));
      tell({ kind: 'ended', sourceId: source.id, run });
    } finally {
      await store.releaseLease(lease);
    }
  } catch (failure) {
    giveUp(watch, source.id, failure);
  }
}

async function isDue({ options }: Watch, source: Source): Promise<boolean> {
  const runs = await options.store.runs({ sourceId: source.id, limit: runsThatTell });
  const dueMs = dueAtMs(source.id, runs, options.everyMs ?? cadenceMs(source));
  return dueMs !== undefined && dueMs <= options.now().getTime();
}

function giveUp(watch: Watch, sourceId: string, failure: unknown): void {
  const { options, stop, heldUntilMs } = watch;
  const nowMs = options.now().getTime();
  const why = failure instanceof Error ? failure.message : String(failure);
  if (!isStoreError(failure)) {
    options.tell({ kind: 'broke', sourceId, why: failure instanceof Error ? (failure.stack ?? why) : why });
    // Its run in the books says when to try again; when there is none, this does.
    heldUntilMs.set(sourceId, nowMs + Math.max(options.pollMs, brokenWaitMs));
  } else if (failure.code === 'lease-held' || failure.code === 'lease-lost') {
    options.tell({ kind: 'skipped', sourceId, why });
    heldUntilMs.set(sourceId, nowMs + options.pollMs);
  } else {
    watch.lost ??= failure;
    stop.abort(failure);
  }
}

/** Until a run has ended, or the time for the next look has come. */
async function pause({ options, stop }: Watch, woken: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const cancel = (): void => timer.abort();
  stop.signal.addEventListener('abort', cancel, { once: true });
  try {
    if (stop.signal.aborted) return;
    const slept = options.sleep(options.pollMs, timer.signal).catch((cause: unknown) => {
      if (!timer.signal.aborted) throw cause;
    });
    await Promise.race([woken, slept]);
  } finally {
    timer.abort();
    stop.signal.removeEventListener('abort', cancel);
  }
}
