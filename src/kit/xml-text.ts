/**
 * Bytes of an XML document → its text. Order of trust (case `field F-13`): BOM, then UTF-8 that is valid, then the
 * document's own declaration, then the label of the transfer, then the encodings to be expected of its language.
 */
import { isUtf8 } from 'node:buffer';
import { decodedBody } from './decoded-body.ts';

/** Where a declaration may stand, in bytes; the longest in use has 60. */
const declarationBytes = 256;

export interface XmlTextOptions {
  /** Charset that the headers claim. */
  readonly label?: string | undefined;
  /** What else the bytes may be, the likelier first. */
  readonly candidates?: readonly string[];
}

export interface DecodedXml {
  readonly text: string;
  /** What the bytes turned out to be, e.g. `utf-8`, `big5`. */
  readonly encoding: string;
  /** What the document says of itself; undefined when it says nothing. */
  readonly declared: string | undefined;
}

export async function decodeXml(bytes: Uint8Array, { label, candidates = [] }: XmlTextOptions): Promise<DecodedXml> {
  const declared = declaredEncoding(bytes);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, declared };
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), encoding: 'utf-8', declared };
  async function* body() {
    yield bytes;
  }
  const others = label === undefined ? candidates : [label, ...candidates];
  const decoded = decodedBody(body(), declared === undefined || declared === 'utf-8' ? label : declared, others);
  const chunks: Uint8Array[] = [];
  for await (const chunk of decoded.chunks) chunks.push(chunk);
  const utf8 = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  return { text: new TextDecoder().decode(utf8), encoding: decoded.encoding(), declared };
}

/** Stands for a bare `&` while the parser reads: a character that Unicode keeps out of interchange, and XML allows. */
const bareAmpersand = '\uFDD0';

/** `&`, unless it begins a reference that is closed: the parser would take everything up to the next `;` as its name. */
const bare = /&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z_][\w.-]{0,63});)/gu;
const forbidden = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;
const everyForbidden = new RegExp(forbidden, 'gu');

/**
 * The text as a parser can read it, in the same length, so that every place stays where it is: characters that XML 1.0
 * forbids as spaces, and bare ampersands as a stand-in that `unmasked` takes back. The same text when all is well.
 */
export function maskedXml(text: string): string {
  const allowed = forbidden.test(text) ? text.replace(everyForbidden, ' ') : text;
  return allowed.includes('&') ? allowed.replace(bare, bareAmpersand) : allowed;
}

export function unmasked(text: string): string {
  return text.includes(bareAmpersand) ? text.replaceAll(bareAmpersand, '&') : text;
}

/** Where a piece of text can be cut without parting a reference or a character, in front of its end. */
export function wholeLength(text: string): number {
  const tail = /(?:&[#\w.-]{0,64}|[\uD800-\uDBFF])$/.exec(text.slice(-70))?.[0] ?? '';
  return text.length - tail.length;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, declarationBytes));
  return /^(?:\u00EF\u00BB\u00BF)?\s*<\?xml\s[^?>]*encoding\s*=\s*["']([\w.:-]+)["']/u.exec(head)?.[1]?.toLowerCase();
}

/** UTF-16 without a BOM, by its first `<?` or `<x`. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0) return 'utf-16be';
  return undefined;
}
