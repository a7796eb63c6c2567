/**
 * A store that reads the real one and keeps nothing: `run-source` on it is the real harvest, with the real comparisons
 * and counts, whose writes go nowhere. It takes no lease, so it may run beside a harvest.
 */
import { base32Id } from '../kit/hash.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { CatalogueStore, KnownRecord, RunEnd, StartedRun } from '../store/catalogue-store.ts';

interface DryRun {
  readonly startedAt: string;
  readonly since: string | undefined;
  /** The source never had a run: the store knows none of its records. */
  readonly isNewSource: boolean;
  deleted: number;
}

export function dryRunStore(store: CatalogueStore): CatalogueStore {
  const runs = new Map<string, DryRun>();
  const nothing = async (): Promise<void> => {};
  return delegating(store, {
    async startRun({ sourceId, at, since }) {
      const known = (await store.sourceSummaries()).some((summary) => summary.sourceId === sourceId);
      runs.set(sourceId, { startedAt: at, since, isNewSource: !known, deleted: 0 });
      return { runId: 0, sourceId, ...(since !== undefined && { since }) };
    },
    async knownRecords(run, nativeIds) {
      if (runs.get(run.sourceId)?.isNewSource !== true) return store.knownRecords(run, nativeIds);
      return new Map(nativeIds.map((nativeId) => [nativeId, newcomer(run.sourceId, nativeId)]));
    },
    async listedRecords(run, afterNativeId, limit) {
      return runs.get(run.sourceId)?.isNewSource === true ? [] : store.listedRecords(run, afterNativeId, limit);
    },
    async applyAbsences(run, { tombstones }) {
      const dry = runs.get(run.sourceId);
      if (dry !== undefined) dry.deleted += tombstones.length;
    },
    finishRun: async (run, end) => endedRun(run, end, runs.get(run.sourceId)),
    keepRun: nothing,
    endInterruptedRuns: async () => [],
    commitBatch: nothing,
    bindNativeId: nothing,
    holdDeletions: nothing,
    takeLease: nothing,
    releaseLease: nothing,
  });
}

function newcomer(sourceId: string, nativeId: string): KnownRecord {
  return { datasetId: base32Id(sourceId, nativeId), isNew: true, state: 'live', accepted: false, rejected: false };
}

function endedRun(run: StartedRun, end: RunEnd, dry: DryRun | undefined): HarvestRun {
  const { state, complete, readWhole, notModified, claimedTotal, why, failure, tlsProfile, tally, at } = end;
  return {
    id: 0,
    sourceId: run.sourceId,
    state,
    ...(dry?.since === undefined || readWhole === true
      ? { mode: 'full' as const }
      : { mode: 'incremental' as const, since: dry.since }),
    ...(notModified === undefined ? {} : { notModified }),
    startedAt: dry?.startedAt ?? at,
    endedAt: at,
    complete,
    ...tally,
    counts: { ...tally.counts, deleted: dry?.deleted ?? 0 },
    ...(claimedTotal === undefined ? {} : { claimedTotal }),
    ...(why === undefined ? {} : { why }),
    ...(failure === undefined ? {} : { failure }),
    ...(tlsProfile === undefined ? {} : { tlsProfile }),
  };
}

/** The store with some methods replaced; the others keep their `this`. */
function delegating(store: CatalogueStore, replaced: Partial<CatalogueStore>): CatalogueStore {
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(replaced, name)) return Reflect.get(replaced, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
