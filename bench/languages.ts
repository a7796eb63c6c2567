/**
 * How often the language of a short text is found: captured titles of each language, and labels of our own lexicon, once with
 * the country of the catalogue as prior and once without. `--json`: last line `{"accuracy":{…},"unknown":{…},"perSecond"}`.
 */
import { detectLanguage } from '../src/enrich/detect-language.ts';
import { loadLatinDetector } from '../src/enrich/latin-language.ts';
import { loadLexicon } from '../src/vocabulary/lexicon.ts';
import { type ShortText, shortTexts } from './languages/short-texts.ts';

interface Tally {
  texts: number;
  right: number;
  unknown: number;
  rightWithoutCountry: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const texts = shortTexts(await loadLexicon('vocab/lexicon'));
  const latin = await loadLatinDetector();
  const tallies = new Map<string, Tally>();
  const started = performance.now();
  for (const { text, lang, country, from } of texts) {
    const tally = tallyOf(tallies, { lang, country, from });
    const found = detectLanguage(text, country, latin)?.lang;
    tally.texts++;
    if (found === lang) tally.right++;
    if (found === undefined) tally.unknown++;
  }
  const perSecond = Math.round((texts.length / (performance.now() - started)) * 1_000);
  for (const { text, ...where } of texts) {
    if (detectLanguage(text, 'XX', latin)?.lang === where.lang) tallyOf(tallies, where).rightWithoutCountry++;
  }
  console.log(`${'language and list'.padEnd(24)}  texts  right  unknown  right without country`);
  for (const [name, { texts: all, right, unknown, rightWithoutCountry }] of tallies) {
    const shares = [right, unknown, rightWithoutCountry].map((each) => (each / all).toFixed(3).padStart(7));
    console.log(`${name.padEnd(24)} ${String(all).padStart(6)} ${shares.join('  ')}`);
  }
  console.log(`${perSecond} texts a second`);
  if (args.includes('--json')) console.log(JSON.stringify({ ...shares(tallies), perSecond }));
}

function tallyOf(tallies: Map<string, Tally>, { lang, country, from }: Omit<ShortText, 'text'>): Tally {
  const name = `${lang} ${country} ${from}`;
  const known = tallies.get(name) ?? { texts: 0, right: 0, unknown: 0, rightWithoutCountry: 0 };
  tallies.set(name, known);
  return known;
}

function shares(tallies: ReadonlyMap<string, Tally>) {
  const titles = [...tallies].filter(([name]) => name.endsWith('titles'));
  const share = (pick: (tally: Tally) => number) =>
    Object.fromEntries(titles.map(([name, tally]) => [name, pick(tally) / tally.texts]));
  return { accuracy: share(({ right }) => right), unknown: share(({ unknown }) => unknown) };
}
