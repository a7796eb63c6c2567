/** Words of scripts with spaces: one unit each, with the exact form beside it when the key lost a diacritic. */
import { characterClass, classMask, joinerClass } from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { codeAt, type Scan } from './scan.ts';

/** The scan stands at a character of `wordClass`. */
export function scanWord(scan: Scan, wordClass: number): void {
  const { text, position } = scan;
  const start = scan.at;
  let at = start;
  let beyondAscii = 0;
  while (at < text.length) {
    const code = codeAt(text, at);
    const found = characterClass(code) & classMask;
    if (found !== wordClass && found !== joinerClass) break;
    beyondAscii |= code & ~0x7f;
    at += code > 0xffff ? 2 : 1;
  }
  scan.at = at;
  const exact = text.slice(start, at).toLowerCase();
  const term = beyondAscii === 0 ? exact : foldWord(text, start, at);
  if (term === '') return;
  scan.position++;
  scan.emit(term, position, start, at, 'unit');
  if (term !== exact) scan.emit(exact, position, start, at, 'word');
}

function foldWord(text: string, start: number, end: number): string {
  let folded = '';
  for (let at = start; at < end; ) {
    const code = codeAt(text, at);
    folded += foldCharacter(code);
    at += code > 0xffff ? 2 : 1;
  }
  return folded;
}
