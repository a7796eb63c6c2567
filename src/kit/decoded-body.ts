/**
 * Makes UTF-8 of a body of text as it streams by. Enters: bytes, the charset that the headers claim, and the encodings
 * to be expected of the portal's languages. Leaves: UTF-8 bytes without BOM; a body that is UTF-8 passes untouched.
 * Order of trust: BOM, then valid UTF-8, then the label, then the first candidate that decodes cleanly (case
 * `field F-13`). Bytes before the first that is not ASCII are the same in all of them, so the decision waits for it.
 */
import { cp949Decoder } from './cp949.ts';

export interface DecodedBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What the body turned out to be, e.g. `utf-8`, `cp949`; `utf-8` as long as it is all ASCII. Final when it was read. */
  encoding(): string;
  hadByteOrderMark(): boolean;
}

interface StreamDecoder {
  decode(chunk: Uint8Array): string;
  flush(): string;
}

/** Names that the wild uses and WHATWG does not know. */
const aliases: Readonly<Record<string, string>> = {
  cp949: 'cp949',
  'windows-949': 'cp949',
  ms949: 'cp949',
  uhc: 'cp949',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp950: 'big5',
  cp936: 'gbk',
  cp874: 'windows-874',
};

/** Older encodings by primary language, the likelier first. */
const candidatesByLanguage: Readonly<Record<string, readonly string[]>> = {
  ko: ['cp949'],
  ja: ['shift_jis', 'euc-jp'],
  'zh-Hant': ['big5'],
  'zh-Hans': ['gb18030'],
  th: ['windows-874'],
  vi: ['windows-1258'],
};

/** The encodings to try for texts in these languages (BCP 47). */
export function encodingCandidates(languages: readonly string[]): readonly string[] {
  return languages.flatMap(
    (tag) => candidatesByLanguage[tag] ?? candidatesByLanguage[tag.split('-', 1)[0] ?? ''] ?? [],
  );
}

/** The charset parameter of a Content-Type, lower case; undefined without one. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/iu.exec(contentType ?? '')?.[1]?.toLowerCase();
}

/** What the first telling chunk says: the encoding, and how long its BOM is. */
interface Decision {
  readonly encoding: string;
  readonly markLength: number;
  readonly decoder: StreamDecoder | undefined;
}

export function decodedBody(
  body: AsyncIterable<Uint8Array>,
  label: string | undefined,
  candidates: readonly string[],
): DecodedBody {
  let decision: Decision | undefined;

  /** Decides on the first telling chunk, and takes the BOM off it. */
  function withoutMark(chunk: Uint8Array): Uint8Array {
    if (decision !== undefined) return chunk;
    decision = decide(chunk, label, candidates);
    return chunk.subarray(decision?.markLength ?? 0);
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of withWholeStart(body)) {
      const rest = withoutMark(chunk);
      if (rest.length > 0) yield decision?.decoder ? Buffer.from(decision.decoder.decode(rest)) : rest;
    }
    const last = decision?.decoder?.flush() ?? '';
    if (last !== '') yield Buffer.from(last);
  }

  return {
    chunks: chunks(),
    encoding: () => decision?.encoding ?? 'utf-8',
    hadByteOrderMark: () => (decision?.markLength ?? 0) > 0,
  };
}

/** Undefined as long as everything is ASCII. */
function decide(chunk: Uint8Array, label: string | undefined, candidates: readonly string[]): Decision | undefined {
  const mark = byteOrderMark(chunk);
  if (mark === undefined && isAscii(chunk)) return undefined;
  const encoding = mark?.encoding ?? chooseEncoding(chunk, label, candidates);
  return {
    encoding,
    markLength: mark?.markLength ?? 0,
    decoder: encoding === 'utf-8' ? undefined : streamDecoder(encoding),
  };
}

/** The first chunk made long enough to hold a BOM. */
async function* withWholeStart(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of body) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (start.length < 3) continue;
    yield start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}

function byteOrderMark(bytes: Uint8Array): Pick<Decision, 'encoding' | 'markLength'> | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return undefined;
}

function chooseEncoding(sample: Uint8Array, label: string | undefined, candidates: readonly string[]): string {
  if (startsAsUtf8(sample)) return 'utf-8';
  const claimed = label === undefined ? undefined : (aliases[label] ?? label);
  const named = claimed !== undefined && claimed !== 'utf-8' && isKnown(claimed) ? [claimed] : [];
  const best = [...named, ...candidates]
    .map((name) => ({ name, loss: lossShare(sample, name) }))
    // Stable, so that of equals the more trusted stays first.
    .toSorted((a, b) => a.loss - b.loss)[0];
  return best !== undefined && best.loss < mostLoss ? best.name : (named[0] ?? 'utf-8');
}

/** Valid UTF-8, but for a last character that the chunk's end may cut. */
function startsAsUtf8(sample: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Of the characters beyond ASCII, the share (0–1) that may be lost for an encoding to be believed. Our own choice. */
const mostLoss = 0.2;

/** Share of replacements, C1 controls and private characters (what Node's decoders give for unknown bytes) beyond ASCII. */
function lossShare(sample: Uint8Array, encoding: string): number {
  const text = streamDecoder(encoding).decode(sample);
  const lost = text.match(/[\uFFFD\u0080-\u009F\uE000-\uF8FF]/gu)?.length ?? 0;
  const all = text.match(/[^\0-\u007F]/gu)?.length ?? 0;
  return all === 0 ? 0 : lost / all;
}

function isKnown(label: string): boolean {
  if (label === 'cp949') return true;
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

function streamDecoder(encoding: string): StreamDecoder {
  if (encoding === 'cp949') return cp949Decoder();
  const decoder = new TextDecoder(encoding);
  return { decode: (chunk) => decoder.decode(chunk, { stream: true }), flush: () => decoder.decode() };
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 0x7f) return false;
  return true;
}
