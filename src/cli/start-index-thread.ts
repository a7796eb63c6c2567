/**
 * The index follows a harvest in a thread of its own, on the second core. It only takes work off the end: whoever
 * harvests brings the index up to date afterwards all the same.
 */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../kit/start-thread.ts';
import type { RunProgress } from '../pipeline/run-options.ts';
import type { IndexVersions } from '../search/manifest.ts';

export interface IndexThreadData {
  readonly home: string;
  /** `<home>/index`. */
  readonly folder: string;
  readonly versions: IndexVersions;
  /** The package's `vocab/`. */
  readonly vocabFolder: string;
}

export interface IndexBehind {
  /** Told what the runs have done so far: the thread begins when it pays. */
  readonly progress: (told: RunProgress) => void;
  /** `ended`: what the store holds is taken over first. `stop`: nothing more is. Answers when the thread has ended. */
  readonly finish: (how: 'ended' | 'stop') => Promise<void>;
}

/** Fewer changes are indexed at the end in about a second. */
const worthwhile = 5_000;

/** `failed` is told once when the thread breaks; nothing is lost then but time. */
export function indexBehindHarvest(data: IndexThreadData, failed: (error: Error) => void): IndexBehind {
  const changed = new Map<string, number>();
  let thread: Worker | undefined;
  let over: Promise<void> = Promise.resolve();
  return {
    progress: ({ sourceId, counts }) => {
      changed.set(sourceId, counts.added + counts.updated);
      if (thread !== undefined || sumOf(changed.values()) < worthwhile) return;
      const started = startThread(import.meta.url, 'index-worker', data);
      started.once('error', failed);
      over = new Promise((resolve) => started.once('exit', () => resolve()));
      thread = started;
    },
    finish: (how) => {
      thread?.postMessage(how);
      return over;
    },
  };
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
