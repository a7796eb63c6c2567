/** What a field of a record names, before it is decided which place is meant. */
import type { RecognisedTerm } from '../model/recognised-term.ts';

/** A term found in one field, before places are resolved. */
export interface FoundTerm {
  readonly field: RecognisedTerm['field'];
  readonly words: string;
  readonly concepts: readonly string[];
  readonly places: readonly string[];
}
