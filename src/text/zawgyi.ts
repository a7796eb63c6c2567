/**
 * Whether Burmese text is written for the font Zawgyi: the same code points as Unicode, in the order of the eye and with
 * other meanings. Both are valid UTF-8, and a reader with the wrong font sees garbled syllables. Pure. Rules, not
 * statistics: each sign is one that the other encoding cannot have, after UTN #11 (Representing Myanmar in Unicode) and the
 * published Zawgyi code table. Nothing is converted.
 */

/** Consonants and independent vowels, which a syllable begins with. */
const base = '[\\u1000-\\u102a\\u103f\\u104e]';

/** What standard Burmese never has. */
const zawgyiSigns = new RegExp(
  [
    // The vowel E, or the medial RA, before its consonant: at the beginning, after a space, after what ends a syllable.
    '(?<![\\u1000-\\u102a\\u103b-\\u103f\\u104e\\u1039\\u105a\\u1060-\\u1097])\\u1031',
    // The virama stacks a consonant below another; Zawgyi closes syllables with it.
    `\\u1039(?!${base})`,
    // Only consonants of one row are stacked (က္ခ, တ္တ); the nasal of the first row has the kinzi instead.
    '\\u1004\\u1039',
    '[\\u1000-\\u1003]\\u1039[\\u1005-\\u1021]',
    '[\\u1005-\\u100a]\\u1039[\\u1000-\\u1004\\u100b-\\u1021]',
    '[\\u1010-\\u1014]\\u1039[\\u1000-\\u100a\\u1015-\\u1021]',
    '[\\u1015-\\u1019]\\u1039[\\u1000-\\u1014\\u101a-\\u1021]',
    // Zawgyi's own forms of stacked and narrow letters; in Unicode they are Mon, Karen and Shan.
    '[\\u1033\\u1034\\u1060-\\u1064\\u1066-\\u106d\\u1070-\\u107d\\u107e-\\u1084\\u1085\\u1088-\\u108a\\u108f-\\u1097]',
    // Zawgyi's RA (U+103B) and its wide forms stand before the consonant.
    `(?<!${base}|[\\u103c\\u1039])\\u103b(?=${base})`,
    // Zawgyi's YA (U+103A) before a vowel: in Unicode it is the asat, which ends the syllable (but for ယောက်ျား).
    '(?<![\\u102b\\u102c\\u1004])\\u103a[\\u102b-\\u1032\\u103c-\\u103e]',
    // The dot above before the vowel below it; Unicode has them the other way round.
    '\\u1036[\\u102f\\u1030]',
  ].join('|'),
  'g',
);

/** What Zawgyi never has. */
const unicodeSigns = new RegExp(
  [
    // A medial and then the vowel E: in the order of sounds.
    '[\\u103b-\\u103e]\\u1031',
    // Consonant, asat, and what begins the next syllable or ends the word; Zawgyi's YA is always followed by a vowel, a
    // tone, or the next consonant's virama.
    `${base}\\u103a(?=[\\u1038\\u1037\\u1087\\u104a\\u104b\\u104f]|$|\\s)`,
    '\\u102c\\u103a|\\u102b\\u103a',
    // Kinzi, and real stacks.
    '\\u1004\\u103a\\u1039',
    '\\u103f',
    // Shan letters where a syllable begins, Karen tones and their asat: other languages, in Unicode.
    `(?<!${base}|[\\u103b-\\u103e])[\\u1075-\\u1082](?=[\\u102b-\\u1036\\u103a-\\u103d])`,
    '[\\u1062-\\u1065]\\u103a',
    '\\u107c\\u103a',
  ].join('|'),
  'g',
);

/** True when more speaks for Zawgyi than for Unicode; text without Burmese, or without any sign, is not. */
export function isZawgyi(text: string): boolean {
  if (!/[\u1000-\u109f]/.test(text)) return false;
  const zawgyi = text.match(zawgyiSigns)?.length ?? 0;
  return zawgyi > 0 && zawgyi > (text.match(unicodeSigns)?.length ?? 0);
}
