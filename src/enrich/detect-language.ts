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

/** Scripts that one language of our countries is written in; Devanagari is Marathi and Nepali too, Arabic stays unknown. */
const scriptLanguages: readonly (readonly [RegExp, string, number])[] = [
  [/\p{sc=Thai}/gu, 'th', 1],
  [/\p{sc=Khmer}/gu, 'km', 1],
  [/\p{sc=Myanmar}/gu, 'my', 0.95],
  [/\p{sc=Lao}/gu, 'lo', 1],
  [/\p{sc=Devanagari}/gu, 'hi', 0.8],
  [/\p{sc=Tamil}/gu, 'ta', 1],
  [/\p{sc=Telugu}/gu, 'te', 1],
  [/\p{sc=Bengali}/gu, 'bn', 0.9],
  [/\p{sc=Gujarati}/gu, 'gu', 1],
  [/\p{sc=Gurmukhi}/gu, 'pa', 1],
  [/\p{sc=Kannada}/gu, 'kn', 1],
  [/\p{sc=Malayalam}/gu, 'ml', 1],
  [/\p{sc=Oriya}/gu, 'or', 1],
  [/\p{sc=Sinhala}/gu, 'si', 1],
  [/\p{sc=Hangul}/gu, 'ko', 1],
];

/** A character of another script says as much as so many Latin letters: names and units in Latin stand in every title. */
const latinLettersAWord = 4;

export function detectLanguage(text: string, country: string, latin: LatinDetector): LanguageFinding | undefined {
  const lettersOfLatin = count(text, /\p{sc=Latin}/gu) / latinLettersAWord;
  const ofScript = strongestScript(text);
  const kana = count(text, /[\p{sc=Hiragana}\p{sc=Katakana}]/gu);
  const han = count(text, /\p{sc=Han}/gu);
  const eastern = Math.max(kana + han, ofScript?.letters ?? 0);
  if (eastern === 0 || lettersOfLatin > eastern) return latinFinding(text, country, latin);
  if (ofScript !== undefined && ofScript.letters >= kana + han)
    return { lang: ofScript.lang, by: 'rule', rule: 'script', confidence: ofScript.confidence };
  // One kana may be a quotation, or the の of a shop's name in Taipei; more of them are Japanese grammar.
  if (kana > 1 || (kana === 1 && country === 'JP')) return { lang: 'ja', by: 'rule', rule: 'script', confidence: 1 };
  const found = hanLanguage(text, country);
  if (found === undefined) return;
  return found.telling > 0
    ? { lang: found.lang, by: 'rule', rule: 'han-forms', confidence: 0.95 }
    : { lang: found.lang, by: 'rule', rule: 'country', confidence: 0.8 };
}

function latinFinding(text: string, country: string, latin: LatinDetector): LanguageFinding | undefined {
  const found = latin(text, country);
  return found === undefined ? undefined : { ...found, by: 'model', rule: 'eld' };
}

function strongestScript(
  text: string,
): { readonly lang: string; readonly confidence: number; readonly letters: number } | undefined {
  if (!beyondLatinAndHan.test(text)) return;
  const counted = scriptLanguages.map(([script, lang, confidence]) => ({
    lang,
    confidence,
    letters: count(text, script),
  }));
  return counted.reduce((best, each) => (each.letters > best.letters ? each : best));
}

/** Most texts have none of the scripts above: one look instead of fifteen. */
const beyondLatinAndHan =
  /[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u3130-\u318f\ua8e0-\ua8ff\ua9e0-\uaa7f\uac00-\ud7ff]/u;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
