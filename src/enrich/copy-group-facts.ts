/** A group as the fact that each of its records carries. Pure. */
import { type CopyGroup, copyGroupKind } from '../model/dataset.ts';
import type { DerivedFact } from '../model/fact.ts';
import { copiesInOrder } from './authoritative-copy.ts';
import type { CopyPair } from './compare-copies.ts';
import type { CopyTraits } from './copy-traits.ts';
import type { CopyCluster } from './group-copies.ts';

/** `traits` of all records of the cluster; `pairs` may hold others. */
export function copyGroupFacts(
  cluster: CopyCluster,
  traits: ReadonlyMap<string, CopyTraits>,
  pairs: readonly CopyPair[],
): readonly DerivedFact[] {
  const copies = copiesInOrder(cluster.ids.flatMap((id) => traits.get(id) ?? []));
  const [first] = copies;
  if (first === undefined) return [];
  const ids = new Set(cluster.ids);
  const inside = pairs.filter(({ a, b }) => ids.has(a) && ids.has(b));
  const value: CopyGroup = {
    id: first.id,
    members: copies.map(({ id, sourceId }) => ({ id, sourceId, evidence: evidenceAbout(id, inside) })),
    by: cluster.decided ? 'person' : 'rule',
    confidence: cluster.confidence,
  };
  const fact = { value, by: value.by, rule: 'copies-of-one-dataset', confidence: value.confidence };
  return copies.map(({ id }) => ({ datasetId: id, kind: copyGroupKind, fact }));
}

function evidenceAbout(id: string, pairs: readonly CopyPair[]): readonly string[] {
  return [...new Set(pairs.filter(({ a, b }) => a === id || b === id).flatMap(({ evidence }) => evidence))].sort();
}
