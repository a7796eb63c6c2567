/**
 * Where a query's clauses stand in a display text: the same rules as matching, applied to the text of one hit. Ranges are
 * widened to whole graphemes, sorted and joined.
 */
import { analyse } from '../text/analyse.ts';
import type { QueryClause, Token } from '../text/analysis-contract.ts';
import { graphemeBoundaryAfter, graphemeBoundaryBefore } from '../text/graphemes.ts';
import { linesOf } from './analyse-document.ts';
import type { MatchRange } from './search-contract.ts';

/** Half-open UTF-16 ranges of `text`. */
export function matchRanges(text: string, clauses: readonly QueryClause[]): readonly MatchRange[] {
  if (clauses.length === 0) return [];
  const ranges: MatchRange[] = [];
  for (const line of linesOf(text)) {
    const byPosition = unitsByPosition(line.text);
    for (const clause of clauses) {
      for (const [start, end] of chainRanges(byPosition, clause)) ranges.push([start + line.start, end + line.start]);
    }
  }
  return joinRanges(
    ranges.map(([start, end]) => [graphemeBoundaryBefore(text, start), graphemeBoundaryAfter(text, end)] as const),
  );
}

/** A position holds one unit; a second one there would be another spelling of the same. */
function unitsByPosition(line: string): readonly (Token | undefined)[] {
  const units: (Token | undefined)[] = [];
  for (const token of analyse(line)) if (token.kind === 'unit') units[token.position] ??= token;
  return units;
}

function* chainRanges(units: readonly (Token | undefined)[], clause: QueryClause): Generator<MatchRange> {
  const base = clause.offsets[0] ?? 0;
  const last = clause.terms.length - 1;
  for (let position = 0; position < units.length; position++) {
    const chain = clause.offsets.map((offset) => units[position + offset - base]);
    const stands = chain.every((token, i) => isTerm(token, clause.terms[i] ?? '', clause.prefix && i === last));
    const first = chain[0];
    const end = chain[last];
    if (!stands || first === undefined || end === undefined) continue;
    const next = units[position + (clause.offsets[last] ?? 0) - base + 1];
    yield [first.start, clause.prefix ? endOfPrefix(end, next) : end.end];
  }
}

function isTerm(token: Token | undefined, term: string, isPrefix: boolean): boolean {
  if (token === undefined) return false;
  return isPrefix ? token.term.startsWith(term) : token.term === term;
}

/** One unit typed is one unit marked, though the pair that it was found by is two. */
function endOfPrefix(token: Token, next: Token | undefined): number {
  return next !== undefined && next.start > token.start && next.start < token.end ? next.start : token.end;
}

function joinRanges(ranges: readonly MatchRange[]): readonly MatchRange[] {
  const joined: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (start < end) joined.push([start, end]);
  }
  return joined;
}
