/**
 * How far a query of several parts is relaxed. All parts at first; when next to nothing has them all, the part that tells
 * least is let go, then the next; at last whatever has one of the concepts, or what is wider or related, will do.
 */
import type { PartScores } from './part-scores.ts';
import type { QueryPart } from './query-part.ts';

/**
 * Fewer answers than this are next to none: one dataset in 2,000, but no less than 5 and no more than 100. On 209,826 real
 * records 20, 100 and 500 gave nDCG@10 0.626, 0.642 and 0.646 (`docs/adr/0015-meaning-in-search.md`).
 */
export function enoughAnswers(documents: number): number {
  return Math.min(100, Math.max(5, Math.round(documents / 2_000)));
}

/** How many documents have a part, over all segments, and what it weighs for that. */
export interface PartWeight {
  readonly matching: number;
  readonly weight: number;
}

/**
 * Indexes of the parts, the least telling first: words for the form of data, then what nothing has, then years, then words
 * without a meaning beside a concept, which only records of their own language can have, then places. By their weights
 * alone 0.54, in this order 0.61.
 */
export function droppingOrder(parts: readonly QueryPart[], weights: readonly PartWeight[]): readonly number[] {
  const hasConcept = parts.some(({ kind }) => kind === 'concept');
  const kindRank = { form: 0, year: 2, text: hasConcept ? 3 : 5, place: 4, concept: 5 } as const;
  const rank = (index: number): number => {
    const ofKind = kindRank[parts[index]?.kind ?? 'text'];
    return weights[index]?.matching === 0 ? Math.min(1, ofKind) : ofKind;
  };
  return [...parts.keys()].sort((a, b) => rank(a) - rank(b) || (weights[a]?.weight ?? 0) - (weights[b]?.weight ?? 0));
}

/**
 * Parts that only order the answers: words for the form of data (list, number of, by age), beside anything else. Few titles
 * say what they are; insisted on they cost 0.02, and 0.5 where the form is in the very concept.
 */
export function optionalParts(parts: readonly QueryPart[]): number {
  const forms = parts.filter(({ kind }) => kind === 'form').length;
  return forms === parts.length ? 0 : forms;
}

/** How many parts must be let go until the document has all others; `order.length` when it lacks the most telling one. */
export function levelOf(rows: readonly PartScores[], order: readonly number[], document: number): number {
  for (let level = order.length; level > 0; level--) {
    if (rows[order[level - 1] ?? 0]?.scores[document] === 0) return level;
  }
  return 0;
}

/** Least level, from `least` on, up to which there are enough answers; the number of levels when there are never enough. */
export function levelFor(counts: Uint32Array, enough: number, least: number): number {
  let found = 0;
  for (let level = 0; level < counts.length; level++) {
    found += counts[level] ?? 0;
    if (level >= least && found >= enough) return level;
  }
  return counts.length;
}
