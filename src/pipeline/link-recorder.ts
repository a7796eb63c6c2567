/** Writes checks in small batches: one transaction for many, and never many lost. */
import type { CheckedLink, LinkStore } from '../store/link-store.ts';

export interface LinkRecorder {
  add(check: CheckedLink): Promise<void>;
  /** To be called now and then: writes what has waited long enough and keeps the lease. */
  tick(): Promise<void>;
  /** Writes what is left. */
  close(): Promise<void>;
}

export interface LinkRecorderOptions {
  readonly store: Pick<LinkStore, 'recordLinkChecks'>;
  readonly now: () => Date;
  /** So that the lease outlives a long run. */
  readonly keepLease: (at: string) => Promise<void>;
}

/** Checks in one transaction, and how long the first of them waits for it, in ms. */
const batchChecks = 100;
const batchMs = 5_000;

/** How often the lease is renewed, in ms: a third of its length. */
const leaseMs = 30_000;

export function linkRecorder({ store, now, keepLease }: LinkRecorderOptions): LinkRecorder {
  let waiting: CheckedLink[] = [];
  let sinceMs = 0;
  let keptMs = now().getTime();

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) await store.recordLinkChecks(batch);
  }

  async function tick(): Promise<void> {
    const nowMs = now().getTime();
    if (waiting.length >= batchChecks || nowMs - sinceMs >= batchMs) await write();
    if (nowMs - keptMs < leaseMs) return;
    keptMs = nowMs;
    await keepLease(now().toISOString());
  }

  return {
    async add(check) {
      if (waiting.length === 0) sinceMs = now().getTime();
      waiting.push(check);
      await tick();
    },
    tick,
    close: write,
  };
}
