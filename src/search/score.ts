/**
 * BM25 over four fields (BM25F: Robertson, Zaragoza, Taylor 2004): the frequencies of a clause in the fields are weighted
 * and length-normed, summed, and saturated once. The statistics are those of all live documents, and everything is added
 * up in the order of the query, so that a score does not depend on how documents lie in segments.
 */
import { fieldCount, frequencyBits, maxFrequency } from './index-schema.ts';

/** A word in the title says most about a dataset; weights in the order of `textFields`, our own choice. */
export const fieldWeights: readonly number[] = [4, 2, 1.5, 1];

/** How far a field's length counts (`b`): titles are short by nature, a long one is not diluted. */
export const lengthNorms: readonly number[] = [0.4, 0.3, 0.3, 0.75];

/**
 * The same for what a text means: a long title names several things, and is less about each. Measured on 13 query languages
 * with 0.4, 0.75 and 1 for titles: nDCG@10 0.760, 0.770, 0.771 (`docs/adr/0015-meaning-in-search.md`).
 */
export const meaningNorms: readonly number[] = [0.75, 0.3, 0.3, 0.75];

/** Saturation (`k1`), the usual value. */
export const saturation = 1.2;

/** A dictionary word or an exact spelling counts half a clause beside the units that it is made of. */
export const boostWeight = 0.5;

/** Weight of a clause that stands in `matching` of `documents` live documents; never negative. */
export function inverseFrequency(matching: number, documents: number): number {
  return Math.log(1 + (documents - matching + 0.5) / (matching + 0.5));
}

/** Where a frequency stands and how far lengths count, the same for all documents of a segment. */
export interface FieldLengths {
  /** `fieldCount` lengths a document. */
  readonly lengths: Uint16Array;
  readonly meanLengths: readonly number[];
  /** `lengthNorms` or `meaningNorms`. */
  readonly norms: readonly number[];
}

/** Saturated frequency of one clause in one document, 0 to `saturation` + 1; `frequencies` are packed by field. */
export function clauseScore(frequencies: number, document: number, fields: FieldLengths): number {
  const { lengths, meanLengths, norms } = fields;
  let weighted = 0;
  for (let field = 0; field < fieldCount; field++) {
    const frequency = (frequencies >>> (field * frequencyBits)) & maxFrequency;
    if (frequency === 0) continue;
    const norm = norms[field] ?? 0;
    const length = lengths[document * fieldCount + field] ?? 0;
    weighted += ((fieldWeights[field] ?? 0) * frequency) / (1 - norm + (norm * length) / (meanLengths[field] ?? 1));
  }
  return (weighted * (saturation + 1)) / (weighted + saturation);
}
