/**
 * A text as a row of units (a word, a number, one Han or Kana character, one Hangul syllable, one Thai cluster …), one by
 * one and unpaired: what labels of a vocabulary are compared with. Units, keys and folding are those of the search index.
 */
import {
  characterClass,
  classMask,
  digitClass,
  isBigramClass,
  joinerClass,
  separatorClass,
} from './character-class.ts';
import { type NormalText, normalText } from './normal-text.ts';
import { scanNumber } from './number-unit.ts';
import { codeAt, type Scan } from './scan.ts';
import { foldUnit, nextUnit, unitEnd } from './script-unit.ts';
import { scanWord } from './word-unit.ts';

/** What stands between a unit and the one before it, the loosest last. */
export const gaps = { none: 0, space: 1, underscore: 2, other: 3 } as const;

/** Row by row, one entry a unit. */
export interface TextUnits {
  readonly normal: NormalText;
  /** Folded. */
  readonly keys: readonly string[];
  /** With its diacritics, in lower case; the key where nothing was lost. */
  readonly exacts: readonly string[];
  /** Of `character-class.ts`. */
  readonly classes: readonly number[];
  /** Half-open UTF-16 ranges of the normal text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** One of `gaps`; `other` for the first unit. */
  readonly gapsBefore: readonly number[];
}

/** Never throws. */
export function textUnits(display: string): TextUnits {
  const normal = normalText(display);
  const row = new UnitRow(normal);
  row.fill();
  return row;
}

/** Range of the display text that units `first` to `last` (inclusive) stand for. */
export function displayRange(units: TextUnits, first: number, last: number): readonly [start: number, end: number] {
  const start = units.starts[first] ?? 0;
  const end = units.ends[last] ?? start;
  const { origin } = units.normal;
  return origin === undefined ? [start, end] : [origin.starts[start] ?? 0, origin.ends[end - 1] ?? 0];
}

class UnitRow implements TextUnits {
  readonly normal: NormalText;
  readonly keys: string[] = [];
  readonly exacts: string[] = [];
  readonly classes: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly gapsBefore: number[] = [];
  #gap: number = gaps.other;
  #class = 0;

  constructor(normal: NormalText) {
    this.normal = normal;
  }

  fill(): void {
    const { text } = this.normal;
    const scan: Scan = {
      text,
      at: 0,
      position: 0,
      emit: (term, _position, start, end, kind) => {
        // A word's exact spelling follows its key when the two differ.
        if (kind === 'word') this.exacts[this.exacts.length - 1] = term;
        else this.#add(term, start, end);
      },
    };
    while (scan.at < text.length) {
      const code = codeAt(text, scan.at);
      const found = characterClass(code) & classMask;
      this.#class = found;
      if (found === separatorClass || found === joinerClass) {
        this.#gap = Math.max(this.#gap, gapOf(code));
        scan.at += code > 0xffff ? 2 : 1;
      } else if (found === digitClass) scanNumber(scan);
      else if (isBigramClass(found)) this.#scanRun(scan, found);
      else scanWord(scan, found);
    }
  }

  #scanRun(scan: Scan, runClass: number): void {
    const { text } = scan;
    for (let at = scan.at; at !== -1; at = nextUnit(text, scan.at, runClass)) {
      scan.at = unitEnd(text, at, runClass);
      this.#add(foldUnit(text, at, scan.at), at, scan.at);
    }
  }

  #add(key: string, start: number, end: number): void {
    this.keys.push(key);
    this.exacts.push(key);
    this.classes.push(this.#class);
    this.starts.push(start);
    this.ends.push(end);
    this.gapsBefore.push(this.#gap);
    this.#gap = gaps.none;
  }
}

/** Hyphens and apostrophes join words as a space does; an underscore parts what portals put side by side in a title. */
function gapOf(code: number): number {
  if (code === 0x5f) return gaps.underscore;
  const joins =
    code === 0x20 ||
    code === 0x2d ||
    code === 0x27 ||
    code === 0xa0 ||
    code === 0xb7 ||
    code === 0x3000 ||
    (code >= 0x2010 && code <= 0x2019);
  return joins ? gaps.space : gaps.other;
}
