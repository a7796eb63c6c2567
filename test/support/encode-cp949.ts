import { cp949Decoder } from '../../src/kit/cp949.ts';

let codes: ReadonlyMap<string, readonly [number, number]> | undefined;

function codeTable(): ReadonlyMap<string, readonly [number, number]> {
  if (codes) return codes;
  const table = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfd; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const text = cp949Decoder().decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\uFFFD') table.set(text, [lead, trail]);
    }
  }
  codes = table;
  return table;
}

/** Text in CP949, as an old portal would send it; U+FEFF is left out. */
export function encodeCp949(text: string): Uint8Array {
  const table = codeTable();
  return Uint8Array.from(
    [...text.replaceAll('\uFEFF', '')].flatMap((letter) => {
      const code = table.get(letter);
      if (code) return code;
      if (letter.charCodeAt(0) < 0x80) return [letter.charCodeAt(0)];
      throw new RangeError(`${letter} is not in CP949`);
    }),
  );
}
