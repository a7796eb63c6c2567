import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { negotiateLanguage } from '../../src/serve/page-languages.ts';
import { safeHref } from '../../src/serve/safe-href.ts';
import { readSearchForm, searchQuery } from '../../src/serve/search-form.ts';
import { slugOf } from '../../src/serve/slug.ts';
import { textAttributes } from '../../src/serve/written-language.ts';
import { badAddresses } from './served-catalogue.ts';

describe('field N-14: slugOf(title)', () => {
  test.each([
    ['Bus Stops & Routes (2024)', 'bus-stops-routes-2024'],
    ['臺北市 公共自行車／站點', '臺北市-公共自行車-站點'],
    ['เส้นทางเดินรถ', 'เส้นทางเดินรถ'],
    ['cafe\u0301', 'café'],
    ['../../etc', 'etc'],
    ['!!! 🚲', 'dataset'],
    ['避難所一覧', '避難所一覧'],
    ['경기도', '경기도'],
    ['ข้อมูล', 'ข้อมูล'],
    ['-', 'dataset'],
    ['　', 'dataset'],
    ['', 'dataset'],
  ])('%j → %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test('of any text is short, whole, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const slug = slugOf(title);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug);
        expect(slug).not.toMatch(/[/?#%.\s]/);
      }),
    );
  });
});

describe('negotiateLanguage(header)', () => {
  test.each([
    [undefined, 'en'],
    ['ja,ko;q=0.8', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['*;q=0.1, ,;;,en;q=x', 'en'],
    ['a'.repeat(5_000), 'en'],
  ])('%.30s → %s', (header, lang) => {
    expect(negotiateLanguage(header)).toBe(lang);
  });
});

describe('safeHref(address)', () => {
  test.each(badAddresses)('%j is never a link', (address) => {
    expect(safeHref(address)).toBeUndefined();
  });
  test('http and https are', () => {
    expect(safeHref('https://例え.example/表?x=1')).toBe('https://xn--r8jz45g.example/%E8%A1%A8?x=1');
    expect(safeHref(' HTTP://a.example/')).toBe('http://a.example/');
  });
});

describe('textAttributes(declared, text, portal language)', () => {
  test.each([
    ['zh-Hant', '港', '', { lang: 'zh-Hant', dir: 'ltr' }],
    ['und', '湊県', 'ja', { lang: 'ja', dir: 'ltr' }],
    ['und', 'Wi-Fi', 'ja', { lang: '', dir: 'auto' }],
    ['ur', 'x', '', { lang: 'ur', dir: 'rtl' }],
    ['"><script>', 'x', '"><b>', { lang: '', dir: 'auto' }],
  ] as const)('%s %s %s', (declared, text, portal, attributes) => {
    expect(textAttributes(declared, text, portal)).toEqual(attributes);
  });
});

test('a search form survives its own address', () => {
  const filters = fc.record({
    country: fc.uniqueArray(fc.constantFrom('JP', 'TW', 'KR'), { minLength: 1 }),
    publisher: fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 3,
    }),
  });
  const form = fc.record({
    text: fc.stringMatching(/^[a-z避難\p{Script=Thai}"*]{0,40}$/u),
    filters,
    sort: fc.constantFrom('relevance', 'modified', 'title') as fc.Arbitrary<'relevance' | 'modified' | 'title'>,
    page: fc.integer({ min: 1, max: 1_000_000 }),
    meaning: fc.boolean(),
  });
  fc.assert(
    fc.property(form, (each) => {
      const read = readSearchForm(new URLSearchParams(searchQuery(each)));
      expect(read.ignored).toEqual([]);
      expect(read.form).toEqual(each);
    }),
  );
});
