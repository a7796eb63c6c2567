/**
 * Where one slot stands in each candidate: a position, or, with the high bit set, a place in `lists` (count first, then
 * the positions, ascending).
 */
export interface PositionRuns {
  readonly references: Uint32Array;
  readonly lists: Uint32Array;
}
