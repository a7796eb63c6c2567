/** The piece of a description that a result list shows: where most of the query stands, or the beginning. */
import type { QueryClause } from '../text/analysis-contract.ts';
import { borderBefore, cutText, cutToGraphemes } from './grapheme-cut.ts';
import { matchRanges } from './match-ranges.ts';
import type { Highlighted, MatchRange } from './search-contract.ts';

/** Longest snippet in graphemes. */
const maxSnippet = 240;

/** What is shown before the first match, in UTF-16 units, so that it has a context. */
const lead = 40;

/** Longer descriptions are looked through this far (UTF-16 units): the rest was indexed, but is not worth the wait here. */
const lookThrough = 20_000;

export function snippetOf(description: string, clauses: readonly QueryClause[]): Highlighted {
  const text = cutText(description, lookThrough);
  const ranges = matchRanges(text, clauses);
  const start = snippetStart(text, ranges);
  const piece = cutToGraphemes(text.slice(start), maxSnippet);
  const end = start + piece.length;
  const inside = ranges.filter(([from, to]) => from >= start && to <= end);
  return { text: piece, ranges: inside.map(([from, to]) => [from - start, to - start] as const) };
}

/** Before the match from which most matches follow within a snippet's length of UTF-16 units; the first of equals. */
function snippetStart(text: string, ranges: readonly MatchRange[]): number {
  let best = 0;
  let bestCount = 0;
  let last = 0;
  for (let first = 0; first < ranges.length; first++) {
    const from = ranges[first]?.[0] ?? 0;
    while (last < ranges.length && (ranges[last]?.[1] ?? 0) <= from + maxSnippet - lead) last++;
    if (last - first > bestCount) {
      bestCount = last - first;
      best = from;
    }
  }
  if (best <= lead) return 0;
  const earliest = best - lead;
  const space = text.slice(earliest, best).search(/\s\S/u);
  return borderBefore(text, space < 0 ? earliest : earliest + space + 1);
}
