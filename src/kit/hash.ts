import { hash } from 'node:crypto';

/** RFC 4648 §6 base32 alphabet in lower case: no case to lose in an address. */
const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 80 bits: 16 characters of base32; a million ids collide with a chance of 4e-13 (birthday bound). */
const idBytes = 10;

/** SHA-256 as 64 lower-case hexadecimal digits; text is hashed as UTF-8. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

/** The first 80 bits of the SHA-256 over the parts joined with NUL, as 16 characters of lower-case base32. */
export function base32Id(...parts: readonly string[]): string {
  const digest = hash('sha256', parts.join('\0'), 'buffer');
  let id = '';
  let buffered = 0;
  let bits = 0;
  for (const byte of digest.subarray(0, idBytes)) {
    buffered = (buffered << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      id += base32Alphabet[(buffered >>> bits) & 31];
    }
    buffered &= (1 << bits) - 1;
  }
  return id;
}
