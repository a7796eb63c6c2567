/** The bytes of a JSON record → its value. Pure. */

/** Sixteen digits and more do not fit a double: `1111010100100010007` would become …0010000. */
const longInteger = /[:[,]\s*-?\d{16,}/;

/** Value of a record and whether its text had to be mended to be read. */
export interface NativeJson {
  readonly value: unknown;
  /** The record as text. */
  readonly text: string;
  readonly mended: boolean;
}

/**
 * The value of a JSON text in UTF-8, or undefined when it is none. Integers of sixteen digits and more become strings
 * of the same digits; `NaN`, `Infinity`, trailing commas, comments and line breaks inside texts, which writers without a
 * JSON library leave, are mended. A BOM is dropped.
 */
export function nativeJson(raw: Uint8Array): NativeJson | undefined {
  const decoded = decodeUtf8(raw);
  const text = longInteger.test(decoded) ? withQuotedLongIntegers(decoded) : decoded;
  const value = parsed(text);
  if (value !== undefined) return { value, text: decoded, mended: false };
  const mended = parsed(withoutSlips(text));
  return mended === undefined ? undefined : { value: mended, text: decoded, mended: true };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    // Not JSON is bad data, which the caller reports; any other failure is a bug.
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function withoutSlips(text: string): string {
  const parts = /"(?:[^"\\]|\\[\s\S])*"|-?\b(?:NaN|Infinity)\b|\/\/[^\n]*|,(?=(?:\s|\/\/[^\n]*\n)*[}\]])/g;
  return text.replace(parts, (token) => {
    if (token.startsWith('"')) return token.replace(/[\u0000-\u001f]/g, escapedControl);
    return token === ',' || token.startsWith('/') ? '' : 'null';
  });
}

function escapedControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const utf8 = new TextDecoder('utf-8');

/** Text of the bytes, without a BOM; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(raw: Uint8Array): string {
  return utf8.decode(raw);
}

function withQuotedLongIntegers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}
