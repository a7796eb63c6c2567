/** How many distinct titles of each country carry a concept that tells something: one that not every other title carries. */
import type { CapturedTitle } from './captured-titles.ts';

export interface Coverage {
  /** Distinct titles. */
  readonly titles: number;
  /** Share that carries a concept which is not common; 0–1. */
  readonly covered: number;
  /** Share whose only concepts are common: what the coverage could never be without naming their titles' subject finer. */
  readonly onlyCommon: number;
  readonly none: number;
  readonly common: readonly string[];
  readonly uncovered: readonly CapturedTitle[];
}

/** A concept in more of a country's distinct titles tells too little to be counted (issue C §2). */
const commonShare = 0.03;

export function measureCoverage(titles: readonly CapturedTitle[]): Coverage {
  const hits = new Map<string, number>();
  for (const { concepts } of titles) {
    for (const id of new Set(concepts.map((each) => each.id))) hits.set(id, (hits.get(id) ?? 0) + 1);
  }
  const common = new Set([...hits].filter(([, count]) => count > titles.length * commonShare).map(([id]) => id));
  const uncovered = titles.filter(({ concepts }) => concepts.every(({ id }) => common.has(id)));
  const none = uncovered.filter(({ concepts }) => concepts.length === 0).length;
  const share = (count: number): number => (titles.length === 0 ? 0 : count / titles.length);
  return {
    titles: titles.length,
    covered: share(titles.length - uncovered.length),
    onlyCommon: share(uncovered.length - none),
    none: share(none),
    common: [...common].sort(),
    uncovered,
  };
}
