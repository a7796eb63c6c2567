/**
 * The measures of the relevance set, by the rules of its README. Pure. All take a condensed list: the judged records of one
 * topic in the order of the engine, unjudged ones left out; and all grades that were given for the topic.
 */
import type { Grade, Judgement, RecordKey } from './judged-set.ts';

export interface Scores {
  /** 0 to 1. */
  readonly ndcg10: number;
  readonly recall20: number;
  readonly bpref: number;
  /** Share of grade 0 in the first ten; 0 = none. */
  readonly hardNegatives10: number;
}

/** Grades of the judged records in the engine's order; a record that is found again counts where it was found first. */
export function condense(
  ranked: readonly (RecordKey | undefined)[],
  judged: ReadonlyMap<RecordKey, Judgement>,
): readonly Grade[] {
  const found = new Set<RecordKey>();
  return ranked.flatMap((key) => {
    const judgement = key === undefined ? undefined : judged.get(key);
    if (key === undefined || judgement === undefined || found.has(key)) return [];
    found.add(key);
    return [judgement.grade];
  });
}

export function scoresOf(condensed: readonly Grade[], judged: readonly Grade[]): Scores {
  return {
    ndcg10: ndcg(condensed, judged, 10),
    recall20: recall(condensed, judged, 20),
    bpref: bpref(condensed, judged),
    hardNegatives10: hardNegatives(condensed, 10),
  };
}

/** Gain 2^grade − 1, discount 1 / log2(rank + 1), over that of the ideal order; 0 when nothing judged is of any gain. */
export function ndcg(condensed: readonly Grade[], judged: readonly Grade[], depth: number): number {
  const ideal = gain(
    [...judged].sort((a, b) => b - a),
    depth,
  );
  return ideal === 0 ? 0 : gain(condensed, depth) / ideal;
}

function gain(grades: readonly Grade[], depth: number): number {
  return grades.slice(0, depth).reduce<number>((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

/** Records of grade 2 in the first `depth`, of as many as could stand there. */
export function recall(condensed: readonly Grade[], judged: readonly Grade[], depth: number): number {
  const right = count(judged, 2);
  return right === 0 ? 0 : count(condensed.slice(0, depth), 2) / Math.min(depth, right);
}

/** How seldom a record of grade 0 stands above one of grade 2; grade 1 is left out. */
export function bpref(condensed: readonly Grade[], judged: readonly Grade[]): number {
  const right = count(judged, 2);
  const wrong = count(judged, 0);
  if (right === 0) return 0;
  let above = 0;
  let sum = 0;
  for (const grade of condensed) {
    if (grade === 0) above++;
    if (grade === 2) sum += wrong === 0 ? 1 : 1 - Math.min(above, right) / Math.min(right, wrong);
  }
  return sum / right;
}

export function hardNegatives(condensed: readonly Grade[], depth: number): number {
  const first = condensed.slice(0, depth);
  return first.length === 0 ? 0 : count(first, 0) / first.length;
}

function count(grades: readonly Grade[], wanted: Grade): number {
  return grades.filter((grade) => grade === wanted).length;
}
