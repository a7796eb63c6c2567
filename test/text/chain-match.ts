/** A plain matcher over analysed terms: what any index must agree with. */
import { analyse } from '../../src/text/analyse.ts';
import type { ParsedQuery, QueryClause, Token } from '../../src/text/analysis-contract.ts';
import { parseQuery } from '../../src/text/parse-query.ts';

/** Whether all clauses of the query stand in the text. */
export function finds(query: string, text: string): boolean {
  return findsParsed(parseQuery(query), text);
}

export function findsParsed(query: ParsedQuery, text: string): boolean {
  const tokens = analyse(text);
  return query.clauses.every((clause) => matches(clause, tokens).length > 0);
}

/** Boost terms of the query that the text carries. */
export function boosts(query: string, text: string): number {
  const words = new Set(analyse(text).flatMap((token) => (token.kind === 'word' ? [token.term] : [])));
  return parseQuery(query).clauses.flatMap((clause) => clause.boosts.filter((word) => words.has(word))).length;
}

/** The display text of the first match of each clause. */
export function marked(query: string, text: string): readonly string[] {
  const tokens = analyse(text);
  return parseQuery(query).clauses.map((clause) => {
    const [first = []] = matches(clause, tokens);
    return text.slice(Math.min(...first.map((each) => each.start)), Math.max(...first.map((each) => each.end)));
  });
}

/** Tokens of every place where the clause stands. */
function matches(clause: QueryClause, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const units = new Map(tokens.flatMap((token) => (token.kind === 'unit' ? [[token.position, token]] : [])));
  return [...units.keys()].flatMap((base) => {
    const found = clause.terms.map((term, i) => {
      const token = units.get(base + (clause.offsets[i] ?? 0));
      const open = clause.prefix && i === clause.terms.length - 1;
      return token !== undefined && (open ? token.term.startsWith(term) : token.term === term) ? token : undefined;
    });
    return found.every((token) => token !== undefined) ? [found] : [];
  });
}
