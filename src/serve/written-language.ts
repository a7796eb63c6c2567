/** The `lang` and `dir` attributes of harvested text, so that browsers choose the right glyphs, hyphens and voice. */

/** Primary languages written from right to left. */
const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Scripts that tell a portal's main language from Latin text in the same field. */
const scriptOf: Readonly<Record<string, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ko: /\p{Script=Hangul}/u,
  th: /\p{Script=Thai}/u,
  km: /\p{Script=Khmer}/u,
  my: /\p{Script=Myanmar}/u,
  lo: /\p{Script=Lao}/u,
  hi: /\p{Script=Devanagari}/u,
};

export interface TextAttributes {
  /** BCP 47; empty = unknown, which HTML also writes as an empty attribute. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl' | 'auto';
}

/**
 * The declared tag when it is one. For undeclared text the portal's main language is a hint for the glyphs (Han
 * characters differ between Taiwan and Japan), and only where its script is seen; this is not shown as published.
 */
export function textAttributes(declared: string, text: string, portalLanguage = ''): TextAttributes {
  const tag = languageTag(declared) ?? hint(text, portalLanguage);
  if (tag === undefined) return { lang: '', dir: 'auto' };
  return { lang: tag, dir: rightToLeft.has(primary(tag)) ? 'rtl' : 'ltr' };
}

/** A well-formed tag (RFC 5646 §2.1, without the grandfathered ones) other than `und`, as written; else undefined. */
export function languageTag(text: string): string | undefined {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text) && primary(text) !== 'und' ? text : undefined;
}

function hint(text: string, portalLanguage: string): string | undefined {
  const tag = languageTag(portalLanguage);
  return tag !== undefined && scriptOf[primary(tag)]?.test(text) === true ? tag : undefined;
}

function primary(tag: string): string {
  return (tag.split('-', 1)[0] ?? tag).toLowerCase();
}
