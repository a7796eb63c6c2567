/**
 * From what a person typed to the parts of a search. Each part must be found: as text, or as what it means (a concept, a
 * place). Words of the question itself are let go when something else is asked for. Pure.
 */
import {
  clauseKey,
  clauseOfPiece,
  cutQuery,
  parseQuery,
  type QueryPiece,
  queryIdentifier,
  queryPieces,
} from '../text/parse-query.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import type { QueryPart } from './query-part.ts';
import { type QueryTerm, recogniseTerms } from './recognise-terms.ts';

export interface ReadQuery {
  /** All must be found; empty = everything is. */
  readonly parts: readonly QueryPart[];
  /** The whole query as the key of an identifier or title. */
  readonly identifier?: string;
  /** Plain sentences about what was done to the query. */
  readonly notices: readonly string[];
  /** Words of the question that were left out, as typed. */
  readonly letGo: readonly string[];
}

/** How each part is read: by its words alone, or by what they mean too. */
export interface ReadQueryOptions {
  /** Absent: words only. */
  readonly terminology?: Terminology;
  /** BCP 47 language the person reads Sampan in; decides which small words may be let go. */
  readonly language?: string;
}

/** Never throws. */
export function readQuery(text: string, { terminology, language }: ReadQueryOptions): ReadQuery {
  if (terminology === undefined) return readWords(text);
  const { kept, notices } = cutQuery(text);
  const pieces = queryPieces(kept);
  const identifier = queryIdentifier(kept, pieces);
  const parts = new Map<string, QueryPart>();
  const letGo: string[] = [];
  for (const stretch of stretchesOf(pieces)) {
    const terms = typeof stretch === 'string' ? recogniseTerms(stretch, terminology, language) : [textTerm(stretch)];
    for (const term of terms) {
      if (term.isLetGo) letGo.push(term.text);
      else addPart(parts, term);
    }
  }
  // A question that asks for nothing but "data" asks for that word.
  if (parts.size === 0) return readWords(text);
  return { parts: [...parts.values()], ...(identifier !== '' && { identifier }), notices, letGo };
}

function readWords(text: string): ReadQuery {
  const { clauses, identifier, notices } = parseQuery(text);
  const parts = clauses.map((clause): QueryPart => {
    return { source: clause.source, clauses: [clause], meanings: [], kind: 'text' };
  });
  return { parts, ...(identifier !== undefined && { identifier }), notices, letGo: [] };
}

/** What stands between quotations and prefixes as one text each, so that a label of several words is seen whole. */
function stretchesOf(pieces: readonly QueryPiece[]): readonly (string | QueryPiece)[] {
  const stretches: (string | QueryPiece)[] = [];
  let joined: string[] = [];
  const close = () => {
    if (joined.length > 0) stretches.push(joined.join(' '));
    joined = [];
  };
  for (const piece of pieces) {
    if (!piece.quoted && !piece.star) joined.push(piece.text);
    else {
      close();
      stretches.push(piece);
    }
  }
  close();
  return stretches;
}

function textTerm(piece: QueryPiece): QueryTerm {
  const clause = clauseOfPiece(piece);
  return {
    text: piece.text,
    clauses: clause === undefined ? [] : [clause],
    meanings: [],
    kind: 'text',
    isLetGo: false,
  };
}

function addPart(parts: Map<string, QueryPart>, { text, clauses, meanings, kind }: QueryTerm): void {
  if (clauses.length === 0) return;
  const key = clauses.map(clauseKey).join('\n');
  if (!parts.has(key)) parts.set(key, { source: text, clauses, meanings, kind });
}
