/**
 * A query with meanings against one generation: documents that have every part, as text or as what it means. When next
 * to none has them all, the parts that tell least are let go one by one; what has more of the query stays before what has
 * less of it.
 */
import type { Generation, Part } from './generation.ts';
import { laneDocuments, type Matches } from './match-part.ts';
import { type PartScores, partScores } from './part-scores.ts';
import type { QueryPart } from './query-part.ts';
import type { ReadQuery } from './read-query.ts';
import { inverseFrequency } from './score.ts';

/** Ranks of `Matches.lanes`: an identifier, then a whole title, then all parts of the query, then one part less … */
const identifierLane = 255;
const titleLane = 254;
const strictLane = 253;

/** Fewer answers than this are next to none: some more, marked as such, are worth more than an empty page. */
const fewAnswers = 20;

export interface MeaningMatches {
  /** One row a segment. */
  readonly parts: readonly { readonly part: Part; readonly matches: Matches; readonly scores: Float64Array }[];
  /** Parts that were let go, the least telling first. */
  readonly relaxed: readonly QueryPart[];
}

/** `countPassing` says how many of a segment's matches no filter takes away. */
export function matchMeanings(
  generation: Generation,
  query: ReadQuery,
  countPassing: (part: Part, matches: Matches) => number,
): MeaningMatches {
  const table = generation.parts.map((part) =>
    query.parts.map((each) => partScores(part, each, generation.meanLengths)),
  );
  const weights = query.parts.map((_, index) => {
    const matching = table.reduce((sum, row) => sum + (row[index]?.documents ?? 0), 0);
    return { matching, weight: inverseFrequency(matching, generation.documents) };
  });
  const order = droppingOrder(query.parts, weights);
  for (let dropped = 0; ; dropped++) {
    const parts = generation.parts.map((part, index) => {
      const scored = {
        rows: table[index] ?? [],
        weights: weights.map(({ weight }) => weight),
        order: order.slice(0, dropped),
      };
      return matchesOf(part, scored, query.identifier);
    });
    const passing = parts.reduce((sum, { part, matches }) => sum + countPassing(part, matches), 0);
    // One part is always asked for.
    if (passing >= fewAnswers || dropped + 1 >= query.parts.length) {
      return { parts, relaxed: order.slice(0, dropped).flatMap((index) => query.parts[index] ?? []) };
    }
  }
}

const kindRank: Readonly<Record<QueryPart['kind'], number>> = { form: 1, year: 1, place: 2, text: 2, concept: 2 };

/** What nothing has goes first, then words for the form of data and years, then what most documents have. */
function droppingOrder(
  parts: readonly QueryPart[],
  weights: readonly { readonly matching: number; readonly weight: number }[],
): readonly number[] {
  const rank = (index: number) => (weights[index]?.matching === 0 ? 0 : kindRank[parts[index]?.kind ?? 'text']);
  return [...parts.keys()].sort((a, b) => rank(a) - rank(b) || (weights[a]?.weight ?? 0) - (weights[b]?.weight ?? 0));
}

interface ScoredRows {
  /** One a part of the query. */
  readonly rows: readonly PartScores[];
  readonly weights: readonly number[];
  /** Parts let go, the least telling first. */
  readonly order: readonly number[];
}

function matchesOf(part: Part, scored: ScoredRows, identifier: string | undefined): MeaningMatches['parts'][number] {
  const { rows, weights, order } = scored;
  const count = part.segment.documents;
  const lanes = identifier === undefined ? new Map<number, number>() : laneDocuments(part, identifier);
  const documents = new Uint32Array(count);
  const marks = new Uint8Array(count);
  const scores = new Float64Array(count);
  const required = rows.filter((_, index) => !order.includes(index)).map((row) => row.scores);
  let length = 0;
  for (let document = 0; document < count; document++) {
    const lane = lanes.size === 0 ? undefined : lanes.get(document);
    if (lane === undefined && !hasAll(required, document)) continue;
    documents[length] = document;
    marks[length] = lane === undefined ? strictLane - missing(rows, order, document) : (exactLanes[lane] ?? strictLane);
    let score = 0;
    for (let i = 0; i < rows.length; i++) score += (weights[i] ?? 0) * (rows[i]?.scores[document] ?? 0);
    scores[length++] = score;
  }
  const matches = { documents: documents.slice(0, length), length, frequencies: [], lanes: marks.slice(0, length) };
  return { part, matches, scores: scores.slice(0, length) };
}

function hasAll(rows: readonly Float32Array[], document: number): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i]?.[document] === 0) return false;
  return true;
}

/** Lanes of `laneDocuments`. */
const exactLanes: Readonly<Record<number, number>> = { 1: titleLane, 2: identifierLane };

/** How far the query had to be relaxed before the document was in it: the last let-go part that it lacks. */
function missing(rows: readonly PartScores[], order: readonly number[], document: number): number {
  for (let i = order.length; i > 0; i--) if (rows[order[i - 1] ?? 0]?.scores[document] === 0) return i;
  return 0;
}
