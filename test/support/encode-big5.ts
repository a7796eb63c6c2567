let codes: ReadonlyMap<string, readonly [number, number]> | undefined;

function codeTable(): ReadonlyMap<string, readonly [number, number]> {
  if (codes) return codes;
  const table = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder('big5');
  for (let lead = 0xa1; lead <= 0xf9; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, [lead, trail]);
    }
  }
  codes = table;
  return table;
}

/** Text in Big5, as an old portal of Taiwan would send it; U+FEFF is left out. */
export function encodeBig5(text: string): Uint8Array {
  const table = codeTable();
  return Uint8Array.from(
    [...text.replaceAll('\uFEFF', '')].flatMap((letter) => {
      const code = table.get(letter);
      if (code) return code;
      if (letter.charCodeAt(0) < 0x80) return [letter.charCodeAt(0)];
      throw new RangeError(`${letter} is not in Big5`);
    }),
  );
}
