/** All that is derived from one record by itself, with what it was derived from. Pure. */
import type { CatalogueRecord } from '../model/dataset.ts';
import type { DerivedFact } from '../model/fact.ts';
import { type RecognisedTerm, termsKind } from '../model/recognised-term.ts';
import type { Knowledge } from './knowledge.ts';
import { recogniseRecord } from './recognise-record.ts';

export interface Enrichment {
  readonly terms: readonly RecognisedTerm[];
  /** The same as the store keeps it, one fact a kind. */
  readonly facts: readonly DerivedFact[];
}

export function enrichRecord(record: CatalogueRecord, { terminology }: Knowledge): Enrichment {
  const terms = recogniseRecord(record, terminology);
  const datasetId = record.dataset.id;
  const named: DerivedFact = { datasetId, kind: termsKind, fact: { value: terms, by: 'rule', confidence: 1 } };
  return { terms, facts: [named] };
}
