/**
 * `npm run train:themes`: learns the theme classifier from the categories of the captured portals (`../shared`, or
 * `SAMPAN_CAPTURES`) and writes `vocab/themes/model.json`. What is written are weights of words, of runs of at most five
 * characters and of concepts; no title or sentence of a record.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabelledRecord, labelledFiles, labelledRecords } from '../bench/themes/labelled-records.ts';
import { learnWeights } from '../bench/themes/learn-weights.ts';
import { splitRecords, splitSeed } from '../bench/themes/split-records.ts';
import { examplesOf, isConceptFeature, type TrainingSet, trainingSet } from '../bench/themes/training-set.ts';
import { largestWeight, weightRow } from '../src/enrich/theme-model.ts';
import { sha256Hex } from '../src/kit/hash.ts';
import { themeIds } from '../src/model/theme.ts';
import { loadSources } from '../src/registry/load-sources.ts';
import { loadTerminology } from '../src/vocabulary/terminology.ts';
import { capture } from '../test/support/captures.ts';

/** A feature of fewer records is chance; in the countries with few records one more than once is something. */
const leastRecords = 4;
const leastOfFew = 2;
const fewRecords = 5_000;

/** Features that are kept: those that weigh most, by how many records they speak in. */
const mostFeatures = 40_000;

const vocab = process.argv[2] ?? 'vocab';
const terminology = await loadTerminology(vocab);
const { train } = splitRecords(labelledRecords(await loadSources('sources')));
console.log(`learns from ${train.length} series`);
const set = trainingSet(train, terminology);
const seen = seenFeatures(set);
console.log(`${seen.size} features are seen often enough, of ${set.features.length}`);
const kept = strongest(seen, learned(seen));
const weights = learned(kept);
const path = join(vocab, 'themes', 'model.json');
writeFileSync(path, modelText(kept, weights, train));
console.log(`${path}: ${kept.size} features, ${readFileSync(path).length} bytes`);

function learned(features: ReadonlyMap<string, number>): Float32Array {
  const rowOf = new Map([...features.keys()].map((feature, row) => [feature, row]));
  const options = { classes: themeIds.length, features: rowOf.size, seed: splitSeed };
  return learnWeights(examplesOf(set, rowOf), options);
}

/** Feature → records that have it. */
function seenFeatures({ features, rows }: TrainingSet): ReadonlyMap<string, number> {
  const counts = new Int32Array(features.length);
  const inFew = new Uint8Array(features.length);
  const perCountry = new Map<string, number>();
  for (const { country } of rows) perCountry.set(country, (perCountry.get(country) ?? 0) + 1);
  for (const { country, features: found } of rows) {
    const few = (perCountry.get(country) ?? 0) < fewRecords;
    for (const number of found) {
      counts[number] = (counts[number] ?? 0) + 1;
      if (few) inFew[number] = 1;
    }
  }
  const enough = features.map((feature, number): readonly [string, number] => [feature, counts[number] ?? 0]);
  return new Map(
    enough.filter(([feature, count], number) => {
      const least = inFew[number] === 1 || isConceptFeature(feature) ? leastOfFew : leastRecords;
      return count >= least;
    }),
  );
}

function strongest(seen: ReadonlyMap<string, number>, all: Float32Array): ReadonlyMap<string, number> {
  const classes = themeIds.length;
  const weighed = [...seen].map(([feature, count], row) => {
    const largest = Math.max(...all.subarray(row * classes, (row + 1) * classes).map(Math.abs));
    return { feature, count, strength: largest * Math.sqrt(count) };
  });
  weighed.sort((a, b) => b.strength - a.strength);
  const kept = weighed.slice(0, mostFeatures);
  return new Map(kept.sort((a, b) => (a.feature < b.feature ? -1 : 1)).map(({ feature, count }) => [feature, count]));
}

function modelText(
  features: ReadonlyMap<string, number>,
  weights: Float32Array,
  records: readonly LabelledRecord[],
): string {
  const classes = themeIds.length;
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Number((largest / largestWeight).toPrecision(4));
  const rows = [...features.keys()].flatMap((feature, row) => {
    const steps = Array.from(weights.subarray(row * classes, (row + 1) * classes), (each) => Math.round(each / scale));
    return steps.every((step) => step === 0) ? [] : [`${JSON.stringify(feature)}:${JSON.stringify(weightRow(steps))}`];
  });
  const about = {
    made: 'npm run train:themes',
    order: themeIds,
    seed: splitSeed,
    learntFrom: Object.fromEntries([...countries(records)].sort()),
    data: labelledFiles().map((file) => ({
      file: file.join('/'),
      sha256: sha256Hex(readFileSync(capture('data', ...file))),
    })),
    lexicon: terminology.lexicon.version,
  };
  return `{"about":${JSON.stringify(about)},\n"scale":${scale},\n"weights":{\n${rows.join(',\n')}\n}}\n`;
}

function countries(records: readonly LabelledRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { dataset } of records) counts.set(dataset.country, (counts.get(dataset.country) ?? 0) + 1);
  return counts;
}
