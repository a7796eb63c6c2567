/**
 * The language of a short text: by its script where the script says it, by the forms of Han characters, by n-grams where
 * letters are Latin; the country of the catalogue is the prior. Pure. What none of them tells is unknown.
 */
import { hanLanguage } from './han-language.ts';
import type { LatinDetector } from './latin-language.ts';

export interface LanguageFinding {
  /** BCP 47, as in the language facet. */
  readonly lang: string;
  readonly by: 'rule' | 'model';
  readonly rule: 'script' | 'han-forms' | 'country' | 'eld';
  /** 0–1 */
  readonly confidence: number;
}

/** First and last code unit of a block, and the language of our countries that is written in it. */
const blocks: readonly (readonly [first: number, last: number, lang: string])[] = [
  [0x0900, 0x097f, 'hi'],
  [0x0980, 0x09ff, 'bn'],
  [0x0a00, 0x0a7f, 'pa'],
  [0x0a80, 0x0aff, 'gu'],
  [0x0b00, 0x0b7f, 'or'],
  [0x0b80, 0x0bff, 'ta'],
  [0x0c00, 0x0c7f, 'te'],
  [0x0c80, 0x0cff, 'kn'],
  [0x0d00, 0x0d7f, 'ml'],
  [0x0d80, 0x0dff, 'si'],
  [0x0e00, 0x0e7f, 'th'],
  [0x0e80, 0x0eff, 'lo'],
  [0x1000, 0x109f, 'my'],
  [0x1100, 0x11ff, 'ko'],
  [0x1780, 0x17ff, 'km'],
  [0x3130, 0x318f, 'ko'],
  [0xac00, 0xd7ff, 'ko'],
];

/** A script that other languages are written in too: Marathi and Nepali, Assamese, Shan and Karen. */
const certainties: Readonly<Record<string, number>> = { hi: 0.8, bn: 0.9, my: 0.95 };

/** A character of another script says as much as so many Latin letters: names and units in Latin stand in every title. */
const latinLettersAWord = 4;

export function detectLanguage(text: string, country: string, latin: LatinDetector): LanguageFinding | undefined {
  const { latinLetters, han, kana, blockLetters } = countScripts(text);
  const [script, letters] = [...blockLetters].reduce((best, each) => (each[1] > best[1] ? each : best), ['', 0]);
  const eastern = Math.max(kana + han, letters);
  if (eastern === 0 || latinLetters / latinLettersAWord > eastern) return latinFinding(text, country, latin);
  if (letters >= kana + han) return { lang: script, by: 'rule', rule: 'script', confidence: certainties[script] ?? 1 };
  // One kana may be a quotation, or the の of a shop's name in Taipei; more of them are Japanese grammar.
  if (kana > 1 || (kana === 1 && country === 'JP')) return { lang: 'ja', by: 'rule', rule: 'script', confidence: 1 };
  const found = hanLanguage(text, country);
  if (found === undefined) return;
  return found.telling > 0
    ? { lang: found.lang, by: 'rule', rule: 'han-forms', confidence: 0.95 }
    : { lang: found.lang, by: 'rule', rule: 'country', confidence: 0.8 };
}

interface ScriptCounts {
  latinLetters: number;
  han: number;
  kana: number;
  /** By the language of the block. */
  readonly blockLetters: Map<string, number>;
}

/** One look at each code unit: this runs for every record. */
function countScripts(text: string): ScriptCounts {
  const counts: ScriptCounts = { latinLetters: 0, han: 0, kana: 0, blockLetters: new Map() };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLatin(code)) counts.latinLetters++;
    else if (code < 0x0900) continue;
    else if (isHan(code)) counts.han++;
    else if (isKana(code)) counts.kana++;
    else countBlock(code, counts.blockLetters);
  }
  return counts;
}

function countBlock(code: number, letters: Map<string, number>): void {
  const block = blocks.find(([first, last]) => first <= code && code <= last);
  if (block !== undefined) letters.set(block[2], (letters.get(block[2]) ?? 0) + 1);
}

function isLatin(code: number): boolean {
  if (code < 0x80) return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return (code >= 0xc0 && code <= 0x24f) || (code >= 0x1e00 && code <= 0x1eff);
}

/** The planes beyond the first hold nothing else that a portal writes: their high surrogates count, the low ones do not. */
function isHan(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xd840 && code <= 0xd888);
}

/** Without the middle dot and the long-vowel mark, which stand in Chinese and Korean titles too; half-width forms count. */
function isKana(code: number): boolean {
  return (code >= 0x3041 && code <= 0x30fa) || (code >= 0xff66 && code <= 0xff9d);
}

function latinFinding(text: string, country: string, latin: LatinDetector): LanguageFinding | undefined {
  const found = latin(text, country);
  return found === undefined ? undefined : { ...found, by: 'model', rule: 'eld' };
}
