/**
 * A store that reads the real one and keeps nothing: `run-source` on it is the real harvest, with the real comparisons
 * and counts, whose writes go nowhere. It takes no lease, so it may run beside a harvest.
 */
import type { HarvestRun } from '../model/harvest-run.ts';
import type { CatalogueStore, RunEnd, StartedRun } from '../store/catalogue-store.ts';

export function dryRunStore(store: CatalogueStore): CatalogueStore {
  const started = new Map<string, string>();
  const nothing = async (): Promise<void> => {};
  return delegating(store, {
    async startRun({ sourceId, at }: Parameters<CatalogueStore['startRun']>[0]): Promise<StartedRun> {
      started.set(sourceId, at);
      return { runId: 0, sourceId };
    },
    async finishRun(run: StartedRun, end: RunEnd): Promise<HarvestRun> {
      const { state, complete, claimedTotal, why, tally, at } = end;
      return {
        id: 0,
        sourceId: run.sourceId,
        state,
        startedAt: started.get(run.sourceId) ?? at,
        endedAt: at,
        complete,
        ...tally,
        ...(claimedTotal === undefined ? {} : { claimedTotal }),
        ...(why === undefined ? {} : { why }),
      };
    },
    keepRun: nothing,
    commitBatch: nothing,
    applyAbsences: nothing,
    holdDeletions: nothing,
    takeLease: nothing,
    releaseLease: nothing,
  });
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
