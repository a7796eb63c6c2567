/** Sorted samples in ms. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly mean: number;
}

export function latencyOf(samples: readonly number[]): Latency {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    p50: at(0.5),
    p95: at(0.95),
    mean: sorted.reduce((sum, each) => sum + each, 0) / Math.max(1, sorted.length),
  };
}
