/** How many matches carry each value of a facet: one pass over the matches, counting in a flat array. */
import { filterBit } from './filter-matches.ts';
import type { Generation, Part, SharedNumbers } from './generation.ts';
import type { FilterName } from './index-schema.ts';
import type { Matches } from './match-part.ts';
import type { FacetCount, FacetName } from './search-contract.ts';
import type { ValueColumn } from './segment.ts';
import { stringAt } from './string-table.ts';

/** Adds one segment's matches to `counts` (indexed by the generation's number of a value). */
export function countFacet(
  facet: { readonly part: Part; readonly name: FacetName; readonly counts: Uint32Array },
  matches: Matches,
  failed: Uint8Array | undefined,
): void {
  const counted =
    failed === undefined ? matches.documents.subarray(0, matches.length) : passing(matches, failed, facet.name);
  const column = facet.part.segment.filters[facet.name];
  const numbers = facet.part.filterNumbers[facet.name];
  if (column.single) countSingle(column.values, numbers, counted, facet.counts);
  else countSeveral(column, numbers, counted, facet.counts);
}

/** Matches that fail no filter but the facet's own. */
function passing(matches: Matches, failed: Uint8Array, name: FacetName): Uint32Array {
  const others = ~filterBit(name);
  const documents = new Uint32Array(matches.length);
  let length = 0;
  for (let i = 0; i < matches.length; i++) {
    if (((failed[i] ?? 0) & others) === 0) documents[length++] = matches.documents[i] ?? 0;
  }
  return documents.subarray(0, length);
}

function countSingle(values: Uint32Array, numbers: Uint32Array, documents: Uint32Array, counts: Uint32Array): void {
  for (let i = 0; i < documents.length; i++) {
    const number = numbers[values[documents[i] ?? 0] ?? 0] ?? 0;
    counts[number] = (counts[number] ?? 0) + 1;
  }
}

function countSeveral(column: ValueColumn, numbers: Uint32Array, documents: Uint32Array, counts: Uint32Array): void {
  const { starts, values } = column;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    const end = starts[document + 1] ?? 0;
    for (let v = starts[document] ?? 0; v < end; v++) {
      const number = numbers[values[v] ?? 0] ?? 0;
      counts[number] = (counts[number] ?? 0) + 1;
    }
  }
}

/** The `limit` most frequent values; equal counts by value. Numbers ascend with their values, so no text is compared. */
export function topFacetValues(
  generation: Generation,
  name: FacetName,
  counts: Uint32Array,
  limit: number,
): readonly FacetCount[] {
  return largestCounts(counts, 0, counts.length, limit).map((number) => ({
    value: facetValue(generation, name, number),
    count: counts[number] ?? 0,
  }));
}

/** Indexes of `[start, end)` with the largest counts, largest first, equal ones ascending; those with 0 never. */
export function largestCounts(counts: Uint32Array, start: number, end: number, limit: number): readonly number[] {
  const top: number[] = [];
  if (limit <= 0) return top;
  let least = 0;
  for (let i = start; i < end; i++) {
    if ((counts[i] ?? 0) <= least) continue;
    insertByCount(top, counts, i);
    if (top.length > limit) top.pop();
    if (top.length === limit) least = counts[top[limit - 1] ?? 0] ?? 0;
  }
  return top;
}

/** After all that are as frequent. */
function insertByCount(top: number[], counts: Uint32Array, index: number): void {
  const count = counts[index] ?? 0;
  let at = top.length;
  while (at > 0 && (counts[top[at - 1] ?? 0] ?? 0) < count) at--;
  top.splice(at, 0, index);
}

function facetValue(generation: Generation, name: FilterName, number: number): string {
  const shared: SharedNumbers = generation.filterValues[name];
  const part = generation.parts[shared.tableOf[number] ?? 0];
  return part === undefined ? '' : stringAt(part.segment.filters[name].table, shared.entryOf[number] ?? 0);
}
