/**
 * `npm run bench -- lexicon [--sample N [--seed S]] [--uncovered N] [--every N] [--json]`: how many distinct titles of real
 * records carry a concept of the lexicon, country by country, and how fast records are enriched. `--sample` prints N hits
 * drawn with a seed as CSV, for a person to judge; `--uncovered` N titles of each country without a concept that counts;
 * `--every` reads each n-th record only, for a quick look.
 */
import { loadKnowledge } from '../src/enrich/knowledge.ts';
import type { CatalogueRecord } from '../src/model/dataset.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../src/vocabulary/vocabulary.ts';
import { capturesFolder, hasCaptures } from '../test/support/captures.ts';
import { capturedTitles, measuredCountries, measuredRecords, oncePerSeries } from './lexicon/captured-titles.ts';
import { drawHits, drawTitles, hitsAsCsv } from './lexicon/draw-hits.ts';
import { type EnrichmentSpeed, enrichmentSpeed } from './lexicon/enrichment-speed.ts';
import { type Coverage, measureCoverage } from './lexicon/measure-coverage.ts';
import { seededRandom } from './search/random.ts';
import { bareRecord } from './themes/bare-dataset.ts';

/** Records whose enrichment is timed, spread over all catalogues. */
const timedRecords = 20_000;

export async function run(args: readonly string[]): Promise<void> {
  if (!hasCaptures)
    throw new Error(`bench lexicon: no captures in ${capturesFolder}; expected the real records to read`);
  const vocabulary = await loadVocabulary('vocab');
  const { terminology } = await loadKnowledge('vocab');
  const titles = capturedTitles(terminology, vocabulary, numberOption(args, '--every', 1));
  const seed = numberOption(args, '--seed', 1);
  const sample = numberOption(args, '--sample', 0);
  if (sample > 0) {
    console.log(hitsAsCsv(drawHits(titles, sample, seed)));
    return;
  }
  const coverage = new Map<string, Coverage>();
  const series = new Map<string, Coverage>();
  for (const country of measuredCountries) {
    const ofCountry = titles.filter((each) => each.country === country);
    const own = measureCoverage(ofCountry);
    const ofSeries = measureCoverage(oncePerSeries(ofCountry));
    coverage.set(country, own);
    series.set(country, ofSeries);
    tellCoverage(country, own);
    tellCoverage(`${country} with names of months folded`, ofSeries);
    const shown = numberOption(args, '--uncovered', 0);
    for (const { title } of drawTitles(own.uncovered, shown, seededRandom(seed))) say(`  ${title}`);
  }
  const speed = await enrichmentSpeed(spreadRecords(vocabulary), 'vocab');
  tellSpeed(speed);
  if (args.includes('--json'))
    console.log(JSON.stringify({ coverage: figures(coverage), series: figures(series), enrichment: speed }));
}

function figures(coverage: ReadonlyMap<string, Coverage>): Readonly<Record<string, object>> {
  return Object.fromEntries(
    [...coverage].map(([country, { uncovered, ...own }]) => {
      return [country.toLowerCase(), { ...own, ceiling: 1 - own.onlyCommon }];
    }),
  );
}

function tellCoverage(country: string, { titles, covered, onlyCommon, none, common }: Coverage): void {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  say(
    `${country}: ${percent(covered)} of ${titles} distinct titles carry a concept (ceiling ${percent(1 - onlyCommon)}: ${percent(onlyCommon)} have only concepts over 3 %), ${percent(none)} carry none; over 3 %: ${common.join(', ') || 'none'}`,
  );
}

function tellSpeed({ records, oneThread, perCpuSecond, threads, allThreads }: EnrichmentSpeed): void {
  say(
    `enrichment of ${records} records: ${oneThread} a second in one thread (${perCpuSecond} a second of processor time), ${allThreads} in ${threads}`,
  );
}

function spreadRecords(vocabulary: Vocabulary): readonly CatalogueRecord[] {
  const all = [...measuredRecords(vocabulary)];
  const step = Math.max(1, Math.floor(all.length / timedRecords));
  return all.filter((_, place) => place % step === 0).map(({ dataset }) => bareRecord(dataset));
}

function numberOption(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(name);
  if (at === -1) return otherwise;
  const value = Number(args[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`bench lexicon: ${name}: found "${args[at + 1] ?? ''}", expected a whole number over 0`);
}

function say(line: string): void {
  console.error(line);
}
