/** Finds where a JSON value ends, byte by byte and over any number of chunks. UTF-8 only: no byte of a longer character is ASCII. */

export const byteOf = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Where in a value the reading is; carried from chunk to chunk. */
export interface ValueState {
  /** Open containers; 0 for a text. */
  depth: number;
  inText: boolean;
  /** The chunk ended between a backslash and what it escapes. */
  escaped: boolean;
}

/** What matters outside of texts: 1 a quote, 2 an opening, 3 a closing bracket. */
const outside = new Uint8Array(256);
outside[byteOf.quote] = 1;
outside[byteOf.openBrace] = 2;
outside[byteOf.openBracket] = 2;
outside[byteOf.closeBrace] = 3;
outside[byteOf.closeBracket] = 3;

/** What matters inside of texts: 1 a quote, 2 a backslash. */
const inside = new Uint8Array(256);
inside[byteOf.quote] = 1;
inside[byteOf.backslash] = 2;

/** Position of the first byte that cannot belong to a bare word (number, true, NaN …), or -1. */
export function endOfWord(chunk: Uint8Array, from: number): number {
  for (let i = from; i < chunk.length; i++) {
    const byte = chunk[i] ?? 0;
    if (byte <= 0x20 || byte === byteOf.comma || byte === byteOf.closeBrace || byte === byteOf.closeBracket) return i;
  }
  return -1;
}

/** Position after the text or container that `state` is in, or -1 when the chunk ends before it. */
export function endOfValue(state: ValueState, chunk: Uint8Array, from: number): number {
  let i = from;
  do {
    i = state.inText ? endOfText(state, chunk, i) : afterBracketOrQuote(state, chunk, i);
    if (i < 0) return -1;
  } while (state.inText || state.depth > 0);
  return i;
}

/** Goes behind the next quote or bracket outside of texts and notes what it was; -1 when there is none. */
function afterBracketOrQuote(state: ValueState, chunk: Uint8Array, from: number): number {
  const i = nextMark(outside, chunk, from);
  if (i >= chunk.length) return -1;
  const found = outside[chunk[i] ?? 0];
  if (found === 1) state.inText = true;
  else state.depth += found === 2 ? 1 : -1;
  return i + 1;
}

function nextMark(marks: Uint8Array, chunk: Uint8Array, from: number): number {
  let i = from;
  while (i < chunk.length && marks[chunk[i] ?? 0] === 0) i += 1;
  return i;
}

/** Position after the closing quote; -1, with `inText` still true, when the chunk ends before it. */
function endOfText(state: ValueState, chunk: Uint8Array, from: number): number {
  const length = chunk.length;
  let i = state.escaped ? from + 1 : from;
  state.escaped = false;
  for (;;) {
    i = nextMark(inside, chunk, i);
    if (i >= length) break;
    if (inside[chunk[i] ?? 0] === 1) {
      state.inText = false;
      return i + 1;
    }
    i += 2;
  }
  state.escaped = i > length;
  return -1;
}
