/**
 * Cutting at grapheme borders without asking the segmenter where no question is: between two characters that never join
 * with a neighbour there is always a border (UAX #29, GB999).
 */
import { cutAtGrapheme, firstGraphemes, graphemeBoundaryAfter, graphemeBoundaryBefore } from '../text/graphemes.ts';

/**
 * Printable Latin up to U+02FF, kana, the common Han block, precomposed Hangul: no marks, joiners, jamo, emoji,
 * surrogates or prepended signs among them. U+00A9 and U+00AE begin emoji sequences only before a joiner.
 */
function isPlain(code: number): boolean {
  if (code < 0x300) return code >= 0x20 && (code < 0x7f || code >= 0xa0) && code !== 0xad;
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  return (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fa);
}

function isPlainBorder(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return true;
  return isPlain(text.charCodeAt(index - 1)) && isPlain(text.charCodeAt(index));
}

export function borderBefore(text: string, index: number): number {
  return isPlainBorder(text, index) ? index : graphemeBoundaryBefore(text, index);
}

export function borderAfter(text: string, index: number): number {
  return isPlainBorder(text, index) ? index : graphemeBoundaryAfter(text, index);
}

/** The beginning of the text: at most `max` UTF-16 units, and so at most as many graphemes. */
export function cutText(text: string, max: number): string {
  return text.length > max && isPlainBorder(text, max) ? text.slice(0, max) : cutAtGrapheme(text, max);
}

/** A grapheme of more code units than any writing has is no reason to show a page of it. */
const unitsPerGrapheme = 16;

/** The first `count` graphemes of the text. */
export function cutToGraphemes(text: string, count: number): string {
  let plain = 0;
  while (plain < count && plain < text.length && isPlain(text.charCodeAt(plain))) plain++;
  // A character that never joins begins a grapheme of its own, unless the next one hangs on it.
  if (plain >= text.length) return text;
  if (plain === count && isPlain(text.charCodeAt(plain))) return text.slice(0, count);
  return firstGraphemes(cutAtGrapheme(text, count * unitsPerGrapheme), count);
}
