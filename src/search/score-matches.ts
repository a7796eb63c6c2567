/** Scores of all matches of one segment, clause by clause. */
import type { TermSlot } from './clause-slots.ts';
import type { Part } from './generation.ts';
import { gallop } from './intersect.ts';
import type { Matches } from './match-part.ts';
import type { PartPlan, QueryPlan } from './query-plan.ts';
import { clauseScore, lengthNorms } from './score.ts';

/** Aligned with the matches; 0 for those that fail a filter. Clauses are added up in the order of the query, then its words. */
export function scoreMatches(
  part: Part,
  plan: { readonly query: QueryPlan; readonly part: PartPlan },
  found: FilteredMatches,
  meanLengths: readonly number[],
): Float64Array {
  const { matches } = found;
  const scores = new Float64Array(matches.length);
  for (const [clause, weight] of plan.query.weights.entries()) {
    const frequencies = matches.frequencies[clause];
    if (frequencies !== undefined) addClause({ scores, weight, meanLengths }, part, found, frequencies);
  }
  for (const [index, weight] of plan.query.boostWeights.entries()) {
    const slot = plan.part.boosts[index];
    if (slot !== undefined) addBoost({ scores, weight, meanLengths }, part, found, slot);
  }
  return scores;
}

interface FilteredMatches {
  readonly matches: Matches;
  /** Not 0 = not in the answer, and not worth a score. */
  readonly failed: Uint8Array | undefined;
}

interface Sum {
  readonly scores: Float64Array;
  readonly weight: number;
  readonly meanLengths: readonly number[];
}

function addClause(sum: Sum, part: Part, { matches, failed }: FilteredMatches, frequencies: Uint16Array): void {
  const { scores, weight, meanLengths } = sum;
  const fields = { lengths: part.segment.lengths, meanLengths, norms: lengthNorms };
  for (let i = 0; i < scores.length; i++) {
    if (failed !== undefined && failed[i] !== 0) continue;
    const score = clauseScore(frequencies[i] ?? 0, matches.documents[i] ?? 0, fields);
    scores[i] = (scores[i] ?? 0) + weight * score;
  }
}

function addBoost(sum: Sum, part: Part, { matches, failed }: FilteredMatches, slot: TermSlot): void {
  const { scores, weight, meanLengths } = sum;
  const { lengths, postingDocuments, frequencies } = part.segment;
  const fields = { lengths, meanLengths, norms: lengthNorms };
  let at = slot.start;
  for (let i = 0; i < scores.length; i++) {
    if (failed !== undefined && failed[i] !== 0) continue;
    const document = matches.documents[i] ?? 0;
    at = gallop(postingDocuments, at, slot.end, document);
    if (at >= slot.end) return;
    if (postingDocuments[at] !== document) continue;
    const score = clauseScore(frequencies[at] ?? 0, document, fields);
    scores[i] = (scores[i] ?? 0) + weight * score;
  }
}
