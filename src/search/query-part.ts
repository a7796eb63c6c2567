/** A part of a query: what must be found, as text or as what it means. */
import type { QueryClause } from '../text/analysis-contract.ts';

/** What may stand for a part instead of its text; `weight` from 0 to 1, less for what is narrower. */
export interface Meaning {
  readonly kind: 'concept' | 'place' | 'year';
  /** Of a year: four digits of the common era. */
  readonly id: string;
  readonly weight: number;
  /** Wider than what was asked, or related to it: only when next to nothing is found without. */
  readonly wider?: true;
}

export interface QueryPart {
  /** As typed. */
  readonly source: string;
  /** All must stand in a document that has the part as text. */
  readonly clauses: readonly QueryClause[];
  /** Any of them will do as well; empty for a part that is only text. */
  readonly meanings: readonly Meaning[];
  /** Parts of least rank are let go first when nothing has them all. */
  readonly kind: 'form' | 'year' | 'place' | 'text' | 'concept';
}
