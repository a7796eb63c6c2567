/** All documents of one segment that match a query's text, with what ranking needs to know about each. */

import { hasBit } from './bitmap.ts';
import { type Candidates, makeCandidates } from './candidates.ts';
import { laneSlot, type PrefixSlot, type SegmentClause, type TermSlot } from './clause-slots.ts';
import type { Part } from './generation.ts';
import { intersectSlots } from './intersect.ts';
import { keepChains } from './match-chain.ts';

/**
 * Documents that carry the whole query as an identifier or as their title match whatever the clauses say, and come before
 * all others: identifier 2, title 1, text 0.
 */
export interface Matches {
  readonly documents: Uint32Array;
  readonly length: number;
  /** One row a clause, aligned with `documents`; 0 for a document that only its lane brought in. */
  readonly frequencies: readonly Uint16Array[];
  /** Aligned with `documents`; absent when no lane has anything. */
  readonly lanes?: Uint8Array;
}

export function matchPart(part: Part, clauses: readonly SegmentClause[], identifier: string | undefined): Matches {
  const text = matchText(part, clauses);
  const lanes = identifier === undefined ? new Map<number, number>() : laneDocuments(part, identifier);
  return lanes.size === 0 ? text : withLanes(text, lanes);
}

/** Documents that hold all the clauses. */
export function matchText(part: Part, clauses: readonly SegmentClause[]): Matches {
  const terms: TermSlot[] = [];
  const prefixes: PrefixSlot[] = [];
  const rows = clauses.map((clause) =>
    clause.slots.map((slot) => {
      if (slot.kind === 'term') return terms.push(slot) - 1;
      prefixes.push(slot);
      return undefined;
    }),
  );
  const impossible = terms.some((slot) => slot.documents === 0) || prefixes.some((slot) => slot.documents === 0);
  if (impossible) return makeCandidates(0, 0, clauses.length);
  const candidates = intersectSlots(part, terms, prefixes, clauses.length);
  for (const [index, clause] of clauses.entries()) {
    if (clause.slots.length > 1)
      keepChains(part.segment, clause, candidates, { clause: index, rows: rows[index] ?? [] });
  }
  for (const [index, clause] of clauses.entries()) {
    if (clause.slots.length === 1) noteFrequencies(part, clause, candidates, { clause: index, row: rows[index]?.[0] });
  }
  return candidates;
}

function noteFrequencies(
  part: Part,
  clause: SegmentClause,
  candidates: Candidates,
  place: { readonly clause: number; readonly row: number | undefined },
): void {
  const frequencies = candidates.frequencies[place.clause];
  const slot = clause.slots[0];
  if (frequencies === undefined || slot === undefined) return;
  const postings = candidates.postings[place.row ?? -1];
  for (let i = 0; i < candidates.length; i++) {
    frequencies[i] =
      slot.kind === 'prefix'
        ? (slot.frequencies[candidates.documents[i] ?? 0] ?? 0)
        : (part.segment.frequencies[postings?.[i] ?? 0] ?? 0);
  }
}

/** Documents that carry the key as their title (1) or as an identifier (2). */
export function laneDocuments(part: Part, identifier: string): Map<number, number> {
  const lanes = new Map<number, number>();
  for (const [lane, name] of [
    [1, 'title'],
    [2, 'identifier'],
  ] as const) {
    const slot = laneSlot(part, name, identifier);
    for (const document of part.segment.postingDocuments.subarray(slot.start, slot.end)) {
      if (part.live === undefined || hasBit(part.live, document)) lanes.set(document, lane);
    }
  }
  return lanes;
}

/** Puts the lanes' documents among the matches; they are few, and mostly there already. */
function withLanes(text: Matches, lanes: ReadonlyMap<number, number>): Matches {
  const matched = text.documents.subarray(0, text.length);
  const documents = Uint32Array.from(new Set([...matched, ...lanes.keys()])).sort();
  const marks = new Uint8Array(documents.length);
  const frequencies = text.frequencies.map(() => new Uint16Array(documents.length));
  let next = 0;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    marks[i] = lanes.get(document) ?? 0;
    if (next >= matched.length || matched[next] !== document) continue;
    for (const [row, values] of frequencies.entries()) values[i] = text.frequencies[row]?.[next] ?? 0;
    next++;
  }
  return { documents, length: documents.length, frequencies, lanes: marks };
}
