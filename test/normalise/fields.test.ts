import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteSize } from '../../src/normalise/byte-size.ts';
import { csvRow } from '../../src/normalise/csv-row.ts';
import { distributionIds } from '../../src/normalise/distribution-id.ts';
import { languageTag } from '../../src/normalise/language-code.ts';
import { readLink } from '../../src/normalise/link.ts';
import { readLocalDate } from '../../src/normalise/local-date.ts';
import { nativeJson } from '../../src/normalise/native-json.ts';
import { periodField } from '../../src/normalise/period-field.ts';
import { plainLine, plainText } from '../../src/normalise/plain-text.ts';
import { randomRuns } from '../support/random-runs.ts';

describe('plainText (field N-13, W-03)', () => {
  test.each([
    ['水質 &amp; 空氣', '水質 & 空氣'],
    ['A &amp;amp; B', 'A & B'],
    ['&#65288;草案&#65289;', '（草案）'],
    ['AT&T', 'AT&T'],
    ['?a=1&copy=2', '?a=1&copy=2'],
    ['a &lt; b', 'a < b'],
    ['a < b', 'a < b'],
    ['if a<b then c>d', 'if a<b then c>d'],
    ['온도<5 &amp; 습도>3', '온도<5 & 습도>3'],
    ['<b>人口</b>', '人口'],
    ['일반행정&gt;정보통신', '일반행정>정보통신'],
    ['x<script>alert(1)</script>y', 'xy'],
    ['x<style>p{}</style>y<script>never closed', 'xy'],
    ['<img src=x onerror=alert(1)>', undefined],
    ['<p>a</p>\r\n<p>b</p>', 'a\n\nb'],
    ['one<br/>two<BR>three', 'one\ntwo\nthree'],
    ['line1\r\nline2<br/>\r\nline3', 'line1\nline2\nline3'],
    ['&lt;p&gt;escaped&lt;/p&gt;', 'escaped'],
    ['<td>a</td><td>b</td>', 'a b'],
    ['a\u0003b\ufeff\u202ec', 'abc'],
    ['cut \ud83d here', 'cut \ufffd here'],
    ['か\u3099', 'が'],
    ['\u3000全角\u3000空白\u3000', '全角\u3000空白'],
    ['Tiếng Việt ＡＢＣ', 'Tiếng Việt ＡＢＣ'],
    [' \r\n ', undefined],
  ])('%j → %j', (text, expected) => expect(plainText(text)).toBe(expected));

  test('a title is one line', () => expect(plainLine('a\r\n  b\tc<br>d')).toBe('a b c d'));

  test('50 kB of broken markup takes no time', () => {
    const started = performance.now();
    const pieces = ['<', '<b ', '&', '<a b=', '</', '[[', '<!--', '&#', ' ', '=', '\n ', '\u00a0', '<b>', 'x'];
    for (const piece of pieces) {
      plainText(`<b ${piece.repeat(50_000 / piece.length)}`);
      plainLine(`${piece.repeat(50_000 / piece.length)}<b>x`);
    }
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('200 kB in any other field takes no time', () => {
    const started = performance.now();
    for (const piece of [' ', '.', '1', '-', '(', '年', 'a.', '/', '1 ']) {
      const long = piece.repeat(200_000 / piece.length);
      readLink(`a${long}:`);
      readLocalDate(long, { calendar: 'gregorian', timeZone: 'UTC' });
      periodField(`1${long}x`, { calendar: 'gregorian', timeZone: 'UTC' });
      byteSize(`1${long}x`);
      languageTag(long, ['ja']);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('no tag of HTML and no control character is left, whatever comes', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '<b>',
      '</b>',
      '<script>',
      '&lt;',
      '&amp;',
      'b',
      '/',
      '=',
      '"',
      ' ',
      '\u0000',
      'あ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = plainText(pieces.join('').slice(0, 60)) ?? '';
        expect(text).not.toMatch(/[\u0000-\u0008]/);
        expect(text).toBe(text.trim());
      }),
      randomRuns(1000),
    );
  });
});

describe('readLink (W-02, I1, I2)', () => {
  test.each([
    ['https://x.example/a', { url: 'https://x.example/a' }],
    [' http://x.example/a\r\n', { url: 'http://x.example/a' }],
    ['HTTPS://x.example/a', { url: 'HTTPS://x.example/a' }],
    ['http:\\\\x.example\\a', { url: 'http://x.example/a' }],
    ['https://例え.jp/データ.csv', { url: 'https://例え.jp/データ.csv' }],
    ['https://x.example/%E3%81', { url: 'https://x.example/%E3%81' }],
    ['javascript:alert(1)', { slug: 'url-scheme-not-allowed' }],
    [' JaVaScRiPt:alert(1)', { slug: 'url-scheme-not-allowed' }],
    ['java\nscript:alert(1)', { slug: 'url-scheme-not-allowed' }],
    ['\u0001javascript:alert(1)', { slug: 'url-scheme-not-allowed' }],
    ['data:text/html,x', { slug: 'url-scheme-not-allowed' }],
    ['vbscript:x', { slug: 'url-scheme-not-allowed' }],
    ['file:///etc/passwd', { slug: 'url-scheme-not-allowed' }],
    ['ftp://x.example/a.csv', { urlText: 'ftp://x.example/a.csv', slug: 'url-scheme-not-allowed' }],
    ['//evil.example/x', { slug: 'url-without-scheme' }],
    ['www.city.kita.tokyo.jp', { slug: 'url-without-scheme' }],
    ['/uploads/a.csv', { slug: 'url-without-scheme' }],
    ['檔案請洽承辦人', { urlText: '檔案請洽承辦人', slug: 'url-is-text' }],
    ['http://', { slug: 'url-malformed' }],
    ['http:///x', { slug: 'url-malformed' }],
    ['https://u:p@x.example', { slug: 'url-has-credentials' }],
    ['https:\\\\u@x.example', { slug: 'url-has-credentials' }],
    ['  ', undefined],
  ])('%j', (text, expected) => {
    if (expected === undefined) expect(readLink(text)).toBeUndefined();
    else expect(readLink(text)).toMatchObject(expected);
  });

  test('what becomes a link is http or https for the browser too', () => {
    const piece = fc.constantFrom(
      'http',
      'https',
      'javascript',
      ':',
      '/',
      '//',
      '\\',
      '@',
      ' ',
      '\t',
      'x.example',
      '\u0000',
      '?',
      'data',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const link = readLink(pieces.join(''));
        if (link === undefined || !('url' in link)) return;
        expect(['http:', 'https:']).toContain(new URL(link.url).protocol);
        expect(new URL(link.url).username).toBe('');
      }),
      randomRuns(3000),
    );
  });
});

