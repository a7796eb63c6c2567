/**
 * One key for the forms of a Hindi noun that queries and titles use: singular and plural, direct and oblique (`अस्पताल`,
 * `अस्पतालों`; `घटना`, `घटनाएँ`, `घटनाओं`; `नदी`, `नदियों`). Not a stemmer: other endings stay. The key need not be a word.
 */

/** Plural ending, longest first, and the singular one. */
const plurals: readonly (readonly [plural: string, singular: string])[] = [
  ['ियों', 'ी'],
  ['ियाँ', 'ी'],
  ['ियां', 'ी'],
  ['ाओं', 'ा'],
  ['ाएँ', 'ा'],
  ['ाएं', 'ा'],
  ['ुओं', 'ु'],
  ['ों', 'ा'],
  ['ें', ''],
  ['े', 'ा'],
];

/** UTF-16 units that are left at least without the ा of the masculine: shorter words are others without it (`दवा`, `दव`). */
const shortestStem = 3;

/** Of a folded word of Devanagari letters. */
export function hindiSingularKey(word: string): string {
  const [plural = '', singular = ''] = plurals.find(([ending]) => word.endsWith(ending) && word !== ending) ?? [];
  const one = plural === '' ? word : word.slice(0, -plural.length) + singular;
  return one.endsWith('ा') && one.length > shortestStem ? one.slice(0, -1) : one;
}
