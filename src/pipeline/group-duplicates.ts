/**
 * Copies of one dataset at several portals, looked for after a harvest. What changed since the last time gets new block keys;
 * only records that share a block with those are compared again, and only their groups are written. All of it can be dropped
 * and made anew from the store. What people decided is read from the log of decisions each time, so nothing can forget it.
 */
import { blockKeys, largestBlock } from '../enrich/block-keys.ts';
import type { CataloguePlaces } from '../enrich/catalogue-places.ts';
import { type CopyPair, compareCopies, groupedFrom, proposedFrom } from '../enrich/compare-copies.ts';
import { copyGroupFacts } from '../enrich/copy-group-facts.ts';
import { copyTraits } from '../enrich/copy-traits.ts';
import { groupCopies } from '../enrich/group-copies.ts';
import { type StandingMerges, standingMerges } from '../enrich/standing-merges.ts';
import { type CopyGroup, copyGroupKind } from '../model/dataset.ts';
import type { Decision } from '../model/fact.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { type IndexerTurn, leaseKeeper, takeLeaseInTurn } from './indexer-turn.ts';
import { isSole, sharedBlocks } from './shared-blocks.ts';
import { TraitCache } from './trait-cache.ts';

const lease = 'duplicates';

/** Records read, or compared with their neighbours, at a time. */
const pageSize = 1_000;

/** Groups written in one transaction; nearly all have two or three records. */
const clustersAtATime = 400;

export interface GroupingOptions {
  readonly store: CatalogueStore;
  /** What is known of the portals and governments. */
  readonly places: CataloguePlaces;
  /** Forget what was worked out before and look at every record. */
  readonly rebuild: boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** How to wait while another process does the same; absent: `StoreError` `lease-held` at once. */
  readonly turn?: IndexerTurn;
  readonly progress?: (done: number, of: number) => void;
}

export interface GroupingReport {
  /** Records that changed since the last time, and those that had to be compared with them. */
  readonly records: number;
  readonly compared: number;
  /** Pairs that are too weak to group and strong enough for a person to look at. */
  readonly proposals: number;
  /** Records whose group is another now. */
  readonly changed: number;
}

export async function groupDuplicates(options: GroupingOptions): Promise<GroupingReport> {
  const { store, now, signal, turn } = options;
  await takeLeaseInTurn({ name: lease, store, now, signal, turn });
  try {
    return await group(options);
  } finally {
    await store.releaseLease(lease);
  }
}

async function group(options: GroupingOptions): Promise<GroupingReport> {
  const { store, rebuild } = options;
  if (rebuild) await store.dropCopyKeys();
  const from = await store.copiesKnownUpTo();
  const upTo = await store.latestChangeNumber();
  if (from === upTo) return { records: 0, compared: 0, proposals: 0, changed: 0 };
  const merges = standingMerges(await allDecisions(store));
  const cache = new TraitCache(store, options.places);
  const work = { options, cache, merges };
  const changed = await takeChanges(work, from, upTo);
  const found = await comparePages(work, await withFormerCopies(store, changed));
  const written = await writeGroups(work, found);
  // What this very run wrote need not be looked at the next time, unless somebody else wrote meanwhile.
  const after = await store.latestChangeNumber();
  await store.keepCopiesKnownUpTo(after === upTo + written ? after : upTo);
  return { records: found.ids.size, compared: found.compared, proposals: found.proposals, changed: written };
}

interface Work {
  readonly options: GroupingOptions;
  readonly cache: TraitCache;
  readonly merges: StandingMerges;
}

async function allDecisions(store: CatalogueReader): Promise<readonly Decision[]> {
  const log: Decision[] = [];
  for (let after = 0; ; ) {
    const page = await store.decisionLog(after, pageSize);
    for (const each of page) if (['merge', 'unmerge', 'undo'].includes(each.kind)) log.push(each);
    const last = page.at(-1);
    if (last === undefined) return log;
    after = last.number;
  }
}

