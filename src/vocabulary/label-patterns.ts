/** The labels of a vocabulary as rows of keys, and where in a text such a row stands. Nothing is chosen here. */
import { hangulClass, isBigramClass, isDictionaryClass, latinClass } from '../text/character-class.ts';
import { singularKey } from '../text/english-singular.ts';
import { hindiSingularKey } from '../text/hindi-singular.ts';
import { gaps, type TextUnits, textUnits } from '../text/text-units.ts';

export interface Label {
  readonly text: string;
  /** BCP 47 language of the label, one of the thirteen. */
  readonly lang: string;
  /** What it names; opaque here. */
  readonly target: string;
  /** Longer words that hold the label and mean something else: inside of them it is not found. */
  readonly guards?: readonly string[];
}

/** One label, or one of its guards, as a row of keys. */
export interface Pattern {
  readonly keys: readonly string[];
  /** What stands before each key in the label itself, of `gaps`: a comma or an ampersand of its own may stand in the text. */
  readonly gapsBefore: readonly number[];
  readonly lang: string;
  readonly target: string;
  readonly guards: boolean;
  /** `exact`: with the label's diacritics; `unmarked`: in a text typed without any; `folded`: they do not matter. */
  readonly spelling: 'exact' | 'unmarked' | 'folded';
}

/** Units `first` to `last` (inclusive) spell the pattern. */
export interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly pattern: Pattern;
}

export class LabelPatterns {
  /** First key → second key (empty for a label of one unit) → patterns. */
  readonly #buckets = new Map<string, Map<string, Pattern[]>>();
  /** Texts that nobody has looked for yet, by the letter they begin with: a query needs a few of some 200,000. */
  readonly #waiting = new Map<string, LabelText[]>();
  /** First code points of keys that texts had: nothing waits for them any more. */
  readonly #lookedFor = new Set<number>();

  constructor(labels: Iterable<Label>) {
    for (const label of labels) {
      this.#wait({ text: label.text, label, guards: false });
      for (const text of label.guards ?? []) this.#wait({ text, label, guards: true });
    }
  }

  #wait(text: LabelText): void {
    const letter = beginningOf(text.text);
    const waiting = letter === undefined ? undefined : this.#waiting.get(letter);
    if (letter === undefined) this.#take(text);
    else if (waiting === undefined) this.#waiting.set(letter, [text]);
    else waiting.push(text);
  }

  #take({ text, label, guards }: LabelText): void {
    for (const pattern of patternsOf(text, label, guards)) if (pattern.keys.length > 0) this.#add(pattern);
  }

  #takeWaiting(key: string): void {
    const code = key.codePointAt(0) ?? 0;
    if (this.#lookedFor.has(code)) return;
    this.#lookedFor.add(code);
    const letter = beginningOf(key);
    const waiting = letter === undefined ? undefined : this.#waiting.get(letter);
    if (letter === undefined || waiting === undefined) return;
    this.#waiting.delete(letter);
    for (const text of waiting) this.#take(text);
  }

  #add(pattern: Pattern): void {
    const [first = '', second = ''] = pattern.keys;
    const bucket = this.#buckets.get(first) ?? new Map<string, Pattern[]>();
    this.#buckets.set(first, bucket);
    const patterns = bucket.get(second);
    if (patterns === undefined) bucket.set(second, [pattern]);
    else patterns.push(pattern);
  }

  /** Every place where a pattern stands, in one of the languages or in English. */
  candidates(units: TextUnits, languages?: ReadonlySet<string>): readonly Candidate[] {
    const singular = singularsOf(units);
    const text: TextKeys = {
      units,
      singular,
      spellings: units.keys.map((_, at) => spellingsAt(units, singular, at)),
      unmarked: isUnmarked(units),
      vietnamese: vietnameseLetter.test(units.normal.text),
    };
    const found: Candidate[] = [];
    const take = (patterns: readonly Pattern[] | undefined, at: number): void => {
      if (patterns === undefined) return;
      for (const pattern of patterns) {
        if (languages !== undefined && pattern.lang !== 'en' && !languages.has(pattern.lang)) continue;
        if (stands(pattern, text, at)) found.push({ first: at, last: at + pattern.keys.length - 1, pattern });
      }
    };
    for (let at = 0; at < units.keys.length; at++) this.#eachStartingAt(text, at, take);
    return found;
  }

  /** Gives the patterns whose first two keys are there. */
  #eachStartingAt(
    { units, spellings }: TextKeys,
    at: number,
    take: (patterns: readonly Pattern[] | undefined, at: number) => void,
  ): void {
    this.#takeWaiting(units.keys[at] ?? '');
    for (const first of spellings[at] ?? []) {
      const bucket = this.#buckets.get(first);
      if (bucket === undefined) continue;
      take(bucket.get(''), at);
      for (const second of spellings[at + 1] ?? []) take(bucket.get(second), at);
    }
  }
}

