/** Runs of scripts without reliable word borders: overlapping pairs of units, and words as evidence where known. */
import { hangulClass, isDictionaryClass } from './character-class.ts';
import type { Scan } from './scan.ts';
import { foldUnit, nextUnit, unitEnd } from './script-unit.ts';

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
