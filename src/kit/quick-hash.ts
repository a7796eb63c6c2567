/** A hash for tables and blocks, not for identity: fast, equal on every machine, no defence against a forger. */

/** FNV-1a over 16-bit units (offset and prime of the 32-bit form), and Knuth's multiplicative step as a second lane. */
const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;
const knuth = 0x9e3779b1;

/** 53 bits, so that the value is a whole number of JavaScript and of SQL; a million texts collide with a chance of 6e-5. */
export function quickHash(text: string): number {
  let first = fnvOffset;
  let second = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    first = Math.imul(first ^ unit, fnvPrime);
    second = Math.imul((second << 5) ^ (second >>> 27) ^ unit, knuth);
  }
  return (mixed(first ^ Math.imul(second, knuth)) & 0x1fffff) * 0x1_0000_0000 + (mixed(second ^ first) >>> 0);
}

/** Final mix of MurmurHash3: every bit of the input reaches every bit of the result. */
function mixed(value: number): number {
  let mix = value ^ (value >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
