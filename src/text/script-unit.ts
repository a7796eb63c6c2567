/** Units of runs of Han, Kana, Hangul, Thai, Khmer, Lao and Burmese: where one ends, where the next begins, its key. */
import { characterClass, classMask, ideographClass, joinerClass, markFlag } from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { codeAt } from './scan.ts';

/** Where the next unit of the run begins; -1 when the run ends before it. */
export function nextUnit(text: string, at: number, runClass: number): number {
  if (at >= text.length) return -1;
  const start = runClass === ideographClass && isKatakanaDot(text, at) ? at + 1 : at;
  return (characterClass(codeAt(text, start)) & classMask) === runClass ? start : -1;
}

/** Middle dot inside a katakana compound (データ・セット), written or left out at will. */
function isKatakanaDot(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x30fb && isKatakana(text.charCodeAt(at - 1)) && isKatakana(text.charCodeAt(at + 1));
}

function isKatakana(code: number): boolean {
  return (code >= 0x30a1 && code <= 0x30fa) || (code >= 0x30fc && code <= 0x30ff) || (code >= 0x31f0 && code <= 0x31ff);
}

/** End of the unit that begins at `start`: a character, its marks, and what a Khmer or Burmese stacker hangs below it. */
export function unitEnd(text: string, start: number, runClass: number): number {
  let last = codeAt(text, start);
  let end = start + (last > 0xffff ? 2 : 1);
  while (end < text.length) {
    const code = codeAt(text, end);
    const found = characterClass(code);
    const belongs = (found & markFlag) !== 0 || isStacker(last);
    const sameScript = (found & classMask) === runClass || (found & classMask) === joinerClass;
    if (!belongs || !sameScript) break;
    end += code > 0xffff ? 2 : 1;
    last = code;
  }
  return end;
}

/** Khmer coeng and Burmese virama: the next consonant stands below. */
function isStacker(code: number): boolean {
  return code === 0x17d2 || code === 0x1039;
}

/** Part of a key. */
export function foldUnit(text: string, start: number, end: number): string {
  let folded = '';
  for (let at = start; at < end; ) {
    const code = codeAt(text, at);
    folded += foldCharacter(code);
    at += code > 0xffff ? 2 : 1;
  }
  return folded;
}
