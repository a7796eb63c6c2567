/**
 * Where the terms of a prefix stand in each candidate: one pass over the postings of all of them to count, one to keep
 * the positions of the candidates, however many terms there are.
 */
import type { Candidates } from './candidates.ts';
import type { PrefixSlot } from './clause-slots.ts';
import { manyPositions } from './index-schema.ts';
import type { PositionRuns } from './position-runs.ts';
import type { Segment } from './segment.ts';

export function prefixRuns(segment: Segment, slot: PrefixSlot, candidates: Candidates): PositionRuns {
  const candidateOf = new Uint32Array(segment.documents);
  for (let i = 0; i < candidates.length; i++) candidateOf[candidates.documents[i] ?? 0] = i + 1;
  const counts = new Uint32Array(candidates.length);
  eachPosition(segment, slot, candidateOf, (candidate) => {
    counts[candidate] = (counts[candidate] ?? 0) + 1;
  });
  const { references, size } = listPlaces(counts);
  const lists = new Uint32Array(size);
  eachPosition(segment, slot, candidateOf, (candidate, position) => {
    const list = (references[candidate] ?? 0) - manyPositions;
    const filled = (lists[list] ?? 0) + 1;
    lists[list] = filled;
    lists[list + filled] = position;
  });
  for (const reference of references) {
    const list = reference - manyPositions;
    lists.subarray(list + 1, list + 1 + (lists[list] ?? 0)).sort();
  }
  return { references, lists };
}

/** A list for every candidate, one position or many. */
function listPlaces(counts: Uint32Array): { references: Uint32Array; size: number } {
  const references = new Uint32Array(counts.length);
  let size = 0;
  for (let i = 0; i < counts.length; i++) {
    references[i] = manyPositions + size;
    size += (counts[i] ?? 0) + 1;
  }
  return { references, size };
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
