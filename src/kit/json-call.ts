/**
 * JSON inside a function call (JSONP: `callback({…});`) → the JSON alone, by cutting; nothing is run (case `field P-04`).
 * What is no such call comes out as it went in.
 */

/** A name, dots and white space before the bracket, in bytes: longer is no call. */
const longestStart = 256;

/** BOM, the comment that some servers put first, the name, and the bracket with a value behind it. */
const callStart = /^(?:\xEF\xBB\xBF)?\s*(?:\/\*[^*]{0,40}\*\/)?\s*[A-Za-z_$][\w$.]{0,100}\s*\(\s*(?=[[{])/;
const callEnd = /\s*\)\s*;?\s*$/;

/** The whole text at once. */
export function withoutCall(bytes: Uint8Array): Uint8Array {
  const start = startLength(bytes);
  if (start === 0) return bytes;
  return withoutEnd(bytes.subarray(start));
}

/** The same for a text that comes in pieces; holds back no more than its ends. */
export async function* withoutCallIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isCall: boolean | undefined;
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (isCall === undefined && held.length < longestStart && !isPlain(held)) continue;
    const start = isCall === undefined ? startLength(held) : 0;
    isCall ??= start > 0;
    const ready = isCall ? Math.max(start, held.length - longestStart) : held.length;
    if (ready > start) yield held.subarray(start, ready);
    held = held.subarray(ready);
  }
  yield* restOf(held, isCall);
}

function* restOf(held: Uint8Array, isCall: boolean | undefined): Generator<Uint8Array> {
  if (held.length === 0) return;
  if (isCall === undefined) yield withoutCall(held);
  else yield isCall ? withoutEnd(held) : held;
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  const tail = latin1(bytes.subarray(Math.max(0, bytes.length - longestStart)));
  return bytes.subarray(0, bytes.length - (callEnd.exec(tail)?.[0].length ?? 0));
}

/** Begins as JSON does: most texts are known by their first letter. */
function isPlain(bytes: Uint8Array): boolean {
  return /^(?:\xEF\xBB\xBF)?\s*[[{"<\d-]/.test(latin1(bytes.subarray(0, longestStart)));
}

function startLength(bytes: Uint8Array): number {
  return callStart.exec(latin1(bytes.subarray(0, longestStart)))?.[0].length ?? 0;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
