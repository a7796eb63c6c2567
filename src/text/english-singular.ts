/**
 * One key for singular and plural of an English word. Not a stemmer: only the regular plural is taken off, and words that
 * merely end like one are left alone. The key need not be a word (`house`, `houses` → `hous`): it is only compared.
 */

/** End in a single s and are no plurals, or would become another word. */
const notPlural = new Set([
  'news',
  'gas',
  'canvas',
  'atlas',
  'bias',
  'christmas',
  'pancreas',
  'means',
  'lens',
  'aids',
  'sids',
  'diabetes',
  'measles',
  'rabies',
  'species',
  'series',
  'always',
  'perhaps',
  'yes',
  'goods',
  'customs',
  'arms',
]);

const taxis: Readonly<Record<string, string>> = { taxis: 'taxi', kiwis: 'kiwi' };

/** Of a folded word of Latin letters. */
export function singularKey(word: string): string {
  const { length } = word;
  if (length < 4 || notPlural.has(word)) return word;
  const special = taxis[word];
  if (special !== undefined) return special;
  if (length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (length > 4 && word.endsWith('ie')) return `${word.slice(0, -2)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/[sz]e$/.test(word)) return word.slice(0, -1);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
