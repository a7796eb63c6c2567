/**
 * The form in which two spellings of one text are equal: NFKC without ignorable characters, SARA AM in one piece, Hangul
 * in syllables. Only keys are made from it; every code unit knows the range of the display text it stands for.
 */
import { characterClass, classMask, isIgnorable, joinerClass, markFlag, unsettledFlag } from './character-class.ts';

export interface NormalText {
  readonly text: string;
  /** Where each code unit of `text` comes from in the display text; absent when both texts are the same. */
  readonly origin?: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

/** Never throws, whatever the text holds. */
export function normalText(display: string): NormalText {
  return isSettled(display) ? { text: display } : settle(display);
}

function isSettled(display: string): boolean {
  let highest = 0;
  for (let i = 0; i < display.length; i++) {
    const code = display.charCodeAt(i);
    if (code < 0x80) continue;
    if ((characterClass(code) & unsettledFlag) !== 0) return false;
    if (code > highest) highest = code;
  }
  // Nothing below U+0300 combines with anything.
  return highest < 0x300 || display.normalize('NFC') === display;
}

interface Draft {
  /** Each entry one code unit. */
  readonly codes: string[];
  readonly starts: number[];
  readonly ends: number[];
}

function settle(display: string): NormalText {
  const draft: Draft = { codes: [], starts: [], ends: [] };
  for (let start = 0; start < display.length; ) {
    const end = chunkEnd(display, start);
    if (end === start + 1) append(draft, normalCharacter(display.charCodeAt(start)), start, end);
    else appendChunk(draft, display.slice(start, end), start);
    start = end;
  }
  return { text: draft.codes.join(''), origin: { starts: draft.starts, ends: draft.ends } };
}

function appendChunk(draft: Draft, chunk: string, start: number): void {
  const normal = normalChunk(chunk);
  if (normal !== chunk) append(draft, normal, start, start + chunk.length);
  else for (let i = 0; i < chunk.length; i++) append(draft, chunk.charAt(i), start + i, start + i + 1);
}

const knownCharacters: string[] = [];

/** Normal form of a code unit that combines with nothing; may be several, or empty. */
function normalCharacter(code: number): string {
  const found = knownCharacters[code];
  if (found !== undefined) return found;
  const made = normalChunk(String.fromCharCode(code));
  knownCharacters[code] = made;
  return made;
}

/** More marks on one character than any writing has; hostile towers are cut into pieces, each normalised by itself. */
const maxChunk = 64;

/** End of the piece that can be normalised by itself: a character with all that may combine with it. */
function chunkEnd(display: string, start: number): number {
  const syllable = compatibilitySyllableEnd(display, start);
  if (syllable > start) return syllable;
  let end = start + characterLength(display, start);
  // Nothing below U+00AD extends, and SARA AM is taken to pieces by nobody.
  if (isSaraAm(display.charCodeAt(start))) return end;
  if (display.charCodeAt(end) < 0xad) return end;
  const base = characterClass(display.codePointAt(start) ?? 0) & classMask;
  while (end < display.length && end - start < maxChunk && isExtender(display.codePointAt(end) ?? 0, base)) {
    end += characterLength(display, end);
  }
  return end;
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Whether the character may combine with a base of that class; a mark of another script only changes places with others. */
function isExtender(code: number, base: number): boolean {
  const found = characterClass(code);
  const script = found & classMask;
  if ((found & markFlag) !== 0 && isSaraAm(code)) return false;
  if ((found & markFlag) !== 0) return script === base || script === joinerClass || changesPlaces(code);
  if (isVowelOrFinalJamo(code) || code === 0xff9e || code === 0xff9f) return true;
  return (found & unsettledFlag) !== 0 && isIgnorable(String.fromCodePoint(code));
}

const knownToChangePlaces = new Map<number, boolean>();

/** Whether normalising sorts the mark among its neighbours (a combining class other than 0, Unicode 3.11): é and a Thai tone mark. */
function changesPlaces(code: number): boolean {
  const known = knownToChangePlaces.get(code);
  if (known !== undefined) return known;
  const mark = String.fromCodePoint(code);
  // Of classes 220 and 230, of which it can have only one.
  const found = ['\u0316', '\u0301'].some(
    (other) => `${mark}${other}`.normalize('NFD') === `${other}${mark}`.normalize('NFD'),
  );
  knownToChangePlaces.set(code, found);
  return found;
}

function isSaraAm(code: number): boolean {
  return code === 0x0e33 || code === 0x0eb3;
}

function isVowelOrFinalJamo(code: number): boolean {
  return (code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff);
}

function normalChunk(chunk: string): string {
  if (chunk.length === 1 && isSaraAm(chunk.charCodeAt(0))) return chunk;
  let kept = '';
  for (const character of chunk) if (!isIgnorable(character)) kept += character;
  return composeFinal(kept.normalize('NFKC'));
}

/** Adds what a range of the display text becomes; a nikhahit and the sara aa after it, a tone mark between or not, join. */
function append(draft: Draft, normal: string, start: number, end: number): void {
  const at = isSaraAa(normal) ? nikhahitAt(draft.codes, normal === '\u0e32' ? '\u0e4d' : '\u0ecd') : -1;
  if (at !== -1) {
    joinSaraAm(draft, at, end);
    return;
  }
  for (let i = 0; i < normal.length; i++) {
    draft.codes.push(normal.charAt(i));
    draft.starts.push(start);
    draft.ends.push(end);
  }
}

/** Takes the nikhahit away and puts SARA AM at the end; all from there on stand for the whole range. */
function joinSaraAm({ codes, starts, ends }: Draft, at: number, end: number): void {
  const from = starts[at] ?? 0;
  const [nikhahit] = codes.splice(at, 1);
  codes.push(nikhahit === '\u0e4d' ? '\u0e33' : '\u0eb3');
  for (let i = at; i < codes.length; i++) {
    starts[i] = from;
    ends[i] = end;
  }
}

function isSaraAa(normal: string): boolean {
  return normal === '\u0e32' || normal === '\u0eb2';
}

function nikhahitAt(codes: readonly string[], nikhahit: string): number {
  const last = codes.length - 1;
  if (codes[last] === nikhahit) return last;
  return isToneMark(codes[last]) && codes[last - 1] === nikhahit ? last - 1 : -1;
}

function isToneMark(code: string | undefined): boolean {
  return code !== undefined && ((code >= '\u0e48' && code <= '\u0e4b') || (code >= '\u0ec8' && code <= '\u0ecb'));
}

/** Compatibility jamo that can end a syllable, in the order of the final jamo U+11A8 … (Unicode 3.12). */
const finals = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/** End of consonant + vowel (+ consonant that no vowel follows) typed as compatibility jamo; `start` when there is none. */
function compatibilitySyllableEnd(display: string, start: number): number {
  if (!isConsonant(display.charCodeAt(start)) || !isVowel(display.charCodeAt(start + 1))) return start;
  const closed = finals.includes(display.charAt(start + 2)) && display.length > start + 2;
  return closed && !isVowel(display.charCodeAt(start + 3)) ? start + 3 : start + 2;
}

function isConsonant(code: number): boolean {
  return code >= 0x3131 && code <= 0x314e;
}

function isVowel(code: number): boolean {
  return code >= 0x314f && code <= 0x3163;
}

/** NFKC makes every compatibility consonant an initial one: after an open syllable in the same chunk it is the final. */
function composeFinal(normal: string): string {
  const syllable = normal.charCodeAt(0);
  if (normal.length !== 2 || syllable < 0xac00 || syllable > 0xd7a3 || (syllable - 0xac00) % 28 !== 0) return normal;
  const final = [...finals].findIndex((jamo) => jamo.normalize('NFKC') === normal.charAt(1));
  return final === -1 ? normal : String.fromCharCode(syllable + final + 1);
}
