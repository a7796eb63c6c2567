/** Completions of what is being typed: the most frequent titles, publishers and keywords that begin so. */
import { largestCounts } from './count-facets.ts';
import type { Generation } from './generation.ts';
import type { Suggestion } from './search-contract.ts';
import { prefixRange, stringAt } from './string-table.ts';
import { suggestionFromEntry, suggestionKey } from './suggestion-entry.ts';

/** Most that one call gives. */
const maxSuggestions = 100;

/** None for a prefix that holds nothing to look up. Equal counts in the order of the keys. */
export function suggest(generation: Generation, prefix: string, limit: number): readonly Suggestion[] {
  const key = suggestionKey(prefix);
  if (key === '') return [];
  const [start, end] = numberRange(generation, key);
  const { counts, tableOf, entryOf } = generation.suggestions;
  const wanted = Math.min(maxSuggestions, Math.max(0, Math.trunc(limit)));
  return largestCounts(counts, start, end, wanted).flatMap((number) => {
    const part = generation.parts[tableOf[number] ?? 0];
    if (part === undefined) return [];
    const entry = stringAt(part.segment.suggestions.table, entryOf[number] ?? 0);
    return [{ ...suggestionFromEntry(entry), count: counts[number] ?? 0 }];
  });
}

/** All that begin so stand together in every segment's table, and so do their numbers in the union. */
function numberRange(generation: Generation, key: string): readonly [start: number, end: number] {
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (const [index, part] of generation.parts.entries()) {
    const [start, end] = prefixRange(part.segment.suggestions.table, key);
    if (start === end) continue;
    const numbers = generation.suggestions.numbers[index];
    first = Math.min(first, numbers?.[start] ?? first);
    last = Math.max(last, numbers?.[end - 1] ?? last);
  }
  return last < 0 ? [0, 0] : [first, last + 1];
}