test.each([
  ['jp', 'ja'],
  ['JPN', 'ja'],
  ['日本語', 'ja'],
  ['http://publications.europa.eu/resource/authority/language/JPN', 'ja'],
  ['kr', 'ko'],
  ['zh-CN', 'zh-Hans'],
  ['zh_TW', 'zh-Hant-TW'],
  ['hk', 'zh-Hant-HK'],
  ['vn', 'vi'],
  ['en_GB', 'en-GB'],
  ['ไทย', 'th'],
  ['my', 'ms'],
  ['in', undefined],
  ['xx', undefined],
  ['constructor', undefined],
])('the language %s of a Malaysian source is %s (field N-11)', (code, tag) => {
  expect(languageTag(code, ['ms', 'en'])).toBe(tag);
});

test('what the source speaks decides what my and zho mean', () => {
  expect(languageTag('my', ['my'])).toBe('my');
  expect(languageTag('zho', ['zh-Hant'])).toBe('zh-Hant');
  expect(languageTag('chi', ['ja'])).toBe('zh');
});

test.each([
  [1024, 1024],
  ['1024', 1024],
  ['1,024', 1024],
  ['1.2 MB', 1_200_000],
  ['２KB', 2000],
  ['1 KiB', 1024],
  [-1, undefined],
  ['unknown', undefined],
  ['', undefined],
  [null, undefined],
])('the size %j is %j bytes', (size, bytes) => expect(byteSize(size)).toBe(bytes));

describe('distribution ids', () => {
  const a = { nativeId: 'r1', url: 'https://x.example/a.csv' };
  const b = { nativeId: 'r1', url: 'https://x.example/b.csv' };
  test('stay when resources are moved', () => {
    const other = { nativeId: 'r2', url: undefined };
    expect(distributionIds('d', [a, other])).toEqual([...distributionIds('d', [other, a])].reverse());
  });
  test('differ between datasets', () => expect(distributionIds('d', [a])).not.toEqual(distributionIds('e', [a])));
  test('are distinct and the same again when all is doubled or missing', () => {
    const keys = [a, b, a, a, { nativeId: undefined, url: undefined }, { nativeId: undefined, url: undefined }];
    const ids = distributionIds('d', keys);
    expect(new Set(ids).size).toBe(keys.length);
    expect(distributionIds('d', keys)).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[a-z2-7]{16}$/);
  });
});

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['"a,1","b ""x""",\r\n', ['a,1', 'b "x"', '']],
  ['"two\nlines",x', ['two\nlines', 'x']],
  ['"open', ['open']],
  ['', ['']],
])('the CSV record %j is %j', (record, fields) => expect(csvRow(record)).toEqual(fields));

test('a CSV record reads back what was written', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '가', ' ') });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const record = fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
      expect(csvRow(`${record}\r\n`)).toEqual(fields);
    }),
    { seed: 11 },
  );
});

describe('nativeJson', () => {
  const value = (text: string) => nativeJson(new TextEncoder().encode(text));
  test('keeps all digits of a long integer', () => {
    expect(
      value('{"pnu":1111010100100010007,"in text":": 1111010100100010007","f":0.1234567890123456}')?.value,
    ).toEqual({
      pnu: '1111010100100010007',
      'in text': ': 1111010100100010007',
      f: 0.1234567890123456,
    });
  });
  test('mends what Python writes, and says so', () => {
    expect(value('{"size":NaN,"a":[1,2,],"b":"NaN,}"}')).toMatchObject({
      value: { size: null, a: [1, 2], b: 'NaN,}' },
      mended: true,
    });
  });
  test('drops a BOM', () => expect(value('\ufeff{"a":1}')?.value).toEqual({ a: 1 }));
  test('is undefined for what is no JSON', () => expect(value('<html>')).toBeUndefined());
});
