/** What people decided about copies, as it stands after all that was decided and undone since. Pure. */
import type { Decision } from '../model/fact.ts';

export interface StandingMerges {
  /** Other records that a person put together with this one. */
  partnersOf(datasetId: string): readonly string[];
  /** A person said that it stands alone: no rule may group it, only a later merge. */
  isApart(datasetId: string): boolean;
}

type CopyDecision = { readonly kind: 'merge'; readonly ids: readonly string[] } | { readonly kind: 'unmerge' };

/** `log` in the order in which the decisions were made; those about other things are passed over. */
export function standingMerges(log: Iterable<Decision>): StandingMerges {
  const inForce = new Map<string, CopyDecision[]>();
  for (const decision of log) takeDecision(inForce, decision);
  const partners = (id: string): readonly (readonly string[])[] => mergesInForce(inForce.get(id) ?? []);
  return {
    partnersOf: (id) => {
      const found = new Set<string>();
      for (const ids of partners(id)) {
        const key = ids.join(' ');
        for (const other of ids) {
          if (other !== id && partners(other).some((theirs) => theirs.join(' ') === key)) found.add(other);
        }
      }
      return [...found].sort();
    },
    isApart: (id) => (inForce.get(id) ?? []).some(({ kind }) => kind === 'unmerge'),
  };
}

function takeDecision(inForce: Map<string, CopyDecision[]>, { datasetId, kind, value }: Decision): void {
  const list = inForce.get(datasetId) ?? [];
  if (kind === 'merge') {
    const ids = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    list.push({ kind, ids: [...new Set([...ids, datasetId])].sort() });
  } else if (kind === 'unmerge') list.push({ kind });
  else if (kind === 'undo' && (value === 'merge' || value === 'unmerge')) {
    const last = list.findLastIndex((each) => each.kind === value);
    if (last >= 0) list.splice(last, 1);
  } else return;
  inForce.set(datasetId, list);
}

/** An unmerge ends the merges before it. */
function mergesInForce(list: readonly CopyDecision[]): readonly (readonly string[])[] {
  const after = list.findLastIndex(({ kind }) => kind === 'unmerge');
  return list.slice(after + 1).flatMap((each) => (each.kind === 'merge' ? [each.ids] : []));
}
