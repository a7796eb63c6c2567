/** From what a person typed to what must be found. All text is data: nothing in it is an operator but quotes and a last `*`. */
import { analyseInto } from './analyse.ts';
import type { ParsedQuery, QueryClause } from './analysis-contract.ts';
import { cutAtGrapheme } from './graphemes.ts';
import { identifierKey } from './identifier-key.ts';

/** Longer texts are cut (field case S-10): a paragraph pasted by mistake must not cost what a search costs. */
const maxQueryLength = 512;

/** Never throws. */
export function parseQuery(text: string): ParsedQuery {
  const { kept, notices } = cutQuery(text);
  const clauses = new Map<string, QueryClause>();
  const pieces = queryPieces(kept);
  for (const piece of pieces) {
    const clause = clauseOfPiece(piece);
    if (clause !== undefined && !clauses.has(clauseKey(clause))) clauses.set(clauseKey(clause), clause);
  }
  const identifier = queryIdentifier(kept, pieces);
  return { clauses: [...clauses.values()], ...(identifier !== '' && { identifier }), notices };
}

/** The text as far as it is looked at, and a notice when something was cut off. */
export function cutQuery(text: string): { readonly kept: string; readonly notices: readonly string[] } {
  const kept = cutAtGrapheme(text, maxQueryLength);
  return { kept, notices: kept.length < text.length ? [`cut at ${maxQueryLength} characters`] : [] };
}

/** The whole query as the key of an identifier or a title; empty when it holds nothing. */
export function queryIdentifier(kept: string, pieces: readonly QueryPiece[]): string {
  const [only] = pieces;
  return identifierKey(pieces.length === 1 && only !== undefined ? only.text : kept);
}

/** Equal for clauses that ask the same. */
export function clauseKey({ prefix, offsets, terms }: QueryClause): string {
  return `${prefix} ${offsets.join()} ${terms.join(' ')}`;
}

export interface QueryPiece {
  readonly text: string;
  /** UTF-16 offset of `text` in the query. */
  readonly start: number;
  /** It stood in quotation marks: to be found as it is. */
  readonly quoted: boolean;
  /** A `*` was typed after it. */
  readonly star: boolean;
}

const closingQuotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂' };

/** Quotations, and what white space parts outside of them; a quotation mark that is never closed is text. */
export function queryPieces(text: string): readonly QueryPiece[] {
  const pieces: QueryPiece[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const closing = closingQuotes[text.charAt(at)];
    const end = closing === undefined ? -1 : text.indexOf(closing, at + 1);
    if (end === -1) continue;
    pieces.push(...barePieces(text, start, at));
    pieces.push({ text: text.slice(at + 1, end), start: at + 1, quoted: true, star: false });
    start = end + 1;
    at = end;
  }
  pieces.push(...barePieces(text, start, text.length));
  return pieces;
}

function barePieces(text: string, start: number, end: number): readonly QueryPiece[] {
  return [...text.slice(start, end).matchAll(/\S+/gu)].map(({ 0: piece, index }) => {
    return { text: piece, start: start + index, quoted: false, star: /[*＊]$/u.test(piece) };
  });
}

/**
 * The long-vowel mark that closes a katakana word of three sounds or more is written or left out at will (サーバ, サーバー;
 * JIS Z 8301): without it the word is a beginning of both. Full and half width.
 */
const closingLongVowel = /(?<=[ァ-ヺーｦ-ﾟ]{3})[ーｰ]$/u;

/** The piece as a chain of terms; undefined when it holds nothing to look for. */
export function clauseOfPiece({ text, star }: Pick<QueryPiece, 'text' | 'star'>): QueryClause | undefined {
  const terms: string[] = [];
  const offsets: number[] = [];
  const boosts = new Set<string>();
  let loneLast = false;
  analyseInto(text.replace(closingLongVowel, ''), (term, position, _start, _end, kind) => {
    if (kind === 'word') boosts.add(term);
    // The tail of a run is held by the pair before it; in the indexed text another unit may follow it.
    else if (kind !== 'tail') {
      terms.push(term);
      offsets.push(position);
      loneLast = kind === 'lone';
    } else loneLast = false;
  });
  if (terms.length === 0) return undefined;
  return { terms, offsets, prefix: star || loneLast, boosts: [...boosts], source: text };
}
