/** Whether a label is written as its language is. Latin letters and digits may stand in any label (PM2.5監測, 5G基地台). */
import type { LabelLanguage } from './label-file.ts';

/** Letters of the language's own script or scripts; languages in Latin letters are absent. */
const ownScript: Partial<Readonly<Record<LabelLanguage, RegExp>>> = {
  'zh-Hant': /\p{Script=Han}/u,
  'zh-Hans': /\p{Script=Han}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆ヶ]/u,
  ko: /\p{Script=Hangul}/u,
  th: /\p{Script=Thai}/u,
  hi: /\p{Script=Devanagari}/u,
  km: /\p{Script=Khmer}/u,
  my: /\p{Script=Myanmar}/u,
};

const letters = /\p{L}/gu;
const latin = /\p{Script=Latin}/u;
/** A mark of any script stands on a letter and says nothing by itself; so do modifiers and letters of all scripts. */
const ofAnyScript = /[\p{M}\p{Lm}\p{Script=Common}\p{Script=Inherited}]/u;

/** What agencies of every country write in Latin letters: GDP, R&D, Wi-Fi, ThaiD. Two capitals or digits, no sentence. */
const acronym = /^(?=.*[\p{Lu}\d].*[\p{Lu}\d])[\p{L}\p{N}&.\-_ ]{2,12}$/u;

/** What is wrong: a letter of another script, or none of its own where it is no acronym. */
export function scriptFault(label: string, lang: LabelLanguage): string | undefined {
  const own = ownScript[lang];
  const all = label.match(letters) ?? [];
  const foreign = all.find((letter) => !latin.test(letter) && !ofAnyScript.test(letter) && own?.test(letter) !== true);
  if (foreign !== undefined) return `the letter ${foreign}`;
  if (own === undefined || all.some((letter) => own.test(letter)) || acronym.test(label.normalize('NFKC'))) {
    return undefined;
  }
  return 'no letter of its own script';
}

export function isLatinLanguage(lang: LabelLanguage): boolean {
  return ownScript[lang] === undefined;
}
