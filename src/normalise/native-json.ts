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
 * of the same digits; `NaN`, `Infinity` and trailing commas, which Python writers leave, are mended. A BOM is dropped.
 */
export function nativeJson(raw: Uint8Array): NativeJson | undefined {
  const decoded = decodeUtf8(raw);
  const text = longInteger.test(decoded) ? withQuotedLongIntegers(decoded) : decoded;
  const value = parsed(text);
  if (value !== undefined) return { value, text: decoded, mended: false };
  const mended = parsed(withoutPythonisms(text));
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

function withoutPythonisms(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b|,(?=\s*[}\]])/g, (token) => {
    if (token.startsWith('"')) return token;
    return token === ',' ? '' : 'null';
  });
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
