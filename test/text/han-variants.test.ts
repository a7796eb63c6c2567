import { expect, test } from 'vitest';
import { hanVariants } from '../../src/text/han-variants.ts';

test('every variant and every key is one Han character, and no key is a variant of another', () => {
  const variants = hanVariants();
  expect(variants.size).toBeGreaterThan(2_000);
  for (const [variant, key] of variants) {
    expect(variant).toMatch(/^\p{Script=Han}$/u);
    expect(key).toMatch(/^\p{Script=Han}$/u);
    expect(variants.has(key), `${variant} → ${key} → ${variants.get(key)}`).toBe(false);
  }
});

test.each([
  '台臺',
  '国國',
  '沢澤泽',
  '塩鹽盐',
  '発發发',
  '髪髮发',
  '気氣气',
  '図圖图',
  '県縣县',
  '斎齋斋',
  '辺邊边',
  '歩步',
  '徴徵征',
])('%s have one key', (forms) => {
  const variants = hanVariants();
  expect(new Set([...forms].map((form) => variants.get(form) ?? form)).size).toBe(1);
});

test.each(['未末', '土士', '日曰', '己已', '大太', '島鳥', '東束', '千干', '人入'])(
  '%s look alike and are not the same',
  (forms) => {
    const variants = hanVariants();
    expect(new Set([...forms].map((form) => variants.get(form) ?? form)).size).toBe(forms.length);
  },
);
