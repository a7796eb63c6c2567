/**
 * The index behind a harvest that is still going on: it takes over what the store holds as it comes, so that little is
 * left to do at the end. Meant for a thread of its own, with a store of its own on the same files. It may stop anywhere
 * and leave work undone: whoever started it brings the index up to date afterwards in the ordinary way.
 */
import type { Knowledge } from '../enrich/knowledge.ts';
import { applyChanges } from '../search/apply-changes.ts';
import { readIndexState } from '../search/indexed-ids.ts';
import type { IndexVersions } from '../search/manifest.ts';
import type { IndexChange } from '../search/search-contract.ts';
import { IndexDamagedError, IndexMismatchError } from '../search/search-error.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { indexChangesSince } from './index-changes.ts';
import { indexerLease, isLeaseHeld, leaseKeeper } from './indexer-turn.ts';

export interface FollowOptions {
  readonly store: CatalogueStore;
  /** `<home>/index`. */
  readonly folder: string;
  readonly versions: IndexVersions;
  /** What the records are enriched with; its version is among `versions`. */
  readonly knowledge: Knowledge;
  readonly now: () => Date;
  /** Waits so many ms, or until the harvest has ended. */
  readonly pause: (ms: number) => Promise<void>;
  /** Whether the harvest has ended: what is there by then is taken over, then it returns. */
  readonly ended: () => boolean;
  /** Aborted: nothing more is taken over. */
  readonly signal: AbortSignal;
}

/** Fewer new changes are left for the end: a small segment costs as much as it saves. */
const leastChanges = 5_000;

/** Longest time with the lease, in ms: others who wait to write the index come in between. */
const longestRoundMs = 60_000;

const pauseMs = 100;

/** Half of what a build takes by itself: beside it the harvest needs memory too. */
const flushAt = { occurrences: 2_000_000, bytes: 32 * 1024 * 1024 };

/** Returns when the harvest has ended or another process is at work on the index. */
export async function followIndex(options: FollowOptions): Promise<void> {
  const { store, now, pause, ended, signal } = options;
  while (!signal.aborted) {
    const isLast = ended();
    const waiting = (await store.latestChangeNumber()) - ((await changeNumberOfIndex(options)) ?? 0);
    if (waiting >= leastChanges) {
      try {
        await store.takeLease(indexerLease, now().toISOString());
      } catch (cause) {
        if (isLeaseHeld(cause)) return;
        throw cause;
      }
      try {
        await oneRound(options);
      } finally {
        await store.releaseLease(indexerLease);
      }
    } else if (isLast) {
      return;
    } else {
      await pause(pauseMs);
    }
  }
}

async function oneRound(options: FollowOptions): Promise<void> {
  const { folder, versions } = options;
  const from = await changeNumberOfIndex(options);
  const reached = { changeNumber: from ?? 0 };
  await applyChanges({
    folder,
    versions,
    changes: changesAsTheyCome(options, reached),
    changeNumber: () => reached.changeNumber,
    anew: from === undefined,
    flushAt,
  });
}

/** Undefined when there is no index, or none that can be gone on with. */
async function changeNumberOfIndex({ folder, versions }: FollowOptions): Promise<number | undefined> {
  try {
    return (await readIndexState(folder, versions)).changeNumber;
  } catch (cause) {
    if (cause instanceof IndexMismatchError || cause instanceof IndexDamagedError) return undefined;
    throw cause;
  }
}

async function* changesAsTheyCome(
  options: FollowOptions,
  reached: { changeNumber: number },
): AsyncGenerator<IndexChange> {
  const { store, now, pause, ended, signal } = options;
  const begun = now().getTime();
  const keepLease = leaseKeeper(options);
  while (now().getTime() - begun < longestRoundMs) {
    signal.throwIfAborted();
    await keepLease();
    const isLast = ended();
    const page = await indexChangesSince(store, reached.changeNumber, options.knowledge);
    yield* page.changes;
    reached.changeNumber = page.changeNumber;
    if (page.changes.length > 0) continue;
    if (isLast) return;
    await pause(pauseMs);
  }
}
