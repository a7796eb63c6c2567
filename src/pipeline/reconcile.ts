/**
 * What a provably complete run no longer lists. First absence: `missing` (still shown, with its last sighting); absent
 * from the next complete run too: a tombstone. That one run of grace forgives a glitch of the portal's paging. When more
 * than 5 % and more than 5 of the source's records would go at once, nothing goes: they are held for a person to accept.
 * Where records came that told no id, any absent one may be among them: only those go that the portal calls deleted.
 */
import type { ListedRecord, StartedRun } from '../store/catalogue-store.ts';
import type { RunOptions } from './run-options.ts';
import type { SeenSet } from './seen-set.ts';

/** Blast radius (design.md §2.6): both have to be exceeded, so that a small catalogue may lose a few. */
const suspiciousShare = 0.05;
const suspiciousCount = 5;

const pageSize = 1_000;

export interface Reconciliation {
  /** Records listed before this run. */
  readonly listed: number;
  /** Held back by the guard; 0 = the absences were applied. */
  readonly held: number;
  /** Absences left alone, since a record that told no id may be the absent one. */
  readonly unproven: number;
}

export function isSuspicious(gone: number, listed: number): boolean {
  return gone > suspiciousCount && gone > listed * suspiciousShare;
}

interface Gone {
  readonly missing: readonly string[];
  readonly tombstones: readonly string[];
  /** Records listed before this run, and how many of them were not missing and are absent now. */
  readonly listed: number;
  readonly newlyAbsent: number;
  readonly unproven: number;
}

interface Sightings {
  readonly seen: SeenSet;
  /** Native ids the portal itself called deleted; they need no grace. */
  readonly deleted: ReadonlySet<string>;
  /** Records of the run whose native id could not be told. */
  readonly unnamed: number;
}

export async function reconcile(options: RunOptions, run: StartedRun, sightings: Sightings): Promise<Reconciliation> {
  const { store, effects } = options;
  const gone = await goneRecords(store, run, sightings);
  const { listed, unproven } = gone;
  // Those missing since the last run were looked at then; only new absences are the blast of this one.
  if (isSuspicious(gone.newlyAbsent, gone.listed)) {
    const all = [...gone.missing, ...gone.tombstones];
    for (const ids of pagesOf(all)) await store.holdDeletions(run, ids);
    return { listed, held: all.length, unproven };
  }
  await applyGone(store, run, { gone, now: effects.now });
  return { listed, held: 0, unproven };
}

async function goneRecords(
  store: RunOptions['store'],
  run: StartedRun,
  { seen, deleted, unnamed }: Sightings,
): Promise<Gone> {
  const missing: string[] = [];
  const tombstones: string[] = [];
  let listed = 0;
  let newlyAbsent = 0;
  let unproven = 0;
  for await (const record of listedRecords(store, run)) {
    listed += 1;
    if (seen.has(record.nativeId)) continue;
    if (unnamed > 0 && !deleted.has(record.nativeId)) {
      unproven += 1;
      continue;
    }
    // Made missing by this very run, before it was interrupted.
    if (record.missedByThisRun || record.state === 'live') newlyAbsent += 1;
    if (record.missedByThisRun) continue;
    (record.state === 'missing' || deleted.has(record.nativeId) ? tombstones : missing).push(record.datasetId);
  }
  return { missing, tombstones, listed, newlyAbsent, unproven };
}

async function* listedRecords(store: RunOptions['store'], run: StartedRun): AsyncIterable<ListedRecord> {
  for (let after = ''; ; ) {
    const page = await store.listedRecords(run, after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.nativeId;
  }
}

async function applyGone(
  store: RunOptions['store'],
  run: StartedRun,
  { gone, now }: { readonly gone: Gone; readonly now: () => Date },
): Promise<void> {
  for (const missing of pagesOf(gone.missing)) {
    await store.applyAbsences(run, { missing, tombstones: [], at: now().toISOString() });
  }
  for (const tombstones of pagesOf(gone.tombstones)) {
    await store.applyAbsences(run, { missing: [], tombstones, at: now().toISOString() });
  }
}

function pagesOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, i) =>
    ids.slice(i * pageSize, (i + 1) * pageSize),
  );
}
