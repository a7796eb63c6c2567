/** Where a parser stopped: what it read before is good. */
export interface RdfFailure {
  /** What it found, as part of a sentence. */
  readonly found: string;
  /** The text ended too early: it may have been cut off on the way. */
  readonly atEnd: boolean;
}

/** Characters given to a parser at a time; between two pieces others get their turn. */
const pieceLength = 65_536;

/** A long text in pieces that end at a line end where there is one. */
export function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const wanted = start + pieceLength;
    const lineEnd = wanted >= text.length ? text.length : text.indexOf('\n', wanted) + 1;
    const end = lineEnd > start && lineEnd - wanted < pieceLength ? lineEnd : Math.min(wanted, text.length);
    yield text.slice(start, end);
    start = end;
  }
}

/** Message of what a parser threw, on one line and cut. */
export function parserMessage(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return message.replace(/\s+/g, ' ').slice(0, 300);
}
