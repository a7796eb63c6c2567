/**
 * Whether a label found inside a text really is a word of it. Scripts with spaces answer by themselves; in the others a
 * short run of characters may be the end of one word and the beginning of the next (公車站 holds 車站, 운전기사 holds 전기),
 * so the borders must agree with a dictionary's, or with the run they stand in.
 */
import { hangulClass, ideographClass, isDictionaryClass } from '../text/character-class.ts';
import { gaps, type TextUnits } from '../text/text-units.ts';

/** `weak`: only when it stands beside another label. */
export type Agreement = 'yes' | 'weak' | 'no';

/** Longer labels are not found by chance: three Han characters, five Thai clusters, three Hangul syllables. */
const sureLength = { ideograph: 3, dictionary: 5, hangul: 3 } as const;

/** What may follow a Korean noun in its word: particles, and the commonest endings of titles (수 number, 별 by, 율 rate). */
const koreanEndings = new Set(
  '의 을 를 이 가 은 는 에 에서 로 으로 와 과 및 도 만 별 수 율 률 량 비 용 등 내 지 표 소 장 자 인 원 명 명단 현황 정보 목록 관련'.split(
    ' ',
  ),
);

/** Whether the text that follows a Korean noun in its word only inflects it, or counts and lists it. */
export function isKoreanEnding(text: string): boolean {
  return koreanEndings.has(text);
}

/** Word borders of the whole text, found once and only when a label needs them. */
export class WordBorders {
  readonly #text: string;
  #borders: Uint8Array | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  at(index: number): boolean {
    return this.#found()[index] === 1;
  }

  /** A border strictly between the two. */
  between(start: number, end: number): boolean {
    const borders = this.#found();
    for (let i = start + 1; i < end; i++) if (borders[i] === 1) return true;
    return false;
  }

  #found(): Uint8Array {
    this.#borders ??= bordersOf(this.#text);
    return this.#borders;
  }
}

let words: Intl.Segmenter | undefined;

function bordersOf(text: string): Uint8Array {
  // The locale changes nothing (measured, design.md §4): the dictionary is chosen by script.
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  const borders = new Uint8Array(text.length + 1);
  for (const { index } of words.segment(text)) borders[index] = 1;
  borders[text.length] = 1;
  return borders;
}

/** Units `first` to `last` (inclusive) of the text, all of one label. */
export function agreement(units: TextUnits, borders: WordBorders, first: number, last: number): Agreement {
  const opening = units.classes[first] ?? 0;
  const closing = units.classes[last] ?? 0;
  if (opening === hangulClass && closing === hangulClass) return hangulAgreement(units, first, last);
  if (isDictionaryClass(opening) || isDictionaryClass(closing)) {
    if (last - first + 1 >= sureLength.dictionary) return 'yes';
    return hasBorders(units, borders, first, last) ? 'yes' : 'no';
  }
  if (opening === ideographClass || closing === ideographClass) return ideographAgreement(units, borders, first, last);
  return 'yes';
}

function hasBorders(units: TextUnits, borders: WordBorders, first: number, last: number): boolean {
  return borders.at(units.starts[first] ?? 0) && borders.at(units.ends[last] ?? 0);
}

function ideographAgreement(units: TextUnits, borders: WordBorders, first: number, last: number): Agreement {
  const katakanaBefore = isKatakana(units, first) && isGlued(units, first) && isKatakana(units, first - 1);
  const katakanaAfter = isKatakana(units, last) && isGlued(units, last + 1) && isKatakana(units, last + 1);
  // Inside of a longer katakana word only a dictionary can tell.
  if (katakanaBefore || katakanaAfter) return hasBorders(units, borders, first, last) ? 'yes' : 'no';
  if (last - first + 1 >= sureLength.ideograph) return 'yes';
  const start = units.starts[first] ?? 0;
  const end = units.ends[last] ?? 0;
  const opens = borders.at(start);
  const closes = borders.at(end);
  if (opens && closes) return 'yes';
  return (opens || closes) && !borders.between(start, end) ? 'yes' : 'no';
}

function hangulAgreement(units: TextUnits, first: number, last: number): Agreement {
  if (last - first + 1 >= sureLength.hangul || opensRun(units, first)) return 'yes';
  let rest = '';
  for (let at = last + 1; continuesRun(units, at); at++) rest += units.keys[at] ?? '';
  return rest === '' || koreanEndings.has(rest) ? 'yes' : 'weak';
}

function opensRun(units: TextUnits, at: number): boolean {
  return !continuesRun(units, at) || units.classes[at - 1] !== hangulClass;
}

function continuesRun(units: TextUnits, at: number): boolean {
  return units.classes[at] === hangulClass && isGlued(units, at);
}

function isGlued(units: TextUnits, at: number): boolean {
  return units.gapsBefore[at] === gaps.none;
}

function isKatakana(units: TextUnits, at: number): boolean {
  const code = units.keys[at]?.charCodeAt(0) ?? 0;
  return code >= 0x30a1 && code <= 0x30ff;
}
