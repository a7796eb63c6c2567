/**
 * What a person decides, checked against what is there and written down. A decision is only ever added to: it is undone by
 * a later one, and stands above every rule. A wish that would decide nothing is refused with `DecisionError`.
 */
import type { CatalogueRecord } from '../model/dataset.ts';
import type { Decision } from '../model/fact.ts';
import type { ThemeId, unclassified } from '../model/theme.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { DecisionError } from './decision-error.ts';

export type DecisionWish =
  | { readonly kind: 'theme'; readonly record: CatalogueRecord; readonly theme: ThemeId | typeof unclassified }
  | { readonly kind: 'restore'; readonly record: CatalogueRecord }
  | { readonly kind: 'merge'; readonly records: readonly CatalogueRecord[] }
  | { readonly kind: 'unmerge'; readonly record: CatalogueRecord }
  | { readonly kind: 'accept-run'; readonly runId: number }
  | { readonly kind: 'undo'; readonly of: UndoneKind; readonly record: CatalogueRecord }
  | { readonly kind: 'undo'; readonly of: 'accept-run'; readonly runId: number };

/** Decisions about a dataset. */
type UndoneKind = 'theme' | 'restore' | 'merge' | 'unmerge';

/** Who decides, why, and when (ISO 8601 instant). */
export interface DecisionAuthor {
  readonly by: string;
  readonly why: string;
  readonly at: string;
}

export interface DecisionOutcome {
  readonly kind: DecisionWish['kind'];
  /** What an undo took back. */
  readonly of?: UndoneKind | 'accept-run';
  readonly datasetId?: string;
  /** All that a merge, or its undoing, is about. */
  readonly datasetIds?: readonly string[];
  readonly runId?: number;
  /** Datasets whose state changed by the decision about a run. */
  readonly changed?: number;
  /** As in force afterwards; of decisions about a dataset. */
  readonly theme?: CatalogueRecord['theme'];
  readonly state?: CatalogueRecord['state'];
}

export async function decide(
  store: CatalogueStore,
  wish: DecisionWish,
  author: DecisionAuthor,
): Promise<DecisionOutcome> {
  if ('runId' in wish) {
    const { runId } = wish;
    const decision = { runId, ...author };
    if (wish.kind === 'accept-run') return { kind: wish.kind, runId, changed: await store.acceptRun(decision) };
    return { kind: wish.kind, of: wish.of, runId, changed: await store.withdrawAcceptance(decision) };
  }
  if (wish.kind === 'merge') return mergeRecords(store, wish.records, author);
  if (wish.kind === 'undo' && wish.of === 'merge') return undoMerge(store, wish.record, author);
  const { kind, record } = wish;
  const datasetId = record.dataset.id;
  const value = await decidedValue(store, wish);
  await store.recordDecisions([{ datasetId, kind, value, by: author.by, why: author.why, decidedAt: author.at }]);
  const after = (await store.records([datasetId])).get(datasetId) ?? record;
  return {
    kind,
    ...(wish.kind === 'undo' ? { of: wish.of } : {}),
    datasetId,
    theme: after.theme,
    state: after.state,
  };
}

/** Written down at each of them, so that each tells by itself what was decided about it. */
async function mergeRecords(
  store: CatalogueStore,
  records: readonly CatalogueRecord[],
  author: DecisionAuthor,
): Promise<DecisionOutcome> {
  const ids = [...new Set(records.map(({ dataset }) => dataset.id))].sort();
  if (ids.length < 2) {
    throw new DecisionError(`${ids.join('')}: found one dataset to merge; expected two or more different ones`);
  }
  await writeDown(store, ids, { kind: 'merge', value: ids }, author);
  return { kind: 'merge', datasetIds: ids };
}

async function undoMerge(
  store: CatalogueStore,
  { dataset: { id } }: CatalogueRecord,
  author: DecisionAuthor,
): Promise<DecisionOutcome> {
  const last = lastInForce(await store.decisions(id), 'merge');
  if (last === undefined) throw new DecisionError(`${id}: no merge decision is in force; expected one to undo`);
  const ids = Array.isArray(last.value) ? last.value.filter((each) => typeof each === 'string') : [id];
  const partners: string[] = [];
  for (const each of ids) {
    // Another merge, or an undoing, may have come over it at that record alone.
    const theirs = each === id ? last : lastInForce(await store.decisions(each), 'merge');
    if (JSON.stringify(theirs?.value) === JSON.stringify(last.value)) partners.push(each);
  }
  await writeDown(store, partners, { kind: 'undo', value: 'merge' }, author);
  return { kind: 'undo', of: 'merge', datasetId: id, datasetIds: partners };
}

async function writeDown(
  store: CatalogueStore,
  ids: readonly string[],
  what: Pick<Decision, 'kind' | 'value'>,
  { by, why, at }: DecisionAuthor,
): Promise<void> {
  await store.recordDecisions(ids.map((datasetId) => ({ datasetId, ...what, by, why, decidedAt: at })));
}

/** The last decision of a kind that was not taken back. */
function lastInForce(decisions: readonly Decision[], kind: 'merge' | 'unmerge'): Decision | undefined {
  const inForce: Decision[] = [];
  for (const each of decisions) {
    if (each.kind === kind) inForce.push(each);
    else if (each.kind === 'undo' && each.value === kind) inForce.pop();
  }
  return inForce.at(-1);
}

async function decidedValue(store: CatalogueStore, wish: Extract<DecisionWish, { record: unknown }>): Promise<unknown> {
  const { record } = wish;
  const { id } = record.dataset;
  if (wish.kind === 'theme') return wish.theme;
  // Whom it stood with is kept for whoever reads it later; it stands alone from all.
  if (wish.kind === 'unmerge')
    return record.group?.members.map((member) => member.id).filter((each) => each !== id) ?? [];
  if (wish.kind === 'restore') {
    if (record.state !== 'tombstone') {
      throw new DecisionError(`${id}: it is ${record.state}; expected a tombstone to restore`);
    }
    return true;
  }
  const inForce = await isInForce(store, wish.of, record);
  if (!inForce) throw new DecisionError(`${id}: no ${wish.of} decision is in force; expected one to undo`);
  return wish.of;
}

async function isInForce(store: CatalogueStore, of: UndoneKind, record: CatalogueRecord): Promise<boolean> {
  if (of === 'theme') return record.theme.by === 'person';
  const decisions = await store.decisions(record.dataset.id);
  return of === 'restore' ? isKept(decisions) : lastInForce(decisions, of) !== undefined;
}

/** The last word on keeping it is a `restore`. */
function isKept(decisions: readonly Decision[]): boolean {
  const last = decisions.findLast(({ kind, value }) => kind === 'restore' || (kind === 'undo' && value === 'restore'));
  return last?.kind === 'restore';
}
