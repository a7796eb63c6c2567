/**
 * The readable end of a dataset's address. Only the id decides which dataset is meant; a slug that is missing or out of
 * date is answered with a redirect to the right one.
 */

/** UTF-16 units; a Han title stays readable, an address stays below 1 kB when percent-encoded. */
const maximumLength = 80;

/** Letters, marks and digits of any script, in lower case, with single hyphens between; `dataset` when nothing is left. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .slice(0, maximumLength * 4)
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  const slug = (words ?? []).join('-');
  return cut(slug) || 'dataset';
}

/** At a hyphen when there is one in the last third, never inside a surrogate pair or before a mark. */
function cut(slug: string): string {
  if (slug.length <= maximumLength) return slug;
  const hyphen = slug.lastIndexOf('-', maximumLength);
  if (hyphen > (maximumLength * 2) / 3) return slug.slice(0, hyphen);
  let kept = '';
  for (const { segment } of new Intl.Segmenter('und').segment(slug)) {
    if (kept.length + segment.length > maximumLength) break;
    kept += segment;
  }
  return kept.replace(/-$/, '');
}
