import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkKey } from '../../src/kit/link-key.ts';

describe('field F-12: one address, several spellings', () => {
  test.each([
    ['http://x.example/日本語.csv', 'http://x.example/%E6%97%A5%E6%9C%AC%E8%AA%9E.csv'],
    ['http://x.example/%e6%97%a5%e6%9c%ac%e8%aa%9e.csv', 'http://x.example/%E6%97%A5%E6%9C%AC%E8%AA%9E.csv'],
    ['http://x.example/a b.csv', 'http://x.example/a%20b.csv'],
    ['http://x.example/%B8%EA.csv', 'http://x.example/%B8%EA.csv'],
    ['HTTP://X.example:80/a.csv#part', 'http://x.example/a.csv'],
    ['https://例え.テスト/a', 'https://xn--r8jz45g.xn--zckzah/a'],
    [' 檔案請洽承辦人 ', '檔案請洽承辦人'],
  ])('%s', (address, key) => {
    expect(linkKey(address)).toBe(key);
  });
  test.each([
    ['http://x.example/a', 'http://x.example/A'],
    ['http://x.example/a', 'https://x.example/a'],
    ['http://x.example/a?b', 'http://x.example/a'],
    ['http://x.example/%B8%EA.csv', 'http://x.example/%E8%B3%87.csv'],
    ['http://x.example/a%2Fb', 'http://x.example/a/b'],
  ])('%s is not %s', (one, other) => {
    expect(linkKey(one)).not.toBe(linkKey(other));
  });
  test('a key is its own key', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        (url) => linkKey(linkKey(url)) === linkKey(url),
      ),
    );
  });
});
