/** From text of any script to its terms; the rules are told in `analysis-contract.ts`. Used for index and query alike. */
import type { Token } from './analysis-contract.ts';
import { scanBigramRun } from './bigram-run.ts';
import {
  characterClass,
  classMask,
  digitClass,
  isBigramClass,
  joinerClass,
  separatorClass,
} from './character-class.ts';
import { withDigits } from './kanji-number.ts';
import { normalText } from './normal-text.ts';
import { scanNumber } from './number-unit.ts';
import { codeAt, type Scan, type TermKind } from './scan.ts';
import { scanWord } from './word-unit.ts';

/** Own part of the version: goes up with every change of what a text gives. */
const ownVersion = 3;

/**
 * Name of everything that keys depend on; an index made under another one is not asked. ICU takes part because word
 * breaking and character properties change with it (`process.versions.icu` of the caller).
 */
export function analysisVersion(icuVersion: string): string {
  return `text-${ownVersion}+icu-${icuVersion}`;
}

/** Units in ascending order of place; word evidence after the units it is made of. Never throws. */
export function analyse(text: string): Token[] {
  const tokens: Token[] = [];
  analyseInto(text, (term, position, start, end, kind) => {
    tokens.push({ term, position, start, end, kind: kind === 'word' ? 'word' : 'unit' });
  });
  return tokens;
}

/** What `analyse` does without an object a term; `kind` says finer what a unit is (`TermKind`). Never throws. */
export function analyseInto(
  text: string,
  sink: (term: string, position: number, start: number, end: number, kind: TermKind) => void,
): void {
  const normal = withDigits(normalText(text));
  const starts = normal.origin?.starts;
  const ends = normal.origin?.ends;
  const emit: Scan['emit'] =
    starts === undefined || ends === undefined
      ? sink
      : (term, position, start, end, kind) => sink(term, position, starts[start] ?? 0, ends[end - 1] ?? 0, kind);
  const scan: Scan = { text: normal.text, at: 0, position: 0, emit };
  while (scan.at < scan.text.length) scanNext(scan);
}

function scanNext(scan: Scan): void {
  const code = codeAt(scan.text, scan.at);
  const found = characterClass(code) & classMask;
  if (found === separatorClass || found === joinerClass) scan.at += code > 0xffff ? 2 : 1;
  else if (found === digitClass) scanNumber(scan);
  else if (isBigramClass(found)) scanBigramRun(scan, found);
  else scanWord(scan, found);
}
