/**
 * Makes Turtle readable that breaks a rule which costs nothing to mend: IRIs with characters that none may have
 * (`<Creative Commons Attribution>`, `<http://host/a b.csv>`) and language tags with an underscore (`"…"@en_GB`). Texts
 * and comments are passed over. Pure; linear in the length of the text.
 */
import { brokenIriScheme } from './rdf-sink.ts';

/** Where something begins in which the next characters are read otherwise: comment, text, IRI, tag, escape of a name. */
const opening = /[#"'<@\\]/g;

/** Longest IRI looked for, in characters: a `<` that is not closed soon is no IRI. */
const longestIri = 8192;

export function mendTurtle(text: string): string {
  let mended = '';
  let kept = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const at = match.index;
    const { end, instead } = pieceAt(text, at, match[0]);
    if (instead !== undefined) {
      mended += text.slice(kept, at) + instead;
      kept = end;
    }
    opening.lastIndex = end;
  }
  return kept === 0 ? text : mended + text.slice(kept);
}

interface Piece {
  /** Behind the piece. */
  readonly end: number;
  /** What it is replaced by. */
  readonly instead?: string;
}

function pieceAt(text: string, at: number, first: string): Piece {
  switch (first) {
    case '#':
      return { end: lineEnd(text, at) };
    case '<':
      return iriAt(text, at);
    case '@':
      return tagAt(text, at);
    case '\\':
      return { end: at + 2 };
    default:
      return { end: textEnd(text, at, first) };
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Behind the closing quote, or behind the opening one when none closes it: the parser then says so. */
function textEnd(text: string, at: number, quote: string): number {
  const mark = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  for (let from = at + mark.length; ; ) {
    const end = text.indexOf(mark, from);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return mark.length === 3 && text[end + 3] === quote ? end + 4 : end + mark.length;
    from = end + 1;
  }
}

function iriAt(text: string, at: number): Piece {
  const end = text.indexOf('>', at);
  if (end < 0 || end - at > longestIri) return { end: at + 1 };
  const iri = text.slice(at + 1, end);
  if (!/[\u0000-\u0020<>"{}|\\^`]/.test(iri)) {
    // No scheme, and a colon where a relative IRI has none: data.go.id (2014) wrote dates as `<2014-05-02T03:13:52>`.
    const isNeither = /^[^/?#:]*:/.test(iri) && !/^[a-z][a-z\d+.-]*:/i.test(iri);
    return isNeither ? { end: end + 1, instead: `<${brokenIriScheme}${encoded(iri)}>` } : { end: end + 1 };
  }
  // `a < b` and `<< … >>` are no IRIs; escapes are the parser's business unless they are none.
  if (/^[\s<=]|[<\n\r]/.test(iri)) return { end: at + 1 };
  if (/^(?:[^\u0000-\u0020<>"{}|\\^`]|\\u[\da-f]{4}|\\U[\da-f]{8})*$/i.test(iri) && isLegalWhenRead(iri)) {
    return { end: end + 1 };
  }
  return { end: end + 1, instead: `<${brokenIriScheme}${encoded(iri)}>` };
}

function isLegalWhenRead(iri: string): boolean {
  const codes = [...iri.matchAll(/\\u([\da-f]{4})|\\U([\da-f]{8})/gi)];
  const points = codes.map(([, short, long]) => Number.parseInt(short ?? long ?? '', 16));
  return points.every(
    (point) => point > 0x20 && point <= 0x10_ffff && !'<>"{}|\\^`'.includes(String.fromCodePoint(point)),
  );
}

function encoded(iri: string): string {
  return encodeURIComponent(iri.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}

/** A language tag, and the keywords `@prefix` and `@base`, which need no mending. */
function tagAt(text: string, at: number): Piece {
  tag.lastIndex = at;
  const found = tag.exec(text)?.[0];
  if (found === undefined) return { end: at + 1 };
  const end = at + found.length;
  return found.includes('_') ? { end, instead: found.replaceAll('_', '-') } : { end };
}

const tag = /@[A-Za-z]+(?:[-_][A-Za-z\d]+)*/y;
