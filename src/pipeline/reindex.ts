/**
 * The search index after the store: built whole, brought up to date after a harvest, or compared with it. The store is
 * the truth; whatever is wrong with the index, it can be built again.
 */
import type { Knowledge } from '../enrich/knowledge.ts';
import { applyChanges } from '../search/apply-changes.ts';
import { buildIndex } from '../search/build-index.ts';
import type { IndexReport } from '../search/index-writer.ts';
import { indexedIds, readIndexState } from '../search/indexed-ids.ts';
import type { IndexVersions } from '../search/manifest.ts';
import type { IndexChange, IndexDocument } from '../search/search-contract.ts';
import { IndexDamagedError, IndexMismatchError } from '../search/search-error.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { indexChangesSince, pageSize } from './index-changes.ts';
import { type IndexerTurn, indexerLease, isLeaseHeld, leaseKeeper, takeLeaseInTurn } from './indexer-turn.ts';

/** Ids told as examples of a difference. */
const exampleIds = 10;

/** How often one indexer takes over what others wrote meanwhile, so that a long harvest beside it cannot hold it for ever. */
const mostRounds = 3;

export interface ReindexOptions {
  readonly store: CatalogueStore;
  /** `<home>/index`. */
  readonly folder: string;
  /** Of the text analysis, and `process.versions.icu`. */
  readonly versions: IndexVersions;
  /** What the records are enriched with; its version is among `versions`. */
  readonly knowledge: Knowledge;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** How to wait while another process writes the index; absent: `StoreError` `lease-held` at once. */
  readonly turn?: IndexerTurn;
  /** Documents given to the index so far, of about so many. */
  readonly progress?: (done: number, of: number) => void;
}

/** Builds the whole index aside, swaps it, then takes over what changed meanwhile. */
export function reindex(options: ReindexOptions): Promise<IndexReport> {
  return asIndexer(options, () => buildWhole(options));
}

/** Takes over what changed since the index was written; builds it when there is none or it is of other versions. */
export function updateIndex(options: ReindexOptions): Promise<IndexReport> {
  return asIndexer(options, async () => {
    try {
      return await takeChanges(options);
    } catch (cause) {
      if (cause instanceof IndexMismatchError || cause instanceof IndexDamagedError) return buildWhole(options);
      throw cause;
    }
  });
}

/**
 * Whoever found the lease held and did not wait had written its changes before that. So the holder looks again after it
 * has let go: nothing stays out of the index because two were at work at once.
 */
async function asIndexer(options: ReindexOptions, work: () => Promise<IndexReport>): Promise<IndexReport> {
  const { store, now, signal, turn } = options;
  await takeLeaseInTurn({ name: indexerLease, store, now, signal, turn });
  let report = await thenRelease(store, work);
  for (let round = 1; round < mostRounds; round += 1) {
    if ((await store.latestChangeNumber()) <= report.changeNumber || !(await takeLeaseAgain(options))) return report;
    const { rejected } = report;
    const more = await thenRelease(store, () => takeChanges(options));
    report = { ...more, rejected: [...rejected, ...more.rejected] };
  }
  return report;
}

async function thenRelease<T>(store: CatalogueStore, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await store.releaseLease(indexerLease);
  }
}

/** Whether this process is the indexer once more; another that took the lease meanwhile takes the changes over. */
async function takeLeaseAgain({ store, now }: ReindexOptions): Promise<boolean> {
  try {
    await store.takeLease(indexerLease, now().toISOString());
    return true;
  } catch (cause) {
    if (isLeaseHeld(cause)) return false;
    throw cause;
  }
}

async function buildWhole(options: ReindexOptions): Promise<IndexReport> {
  const { store, folder, versions } = options;
  const changeNumber = await store.latestChangeNumber();
  const built = await buildIndex({ folder, documents: documentsUpTo(options, changeNumber), changeNumber, versions });
  const report = await takeChanges(options);
  return { ...report, rejected: [...built.rejected, ...report.rejected] };
}

async function takeChanges(options: ReindexOptions): Promise<IndexReport> {
  const { store, folder, versions } = options;
  const { changeNumber: from } = await readIndexState(folder, versions);
  const upTo = await store.latestChangeNumber();
  return applyChanges({ folder, changes: indexChanges(options, from, upTo), changeNumber: upTo, versions });
}

/** What changes during the walk moves behind `upTo` and is taken over afterwards. */
async function* documentsUpTo(options: ReindexOptions, upTo: number): AsyncGenerator<IndexDocument> {
  for await (const change of indexChanges(options, 0, upTo)) if (change.kind === 'live') yield change.document;
}

async function* indexChanges(options: ReindexOptions, from: number, upTo: number): AsyncGenerator<IndexChange> {
  const { store, signal } = options;
  const { datasets } = await store.totals();
  const keepLease = leaseKeeper(options);
  let done = 0;
  for (let after = from; after < upTo; ) {
    signal.throwIfAborted();
    await keepLease();
    const page = await indexChangesSince(store, after, options.knowledge);
    if (page.changes.length === 0) return;
    yield* page.changes;
    after = page.changeNumber;
    done += page.changes.length;
    options.progress?.(done, from === 0 ? datasets : upTo - from);
  }
}

export interface IndexCheck {
  readonly agrees: boolean;
  readonly storeDatasets: number;
  readonly indexDocuments: number;
  readonly storeChangeNumber: number;
  readonly indexChangeNumber: number;
  /** In the store and not in the index; how many, and some of them. */
  readonly notIndexed: IdDifference;
  /** In the index and not (any more) in the store. */
  readonly notInStore: IdDifference;
}

export interface IdDifference {
  readonly count: number;
  readonly examples: readonly string[];
}

/** Both directions: ids, counts and change numbers. Throws `IndexDamagedError` or `IndexMismatchError` without an index. */
export async function checkIndex(options: {
  readonly store: CatalogueReader;
  readonly folder: string;
  readonly versions: IndexVersions;
}): Promise<IndexCheck> {
  const { store, folder, versions } = options;
  const indexed = new Set<string>();
  for await (const id of indexedIds(folder, versions)) indexed.add(id);
  const indexDocuments = indexed.size;
  const notIndexed: string[] = [];
  let storeDatasets = 0;
  for await (const id of liveIds(store)) {
    storeDatasets += 1;
    if (!indexed.delete(id)) notIndexed.push(id);
  }
  const { changeNumber: indexChangeNumber } = await readIndexState(folder, versions);
  const storeChangeNumber = await store.latestChangeNumber();
  return {
    agrees: notIndexed.length === 0 && indexed.size === 0 && storeChangeNumber === indexChangeNumber,
    storeDatasets,
    indexDocuments,
    storeChangeNumber,
    indexChangeNumber,
    notIndexed: { count: notIndexed.length, examples: notIndexed.slice(0, exampleIds) },
    notInStore: { count: indexed.size, examples: [...indexed].slice(0, exampleIds) },
  };
}

async function* liveIds(store: CatalogueReader): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await store.liveDatasetIds(after, pageSize * 10);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
