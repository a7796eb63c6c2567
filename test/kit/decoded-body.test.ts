import { describe, expect, test } from 'vitest';
import { cp949Decoder } from '../../src/kit/cp949.ts';
import { charsetOf, decodedBody, encodingCandidates } from '../../src/kit/decoded-body.ts';

const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));
const utf8 = (text: string) => new TextEncoder().encode(text);

async function decode(chunks: readonly Uint8Array[], label?: string, languages: readonly string[] = []) {
  async function* body() {
    yield* chunks;
  }
  const decoded = decodedBody(body(), label, encodingCandidates(languages));
  const parts: Uint8Array[] = [];
  for await (const chunk of decoded.chunks) parts.push(chunk);
  return {
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts)),
    encoding: decoded.encoding(),
  };
}

describe('field P-27: CP949', () => {
  test.each([
    ['8c63', '똠'],
    ['94ee', '뷁'],
    ['c164', '햏'],
    ['bc84', '펲'],
    ['8141', '갂'],
    ['c652', '힣'],
    ['b0a1c8fe', '가힝'],
    ['61b0a162', 'a가b'],
    ['a7a4', 'ℓ'],
  ])('%s is %s', (digits, expected) => {
    expect(cp949Decoder().decode(hex(digits))).toBe(expected);
  });

  test('every Hangul syllable has one code and comes back from it', () => {
    const seen = new Set<string>();
    for (let lead = 0x81; lead <= 0xc8; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const text = cp949Decoder().decode(Uint8Array.of(lead, trail));
        if (/^[가-힣]$/u.test(text)) {
          expect(seen.has(text)).toBe(false);
          seen.add(text);
        }
      }
    }
    expect(seen.size).toBe(11_172);
  });

  test('a character cut by a chunk is put together; half of one at the end is told', () => {
    const decoder = cp949Decoder();
    expect(decoder.decode(hex('b0')) + decoder.decode(hex('a18c')) + decoder.decode(hex('63')) + decoder.flush()).toBe(
      '가똠',
    );
    expect(decoder.decode(hex('41b0')) + decoder.flush()).toBe('A\uFFFD');
  });

  test('a byte that begins nothing does not swallow the comma behind it', () => {
    expect(cp949Decoder().decode(hex('ff2c61'))).toBe('\uFFFD,a');
  });
});

describe('decodedBody(body, label, candidates)', () => {
  test('UTF-8 passes untouched, whatever the label says', async () => {
    expect(await decode([utf8('목록키,'), utf8('값')], 'euc-kr')).toEqual({ text: '목록키,값', encoding: 'utf-8' });
  });
  test('field F-13: a BOM beats the label and is taken off', async () => {
    expect(await decode([utf8('\uFEFF名稱,數')], 'big5')).toEqual({ text: '名稱,數', encoding: 'utf-8' });
    expect((await decode([hex('ef'), hex('bb'), hex('bf61')])).text).toBe('a');
  });
  test('field P-01: UTF-16 with BOM is read', async () => {
    expect((await decode([Buffer.from('\uFEFF{"a":"水"}', 'utf16le')])).text).toBe('{"a":"水"}');
  });
  test('the label is believed when the bytes agree with it', async () => {
    expect(await decode([hex('b5b2aa47')], 'big5')).toEqual({ text: '結果', encoding: 'big5' });
  });
  test('op E2: without a label the languages of the portal help', async () => {
    expect(await decode([hex('b8f1b7cf2c8c63')], undefined, ['ko'])).toEqual({ text: '목록,똠', encoding: 'cp949' });
    expect(await decode([hex('83658358')], 'utf-8', ['ja'])).toEqual({ text: 'テス', encoding: 'shift_jis' });
  });
  test('field P-23: a long start in ASCII does not decide', async () => {
    const start = Array.from({ length: 20 }, () => utf8('a'.repeat(1_000)));
    expect((await decode([...start, hex('b8f1')], undefined, ['ko'])).text.endsWith('a목')).toBe(true);
  });
  test('what nothing explains is passed on as it is', async () => {
    expect((await decode([hex('61ff62')])).encoding).toBe('utf-8');
  });
});

test.each([
  ['text/csv; charset=EUC-KR', 'euc-kr'],
  ['text/csv;charset="utf-8"', 'utf-8'],
  ['application/json', undefined],
  [undefined, undefined],
])('charsetOf(%j) is %j', (header, expected) => {
  expect(charsetOf(header)).toBe(expected);
});
