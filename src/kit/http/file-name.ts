/**
 * The file name in a Content-Disposition header (case `field F-11`): `filename*` wins; a plain `filename` is bytes of an
 * unknown charset. Enters: the header with one character a byte. Leaves: a name without folders and control characters.
 */
import { decodedBody } from '../decoded-body.ts';

/** Longest name given back, in characters. */
const maxLength = 255;

/** `candidates`: encodings to be expected besides UTF-8 (`encodingCandidates`). Undefined when there is no name. */
export async function fileNameFrom(
  header: string | undefined,
  candidates: readonly string[],
): Promise<string | undefined> {
  if (header === undefined) return undefined;
  const extended = /(?:^|[;\s])filename\*\s*=\s*([\w-]*)'[^']*'([^;\s]+)/iu.exec(header);
  const named = extended === null ? undefined : await fromExtended(extended[1] ?? '', extended[2] ?? '');
  const name = named ?? (await fromPlain(header, candidates));
  const clean = name === undefined ? '' : cleanName(name);
  return clean === '' ? undefined : clean;
}

/** RFC 8187: charset'language'percent-encoded. */
async function fromExtended(charset: string, value: string): Promise<string | undefined> {
  return decode(percentBytes(value), charset === '' ? [] : [charset.toLowerCase()]);
}

async function fromPlain(header: string, candidates: readonly string[]): Promise<string | undefined> {
  const found = /(?:^|[;\s])filename\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([^;]*))/iu.exec(header);
  if (found === null) return undefined;
  // A second byte of Big5 or Shift_JIS may be the backslash, so that only an escaped quote or backslash is unescaped.
  const value = found[1]?.replace(/\\(["\\])/gu, '$1') ?? found[2]?.trim() ?? '';
  const isEscaped = /%[0-9a-f]{2}/iu.test(value) && /^[\x20-\x7e]*$/u.test(value);
  return decode(isEscaped ? percentBytes(value) : Buffer.from(value, 'latin1'), candidates);
}

function percentBytes(value: string): Uint8Array {
  const bytes = value.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

async function decode(bytes: Uint8Array, candidates: readonly string[]): Promise<string> {
  async function* body() {
    yield bytes;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of decodedBody(body(), undefined, candidates).chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function cleanName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  return last
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069"]/gu, '')
    .trim()
    .slice(0, maxLength);
}
