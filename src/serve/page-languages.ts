/** The languages that pages are written in, and which of them a reader gets who did not name one. */

export const pageLanguages = ['en'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

const fallback: PageLanguage = 'en';

/**
 * RFC 9110 §12.5.4: the page language that the header likes best; a wish for `zh-Hant-TW` is met by `zh-Hant`, then
 * `zh`. Anything unreadable counts as no wish.
 */
export function negotiateLanguage(
  acceptLanguage: string | undefined,
  available: readonly PageLanguage[] = pageLanguages,
): PageLanguage {
  for (const wish of wishes(acceptLanguage ?? '')) {
    for (let tag = wish; tag !== ''; tag = tag.replace(/(^|-)[^-]*$/, '')) {
      const found = available.find((each) => each.toLowerCase() === tag);
      if (found !== undefined) return found;
    }
  }
  return fallback;
}

/** Most wanted first; at most 32 are read, a browser sends fewer than ten. */
function wishes(header: string): string[] {
  return header
    .slice(0, 1_000)
    .split(',', 32)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^[a-z0-9-]+$/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
