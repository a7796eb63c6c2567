/**
 * A query with meanings against one generation: documents that have every part, as text or as what it means. When next
 * to none has them all, it is relaxed step by step (`relaxation.ts`); what has all of the query stays before what lacks some.
 */
import type { Generation, Part } from './generation.ts';
import { laneDocuments, type Matches } from './match-part.ts';
import { type PartScores, partScores } from './part-scores.ts';
import type { QueryPart } from './query-part.ts';
import type { ReadQuery } from './read-query.ts';
import { droppingOrder, enoughAnswers, levelFor, levelOf, optionalParts, type PartWeight } from './relaxation.ts';
import { inverseFrequency } from './score.ts';
import { ScoreRows } from './score-rows.ts';

/** Ranks of `Matches.lanes`: an identifier, then a whole title, then all parts of the query, then what lacks some of them. */
const ranks = { identifier: 4, title: 3, strict: 2, relaxed: 1 } as const;

/** Ranks by the lanes of `laneDocuments`. */
const exactRanks: Readonly<Record<number, number>> = { 1: ranks.title, 2: ranks.identifier };

interface SegmentMatches {
  readonly part: Part;
  readonly matches: Matches;
  /** Aligned with the matches. */
  readonly scores: Float64Array;
  /** Aligned with the matches: how far the query had to be relaxed before the document was in it. */
  readonly levels: Uint8Array;
}

export interface MeaningMatches {
  /** One row a segment. */
  readonly parts: readonly SegmentMatches[];
  /** Parts that were let go, the least telling first. */
  readonly relaxed: readonly QueryPart[];
}

/** Of a segment's matches those that a filter takes away: not 0; `undefined` when nothing is filtered. */
type FailedFilters = (part: Part, matches: Matches) => Uint8Array | undefined;

/** Of this thread: matching never waits, so that one query at a time has them. */
const scoreRows = new ScoreRows();

export function matchMeanings(generation: Generation, query: ReadQuery, failed: FailedFilters): MeaningMatches {
  try {
    return matchParts(generation, query, failed);
  } finally {
    scoreRows.takeBack();
  }
}

function matchParts(generation: Generation, query: ReadQuery, failed: FailedFilters): MeaningMatches {
  const { parts } = query;
  const rows = rowsOf(generation, parts, false);
  const weights = parts.map((_, index) => {
    const matching = rows.reduce((sum, row) => sum + (row[index]?.documents ?? 0), 0);
    return { matching, weight: inverseFrequency(matching, generation.documents) };
  });
  const order = droppingOrder(parts, weights);
  const optional = optionalParts(parts);
  const relaxedTo = (level: number) => order.slice(optional, level).flatMap((index) => parts[index] ?? []);
  const plan: Plan = { generation, query, rows, weights: scoreWeights(parts, weights), order, optional };
  // The most telling part is always asked for.
  const all = matchesUpTo(plan, order.length - 1);
  const counts = countLevels(all, order.length, failed);
  const enough = enoughAnswers(generation.documents);
  const level = levelFor(counts, enough, optional);
  if (level < order.length) return { parts: all.map((each) => keptUpTo(each, level)), relaxed: relaxedTo(level) };
  const asItIs = { parts: all, relaxed: relaxedTo(lastOf(counts)) };
  if (!parts.some(({ kind }) => kind === 'concept')) return asItIs;
  const widest = matchesUpTo({ ...plan, wider: rowsOf(generation, parts, true) }, order.length);
  const found = countLevels(widest, order.length + 1, failed);
  return (found[order.length] ?? 0) > 0 ? { parts: widest, relaxed: relaxedTo(order.length) } : asItIs;
}

/** What an optional part adds to the order, of what the same part would if it were asked for. */
const formShare = 0.3;

function scoreWeights(parts: readonly QueryPart[], weights: readonly PartWeight[]): readonly number[] {
  const optional = optionalParts(parts);
  return weights.map(({ weight }, index) =>
    optional > 0 && parts[index]?.kind === 'form' ? formShare * weight : weight,
  );
}

/** One row a segment, with one entry a part. */
type Rows = readonly (readonly PartScores[])[];

function rowsOf({ parts, meanLengths }: Generation, asked: readonly QueryPart[], wider: boolean): Rows {
  const scoring = { meanLengths, wider, lend: (length: number) => scoreRows.lend(length) };
  return parts.map((part) => asked.map((each) => partScores(part, each, scoring)));
}

