/**
 * Decodes CP949 (also called UHC, windows-949, ms949): EUC-KR plus the 8,822 Hangul syllables that KS X 1001 lacks.
 * Node's `euc-kr` knows only KS X 1001 and turns the others into control characters without an error (seen on Node
 * 20, case `field P-27`), so the extension is worked out here: Microsoft assigned the missing syllables in Unicode
 * order to the free code points in byte order, which needs no table.
 */

/** Trail bytes that the extension uses, in order: 26 + 26 + 126 = 178. */
const trailBytes: readonly number[] = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, 0xfe)];

/** From lead byte 0xA1 on, trail bytes from 0xA1 belong to KS X 1001: 84 are left. */
const shortTrails = trailBytes.filter((byte) => byte < 0xa1);

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** Added to KS X 1001 in 1998, after Node's table was made. */
const laterSigns: readonly (readonly [number, string])[] = [
  [0xa2e6, '€'],
  [0xa2e7, '®'],
];

let extension: ReadonlyMap<number, string> | undefined;

/** Code point (lead × 256 + trail) → syllable, made at first use. */
function extensionTable(): ReadonlyMap<number, string> {
  extension ??= makeExtension();
  return extension;
}

function makeExtension(): ReadonlyMap<number, string> {
  const missing = range(firstSyllable, lastSyllable)
    .map((code) => String.fromCharCode(code))
    .filter((syllable) => !standardSyllables().has(syllable));
  const table = new Map<number, string>();
  let next = 0;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (const trail of lead < 0xa1 ? trailBytes : shortTrails) {
      const syllable = missing[next++];
      if (syllable !== undefined) table.set(lead * 256 + trail, syllable);
    }
  }
  for (const [code, sign] of laterSigns) table.set(code, sign);
  return table;
}

let standard: ReadonlySet<string> | undefined;

/** The 2,350 syllables of KS X 1001, rows 16 to 40, as Node decodes them. */
function standardSyllables(): ReadonlySet<string> {
  if (standard) return standard;
  const bytes = range(0xb0, 0xc8).flatMap((lead) => range(0xa1, 0xfe).flatMap((trail) => [lead, trail]));
  standard = new Set(new TextDecoder('euc-kr').decode(Uint8Array.from(bytes)));
  return standard;
}

export interface Cp949Decoder {
  /** Text of the bytes so far; a character cut by the end of the chunk waits for the next one. */
  decode(chunk: Uint8Array): string;
  /** What is left at the end: U+FFFD for half a character, else nothing. */
  flush(): string;
}

/** A decoder for one stream. Bytes that are no CP949 become U+FFFD, as WHATWG decoders do it. */
export function cp949Decoder(): Cp949Decoder {
  const standardDecoder = new TextDecoder('euc-kr');
  const table = extensionTable();
  let half: number | undefined;
  return {
    decode(chunk) {
      const bytes = half === undefined ? chunk : Uint8Array.from([half, ...chunk]);
      half = undefined;
      let text = '';
      for (let i = 0; i < bytes.length; ) {
        const end = endOfStandard(bytes, i, table);
        text += standardDecoder.decode(bytes.subarray(i, end));
        const lead = bytes[end];
        const trail = bytes[end + 1];
        if (lead === undefined) break;
        if (trail === undefined) half = lead;
        else text += table.get(lead * 256 + trail) ?? '\uFFFD';
        // Half a character in front of ASCII costs itself, not the ASCII.
        i = end + (trail !== undefined && trail < 0x41 ? 1 : 2);
      }
      return text;
    },
    flush() {
      const rest = half === undefined ? '' : '\uFFFD';
      half = undefined;
      return rest;
    },
  };
}

/** Position of the first byte from `from` on that is neither ASCII nor the lead of a pair of KS X 1001. */
function endOfStandard(bytes: Uint8Array, from: number, table: ReadonlyMap<number, string>): number {
  let i = from;
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0;
    const trail = bytes[i + 1];
    if (lead < 0x80) i += 1;
    else if (trail === undefined || isUndefined(lead, trail) || table.has(lead * 256 + trail)) return i;
    else i += 2;
  }
  return i;
}

/** Neither KS X 1001 (both bytes 0xA1–0xFE) nor in the extension. */
function isUndefined(lead: number, trail: number): boolean {
  return lead < 0xa1 || lead > 0xfe || trail < 0xa1 || trail > 0xfe;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
