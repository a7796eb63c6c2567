/**
 * Completions of what is being typed: titles, publishers and keywords that begin so, the most frequent first; when there
 * are not enough, those in which a word begins so.
 */
import { largestCounts } from './count-facets.ts';
import type { Generation } from './generation.ts';
import { innerRange } from './inner-starts.ts';
import type { Suggestion } from './search-contract.ts';
import { prefixRange, stringAt } from './string-table.ts';
import { suggestionFromEntry } from './suggestion-entry.ts';

/** `key`: the typing key of what was typed; nothing for an empty one. Equal counts in the order of the keys. */
export function suggest(generation: Generation, key: string, limit: number): readonly Suggestion[] {
  if (key === '') return [];
  const { counts } = generation.suggestions;
  const [start, end] = numberRange(generation, key);
  const whole = largestCounts(counts, start, end, limit);
  const inner = whole.length < limit ? innerNumbers(generation, key, { start, end, limit: limit - whole.length }) : [];
  return [...whole, ...inner].flatMap((number) => suggestionOf(generation, number));
}

function suggestionOf(generation: Generation, number: number): readonly Suggestion[] {
  const { counts, tableOf, entryOf } = generation.suggestions;
  const part = generation.parts[tableOf[number] ?? 0];
  if (part === undefined) return [];
  const entry = stringAt(part.segment.suggestions.table, entryOf[number] ?? 0);
  return [{ ...suggestionFromEntry(entry), count: counts[number] ?? 0 }];
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

/** Numbers outside of `[start, end)` with a word that begins with the key, the largest counts first. */
function innerNumbers(
  generation: Generation,
  key: string,
  { start, end, limit }: { readonly start: number; readonly end: number; readonly limit: number },
): readonly number[] {
  const { counts, numbers } = generation.suggestions;
  const top: number[] = [];
  for (const [index, { segment }] of generation.parts.entries()) {
    const { table, inner } = segment.suggestions;
    const own = numbers[index];
    const [from, to] = innerRange(table, inner, key);
    for (let i = from; i < to; i++) {
      const number = own?.[inner.entries[i] ?? 0] ?? 0;
      if (number < start || number >= end) offer(top, counts, number, limit);
    }
  }
  return top;
}

/** Keeps the numbers with the largest counts in order, each once; equal ones ascend. */
function offer(top: number[], counts: Uint32Array, number: number, limit: number): void {
  const count = counts[number] ?? 0;
  const last = top.at(-1);
  if (count === 0 || (top.length === limit && last !== undefined && !isBefore(number, last))) return;
  if (top.includes(number)) return;
  let at = top.length;
  while (at > 0 && isBefore(number, top[at - 1] ?? 0)) at--;
  top.splice(at, 0, number);
  if (top.length > limit) top.pop();

  function isBefore(one: number, other: number): boolean {
    const difference = (counts[one] ?? 0) - (counts[other] ?? 0);
    return difference > 0 || (difference === 0 && one < other);
  }
}
