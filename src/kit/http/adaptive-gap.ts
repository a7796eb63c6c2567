/**
 * The gap between requests that a host's refusals teach (429, 503): doubled by each, halved by a row of good answers,
 * forgotten in time. No I/O. The figures are our own choice, in the manner of TCP: back off fast, come back slowly.
 */

/** The first refusal makes the gap at least this long, in ms. */
const leastGapMs = 1_000;

/** No refusals make it longer than this, in ms; whoever wants more says so with Retry-After. */
const mostGapMs = 60_000;

/** Good answers in a row that halve the gap. */
const easeAfter = 10;

/** Without a refusal for so long the gap is forgotten, in ms. */
const forgetMs = 3_600_000;

export interface AdaptiveGap {
  /** In force now; 0 when nothing was refused. */
  ms(): number;
  /** Doubles it, starting from `minGapMs`. Undefined when it was doubled within one gap: requests under way are one refusal. */
  slowDown(minGapMs: number): number | undefined;
  ease(): void;
}

export function adaptiveGap(nowMs: () => number): AdaptiveGap {
  let gapMs = 0;
  let grownAtMs = Number.NEGATIVE_INFINITY;
  let goodInARow = 0;
  const current = (): number => {
    if (gapMs > 0 && nowMs() - grownAtMs > forgetMs) gapMs = 0;
    return gapMs;
  };
  return {
    ms: current,
    slowDown(minGapMs) {
      goodInARow = 0;
      const before = current();
      if (before > 0 && nowMs() - grownAtMs < before) return undefined;
      gapMs = Math.min(mostGapMs, Math.max(leastGapMs, 2 * Math.max(before, minGapMs)));
      grownAtMs = nowMs();
      return gapMs;
    },
    ease() {
      if (current() === 0) return;
      goodInARow += 1;
      if (goodInARow < easeAfter) return;
      goodInARow = 0;
      gapMs = gapMs / 2 < leastGapMs / 2 ? 0 : gapMs / 2;
    },
  };
}