interface LabelText {
  readonly text: string;
  readonly label: Label;
  readonly guards: boolean;
}

const beginnings = new Map<string, string | undefined>();

/**
 * Where the key of a text's first unit begins, known from its first letter alone; undefined where the letters behind it
 * have a say: numerals of Han (二十二 is 22), marks, half-width kana, jamo, and whatever is no letter.
 */
export function beginningOf(text: string): string | undefined {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  const known = beginnings.get(first);
  if (known !== undefined || beginnings.has(first)) return known;
  const key = letterByItself.test(first) ? textUnits(first).keys[0] : undefined;
  const beginning = key === undefined ? undefined : String.fromCodePoint(key.codePointAt(0) ?? 0);
  beginnings.set(first, beginning);
  return beginning;
}

const letterByItself =
  /^(?![〇零一二三四五六七八九十百千万萬億兆元\u{1100}-\u{11ff}\u{ff61}-\u{ff9f}])[\p{Letter}\p{Decimal_Number}]$/u;

function patternsOf(text: string, { lang, target }: Label, guards: boolean): readonly Pattern[] {
  const units = textUnits(text);
  const { gapsBefore } = units;
  if (lang !== 'vi' || isUnmarked(units)) {
    const keys = isInflected(lang) ? singularsOf(units) : units.keys;
    return [{ keys, gapsBefore, lang, target, guards, spelling: 'folded' }];
  }
  const exact: Pattern = { keys: units.exacts, gapsBefore, lang, target, guards, spelling: 'exact' };
  // One short word without its marks means too many things.
  return units.keys.length === 1 ? [exact] : [exact, { ...exact, keys: units.keys, spelling: 'unmarked' }];
}

interface TextKeys {
  readonly units: TextUnits;
  /** Of Latin and Devanagari words; the key of others. */
  readonly singular: readonly string[];
  /** The keys each unit can be found by, each once. */
  readonly spellings: readonly (readonly string[])[];
  /** No Latin word of the text has a diacritic. */
  readonly unmarked: boolean;
  /** The text has letters that only Vietnamese has: its marks make other words (`trạm` is no tram, `độ` no article). */
  readonly vietnamese: boolean;
}

const vietnameseLetter = /[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]/iu;

function isInflected(lang: string): boolean {
  return lang === 'en' || lang === 'hi';
}

const devanagari = /^[\u0900-\u097f]/u;

function singularsOf({ keys, classes }: TextUnits): readonly string[] {
  return keys.map((key, i) => {
    if (classes[i] === latinClass) return singularKey(key);
    return devanagari.test(key) ? hindiSingularKey(key) : key;
  });
}

function isUnmarked(units: TextUnits): boolean {
  return units.keys.every((_, i) => !isMarked(units, i));
}

function spellingsAt({ keys, exacts }: TextUnits, singular: readonly string[], at: number): readonly string[] {
  const key = keys[at] ?? '';
  const exact = exacts[at] ?? key;
  const one = singular[at] ?? key;
  return key === exact && key === one ? [key] : [...new Set([key, exact, one])];
}

function stands({ keys, gapsBefore, spelling, lang }: Pattern, text: TextKeys, at: number): boolean {
  const { units, unmarked, vietnamese } = text;
  if (at + keys.length > units.keys.length || (spelling === 'unmarked' && !unmarked)) return false;
  const folded = isInflected(lang) ? text.singular : units.keys;
  const row = spelling === 'exact' ? units.exacts : folded;
  for (let i = 0; i < keys.length; i++) {
    if (row[at + i] !== keys[i]) return false;
    if (vietnamese && spelling === 'folded' && isMarked(units, at + i)) return false;
    if (i > 0 && (units.gapsBefore[at + i] ?? 0) > widestGap(units, at + i, gapsBefore[i])) return false;
  }
  return true;
}

function isMarked({ keys, exacts, classes }: TextUnits, at: number): boolean {
  return classes[at] === latinClass && keys[at] !== exacts[at];
}

/**
 * What may stand before a unit inside of a label, at least what stands in the label `itself`. Han, Kana and Thai words have no
 * space inside; Korean, Khmer and Burmese ones may; an underscore joins Latin words only.
 */
function widestGap({ classes }: TextUnits, at: number, itself: number = gaps.none): number {
  const left = classes[at - 1] ?? 0;
  const right = classes[at] ?? 0;
  if (itself === gaps.other) return gaps.other;
  if (left !== right) return gaps.space;
  if (!isBigramClass(right)) return gaps.underscore;
  return right === hangulClass || isDictionaryClass(right) ? gaps.space : gaps.none;
}
