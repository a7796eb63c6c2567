/** One part of a query in one segment, as text or as what it means: what it is worth in every document. */
import { hasBit } from './bitmap.ts';
import { clauseInPart, laneSlot, type SegmentClause, type TermSlot } from './clause-slots.ts';
import type { Part } from './generation.ts';
import { matchText } from './match-part.ts';
import type { QueryPart } from './query-part.ts';
import { clauseScore, lengthNorms, meaningNorms } from './score.ts';

export interface PartScores {
  /** Per document of the segment, 0 to `saturation` + 1; 0 = it does not have the part. */
  readonly scores: Float32Array;
  /** Live documents that have it. */
  readonly documents: number;
}

export interface Scoring {
  readonly meanLengths: readonly number[];
  /** Meanings count too that are wider than what was asked, or related to it. */
  readonly wider: boolean;
  /** Gives a row of zeros. */
  readonly lend: (length: number) => Float32Array;
}

interface PlannedPart {
  readonly clauses: readonly SegmentClause[];
  readonly meanings: readonly { readonly slot: TermSlot; readonly weight: number }[];
}

export function partScores(part: Part, query: QueryPart, { meanLengths, wider, lend }: Scoring): PartScores {
  const planned = plan(part, query, wider);
  const scores = lend(part.segment.documents);
  addText(part, planned.clauses, scores, meanLengths);
  for (const meaning of planned.meanings) addMeaning(part, meaning, scores, meanLengths);
  let documents = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i] !== 0) documents++;
  return { scores, documents };
}

function plan(part: Part, query: QueryPart, wider: boolean): PlannedPart {
  const meanings = query.meanings.filter((each) => wider || each.wider !== true);
  return {
    clauses: query.clauses.map((clause) => clauseInPart(part, clause)),
    meanings: meanings.map(({ kind, id, weight }) => ({ slot: laneSlot(part, kind, id), weight })),
  };
}

/** The mean of the clauses, so that a part of two words is worth no more than a part of one. */
function addText(part: Part, clauses: readonly SegmentClause[], scores: Float32Array, meanLengths: readonly number[]) {
  const { documents, length, frequencies } = matchText(part, clauses);
  const fields = { lengths: part.segment.lengths, meanLengths, norms: lengthNorms };
  for (let i = 0; i < length; i++) {
    const document = documents[i] ?? 0;
    let sum = 0;
    for (const row of frequencies) sum += clauseScore(row[i] ?? 0, document, fields);
    scores[document] = sum / Math.max(1, frequencies.length);
  }
}

/** What is said in another language is worth what the same words would be: the better of the two counts, not both. */
function addMeaning(
  part: Part,
  { slot, weight }: PlannedPart['meanings'][number],
  scores: Float32Array,
  meanLengths: readonly number[],
): void {
  const { postingDocuments, frequencies, lengths } = part.segment;
  const fields = { lengths, meanLengths, norms: meaningNorms };
  for (let i = slot.start; i < slot.end; i++) {
    const document = postingDocuments[i] ?? 0;
    if (part.live !== undefined && !hasBit(part.live, document)) continue;
    const score = weight * clauseScore(frequencies[i] ?? 0, document, fields);
    if (score > (scores[document] ?? 0)) scores[document] = score;
  }
}
