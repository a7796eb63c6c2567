/**
 * The one text that a set of triples about one node has, whatever order they came in and whatever its blank nodes were
 * called: sorted N-Triples, those of the root first, blank nodes numbered in the order in which a walk from the root
 * meets them. Equal content gives equal bytes; only graphs that are alike all round to a depth of `rounds` could be
 * numbered in two ways, which costs a needless "updated" and nothing else. Pure.
 */
import { termText, tripleText } from './n-triples.ts';
import type { RdfNode, RdfTerm, Triple } from './triple.ts';

/** Blank nodes that look alike nearer than so many steps are told apart by what is further away. */
const rounds = 12;

/** What a blank node is called while its final number is not known: a rank, equal for nodes that look alike. */
type Ranks = ReadonlyMap<string, number>;

export function canonicalTriples(root: RdfNode, triples: readonly Triple[]): string {
  const ranks = ranksOf(root, triples);
  const labels = labelsByWalk(root, triples, ranks);
  const renamed = <T extends RdfTerm>(term: T): T =>
    term.kind === 'blank' ? { ...term, value: labels.get(term.value) ?? term.value } : term;
  const top = termText(renamed(root));
  const lines = new Set(
    triples.map((each) =>
      tripleText({ subject: renamed(each.subject), predicate: each.predicate, object: renamed(each.object) }),
    ),
  );
  const isOfRoot = (text: string): boolean => text.startsWith(`${top} `);
  const sorted = [...lines].sort();
  return [...sorted.filter(isOfRoot), ...sorted.filter((text) => !isOfRoot(text)), ''].join('\n');
}

/** Ranks blank nodes by what surrounds them, once more a round, until no two more are told apart. */
function ranksOf(root: RdfNode, triples: readonly Triple[]): Ranks {
  const edges = new Map<string, Triple[]>();
  for (const each of triples) {
    for (const end of [each.subject, each.object]) {
      if (end.kind !== 'blank') continue;
      const list = edges.get(end.value);
      if (list === undefined) edges.set(end.value, [each]);
      else list.push(each);
    }
  }
  let ranks: Ranks = new Map([...edges.keys()].map((label) => [label, label === root.value ? 1 : 0]));
  let classes = 0;
  for (let round = 0; round < rounds && classes < edges.size; round += 1) {
    const signatures = new Map([...edges].map(([label, list]) => [label, signatureOf(label, list, ranks)]));
    const order = new Map([...new Set(signatures.values())].sort().map((signature, rank) => [signature, rank]));
    if (order.size === classes) break;
    classes = order.size;
    ranks = new Map([...signatures].map(([label, signature]) => [label, order.get(signature) ?? 0]));
  }
  return ranks;
}

function signatureOf(label: string, edges: readonly Triple[], ranks: Ranks): string {
  const own = `_:${String(ranks.get(label) ?? 0).padStart(8, '0')}`;
  const parts = edges.map(({ subject, predicate, object }) => {
    const isSubject = subject.kind === 'blank' && subject.value === label;
    return isSubject ? `> ${predicate} ${rankedText(object, ranks)}` : `< ${predicate} ${rankedText(subject, ranks)}`;
  });
  return `${own}\n${parts.sort().join('\n')}`;
}

function rankedText(term: RdfTerm, ranks: Ranks): string {
  return term.kind === 'blank' ? `_:${String(ranks.get(term.value) ?? 0).padStart(8, '0')}` : termText(term);
}

interface Step {
  readonly key: string;
  readonly to: RdfTerm;
}

/** Numbers by a walk from the root along sorted statements, then from what points at what was met. */
function labelsByWalk(root: RdfNode, triples: readonly Triple[], ranks: Ranks): ReadonlyMap<string, string> {
  const { outgoing, starts } = steps(triples, ranks);
  const labels = new Map<string, string>();
  const met = new Set<string>();
  const waiting: RdfTerm[] = [...starts.map(({ to }) => to).reverse(), root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const name = next.kind === 'literal' ? undefined : termText(next);
    if (name === undefined || met.has(name)) continue;
    met.add(name);
    if (next.kind === 'blank') labels.set(next.value, `b${labels.size}`);
    waiting.push(...(outgoing.get(name) ?? []).map(({ to }) => to).reverse());
  }
  return labels;
}

/** Where one can go from each node, and the nodes themselves, in an order that labels have no part in. */
function steps(triples: readonly Triple[], ranks: Ranks) {
  const outgoing = new Map<string, Step[]>();
  const starts = new Map<string, Step>();
  for (const { subject, predicate, object } of triples) {
    const from = termText(subject);
    const step = { key: `${predicate} ${rankedText(object, ranks)}`, to: object };
    const list = outgoing.get(from);
    if (list === undefined) outgoing.set(from, [step]);
    else list.push(step);
    starts.set(from, { key: rankedText(subject, ranks), to: subject });
  }
  for (const list of outgoing.values()) list.sort(byKey);
  return { outgoing, starts: [...starts.values()].sort(byKey) };
}

function byKey(a: Step, b: Step): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
