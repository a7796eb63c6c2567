/** From a character of normal text to its part of a key: case, accents, digits and Han variants folded. */
import { characterClass, classMask, digitClass, ideographClass, joinerClass, latinClass } from './character-class.ts';
import { hanVariants } from './han-variants.ts';

/** Latin letters that Unicode does not decompose, and what people type for them. */
const latinLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  þ: 'th',
  ŧ: 't',
  ƀ: 'b',
  ɓ: 'b',
  ƈ: 'c',
  ɖ: 'd',
  ɗ: 'd',
  ƒ: 'f',
  ɠ: 'g',
  ɨ: 'i',
  ƙ: 'k',
  ɲ: 'n',
  ƥ: 'p',
  ƭ: 't',
  ʉ: 'u',
  ƴ: 'y',
  ƶ: 'z',
};

/** Small kana that stand for the big ones in place names (自由ヶ丘, 自由ケ丘). */
const kanaVariants: Readonly<Record<string, string>> = { ヶ: 'ケ', ヵ: 'カ' };

/** Nukta of the Indic scripts: जिला and ज़िला are one word to those who search. */
const nuktas = new Set([0x093c, 0x09bc, 0x0a3c, 0x0abc, 0x0b3c, 0x0cbc]);

/** By code point. An array, because this is read for every character of every text. */
const known: string[] = new Array<string>(0x10000);

/** Empty for marks that are no part of a key; several characters for ß, æ … */
export function foldCharacter(code: number): string {
  const found = known[code];
  if (found !== undefined) return found;
  const made = fold(code);
  if (code < 0x10000) known[code] = made;
  return made;
}

function fold(code: number): string {
  const character = String.fromCodePoint(code);
  switch (characterClass(code) & classMask) {
    case joinerClass:
      return '';
    case digitClass:
      return String(digitValue(code));
    case ideographClass:
      return kanaVariants[character] ?? hanVariants().get(character) ?? character;
    case latinClass:
      return foldLatin(character);
    default:
      return nuktas.has(code) ? '' : character.toLowerCase().replace('ς', 'σ');
  }
}

function foldLatin(character: string): string {
  const letters = character.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  let folded = '';
  for (const letter of letters) folded += latinLetters[letter] ?? letter;
  return folded;
}

/** Decimal digits stand in rows of ten (Unicode 4.6), so that the place in the row is the value. */
function digitValue(code: number): number {
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return before % 10;
}
