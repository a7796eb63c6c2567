/**
 * What a UTF-16 code unit (or an astral code point) is to analysis: a class in the low six bits, and two flags. Found out
 * from the Unicode properties of the running ICU when a character is first met, then read from a table.
 */

/** Parts nothing: white space, punctuation, symbols, control characters, lone surrogates. */
export const separatorClass = 1;
export const digitClass = 2;
/** Combining marks that belong to whatever they follow (U+0300 …), no part of any key. */
export const joinerClass = 3;
/** Han and Kana, one class: Japanese words run through both. */
export const ideographClass = 4;
export const hangulClass = 5;
const thaiClass = 6;
const lastBigramClass = 9;
export const latinClass = 10;
const firstOtherClass = latinClass + 1;

export const classMask = 0x3f;
/** Extends the grapheme cluster before it. */
export const markFlag = 0x40;
/** Text that holds it must be brought to its normal form first (`normal-text.ts`). */
export const unsettledFlag = 0x80;

/** Scripts without spaces between words, in the order of their classes from `thaiClass` on. */
const dictionaryScripts = ['Thai', 'Lao', 'Khmer', 'Myanmar'];

/** Scripts with spaces between words that get a class of their own, so that a border between two parts words. */
const wordScripts = [
  'Devanagari',
  'Bengali',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Oriya',
  'Sinhala',
  'Tibetan',
  'Arabic',
  'Hebrew',
  'Greek',
  'Cyrillic',
];
const otherLetterClass = firstOtherClass + wordScripts.length;

const scriptTests: readonly (readonly [RegExp, number])[] = [
  [/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u, ideographClass],
  [/\p{sc=Hangul}/u, hangulClass],
  [/\p{sc=Latin}/u, latinClass],
  ...dictionaryScripts.map((name, i) => [new RegExp(`\\p{sc=${name}}`, 'u'), thaiClass + i] as const),
  ...wordScripts.map((name, i) => [new RegExp(`\\p{sc=${name}}`, 'u'), firstOtherClass + i] as const),
];

/** Of the basic plane; 0 = not met yet. */
const known = new Uint8Array(0x10000);
const knownAstral = new Map<number, number>();

/** Class and flags of a code unit or code point. */
export function characterClass(code: number): number {
  const found = code < 0x10000 ? known[code] : knownAstral.get(code);
  return found || remember(code, classify(code));
}

function remember(code: number, found: number): number {
  if (code < 0x10000) known[code] = found;
  else knownAstral.set(code, found);
  return found;
}

/** Indexed as overlapping pairs of units. */
export function isBigramClass(characterClassOnly: number): boolean {
  return characterClassOnly >= ideographClass && characterClassOnly <= lastBigramClass;
}

/** Indexed as pairs of units and by dictionary words. */
export function isDictionaryClass(characterClassOnly: number): boolean {
  return characterClassOnly >= thaiClass && characterClassOnly <= lastBigramClass;
}

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  return baseClass(character) | (isMark(character) ? markFlag : 0) | (isUnsettled(character) ? unsettledFlag : 0);
}

function baseClass(character: string): number {
  if (/\p{Nd}/u.test(character)) return digitClass;
  if (!/[\p{L}\p{M}\p{N}]/u.test(character) || isIgnorable(character)) return separatorClass;
  for (const [script, found] of scriptTests) if (script.test(character)) return found;
  if (/\p{M}/u.test(character)) return joinerClass;
  return /\p{L}/u.test(character) ? otherLetterClass : separatorClass;
}

/** SARA AM is a letter by category, but stands on the consonant before it. */
function isMark(character: string): boolean {
  return /[\p{M}\u0e33\u0eb3]/u.test(character);
}

/** Soft hyphen, zero-width and direction marks, variation selectors, BOM, fillers: nothing to read. */
export function isIgnorable(character: string): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(character);
}

/** Nikhahit (U+0E4D, U+0ECD) may be one half of a SARA AM; the other combinations are found by comparing with NFC. */
function isUnsettled(character: string): boolean {
  if (/[\u0e33\u0eb3]/u.test(character)) return false;
  return (
    isIgnorable(character) ||
    /[\p{Cs}\u0e4d\u0ecd]/u.test(character) ||
    character.length > 1 ||
    character.normalize('NFKC') !== character
  );
}
