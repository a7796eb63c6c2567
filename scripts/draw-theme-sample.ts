/** `tsx scripts/draw-theme-sample.ts TW 300`: records to be judged by hand, drawn by seed, each series of digits once. */

import { capturedRecords } from '../bench/relevance/captured-records.ts';
import { relevanceSources } from '../bench/relevance/relevance-sources.ts';
import { seededRandom } from '../bench/search/random.ts';
import { titleKey } from '../bench/themes/split-records.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';

const seed = 20_261_125;

const [country = '', size = '300'] = process.argv.slice(2);
const vocabulary = await loadVocabulary('vocab');
const sources = relevanceSources().filter((source) => source.country === country);
const series = new Map<string, string>();
for (const { source, id, dataset } of capturedRecords(sources, vocabulary)) {
  const title = dataset.title[0]?.text ?? '';
  const key = titleKey(title);
  const agency = dataset.publisher?.name[0]?.text;
  const description = dataset.description[0]?.text.slice(0, 80);
  if (title !== '' && !series.has(key)) series.set(key, JSON.stringify({ source, id, title, agency, description }));
}
const random = seededRandom(seed);
const left = [...series.values()];
for (let i = 0; i < Number(size); i++) console.log(left.splice(random.below(left.length), 1)[0]);