interface Plan {
  readonly generation: Generation;
  readonly query: ReadQuery;
  readonly rows: Rows;
  /** Of the parts, by how many documents have them. */
  readonly weights: readonly number[];
  /** Indexes of the parts, the least telling first. */
  readonly order: readonly number[];
  /** So many of them only order the answers. */
  readonly optional: number;
  /** Rows with what is wider or related: it brings documents in at the last level, and raises others a little. */
  readonly wider?: Rows;
}

/** All documents that the query has when it is relaxed so far, and those that carry it as identifier or title. */
function matchesUpTo(plan: Plan, most: number): readonly SegmentMatches[] {
  return plan.generation.parts.map((part, index) => matchesOf(part, plan, index, most));
}

function matchesOf(part: Part, plan: Plan, index: number, levels: number): SegmentMatches {
  const { query, order } = plan;
  const own = plan.rows[index] ?? [];
  const rows = plan.wider?.[index] ?? own;
  const named = plan.wider === undefined ? [] : rows.filter((_, i) => query.parts[i]?.kind === 'concept');
  const count = part.segment.documents;
  const telling = own[order.at(-1) ?? 0]?.documents ?? 0;
  const lanes = query.identifier === undefined ? new Map<number, number>() : laneDocuments(part, query.identifier);
  const most = named.reduce((total, { documents }) => total + documents, telling + lanes.size);
  const found = new FoundDocuments(Math.min(count, most));
  for (let document = 0; document < count; document++) {
    const lane = lanes.size === 0 ? undefined : lanes.get(document);
    const level = levelOf(own, order, document);
    const isIn = level < order.length ? level <= levels : named.some(({ scores }) => scores[document] !== 0);
    if (!isIn && lane === undefined) continue;
    found.add({
      document,
      rank: rankOf(lane, level <= plan.optional),
      level,
      score: sum(rows, plan.weights, document),
    });
  }
  return found.take(part);
}

function rankOf(lane: number | undefined, isStrict: boolean): number {
  const exact = lane === undefined ? undefined : exactRanks[lane];
  return exact ?? (isStrict ? ranks.strict : ranks.relaxed);
}

function sum(rows: readonly PartScores[], weights: readonly number[], document: number): number {
  let score = 0;
  for (let i = 0; i < rows.length; i++) score += (weights[i] ?? 0) * (rows[i]?.scores[document] ?? 0);
  return score;
}

class FoundDocuments {
  readonly #documents: Uint32Array;
  readonly #ranks: Uint8Array;
  readonly #levels: Uint8Array;
  readonly #scores: Float64Array;
  #length = 0;

  constructor(capacity: number) {
    this.#documents = new Uint32Array(capacity);
    this.#ranks = new Uint8Array(capacity);
    this.#levels = new Uint8Array(capacity);
    this.#scores = new Float64Array(capacity);
  }

  add(found: { readonly document: number; readonly rank: number; readonly level: number; readonly score: number }) {
    this.#documents[this.#length] = found.document;
    this.#ranks[this.#length] = found.rank;
    this.#levels[this.#length] = found.level;
    this.#scores[this.#length++] = found.score;
  }

  take(part: Part): SegmentMatches {
    const length = this.#length;
    const lanes = this.#ranks.slice(0, length);
    return {
      part,
      matches: { documents: this.#documents.slice(0, length), length, frequencies: [], lanes },
      scores: this.#scores.slice(0, length),
      levels: this.#levels.slice(0, length),
    };
  }
}

/** Those that are in it when the query is relaxed so far, or carry it as identifier or title. */
function keptUpTo({ part, matches, scores, levels }: SegmentMatches, most: number): SegmentMatches {
  const found = new FoundDocuments(matches.length);
  for (let i = 0; i < matches.length; i++) {
    const [level, rank] = [levels[i] ?? 0, matches.lanes?.[i] ?? 0];
    if (level > most && rank < ranks.title) continue;
    found.add({ document: matches.documents[i] ?? 0, rank, level, score: scores[i] ?? 0 });
  }
  return found.take(part);
}

/** Matches that pass the filters, by level. */
function countLevels(found: readonly SegmentMatches[], levels: number, failed: FailedFilters): Uint32Array {
  const counts = new Uint32Array(levels);
  for (const { part, matches, levels: own } of found) {
    const masks = failed(part, matches);
    for (let i = 0; i < matches.length; i++) {
      const level = own[i] ?? 0;
      if ((masks?.[i] ?? 0) === 0) counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  return counts;
}

/** The last level that has any; 0 when none has. */
function lastOf(counts: Uint32Array): number {
  return Math.max(
    0,
    counts.findLastIndex((count) => count > 0),
  );
}
