/** Burmese in Unicode and in the order of the font Zawgyi, told apart. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isZawgyi } from '../../src/text/zawgyi.ts';
import { capture, hasCaptures } from '../support/captures.ts';

describe('the same words in both encodings', () => {
  test.each([
    ['မြန်မာ', 'ျမန္မာ'],
    ['ရန်ကုန်မြို့ လူဦးရေ', 'ရန္ကုန္ၿမိဳ႕ လူဦးေရ'],
    ['ကျန်းမာရေးဌာန', 'က်န္းမာေရးဌာန'],
    ['ဇူလိုင်', 'ဇူလုိင္'],
    ['ယောက်ျား အမျိုးသမီး', 'ေယာက်္ား အမ်ဳိးသမီး'],
    ['သစ်တောဧရိယာ (ဟက်တာ)', 'သစ္ေတာဧရိယာ (ဟက္တာ)'],
    ['အင်္ဂါ', 'အဂၤါ'],
  ])('%s is Unicode, %s Zawgyi', (unicode, zawgyi) => {
    expect([isZawgyi(unicode), isZawgyi(zawgyi)]).toEqual([false, true]);
  });
});

test.each(['', 'Yangon 2023', 'ထၢမ်တွပ်ႇ', 'ၶူးႁိုၼ်', 'တၢ်ကစီၣ်', '၂၀၂၃', 'ကခဂ'])(
  'other languages of the script, numbers, and what has no sign of either: %s',
  (text) => {
    expect(isZawgyi(text)).toBe(false);
  },
);

describe.skipIf(!hasCaptures)('a government news text and the Declaration of Human Rights, line by line', () => {
  test.each([
    ['mmgov_unicode_out.txt', false],
    ['udhr_mya_unicode_src.txt', false],
    ['mmgov_zawgyi_src.txt', true],
    ['udhr_mya_zawgyi_out.txt', true],
  ])('%s', (name, expected) => {
    const lines = readFileSync(capture('data', 'messy', 'mm-zawgyi', name), 'utf8')
      .split('\n')
      .filter((line) => /[\u1000-\u109f]/.test(line));
    const wrong = lines.filter((line) => isZawgyi(line) !== expected);
    expect(lines.length).toBeGreaterThan(60);
    // Of Zawgyi one line in fifty may look like either; Unicode is never called Zawgyi.
    expect(wrong.length).toBeLessThanOrEqual(expected ? lines.length / 50 : 0);
  });
});
