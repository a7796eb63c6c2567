/** Runs of scripts without reliable word borders: overlapping pairs of units, and words as evidence where known. */
import {
  characterClass,
  classMask,
  hangulClass,
  ideographClass,
  isDictionaryClass,
  joinerClass,
  markFlag,
} from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { codeAt, type Scan } from './scan.ts';

/** The scan stands at a character of `runClass`. */
export function scanBigramRun(scan: Scan, runClass: number): void {
  const { text } = scan;
  const run = { start: scan.at, position: scan.position };
  const unitStarts: number[] = [];
  let previous = '';
  let previousStart = scan.at;
  for (let at = scan.at; at !== -1; at = nextUnit(text, scan.at, runClass)) {
    const end = unitEnd(text, at, runClass);
    const unit = foldUnit(text, at, end);
    if (previous !== '') scan.emit(previous + unit, scan.position++, previousStart, end, 'bigram');
    unitStarts.push(at);
    previous = unit;
    previousStart = at;
    scan.at = end;
  }
  scan.emit(previous, scan.position, previousStart, scan.at, scan.position === run.position ? 'lone' : 'tail');
  scan.position++;
  if (runClass === hangulClass) scan.emit(text.slice(run.start, scan.at), run.position, run.start, scan.at, 'word');
  if (isDictionaryClass(runClass)) emitWords(scan, run.position, unitStarts);
}

/** Where the next unit of the run begins; -1 when the run ends before it. */
function nextUnit(text: string, at: number, runClass: number): number {
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
function unitEnd(text: string, start: number, runClass: number): number {
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

function foldUnit(text: string, start: number, end: number): string {
  let folded = '';
  for (let at = start; at < end; ) {
    const code = codeAt(text, at);
    folded += foldCharacter(code);
    at += code > 0xffff ? 2 : 1;
  }
  return folded;
}

let words: Intl.Segmenter | undefined;

/** Dictionary words of a run whose units begin at `unitStarts`; the scan stands at its end. */
function emitWords(scan: Scan, position: number, unitStarts: readonly number[]): void {
  // The locale changes nothing (measured, design.md §4): the dictionary is chosen by script.
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  const start = unitStarts[0] ?? scan.at;
  let unit = 0;
  for (const { segment, index, isWordLike } of words.segment(scan.text.slice(start, scan.at))) {
    const at = start + index;
    while (unit + 1 < unitStarts.length && (unitStarts[unit + 1] ?? at) <= at) unit++;
    if (isWordLike === true) scan.emit(segment, position + unit, at, at + segment.length, 'word');
  }
}
