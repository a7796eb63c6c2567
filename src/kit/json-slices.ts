/**
 * Reads a JSON text of any length as it comes in and gives the verbatim bytes of each element of one array (or of one
 * value) inside it, plus the scalars that stand beside. Holds one element at a time. Tolerates a BOM, white space,
 * NaN and trailing commas; reports what it tolerated. Does not judge what is inside an element.
 */
import type { Problem } from '../model/problem.ts';
import { byteOf, endOfValue, endOfWord, type ValueState } from './json-bytes.ts';
import { tokenValue } from './json-tokens.ts';

export interface JsonSliceOptions {
  /** `result.results[*]`: each element of the array `results` in `result`; without `[*]`: the whole value. */
  readonly path: string;
  /** More paths whose elements are given, with the path they stood at. */
  readonly also?: readonly string[];
  /** Paths of scalars to report, e.g. `success`, `result.count`. */
  readonly scalars?: readonly string[];
  /** Longest element, in bytes; a longer one becomes a problem. 32 MB unless told. */
  readonly maxElementBytes?: number;
}

export type JsonSlice =
  | { readonly kind: 'element'; readonly bytes: Uint8Array; readonly index: number; readonly also?: string }
  /** The token as it stands: `true`, `12`, `"text"` with its quotes. */
  | { readonly kind: 'scalar'; readonly path: string; readonly token: string }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly index: number };

export interface JsonSliceEnd {
  /** The text ended where its outermost value does. */
  readonly complete: boolean;
  /** Whether something (for `[*]`: an array) stood at the path. */
  readonly found: boolean;
  /** Keys of the outermost object, at most 20, to say what was found instead. */
  readonly topKeys: readonly string[];
  /** The first thing that is not JSON, as `byte 123: "x"`; undefined when there was none. */
  readonly fault?: string;
}

const defaultMaxElementBytes = 32 * 1024 * 1024;

/** Longest key or scalar that is looked at, in bytes. */
const maxTokenBytes = 65_536;

type Expecting = 'value' | 'key' | 'byteOf.colon' | 'byteOf.comma' | 'end';

/** A container that the way to a wanted path leads through. */
interface Level {
  readonly isArray: boolean;
  readonly path: string;
  key: string;
  count: number;
  afterComma: boolean;
}

/** A value or key that is being read. */
interface Capture {
  kind: 'element' | 'scalar' | 'key' | 'skip' | 'too-long';
  readonly path: string;
  readonly index: number;
  readonly isWord: boolean;
  readonly state: ValueState;
  length: number;
  readonly parts: Uint8Array[];
}

/** Feed it chunks with `push`, then ask `end`. One scanner reads one text. */
export class JsonSliceScanner {
  readonly #target: string;
  readonly #also: ReadonlySet<string>;
  readonly #scalars: ReadonlySet<string>;
  readonly #wanted: readonly string[];
  readonly #maxElementBytes: number;
  readonly #levels: Level[] = [];
  readonly #topKeys: string[] = [];
  #expecting: Expecting = 'value';
  #capture: Capture | undefined;
  #found = false;
  #elements = 0;
  #fault: string | undefined;
  #offset = 0;
  #out: JsonSlice[] = [];

  constructor(options: JsonSliceOptions) {
    this.#target = options.path;
    this.#scalars = new Set(options.scalars ?? []);
    this.#also = new Set(options.also ?? []);
    this.#wanted = [options.path, ...this.#also, ...this.#scalars];
    this.#maxElementBytes = options.maxElementBytes ?? defaultMaxElementBytes;
  }

  /** What became complete with this chunk. The slices are copies: the chunk may be reused. */
  push(chunk: Uint8Array): readonly JsonSlice[] {
    this.#out = [];
    let at = 0;
    while (at < chunk.length && this.#fault === undefined) {
      at = this.#capture ? this.#read(this.#capture, chunk, at) : this.#step(chunk, at);
    }
    this.#offset += chunk.length;
    return this.#out;
  }

