/**
 * Whether the terms of a clause stand one after the other, and how often in each field. Positions are looked at only for
 * candidates that hold all the terms; most terms stand once in a document, and then nothing is decoded at all.
 */
import { type Candidates, moveCandidate } from './candidates.ts';
import type { SegmentClause } from './clause-slots.ts';
import { fieldShift, frequencyBits, manyPositions, maxFrequency } from './index-schema.ts';
import type { PositionRuns } from './position-runs.ts';
import { prefixRuns } from './prefix-runs.ts';
import type { Segment } from './segment.ts';

/**
 * Keeps the candidates in which the clause stands and notes how often; `rows` names each term slot's row of postings
 * (undefined for a prefix slot).
 */
export function keepChains(
  segment: Segment,
  clause: SegmentClause,
  candidates: Candidates,
  place: { readonly clause: number; readonly rows: readonly (number | undefined)[] },
): void {
  const runs = clause.slots.map((slot, index) =>
    slot.kind === 'prefix'
      ? prefixRuns(segment, slot, candidates)
      : termRuns(segment, candidates.postings[place.rows[index] ?? -1], candidates.length),
  );
  const steps = clause.offsets.map((offset) => offset - (clause.offsets[0] ?? 0));
  const frequencies = candidates.frequencies[place.clause];
  let kept = 0;
  for (let i = 0; i < candidates.length; i++) {
    const found = countChains(runs, steps, i);
    if (found === 0) continue;
    if (frequencies !== undefined) frequencies[i] = found;
    moveCandidate(candidates, i, kept++);
  }
  candidates.length = kept;
}

function termRuns(segment: Segment, postings: Uint32Array | undefined, length: number): PositionRuns {
  const { positions, firstUnitPosting } = segment;
  const references = new Uint32Array(length);
  for (let i = 0; i < length; i++) references[i] = positions[(postings?.[i] ?? 0) - firstUnitPosting] ?? 0;
  return { references, lists: segment.positionLists };
}

/** Places of the first slot from which all others follow, packed by field. */
function countChains(runs: readonly PositionRuns[], steps: readonly number[], candidate: number): number {
  const first = runs[0];
  const reference = first?.references[candidate] ?? 0;
  if (reference < manyPositions) {
    return followsEverywhere(runs, steps, candidate, reference) ? addPosition(0, reference) : 0;
  }
  const list = reference - manyPositions;
  const count = first?.lists[list] ?? 0;
  let packed = 0;
  for (let i = 1; i <= count; i++) {
    const position = first?.lists[list + i] ?? 0;
    if (followsEverywhere(runs, steps, candidate, position)) packed = addPosition(packed, position);
  }
  return packed;
}

function addPosition(packed: number, position: number): number {
  const shift = (position >>> fieldShift) * frequencyBits;
  return ((packed >>> shift) & maxFrequency) < maxFrequency ? packed + (1 << shift) : packed;
}

function followsEverywhere(
  runs: readonly PositionRuns[],
  steps: readonly number[],
  candidate: number,
  start: number,
): boolean {
  for (let slot = 1; slot < runs.length; slot++) {
    const run = runs[slot];
    if (run === undefined) return false;
    const reference = run.references[candidate] ?? 0;
    const position = start + (steps[slot] ?? 0);
    if (
      reference < manyPositions ? reference !== position : !contains(run.lists, reference - manyPositions, position)
    ) {
      return false;
    }
  }
  return true;
}

function contains(lists: Uint32Array, list: number, position: number): boolean {
  let low = list + 1;
  let high = low + (lists[list] ?? 0);
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lists[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low < end && lists[low] === position;
}
