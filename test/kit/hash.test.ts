import { describe, expect, test } from 'vitest';
import { base32Id, sha256Hex } from '../../src/kit/hash.ts';

describe('sha256Hex(bytes)', () => {
  test('gives the published digest of "abc" (FIPS 180-4)', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
  test('hashes text as UTF-8 bytes', () => {
    expect(sha256Hex('空氣品質')).toBe(sha256Hex(new TextEncoder().encode('空氣品質')));
  });
});

describe('base32Id(...parts)', () => {
  test('is the base32 of the first 80 bits of SHA-256', () => {
    // ba7816bf8f01cfea4141 in RFC 4648 base32
    expect(base32Id('abc')).toBe('xj4bnp4pahh6uqkb');
  });
  test('joins parts with NUL, so that the border between them counts', () => {
    expect(base32Id('ab', 'c')).not.toBe(base32Id('a', 'bc'));
    expect(base32Id('a', 'b')).toBe(base32Id('a\0b'));
  });
  test('has 16 characters of the lower-case alphabet', () => {
    for (let i = 0; i < 500; i++) {
      expect(base32Id('jp-example', String(i))).toMatch(/^[a-z2-7]{16}$/);
    }
  });
});
