/**
 * A query's clauses looked up in one segment. A slot is one place of a clause: a term, or all terms that begin so.
 * A prefix is never cut, however many terms it covers: their postings become one row of frequencies over all documents.
 */
import type { QueryClause } from '../text/analysis-contract.ts';
import { hasBit } from './bitmap.ts';
import type { Part } from './generation.ts';
import { frequencyBits, lanes, maxFrequency } from './index-schema.ts';
import type { Segment } from './segment.ts';
import { findString, prefixRange } from './string-table.ts';

export type Slot = TermSlot | PrefixSlot;

export interface TermSlot {
  readonly kind: 'term';
  /** Half-open range of postings. */
  readonly start: number;
  readonly end: number;
  /** Live documents. */
  readonly documents: number;
}

export interface PrefixSlot {
  readonly kind: 'prefix';
  /** Half-open range of postings: those of all the terms, one term after the other. */
  readonly start: number;
  readonly end: number;
  /** Per document of the segment, summed over the terms; 0 = none of them. */
  readonly frequencies: Uint16Array;
  readonly documents: number;
}

export interface SegmentClause {
  readonly slots: readonly Slot[];
  readonly offsets: readonly number[];
}

export function clauseInPart(part: Part, clause: QueryClause): SegmentClause {
  const last = clause.terms.length - 1;
  const slots = clause.terms.map((term, index) =>
    clause.prefix && index === last ? prefixSlot(part, term) : termSlot(part, term),
  );
  return { slots, offsets: clause.offsets };
}

export function termSlot(part: Part, term: string): TermSlot {
  const { terms, postingStarts } = part.segment;
  const number = findString(terms, term);
  const start = number < 0 ? 0 : (postingStarts[number] ?? 0);
  const end = number < 0 ? 0 : (postingStarts[number + 1] ?? 0);
  return { kind: 'term', start, end, documents: countLive(part, start, end) };
}

/** A slot over a lane term: a dictionary word, an identifier, a whole title. */
export function laneSlot(part: Part, lane: keyof typeof lanes, key: string): TermSlot {
  return termSlot(part, lanes[lane] + key);
}

/** The posting of a document among those of a term, which are in the order of the documents; -1 = it has none. */
export function postingOf({ segment }: Part, { start, end }: TermSlot, document: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segment.postingDocuments[middle] ?? 0) < document) low = middle + 1;
    else high = middle;
  }
  return low < end && segment.postingDocuments[low] === document ? low : -1;
}

function prefixSlot(part: Part, prefix: string): Slot {
  const { terms, postingStarts } = part.segment;
  const [first, end] = prefixRange(terms, prefix === '' ? lanes.end : prefix);
  if (end - first <= 1) return termRangeSlot(part, first, end);
  const range = { start: postingStarts[first] ?? 0, end: postingStarts[end] ?? 0 };
  const frequencies = sumFrequencies(part.segment, range.start, range.end);
  return { kind: 'prefix', ...range, frequencies, documents: countPresent(frequencies, part.live) };
}

/** A prefix that one term has, or none, is that term. */
function termRangeSlot(part: Part, first: number, end: number): TermSlot {
  const start = part.segment.postingStarts[first] ?? 0;
  const stop = end > first ? (part.segment.postingStarts[end] ?? start) : start;
  return { kind: 'term', start, end: stop, documents: countLive(part, start, stop) };
}

function countLive(part: Part, start: number, end: number): number {
  const { live } = part;
  if (live === undefined) return end - start;
  let count = 0;
  for (let i = start; i < end; i++) if (hasBit(live, part.segment.postingDocuments[i] ?? 0)) count++;
  return count;
}

function sumFrequencies(segment: Segment, start: number, end: number): Uint16Array {
  const sums = new Uint16Array(segment.documents);
  const { postingDocuments, frequencies } = segment;
  for (let i = start; i < end; i++) {
    const document = postingDocuments[i] ?? 0;
    const before = sums[document] ?? 0;
    const more = frequencies[i] ?? 0;
    sums[document] = before === 0 ? more : addFrequencies(before, more);
  }
  return sums;
}

/** Field by field, up to `maxFrequency`. */
export function addFrequencies(left: number, right: number): number {
  let sum = 0;
  for (let shift = 0; shift < 4 * frequencyBits; shift += frequencyBits) {
    const field = ((left >>> shift) & maxFrequency) + ((right >>> shift) & maxFrequency);
    sum |= Math.min(field, maxFrequency) << shift;
  }
  return sum;
}

function countPresent(frequencies: Uint16Array, live: Uint8Array | undefined): number {
  let count = 0;
  for (let document = 0; document < frequencies.length; document++) {
    if (frequencies[document] !== 0 && (live === undefined || hasBit(live, document))) count++;
  }
  return count;
}
