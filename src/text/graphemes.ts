/** Where a text may be cut without tearing what a reader takes for one character. Indexes are UTF-16. */

let graphemes: Intl.Segmenter | undefined;

function segmentsOf(text: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return graphemes.segment(text);
}

/** Last grapheme border at or before `index`, which may lie outside the text. */
export function graphemeBoundaryBefore(text: string, index: number): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  return segmentsOf(text).containing(index)?.index ?? index;
}

/** First grapheme border at or after `index`, which may lie outside the text. */
export function graphemeBoundaryAfter(text: string, index: number): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  const found = segmentsOf(text).containing(index);
  if (found === undefined || found.index === index) return index;
  return found.index + found.segment.length;
}

/**
 * The beginning of the text, at most `max` UTF-16 units, cut between graphemes; when one grapheme is longer than that,
 * between code points.
 */
export function cutAtGrapheme(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = graphemeBoundaryBefore(text, max);
  if (end > 0 || max <= 0) return text.slice(0, end);
  const code = text.charCodeAt(max - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? max - 1 : max);
}

/** The first `count` graphemes. */
export function firstGraphemes(text: string, count: number): string {
  if (text.length <= count) return text;
  let left = count;
  for (const { index } of segmentsOf(text)) if (left-- === 0) return text.slice(0, index);
  return text;
}
