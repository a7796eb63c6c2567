/** Labelled records as rows of feature numbers: what the classifier learns from. */
import { recogniseRecord } from '../../src/enrich/recognise-record.ts';
import { themeFeatures } from '../../src/enrich/theme-features.ts';
import { type ThemeId, themeIds } from '../../src/model/theme.ts';
import type { Lexicon } from '../../src/vocabulary/lexicon.ts';
import type { Terminology } from '../../src/vocabulary/terminology.ts';
import { bareRecord } from './bare-dataset.ts';
import type { LabelledRecord } from './labelled-records.ts';
import type { Example } from './learn-weights.ts';

export interface TrainingSet {
  /** By number. */
  readonly features: readonly string[];
  readonly rows: readonly TrainingRow[];
}

interface TrainingRow {
  readonly country: string;
  readonly theme: ThemeId;
  readonly right: readonly ThemeId[];
  readonly features: Int32Array;
  /** Roots of the amounts (`unitVector`). */
  readonly amounts: Float32Array;
}

/**
 * Countries whose publishers choose categories with so little agreement (Korea's agree with each other on 77 of 100 records of
 * the same name) that where the concepts of a title agree on another theme, that is learnt as right too.
 */
const disagreeing: ReadonlySet<string> = new Set(['KR']);

export function trainingSet(records: readonly LabelledRecord[], terminology: Terminology): TrainingSet {
  const numbers = new Map<string, number>();
  const numberOf = (feature: string) => {
    const known = numbers.get(feature) ?? numbers.size;
    numbers.set(feature, known);
    return known;
  };
  const rows = records.map((record): TrainingRow => {
    const { dataset, theme, also } = record;
    const terms = recogniseRecord(bareRecord(dataset), terminology);
    const found = [...themeFeatures(dataset, terms, terminology)];
    const titled = terms.flatMap(({ id, field }) => (field === 'titles' ? id : []));
    const named = disagreeing.has(dataset.country) ? themeOfAll(titled, terminology.lexicon) : [];
    return {
      country: dataset.country,
      theme,
      right: [...new Set([theme, ...also, ...named])],
      features: Int32Array.from(found, ([feature]) => numberOf(feature)),
      amounts: Float32Array.from(found, ([, amount]) => Math.sqrt(amount)),
    };
  });
  return { features: [...numbers.keys()], rows };
}

function themeOfAll(ids: readonly string[], { concepts }: Lexicon): readonly ThemeId[] {
  const themes = new Set(ids.flatMap((id) => concepts.get(id)?.theme ?? []));
  return themes.size === 1 ? [...themes] : [];
}

/** Of concepts, and not of words. */
export function isConceptFeature(feature: string): boolean {
  return /^p?[ct]:/u.test(feature);
}

/** How strongly small countries, and rare themes of a country, are brought up: powers of how much smaller they are. */
const countryBalance = 0.5;
const themeBalance = 0.6;
const mostBalance = 8;

/** Examples over the features that have a row; concepts first. */
export function examplesOf({ features, rows }: TrainingSet, rowOf: ReadonlyMap<string, number>): readonly Example[] {
  const rowOfNumber = features.map((feature) => rowOf.get(feature));
  const isConcept = features.map(isConceptFeature);
  const perCountry = counted(rows.map(({ country }) => country));
  const perTheme = counted(rows.map(({ country, theme }) => `${country} ${theme}`));
  const largest = Math.max(...perCountry.values());
  return rows.map((row) => {
    const kept = [...row.features.keys()].filter((i) => rowOfNumber[row.features[i] ?? -1] !== undefined);
    const conceptsOf = kept.filter((i) => isConcept[row.features[i] ?? -1]);
    const sorted = [...conceptsOf, ...kept.filter((i) => !isConcept[row.features[i] ?? -1])];
    const ofCountry = perCountry.get(row.country) ?? 1;
    const ofTheme = perTheme.get(`${row.country} ${row.theme}`) ?? 1;
    const rare = Math.min(mostBalance, (ofCountry / themeIds.length / ofTheme) ** themeBalance);
    return {
      rows: Int32Array.from(sorted, (i) => rowOfNumber[row.features[i] ?? -1] ?? 0),
      amounts: Float32Array.from(sorted, (i) => row.amounts[i] ?? 0),
      concepts: conceptsOf.length,
      right: row.right.map((theme) => themeIds.indexOf(theme)),
      weight: (largest / ofCountry) ** countryBalance * rare,
    };
  });
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
