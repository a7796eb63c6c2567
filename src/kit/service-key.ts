/**
 * A key as a portal hands it out, plain or percent-encoded already (case `field F-07`): decoded once where it decodes
 * cleanly, then encoded once where it is sent. Pure. Nothing here ever puts a key into a message.
 */
export interface SecretKey {
  /** As a header carries it. */
  readonly plain: string;
  /** As a query carries it. */
  readonly encoded: string;
  /** Every way of writing it that an answer or a message may show, the longest first. */
  readonly forms: readonly string[];
}

/** Visible ASCII; a portal's keys are Base64, hexadecimal or UUIDs. */
const visible = /^[\x21-\x7e]{4,4096}$/;

/** Undefined when the text cannot be meant as a key: broken percent-encoding, blanks, control characters, too short. */
export function parseServiceKey(text: string): SecretKey | undefined {
  const given = text.trim();
  const plain = decodedOnce(given);
  if (plain === undefined || !visible.test(plain)) return undefined;
  const encoded = encodeURIComponent(plain);
  const twice = encodeURIComponent(encoded);
  const forms = [given, plain, plain.replaceAll('/', '\\/'), encoded, lowerHex(encoded), twice, lowerHex(twice)];
  return { plain, encoded, forms: [...new Set(forms)].sort((a, b) => b.length - a.length) };
}

function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    // "URI malformed"; its message does not repeat the text.
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
}

function lowerHex(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

export const mask = '***';

export function maskedText(text: string, { forms }: SecretKey): string {
  return forms.reduce((masked, form) => masked.replaceAll(form, mask), text);
}

const maskBytes = Buffer.from(mask);

/** The same bytes with the key masked, wherever the chunks are cut. */
export async function* maskedChunks(
  chunks: AsyncIterable<Uint8Array>,
  { forms }: SecretKey,
): AsyncGenerator<Uint8Array> {
  const secrets = forms.map((form) => Buffer.from(form));
  // A key that is cut by the end of a chunk is one byte shorter at most.
  const heldBytes = Math.max(...secrets.map((secret) => secret.length)) - 1;
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const { pieces, rest } = maskOnce(Buffer.concat([held, chunk]), secrets, heldBytes);
    yield* pieces;
    held = rest;
  }
  const { pieces, rest } = maskOnce(Buffer.from(held), secrets, 0);
  yield* pieces;
  if (rest.length > 0) yield rest;
}

function maskOnce(
  bytes: Buffer,
  secrets: readonly Buffer[],
  heldBytes: number,
): { readonly pieces: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (;;) {
    const found = firstOf(bytes, secrets, done);
    if (found === undefined) break;
    if (found.at > done) pieces.push(bytes.subarray(done, found.at));
    pieces.push(maskBytes);
    done = found.at + found.length;
  }
  const end = Math.max(done, bytes.length - heldBytes);
  if (end > done) pieces.push(bytes.subarray(done, end));
  return { pieces, rest: bytes.subarray(end) };
}

/** The earliest of them at or after `from`; of two at one place the longer, since they come in that order. */
function firstOf(
  bytes: Buffer,
  secrets: readonly Buffer[],
  from: number,
): { readonly at: number; readonly length: number } | undefined {
  let best: { readonly at: number; readonly length: number } | undefined;
  for (const secret of secrets) {
    const at = bytes.indexOf(secret, from);
    if (at !== -1 && (best === undefined || at < best.at)) best = { at, length: secret.length };
  }
  return best;
}