  end(): JsonSliceEnd {
    const complete = this.#expecting === 'end' && this.#fault === undefined;
    const end = { complete, found: this.#found, topKeys: this.#topKeys };
    return this.#fault === undefined ? end : { ...end, fault: this.#fault };
  }

  /** Handles one byte between values. */
  #step(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return at + 1;
    switch (this.#expecting) {
      case 'value':
        return this.#startValue(byte, chunk, at);
      case 'key':
        if (byte === byteOf.closeBrace) this.#close();
        else if (byte === byteOf.quote) this.#capture = this.#begin('key', '', byte);
        else this.#fail(byte, at);
        return at + (byte === byteOf.quote ? 0 : 1);
      case 'byteOf.colon':
        if (byte === byteOf.colon) this.#expecting = 'value';
        else this.#fail(byte, at);
        return at + 1;
      case 'byteOf.comma':
        this.#stepAfterValue(byte, at);
        return at + 1;
      case 'end':
        this.#fail(byte, at);
        return at + 1;
    }
  }

  #stepAfterValue(byte: number, at: number): void {
    const level = this.#levels.at(-1);
    if (byte === byteOf.comma && level) {
      level.afterComma = true;
      this.#expecting = level.isArray ? 'value' : 'key';
    } else if (level && byte === (level.isArray ? byteOf.closeBracket : byteOf.closeBrace)) {
      level.afterComma = false;
      this.#close();
    } else {
      this.#fail(byte, at);
    }
  }

  #startValue(byte: number, chunk: Uint8Array, at: number): number {
    const level = this.#levels.at(-1);
    if (level?.isArray && byte === byteOf.closeBracket && (level.count === 0 || level.afterComma)) {
      this.#close();
      return at + 1;
    }
    if (!level && this.#isByteOrderMark(byte, at)) return at + 1;
    if (byte === byteOf.comma || byte === byteOf.colon || byte === byteOf.closeBrace || byte === byteOf.closeBracket) {
      this.#fail(byte, at);
      return at + 1;
    }
    return this.#openValue(level, chunk, at);
  }

  #openValue(level: Level | undefined, chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    const path = valuePath(level);
    const opens = byte === byteOf.openBrace || byte === byteOf.openBracket;
    if (level) {
      level.count += 1;
      level.afterComma = false;
    }
    if (path === this.#target || this.#also.has(path)) {
      this.#capture = this.#begin('element', path, byte);
    } else if (opens && this.#leadsToWanted(path)) {
      this.#enter(path, byte === byteOf.openBracket);
      return at + 1;
    } else {
      this.#capture = this.#begin(this.#scalars.has(path) && !opens ? 'scalar' : 'skip', path, byte);
    }
    return this.#read(this.#capture, chunk, at);
  }

  #isByteOrderMark(byte: number, at: number): boolean {
    return byte === [0xef, 0xbb, 0xbf][this.#offset + at];
  }

  #leadsToWanted(path: string): boolean {
    return path === '' || this.#wanted.some((wanted) => wanted.startsWith(`${path}.`) || wanted.startsWith(`${path}[`));
  }

  #enter(path: string, isArray: boolean): void {
    if (isArray && (this.#target === `${path}[*]` || this.#also.has(`${path}[*]`))) this.#found = true;
    this.#levels.push({ isArray, path, key: '', count: 0, afterComma: false });
    this.#expecting = isArray ? 'value' : 'key';
  }

  #close(): void {
    const level = this.#levels.pop();
    if (level?.afterComma) this.#note('json-trailing-comma', level.path, 'a comma before the closing bracket');
    this.#expecting = this.#levels.length === 0 ? 'end' : 'byteOf.comma';
  }

  #begin(kind: Capture['kind'], path: string, byte: number): Capture {
    const opens = byte === byteOf.openBrace || byte === byteOf.openBracket;
    const index = kind === 'element' ? this.#elements++ : -1;
    const isWord = !opens && byte !== byteOf.quote;
    return { kind, path, index, isWord, state: { depth: 0, inText: false, escaped: false }, length: 0, parts: [] };
  }

  /** Goes on with a capture from `at`; gives the position after what it used. */
  #read(capture: Capture, chunk: Uint8Array, at: number): number {
    const end = capture.isWord ? endOfWord(chunk, at) : endOfValue(capture.state, chunk, at);
    const stop = end < 0 ? chunk.length : end;
    this.#keep(capture, chunk, at, stop);
    if (end >= 0) this.#finish(capture);
    return stop;
  }

  #keep(capture: Capture, chunk: Uint8Array, from: number, to: number): void {
    capture.length += to - from;
    if (capture.kind === 'skip' || capture.kind === 'too-long') return;
    const most = capture.kind === 'element' ? this.#maxElementBytes : maxTokenBytes;
    if (capture.length > most) {
      capture.parts.length = 0;
      if (capture.kind === 'element') capture.kind = 'too-long';
      else if (capture.kind === 'scalar') capture.kind = 'skip';
      return;
    }
    capture.parts.push(new Uint8Array(chunk.subarray(from, to)));
  }

  #finish(capture: Capture): void {
    this.#capture = undefined;
    if (capture.kind === 'key') {
      this.#takeKey(decodeKey(joined(capture.parts)));
      return;
    }
    this.#expecting = this.#levels.length === 0 ? 'end' : 'byteOf.comma';
    if (capture.kind === 'element') {
      this.#found = true;
      const also = capture.path === this.#target ? {} : { also: capture.path };
      this.#out.push({ kind: 'element', bytes: joined(capture.parts), index: capture.index, ...also });
    } else if (capture.kind === 'scalar') {
      this.#out.push({ kind: 'scalar', path: capture.path, token: new TextDecoder().decode(joined(capture.parts)) });
    } else if (capture.kind === 'too-long') {
      const found = `${capture.length} bytes long; expected at most ${this.#maxElementBytes}`;
      const message = `element ${capture.index} of ${capture.path} is ${found}`;
      const problem = { slug: 'record-too-large', severity: 'error', path: '', message } as const;
      this.#out.push({ kind: 'problem', problem, index: capture.index });
    }
  }

  #takeKey(key: string): void {
    const level = this.#levels.at(-1);
    if (level) level.key = key;
    if (this.#levels.length === 1 && this.#topKeys.length < 20) this.#topKeys.push(key);
    this.#expecting = 'byteOf.colon';
  }

  #note(slug: string, path: string, found: string): void {
    const message = `the JSON has ${found} in ${path === '' ? 'its outermost value' : path}; read as if it were not there`;
    this.#out.push({ kind: 'problem', problem: { slug, severity: 'note', path, message }, index: -1 });
  }

  #fail(byte: number, at: number): void {
    const shown = byte > 0x20 && byte < 0x7f ? JSON.stringify(String.fromCharCode(byte)) : `0x${byte.toString(16)}`;
    this.#fault = `byte ${this.#offset + at}: ${shown} where ${this.#expecting === 'end' ? 'the end' : `a ${this.#expecting}`} was expected`;
  }
}

/** Scans a stream; the generator returns what `JsonSliceScanner.end` says. */
export async function* jsonSlices(
  chunks: AsyncIterable<Uint8Array>,
  options: JsonSliceOptions,
): AsyncGenerator<JsonSlice, JsonSliceEnd> {
  const scanner = new JsonSliceScanner(options);
  for await (const chunk of chunks) yield* scanner.push(chunk);
  return scanner.end();
}

function valuePath(level: Level | undefined): string {
  if (level === undefined) return '';
  if (level.isArray) return `${level.path}[*]`;
  return level.path === '' ? level.key : `${level.path}.${level.key}`;
}

/** A key that would read as a path is none of ours. */
function decodeKey(bytes: Uint8Array): string {
  const token = new TextDecoder().decode(bytes);
  const key = token.includes('\\') ? String(tokenValue(token) ?? '') : token.slice(1, -1);
  return /[.[\0]/u.test(key) ? '\u0001' : key;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const first = parts[0];
  if (first !== undefined && parts.length === 1) return first;
  return new Uint8Array(Buffer.concat(parts));
}
