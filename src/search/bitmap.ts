/** One bit a document: set = live. */

export function fullBitmap(size: number): Uint8Array {
  const bits = new Uint8Array((size + 7) >>> 3).fill(0xff);
  if (size & 7) bits[bits.length - 1] = (1 << (size & 7)) - 1;
  return bits;
}

export function hasBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >>> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

/** Clears the bit; tells whether it was set. */
export function clearBit(bits: Uint8Array, index: number): boolean {
  if (!hasBit(bits, index)) return false;
  bits[index >>> 3] = (bits[index >>> 3] ?? 0) & ~(1 << (index & 7));
  return true;
}
