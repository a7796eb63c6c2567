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
  | { readonly kind: 'accept-run'; readonly runId: number }
  | { readonly kind: 'undo'; readonly of: 'theme' | 'restore'; readonly record: CatalogueRecord }
  | { readonly kind: 'undo'; readonly of: 'accept-run'; readonly runId: number };

/** Who decides, why, and when (ISO 8601 instant). */
export interface DecisionAuthor {
  readonly by: string;
  readonly why: string;
  readonly at: string;
}

export interface DecisionOutcome {
  readonly kind: DecisionWish['kind'];
  /** What an undo took back. */
  readonly of?: 'theme' | 'restore' | 'accept-run';
  readonly datasetId?: string;
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

async function decidedValue(store: CatalogueStore, wish: Extract<DecisionWish, { record: unknown }>): Promise<unknown> {
  const { record } = wish;
  const { id } = record.dataset;
  if (wish.kind === 'theme') return wish.theme;
  if (wish.kind === 'restore') {
    if (record.state !== 'tombstone') {
      throw new DecisionError(`${id}: it is ${record.state}; expected a tombstone to restore`);
    }
    return true;
  }
  const inForce = wish.of === 'theme' ? record.theme.by === 'person' : isKept(await store.decisions(id));
  if (!inForce) throw new DecisionError(`${id}: no ${wish.of} decision is in force; expected one to undo`);
  return wish.of;
}

/** The last word on keeping it is a `restore`. */
function isKept(decisions: readonly Decision[]): boolean {
  const last = decisions.findLast(({ kind, value }) => kind === 'restore' || (kind === 'undo' && value === 'restore'));
  return last?.kind === 'restore';
}
