/** A parsed query against one generation: every clause looked up in every segment, and weighed over all of them. */
import type { QueryClause } from '../text/analysis-contract.ts';
import { clauseInPart, laneSlot, type SegmentClause, type TermSlot } from './clause-slots.ts';
import type { Generation } from './generation.ts';
import { boostWeight, inverseFrequency } from './score.ts';

export interface QueryPlan {
  /** One row a segment, in the order of the generation's parts. */
  readonly parts: readonly PartPlan[];
  /** What one saturated occurrence of each clause is worth. */
  readonly weights: readonly number[];
  readonly boostWeights: readonly number[];
  readonly identifier: string | undefined;
}

export interface PartPlan {
  readonly clauses: readonly SegmentClause[];
  /** Word terms that raise the score, in the order of the clauses. */
  readonly boosts: readonly TermSlot[];
}

export function planQuery(generation: Generation, clauses: readonly QueryClause[], identifier?: string): QueryPlan {
  const words = clauses.flatMap((clause) => clause.boosts);
  const parts = generation.parts.map((part) => ({
    clauses: clauses.map((clause) => clauseInPart(part, clause)),
    boosts: words.map((word) => laneSlot(part, 'word', word)),
  }));
  const { documents } = generation;
  return {
    parts,
    weights: clauses.map((clause, index) => {
      // The rarest place of the clause stands for it: exact for one term, an upper bound for several, cheap for both.
      const counts = clause.terms.map((_, slot) => sum(parts, (part) => part.clauses[index]?.slots[slot]?.documents));
      return inverseFrequency(Math.min(...counts), documents);
    }),
    boostWeights: words.map((_, index) => {
      const matching = sum(parts, (part) => part.boosts[index]?.documents);
      return boostWeight * inverseFrequency(matching, documents);
    }),
    identifier,
  };
}

function sum(parts: readonly PartPlan[], count: (part: PartPlan) => number | undefined): number {
  return parts.reduce((total, part) => total + (count(part) ?? 0), 0);
}
