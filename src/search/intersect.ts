/** Documents that hold every slot, wherever: the rarest slot first, the others by galloping. */
import { hasBit } from './bitmap.ts';
import { type Candidates, makeCandidates, moveCandidate } from './candidates.ts';
import type { PrefixSlot, TermSlot } from './clause-slots.ts';
import type { Part } from './generation.ts';

/** First index of `[from, end)` whose value is not less than `value`; quick when it is near `from`. */
export function gallop(sorted: Uint32Array, from: number, end: number, value: number): number {
  let low = from;
  let step = 1;
  while (low + step < end && (sorted[low + step] ?? 0) < value) {
    low += step;
    step <<= 1;
  }
  let high = Math.min(end, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Live documents that hold all the slots; rows of `postings` in the order of `terms`. */
export function intersectSlots(
  part: Part,
  terms: readonly TermSlot[],
  prefixes: readonly PrefixSlot[],
  clauses: number,
): Candidates {
  const order = [...terms.keys()].sort((a, b) => sizeOf(terms[a]) - sizeOf(terms[b]));
  const [rarest, ...others] = order;
  const rare = rarest === undefined ? undefined : terms[rarest];
  const candidates =
    rarest === undefined || rare === undefined
      ? everything(part, clauses)
      : startFrom(part, rare, makeCandidates(rare.end - rare.start, terms.length, clauses), rarest);
  for (const index of others) {
    const slot = terms[index];
    if (slot !== undefined) keepThoseWith(part, slot, candidates, index);
  }
  for (const prefix of prefixes) keepWhere(candidates, (document) => prefix.frequencies[document] !== 0);
  const { live } = part;
  if (live !== undefined) keepWhere(candidates, (document) => hasBit(live, document));
  return candidates;
}

function sizeOf(slot: TermSlot | undefined): number {
  return slot === undefined ? 0 : slot.end - slot.start;
}

function everything(part: Part, clauses: number): Candidates {
  const candidates = makeCandidates(part.segment.documents, 0, clauses);
  candidates.length = part.segment.documents;
  for (let document = 0; document < candidates.length; document++) candidates.documents[document] = document;
  return candidates;
}

function startFrom(part: Part, slot: TermSlot, candidates: Candidates, row: number): Candidates {
  candidates.length = slot.end - slot.start;
  candidates.documents.set(part.segment.postingDocuments.subarray(slot.start, slot.end));
  const postings = candidates.postings[row];
  if (postings !== undefined) for (let i = 0; i < candidates.length; i++) postings[i] = slot.start + i;
  return candidates;
}

function keepThoseWith(part: Part, slot: TermSlot, candidates: Candidates, row: number): void {
  const sorted = part.segment.postingDocuments;
  const postings = candidates.postings[row];
  let kept = 0;
  let at = slot.start;
  for (let i = 0; i < candidates.length; i++) {
    const document = candidates.documents[i] ?? 0;
    at = gallop(sorted, at, slot.end, document);
    if (at >= slot.end) break;
    if (sorted[at] !== document) continue;
    if (postings !== undefined) postings[i] = at;
    moveCandidate(candidates, i, kept++);
  }
  candidates.length = kept;
}

function keepWhere(candidates: Candidates, isKept: (document: number) => boolean): void {
  let kept = 0;
  for (let i = 0; i < candidates.length; i++) {
    if (isKept(candidates.documents[i] ?? 0)) moveCandidate(candidates, i, kept++);
  }
  candidates.length = kept;
}
