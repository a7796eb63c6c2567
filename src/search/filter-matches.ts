/**
 * Which of a query's filters each match fails. A document is in the answer when it fails none, and in the counts of a
 * facet when it fails none but that facet's own.
 */
import { laneSlot } from './clause-slots.ts';
import type { Part } from './generation.ts';
import { type FilterName, filterNames } from './index-schema.ts';
import type { Matches } from './match-part.ts';
import type { SearchRequest } from './search-contract.ts';
import type { ValueColumn } from './segment.ts';
import { findString } from './string-table.ts';

/** Bit of a filter in the masks. */
function filterBit(name: FilterName): number {
  return 1 << filterNames.indexOf(name);
}

/** The bit after those of the columns. */
const placeBit = 1 << filterNames.length;

/** Bits that count: all filters, or all but the one of `own`. */
export function othersMask(own: FilterName | undefined): number {
  return own === undefined ? 0xff : ~filterBit(own);
}

/** Documents that fail no filter, or none but the one of `own`. */
export function passingDocuments(matches: Matches, failed: Uint8Array | undefined, own?: FilterName): Uint32Array {
  if (failed === undefined) return matches.documents.subarray(0, matches.length);
  const others = othersMask(own);
  const documents = new Uint32Array(matches.length);
  let length = 0;
  for (let i = 0; i < failed.length; i++) {
    if (((failed[i] ?? 0) & others) === 0) documents[length++] = matches.documents[i] ?? 0;
  }
  return documents.subarray(0, length);
}

/** One mask a match: bit set = fails that filter. `undefined` when nothing is filtered. */
export function failedFilters(part: Part, matches: Matches, filters: SearchRequest['filters']): Uint8Array | undefined {
  const active = filterNames.filter((name) => (filters[name]?.length ?? 0) > 0);
  const places = filters.place ?? [];
  if (active.length === 0 && places.length === 0) return undefined;
  const masks = new Uint8Array(matches.length);
  if (places.length > 0) markElsewhere(part, places, matches, masks);
  for (const name of active) {
    const column = part.segment.filters[name];
    markFailing(column, wantedEntries(column, filters[name] ?? []), matches, { masks, bit: filterBit(name) });
  }
  return masks;
}

/** Places have no column: what is about one carries its term. */
function markElsewhere(part: Part, places: readonly string[], matches: Matches, masks: Uint8Array): void {
  const there = new Uint8Array(part.segment.documents);
  for (const place of places) {
    const { start, end } = laneSlot(part, 'place', place);
    for (let i = start; i < end; i++) there[part.segment.postingDocuments[i] ?? 0] = 1;
  }
  for (let i = 0; i < masks.length; i++) {
    if (there[matches.documents[i] ?? 0] === 0) masks[i] = (masks[i] ?? 0) | placeBit;
  }
}

function wantedEntries(column: ValueColumn, values: readonly string[]): Uint8Array {
  const wanted = new Uint8Array(column.table.offsets.length - 1);
  for (const value of values) {
    const entry = findString(column.table, value);
    if (entry >= 0) wanted[entry] = 1;
  }
  return wanted;
}

function markFailing(
  column: ValueColumn,
  wanted: Uint8Array,
  matches: Matches,
  out: { readonly masks: Uint8Array; readonly bit: number },
): void {
  const { masks, bit } = out;
  for (let i = 0; i < masks.length; i++) {
    if (!carriesOne(column, wanted, matches.documents[i] ?? 0)) masks[i] = (masks[i] ?? 0) | bit;
  }
}

function carriesOne(column: ValueColumn, wanted: Uint8Array, document: number): boolean {
  const { starts, values, single } = column;
  if (single) return wanted[values[document] ?? 0] === 1;
  const end = starts[document + 1] ?? 0;
  for (let v = starts[document] ?? 0; v < end; v++) if (wanted[values[v] ?? 0] === 1) return true;
  return false;
}
