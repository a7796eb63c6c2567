/** How many matches carry each value of a facet: one pass over the matches, counting in a flat array. */
import type { Generation, Part, SharedNumbers } from './generation.ts';
import type { FilterName } from './index-schema.ts';
import type { FacetCount, FacetName } from './search-contract.ts';
import type { ValueColumn } from './segment.ts';
import { stringAt } from './string-table.ts';

/** Adds one segment's documents to `counts` (indexed by the generation's number of a value). */
export function countFacet(part: Part, name: FacetName, documents: Uint32Array, counts: Uint32Array): void {
  const column = part.segment.filters[name];
  const numbers = part.filterNumbers[name];
  if (column.single) countSingle(column.values, numbers, documents, counts);
  else countSeveral(column, numbers, documents, counts);
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
