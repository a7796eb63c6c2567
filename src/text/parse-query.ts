/** From what a person typed to what must be found. All text is data: nothing in it is an operator but quotes and a last `*`. */
import { analyseInto } from './analyse.ts';
import type { ParsedQuery, QueryClause } from './analysis-contract.ts';
import { cutAtGrapheme } from './graphemes.ts';
import { identifierKey } from './identifier-key.ts';

/** Longer texts are cut (field case S-10): a paragraph pasted by mistake must not cost what a search costs. */
const maxQueryLength = 512;

/** Never throws. */
export function parseQuery(text: string): ParsedQuery {
  const kept = cutAtGrapheme(text, maxQueryLength);
  const clauses = new Map<string, QueryClause>();
  const pieces = piecesOf(kept);
  for (const piece of pieces) {
    const clause = clauseOf(piece);
    if (clause === undefined) continue;
    const key = `${clause.prefix} ${clause.offsets.join()} ${clause.terms.join(' ')}`;
    if (!clauses.has(key)) clauses.set(key, clause);
  }
  const [only] = pieces;
  const identifier = identifierKey(pieces.length === 1 && only !== undefined ? only.text : kept);
  return {
    clauses: [...clauses.values()],
    ...(identifier !== '' && { identifier }),
    notices: kept.length < text.length ? [`cut at ${maxQueryLength} characters`] : [],
  };
}

interface Piece {
  readonly text: string;
  /** A `*` was typed after it. */
  readonly star: boolean;
}

const closingQuotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂' };

/** Quotations, and what white space parts outside of them; a quotation mark that is never closed is text. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const closing = closingQuotes[text.charAt(at)];
    const end = closing === undefined ? -1 : text.indexOf(closing, at + 1);
    if (end === -1) continue;
    pieces.push(...barePieces(text.slice(start, at)), { text: text.slice(at + 1, end), star: false });
    start = end + 1;
    at = end;
  }
  pieces.push(...barePieces(text.slice(start)));
  return pieces;
}

function barePieces(text: string): readonly Piece[] {
  const bare = text.split(/\s+/u).filter((piece) => piece !== '');
  return bare.map((piece) => ({ text: piece, star: /[*＊]$/u.test(piece) }));
}

/** The piece as a chain of terms; undefined when it holds nothing to look for. */
function clauseOf({ text, star }: Piece): QueryClause | undefined {
  const terms: string[] = [];
  const offsets: number[] = [];
  const boosts = new Set<string>();
  let loneLast = false;
  analyseInto(text, (term, position, _start, _end, kind) => {
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
