/**
 * Whether the terms of a clause stand one after the other, and how often in each field. Positions are looked at only for
 * candidates that hold all the terms; most terms stand once in a document, and then nothing is decoded at all.
 */
import { type Candidates, moveCandidate } from './candidates.ts';
import type { PrefixSlot, SegmentClause } from './clause-slots.ts';
import { fieldShift, frequencyBits, manyPositions, maxFrequency } from './index-schema.ts';
import type { Segment } from './segment.ts';

/** Positions of one slot in one document: `array[from … to)`, ascending. */
interface PositionRun {
  array: Uint32Array;
  from: number;
  to: number;
}

/** Finds the run of a slot in candidate i. */
type RunFinder = (candidate: number, run: PositionRun) => void;

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
  const finders = clause.slots.map((slot, index) => {
    const row = candidates.postings[place.rows[index] ?? -1];
    if (slot.kind === 'prefix') return prefixRuns(segment, slot, candidates);
    return row === undefined ? noRuns : termRuns(segment, row);
  });
  // Prefix runs belong to the candidates as they are now, so the thinning is done after all have been looked at.
  const found = new Uint16Array(candidates.length);
  const runs = finders.map((): PositionRun => ({ array: segment.positions, from: 0, to: 0 }));
  for (let i = 0; i < candidates.length; i++) {
    for (let slot = 0; slot < finders.length; slot++) {
      const run = runs[slot];
      if (run !== undefined) finders[slot]?.(i, run);
    }
    found[i] = countChains(runs, clause.offsets);
  }
  const frequencies = candidates.frequencies[place.clause];
  let kept = 0;
  for (let i = 0; i < found.length; i++) {
    if (found[i] === 0) continue;
    if (frequencies !== undefined) frequencies[i] = found[i] ?? 0;
    moveCandidate(candidates, i, kept++);
  }
  candidates.length = kept;
}

/** Places where all runs agree, packed by field. */
function countChains(runs: readonly PositionRun[], offsets: readonly number[]): number {
  const first = runs[0];
  if (first === undefined) return 0;
  let packed = 0;
  for (let i = first.from; i < first.to; i++) {
    const start = (first.array[i] ?? 0) - (offsets[0] ?? 0);
    if (!followsEverywhere(runs, offsets, start)) continue;
    const shift = ((first.array[i] ?? 0) >>> fieldShift) * frequencyBits;
    if (((packed >>> shift) & maxFrequency) < maxFrequency) packed += 1 << shift;
  }
  return packed;
}

function followsEverywhere(runs: readonly PositionRun[], offsets: readonly number[], start: number): boolean {
  for (let slot = 1; slot < runs.length; slot++) {
    const run = runs[slot];
    if (run === undefined || !contains(run, start + (offsets[slot] ?? 0))) return false;
  }
  return true;
}

function contains(run: PositionRun, position: number): boolean {
  let low = run.from;
  let high = run.to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((run.array[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low < run.to && run.array[low] === position;
}

const noRuns: RunFinder = (_, run) => {
  run.from = 0;
  run.to = 0;
};

function termRuns(segment: Segment, postings: Uint32Array): RunFinder {
  const { positions, positionLists, firstUnitPosting } = segment;
  return (candidate, run) => {
    const index = (postings[candidate] ?? 0) - firstUnitPosting;
    const reference = positions[index] ?? 0;
    if (reference < manyPositions) {
      run.array = positions;
      run.from = index;
      run.to = index + 1;
      return;
    }
    const list = reference - manyPositions;
    run.array = positionLists;
    run.from = list + 1;
    run.to = list + 1 + (positionLists[list] ?? 0);
  };
}

/** One pass over the postings of all terms of the prefix, keeping the positions of the candidates only. */
function prefixRuns(segment: Segment, slot: PrefixSlot, candidates: Candidates): RunFinder {
  const candidateOf = new Uint32Array(segment.documents);
  for (let i = 0; i < candidates.length; i++) candidateOf[candidates.documents[i] ?? 0] = i + 1;
  const starts = new Uint32Array(candidates.length + 1);
  eachPosition(segment, slot, candidateOf, (candidate) => {
    starts[candidate + 1] = (starts[candidate + 1] ?? 0) + 1;
  });
  for (let i = 0; i < candidates.length; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const next = starts.slice();
  const found = new Uint32Array(starts[candidates.length] ?? 0);
  eachPosition(segment, slot, candidateOf, (candidate, position) => {
    const to = next[candidate] ?? 0;
    found[to] = position;
    next[candidate] = to + 1;
  });
  for (let i = 0; i < candidates.length; i++) found.subarray(starts[i], starts[i + 1]).sort();
  return (candidate, run) => {
    run.array = found;
    run.from = starts[candidate] ?? 0;
    run.to = starts[candidate + 1] ?? 0;
  };
}

function eachPosition(
  segment: Segment,
  slot: PrefixSlot,
  candidateOf: Uint32Array,
  visit: (candidate: number, position: number) => void,
): void {
  const { postingDocuments, positions, positionLists, firstUnitPosting } = segment;
  for (let posting = slot.start; posting < slot.end; posting++) {
    const candidate = candidateOf[postingDocuments[posting] ?? 0] ?? 0;
    if (candidate === 0) continue;
    const reference = positions[posting - firstUnitPosting] ?? 0;
    if (reference < manyPositions) {
      visit(candidate - 1, reference);
      continue;
    }
    const list = reference - manyPositions;
    const count = positionLists[list] ?? 0;
    for (let i = 1; i <= count; i++) visit(candidate - 1, positionLists[list + i] ?? 0);
  }
}
