/**
 * Where a query's clauses stand in a display text: the same rules as matching, applied to the text of one hit. Ranges are
 * widened to whole graphemes, sorted and joined.
 */
import { analyse } from '../text/analyse.ts';
import type { QueryClause, Token } from '../text/analysis-contract.ts';
import { linesOf } from './analyse-document.ts';
import { borderAfter, borderBefore } from './grapheme-cut.ts';
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
  return joinRanges(ranges.map(([start, end]) => [borderBefore(text, start), borderAfter(text, end)] as const));
}

/** A position holds one unit; a second one there would be another spelling of the same. */
function unitsByPosition(line: string): readonly (Token | undefined)[] {
  const units: (Token | undefined)[] = [];
  for (const token of analyse(line)) if (token.kind === 'unit') units[token.position] ??= token;
  return units;
}

function chainRanges(units: readonly (Token | undefined)[], clause: QueryClause): readonly MatchRange[] {
  const ranges: MatchRange[] = [];
  const base = clause.offsets[0] ?? 0;
  const reach = (clause.offsets.at(-1) ?? 0) - base;
  for (let position = 0; position + reach < units.length; position++) {
    const first = units[position];
    const last = units[position + reach];
    if (first === undefined || last === undefined || !standsAt(units, clause, position - base)) continue;
    ranges.push([first.start, clause.prefix ? endOfPrefix(last, units[position + reach + 1]) : last.end]);
  }
  return ranges;
}

function standsAt(units: readonly (Token | undefined)[], clause: QueryClause, origin: number): boolean {
  const lastTerm = clause.terms.length - 1;
  for (let i = 0; i <= lastTerm; i++) {
    const unit = units[origin + (clause.offsets[i] ?? 0)];
    const term = clause.terms[i] ?? '';
    if (unit === undefined) return false;
    if (clause.prefix && i === lastTerm ? !unit.term.startsWith(term) : unit.term !== term) return false;
  }
  return true;
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
