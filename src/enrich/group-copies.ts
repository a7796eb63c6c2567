/**
 * Pairs to groups. Pure. What people decided comes first. A certain pair joins whole groups, a weaker one only when every
 * record of the one is paired with every record of the other: no chain of likely pairs makes a group. Two records of one
 * portal are in one group only when they are a pair themselves.
 */
import { type CopyPair, certainFrom, groupedFrom } from './compare-copies.ts';
import type { StandingMerges } from './standing-merges.ts';

export interface CopyCluster {
  readonly ids: readonly string[];
  /** Held together by a person, at least in part. */
  readonly decided: boolean;
  /** Weakest pair that joined it; 1 when only decisions did. */
  readonly confidence: number;
}

export interface Node {
  readonly id: string;
  readonly sourceId: string;
}

/** Larger ones are a fault of the data, not copies. */
const largestGroup = 200;

interface Draft {
  ids: Node[];
  decided: boolean;
  confidence: number;
}

/** Groups of two and more; the same for the same input in whatever order it comes. */
export function groupCopies(
  nodes: readonly Node[],
  pairs: readonly CopyPair[],
  merges: StandingMerges,
): readonly CopyCluster[] {
  const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  const draftOf = new Map(
    sorted.map((node): [string, Draft] => [node.id, { ids: [node], decided: false, confidence: 1 }]),
  );
  for (const { id } of sorted) {
    for (const partner of merges.partnersOf(id)) join(draftOf, id, partner, { decided: true, confidence: 1 });
  }
  const strong = pairs.filter(
    ({ a, b, score }) =>
      score >= groupedFrom && !merges.isApart(a) && !merges.isApart(b) && draftOf.has(a) && draftOf.has(b),
  );
  const scores = new Map(
    strong.flatMap(({ a, b, score }) => [[`${a} ${b}`, score] as const, [`${b} ${a}`, score] as const]),
  );
  for (const { a, b, score } of strong.sort(byScore)) {
    const confidence = joinedBy(draftOf.get(a), draftOf.get(b), { scores, score });
    if (confidence !== undefined) join(draftOf, a, b, { decided: false, confidence });
  }
  return [...new Set(draftOf.values())]
    .filter(({ ids }) => ids.length > 1)
    .map(({ ids, decided, confidence }) => ({ ids: ids.map(({ id }) => id).sort(), decided, confidence }));
}

function byScore(x: CopyPair, y: CopyPair): number {
  if (x.score !== y.score) return y.score - x.score;
  if (x.a !== y.a) return x.a < y.a ? -1 : 1;
  return x.b < y.b ? -1 : 1;
}

/** How sure the joined group is; `undefined` when the pair does not carry it. */
function joinedBy(
  x: Draft | undefined,
  y: Draft | undefined,
  { scores, score }: { readonly scores: ReadonlyMap<string, number>; readonly score: number },
): number | undefined {
  if (x === undefined || y === undefined || x === y || x.ids.length + y.ids.length > largestGroup) return undefined;
  let weakest = score;
  for (const a of x.ids) {
    for (const b of y.ids) {
      const between = scores.get(`${a.id} ${b.id}`);
      if (between === undefined && (score < certainFrom || a.sourceId === b.sourceId)) return undefined;
      if (score < certainFrom) weakest = Math.min(weakest, between ?? 0);
    }
  }
  return weakest;
}

function join(
  draftOf: Map<string, Draft>,
  a: string,
  b: string,
  { decided, confidence }: { readonly decided: boolean; readonly confidence: number },
): void {
  const into = draftOf.get(a);
  const from = draftOf.get(b);
  if (into === undefined || from === undefined || into === from) return;
  into.decided ||= from.decided || decided;
  into.confidence = Math.min(into.confidence, from.confidence, confidence);
  for (const node of from.ids) {
    into.ids.push(node);
    draftOf.set(node.id, into);
  }
}