/** Block keys of all that changed; answers the ids. */
async function takeChanges({ options, cache }: Work, from: number, upTo: number): Promise<Set<string>> {
  const { store, signal, now } = options;
  const keepLease = leaseKeeper({ store, now, name: lease });
  const ids = new Set<string>();
  for (let after = from; after < upTo; ) {
    signal.throwIfAborted();
    const page = await store.changesSince(after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    const rows = page.map((change) => {
      const { datasetId } = change;
      if (change.kind === 'gone') return { datasetId, keys: [] };
      const traits = copyTraits(change.record.dataset, options.places);
      cache.keep(traits);
      return { datasetId, keys: blockKeys(traits) };
    });
    await store.replaceCopyKeys(rows);
    for (const { datasetId } of page) ids.add(datasetId);
    after = last.changeNumber;
    await keepLease();
    options.progress?.(after - from, upTo - from);
  }
  return ids;
}

/** A record that leaves its group may leave another behind. */
async function withFormerCopies(store: CatalogueReader, changed: ReadonlySet<string>): Promise<Set<string>> {
  const ids = new Set(changed);
  for (const page of pagesOf([...changed])) {
    for (const { fact } of await store.derivedFacts(copyGroupKind, page)) {
      for (const { id } of (fact.value as CopyGroup).members) ids.add(id);
    }
  }
  return ids;
}

interface Found {
  /** All that was looked at. */
  readonly ids: Set<string>;
  /** Source of each record that a pair or a person ties to another. */
  readonly sources: Map<string, string>;
  /** Strong enough to group. */
  readonly pairs: Map<string, CopyPair>;
  compared: number;
  proposals: number;
}

/** Compares in waves: whoever is tied to a record of this wave is looked at whole in the next. */
async function comparePages(work: Work, start: ReadonlySet<string>): Promise<Found> {
  const found: Found = { ids: new Set(), sources: new Map(), pairs: new Map(), compared: 0, proposals: 0 };
  for (let wave = [...start]; wave.length > 0; ) {
    for (const id of wave) found.ids.add(id);
    const next = new Set<string>();
    for (const page of pagesOf(wave)) {
      work.options.signal.throwIfAborted();
      for (const id of await comparePage(work, page, found)) if (!found.ids.has(id)) next.add(id);
    }
    wave = [...(await withFormerCopies(work.options.store, next))].filter((id) => !found.ids.has(id));
  }
  return found;
}

/** Answers the records that these are tied to. */
async function comparePage(work: Work, page: readonly string[], found: Found): Promise<Set<string>> {
  const { options, cache, merges } = work;
  const asked = new Set(page);
  const tied = new Set(page.flatMap((id) => merges.partnersOf(id)));
  const blocks = await options.store.copyBlocks(page, largestBlock);
  const shared = sharedBlocks(blocks, asked);
  const traits = await cache.get([...new Set([...shared.values()].flatMap(({ a, b }) => [a, b]))]);
  for (const [key, { a, b, inBlocks }] of shared) {
    const [left, right] = [traits.get(a), traits.get(b)];
    if (left === undefined || right === undefined || found.pairs.has(key)) continue;
    found.compared += 1;
    const pair = compareCopies(left, right, { has: (block) => isSole(inBlocks, block, [left, right]) });
    if (pair.score >= groupedFrom) {
      found.pairs.set(key, pair);
      found.sources.set(a, left.sourceId).set(b, right.sourceId);
      tied.add(a).add(b);
    } else if (pair.score >= proposedFrom) found.proposals += 1;
  }
  return tied;
}

/** Answers how many records carry another group than before. */
async function writeGroups({ options, cache, merges }: Work, found: Found): Promise<number> {
  const { store } = options;
  const pairs = [...found.pairs.values()];
  const decided = await cache.get([...found.ids].filter((id) => merges.partnersOf(id).length > 0));
  for (const { id, sourceId } of decided.values()) found.sources.set(id, sourceId);
  const nodes = [...found.sources].map(([id, sourceId]) => ({ id, sourceId }));
  const byRecord = pairsByRecord(pairs);
  const grouped = new Set<string>();
  let written = 0;
  for (const clusters of pagesOf(groupCopies(nodes, pairs, merges), clustersAtATime)) {
    const traits = await cache.get(clusters.flatMap(({ ids }) => ids));
    const facts = clusters.flatMap((cluster) =>
      copyGroupFacts(cluster, traits, [...new Set(cluster.ids.flatMap((id) => byRecord.get(id) ?? []))]),
    );
    for (const { datasetId } of facts) grouped.add(datasetId);
    written += await store.putDerivedFacts(facts);
  }
  for (const page of pagesOf([...found.ids].filter((id) => !grouped.has(id)))) {
    written += await store.removeDerivedFacts(copyGroupKind, page);
  }
  return written;
}

function pairsByRecord(pairs: readonly CopyPair[]): ReadonlyMap<string, readonly CopyPair[]> {
  const byRecord = new Map<string, CopyPair[]>();
  for (const pair of pairs) {
    for (const id of [pair.a, pair.b]) {
      const known = byRecord.get(id);
      if (known === undefined) byRecord.set(id, [pair]);
      else known.push(pair);
    }
  }
  return byRecord;
}

function pagesOf<T>(all: readonly T[], size = pageSize): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
