/** Looks at a few members of a JSON object without parsing the rest of it. */
import { byteOf, endOfValue, endOfWord } from './json-bytes.ts';

const decoder = new TextDecoder();

/**
 * The tokens (`true`, `12`, `"text"`) of named top-level scalar members of one JSON object; the last of a repeated
 * member counts, as it does for `JSON.parse`. Bytes that are not an object give none. Member names with escapes in
 * them are not recognised.
 */
export function topLevelTokens(bytes: Uint8Array, names: readonly string[]): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  let i = skipBlank(bytes, 0);
  if (bytes[i] !== byteOf.openBrace) return tokens;
  i = skipBlank(bytes, i + 1);
  while (bytes[i] === byteOf.quote) {
    const keyEnd = endOf(bytes, i);
    const name = names.find((each) => isName(bytes, i, keyEnd, each));
    const start = skipBlank(bytes, skipBlank(bytes, keyEnd) + 1);
    const end = endOf(bytes, start);
    if (end <= start) break;
    const first = bytes[start];
    if (name !== undefined) {
      if (first === byteOf.openBrace || first === byteOf.openBracket) tokens.delete(name);
      else tokens.set(name, decoder.decode(bytes.subarray(start, end)));
    }
    i = skipBlank(bytes, end);
    if (bytes[i] === byteOf.comma) i = skipBlank(bytes, i + 1);
  }
  return tokens;
}

/** The value of a scalar token; undefined when it is not JSON (`NaN`, a control character in a text). */
export function tokenValue(token: string | undefined): string | number | boolean | null | undefined {
  if (token === undefined) return undefined;
  try {
    return JSON.parse(token);
  } catch {
    return undefined;
  }
}

function endOf(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  const isWord = first !== byteOf.quote && first !== byteOf.openBrace && first !== byteOf.openBracket;
  const end = isWord ? endOfWord(bytes, start) : endOfValue({ depth: 0, inText: false, escaped: false }, bytes, start);
  return end < 0 ? bytes.length : end;
}

function skipBlank(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i < bytes.length && (bytes[i] ?? 0) <= 0x20) i += 1;
  return i;
}

/** Whether `"name"` stands at start..end; ASCII names only. */
function isName(bytes: Uint8Array, start: number, end: number, name: string): boolean {
  if (end - start !== name.length + 2) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + 1 + i] !== name.charCodeAt(i)) return false;
  return true;
}
