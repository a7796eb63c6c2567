/**
 * The body of an answer as chunks: timed, decompressed, counted. Throws `SourceError` `timeout`, `too-large`,
 * `truncated` or `malformed`; memory stays bounded whatever the server sends (case `field W-07`).
 */
import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { SourceError } from '../../model/source-error.ts';
import { bodyFailure } from './classify-failure.ts';
import { redact } from './redact.ts';

export interface BodyLimits {
  readonly url: string;
  /** Between two chunks, in ms. */
  readonly timeoutMs: number;
  /** Waiting for chunks in sum, in ms: bounds a server that drips. */
  readonly maxWaitMs: number;
  /** After decompression, in bytes. */
  readonly maxBodyBytes: number;
  readonly nowMs: () => number;
}

/** More layers of compression than any honest server uses. */
const maxEncodings = 2;

/** Reads `raw`, undoing `contentEncoding`; `abort` is called with the failure that ends the transfer early. */
export async function* bodyChunks(
  raw: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  limits: BodyLimits,
  abort: (reason: SourceError) => void,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of decompressed(timedChunks(raw, limits, abort), contentEncoding, limits.url)) {
      received += chunk.length;
      if (received > limits.maxBodyBytes) {
        throw new SourceError('too-large', tooLargeMessage(limits, `more than ${limits.maxBodyBytes} bytes`));
      }
      yield chunk;
    }
  } catch (cause) {
    throw bodyFailure(cause, limits.url, received);
  }
}

export function tooLargeMessage(limits: Pick<BodyLimits, 'url' | 'maxBodyBytes'>, found: string): string {
  return `${redact(limits.url)}: the body has ${found}; expected at most ${limits.maxBodyBytes} (pace.maxBodyBytes)`;
}

async function* timedChunks(
  raw: AsyncIterable<Uint8Array>,
  limits: BodyLimits,
  abort: (reason: SourceError) => void,
): AsyncGenerator<Uint8Array> {
  let waitedMs = 0;
  const chunks = raw[Symbol.asyncIterator]();
  try {
    for (;;) {
      const startMs = limits.nowMs();
      const allowedMs = Math.min(limits.timeoutMs, limits.maxWaitMs - waitedMs);
      const timer = setTimeout(() => abort(timeoutFailure(limits, allowedMs < limits.timeoutMs)), allowedMs);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) return;
      waitedMs += limits.nowMs() - startMs;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

function timeoutFailure(limits: BodyLimits, inSum: boolean): SourceError {
  const found = inSum
    ? `the body was not there after waiting ${limits.maxWaitMs} ms in sum`
    : `the body stood still for ${limits.timeoutMs} ms`;
  return new SourceError('timeout', `${redact(limits.url)}: ${found}; expected it to go on`);
}

async function* decompressed(
  chunks: AsyncGenerator<Uint8Array>,
  contentEncoding: string,
  url: string,
): AsyncGenerator<Uint8Array> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length === 0) return yield* chunks;
  const first = await chunks.next();
  if (first.done) return;
  const source = Readable.from(startingWith(first.value, chunks), { objectMode: false });
  let stream: Readable = source;
  for (const transform of decoders(encodings, first.value, url)) stream = pipeline(stream, transform, ignore);
  yield* stream;
}

/** The failure reaches the reader through the last stream, which `pipeline` destroys with it. */
function ignore(): void {}

function decoders(encodings: readonly string[], firstChunk: Uint8Array, url: string): readonly Transform[] {
  if (encodings.length > maxEncodings) throw unknownEncoding(url, encodings.join(', '));
  return encodings.toReversed().map((name, layer) => decoder(name, layer === 0 ? firstChunk : undefined, url));
}

function decoder(name: string, firstChunk: Uint8Array | undefined, url: string): Transform {
  const options = { chunkSize: 65_536 };
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(options);
    case 'br':
      return createBrotliDecompress(options);
    case 'deflate':
      // RFC 9110 means zlib (first byte x8), some servers send the bare deflate stream.
      return ((firstChunk?.[0] ?? 8) & 0x0f) === 8 ? createInflate(options) : createInflateRaw(options);
    default:
      throw unknownEncoding(url, name);
  }
}

function unknownEncoding(url: string, found: string): SourceError {
  const message = `${redact(url)}: Content-Encoding is ${JSON.stringify(found)}; expected gzip, br or deflate`;
  return new SourceError('malformed', message);
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
