/**
 * How far one spelling is from another, as people mistype their scripts: letters of Latin and other alphabets, the typed
 * letters of Hangul, whole units of Han, Kana, Thai, Khmer, Lao and Burmese. Pure.
 */
import {
  characterClass,
  classMask,
  digitClass,
  hangulClass,
  isBigramClass,
  joinerClass,
  separatorClass,
} from './character-class.ts';
import { hangulLetters } from './hangul-letters.ts';
import { codeAt } from './scan.ts';
import { foldUnit, nextUnit, unitEnd } from './script-unit.ts';

export interface Spelling {
  /** Of `character-class.ts`. */
  readonly scriptClass: number;
  /** Folded; what a slip of the finger changes, leaves out, adds or swaps. */
  readonly letters: readonly string[];
  /** Most slips that a word of this length may have and still be meant; 0 = too short to tell. */
  readonly slips: number;
}

/** Of a folded word of one script; undefined for a number, or a text of several scripts or words. */
export function spellingOf(word: string): Spelling | undefined {
  const scriptClass = word === '' ? separatorClass : characterClass(codeAt(word, 0)) & classMask;
  if (scriptClass === separatorClass || scriptClass === joinerClass || scriptClass === digitClass) return undefined;
  const letters = isBigramClass(scriptClass) ? runLetters(word, scriptClass) : wordLetters(word, scriptClass);
  return letters === undefined ? undefined : { scriptClass, letters, slips: slipsOf(scriptClass, letters.length) };
}

/**
 * Latin: none in three letters (every other word is another), one in five, two in more; Hangul: the same in typed
 * letters, of which a syllable has two or three; units of the other scripts: one in three or more.
 */
function slipsOf(scriptClass: number, length: number): number {
  if (isBigramClass(scriptClass) && scriptClass !== hangulClass) return length >= 3 ? 1 : 0;
  if (length < 4) return 0;
  return length < 6 ? 1 : 2;
}

function runLetters(word: string, runClass: number): readonly string[] | undefined {
  const letters: string[] = [];
  let at = 0;
  while (at !== -1 && at < word.length) {
    const end = unitEnd(word, at, runClass);
    const unit = foldUnit(word, at, end);
    letters.push(...(runClass === hangulClass ? (hangulLetters(codeAt(word, at)) ?? unit) : [unit]));
    if (end >= word.length) return letters;
    at = nextUnit(word, end, runClass);
  }
  return undefined;
}

function wordLetters(word: string, wordClass: number): readonly string[] | undefined {
  const letters = [...word];
  const isWhole = letters.every((letter) => {
    const found = characterClass(letter.codePointAt(0) ?? 0) & classMask;
    return found === wordClass || found === joinerClass;
  });
  return isWhole ? letters : undefined;
}

/**
 * Letters that were changed, left out, added, or swapped with their neighbour (Damerau's, each place once); more than
 * `most` is told as `most + 1`.
 */
export function slipsBetween(a: readonly string[], b: readonly string[], most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const rows: [twoBack: Uint16Array, last: Uint16Array, row: Uint16Array] = [
    new Uint16Array(b.length + 1),
    Uint16Array.from({ length: b.length + 1 }, (_, j) => j),
    new Uint16Array(b.length + 1),
  ];
  for (let i = 1; i <= a.length; i++) {
    if (fillRow(a, b, i, rows) > most) return most + 1;
    const [twoBack, last, row] = rows;
    rows[0] = last;
    rows[1] = row;
    rows[2] = twoBack;
  }
  return Math.min(most + 1, rows[1][b.length] ?? most + 1);
}

/** Row `i` of the table of slips between the beginnings of both; returns its least. */
function fillRow(
  a: readonly string[],
  b: readonly string[],
  i: number,
  [twoBack, last, row]: readonly [Uint16Array, Uint16Array, Uint16Array],
): number {
  row[0] = i;
  let least = i;
  for (let j = 1; j <= b.length; j++) {
    const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
    let cost = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
    const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    if (isSwapped) cost = Math.min(cost, (twoBack[j - 2] ?? 0) + 1);
    row[j] = cost;
    least = Math.min(least, cost);
  }
  return least;
}
