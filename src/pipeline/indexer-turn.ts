/** Waiting for exclusive work that another process has: for so long, and not in silence. */
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { isStoreError, type StoreError } from '../store/store-error.ts';

export interface IndexerTurn {
  /** At most so long, in ms, counted by its own sleeps. */
  readonly waitMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called once, when the wait begins: who is at work, and until when at least. */
  readonly waiting: (why: string) => void;
}

export const indexerLease = 'indexer';

/** Sign of life for the lease, in ms; it holds for 90 s. */
const keepEveryMs = 20_000;

/** Between two tries, in ms: no index is written faster than a person notices. */
const pauseMs = 500;

export function isLeaseHeld(cause: unknown): cause is StoreError {
  return isStoreError(cause) && cause.code === 'lease-held';
}

/** Throws `StoreError` `lease-held` after the wait, and at once without a `turn`. */
export async function takeLeaseInTurn(taking: {
  readonly name: string;
  readonly store: CatalogueStore;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly turn: IndexerTurn | undefined;
}): Promise<void> {
  const { name, store, now, signal, turn } = taking;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await store.takeLease(name, now().toISOString());
    } catch (cause) {
      if (turn === undefined || waitedMs >= turn.waitMs || !isLeaseHeld(cause)) throw cause;
      if (waitedMs === 0) turn.waiting(cause.message);
    }
    signal.throwIfAborted();
    await turn.sleep(pauseMs, signal);
  }
}

/** To be called again and again by whoever has the lease (the indexer's unless named): keeps it. */
export function leaseKeeper({
  store,
  now,
  name = indexerLease,
}: {
  readonly store: CatalogueStore;
  readonly now: () => Date;
  readonly name?: string;
}): () => Promise<void> {
  let keptAt = now().getTime();
  return async () => {
    const at = now();
    if (at.getTime() - keptAt < keepEveryMs) return;
    keptAt = at.getTime();
    await store.takeLease(name, at.toISOString());
  };
}
