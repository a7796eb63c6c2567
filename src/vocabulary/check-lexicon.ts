/**
 * Whether the lexicon keeps its own rules, and how much of it there is. Pure. Takes what `loadTerminology` read; a file that
 * cannot be read at all never comes here. To add a rule, add a slug to `lexicon-finding.ts`, a function, and a row in
 * docs/lexicon.md.
 */

import { hiddenLabelFindings } from './hidden-labels.ts';
import { type LabelLanguage, labelLanguages } from './label-file.ts';
import { guardFindings, labelFindings, linkFindings, sharedLabelFindings } from './label-findings.ts';
import type { Concept, Lexicon } from './lexicon.ts';
import type { LexiconFinding } from './lexicon-finding.ts';
import type { Gazetteer } from './places.ts';
import { textKey } from './text-key.ts';

interface LabelCounts {
  readonly concepts: number;
  readonly labels: number;
}

export interface LexiconReport {
  /** Without forms. */
  readonly concepts: number;
  readonly forms: number;
  readonly labels: number;
  /** Labels of concepts and languages that a native reader has seen; all others are drafts. */
  readonly reviewedLabels: number;
  /** One cell a concept and language. */
  readonly cells: { readonly all: number; readonly missing: number; readonly share: number };
  /** Preferred labels that are the same in Indonesian and Malay. */
  readonly indonesianAsMalay: { readonly compared: number; readonly equal: number; readonly share: number };
  readonly byTheme: Readonly<Record<string, LabelCounts>>;
  readonly byLanguage: Readonly<Record<string, LabelCounts & { readonly reviewedLabels: number }>>;
  readonly places: { readonly all: number; readonly byCountry: Readonly<Record<string, PlaceCounts>> };
  /** Empty = the lexicon keeps its rules. */
  readonly findings: readonly LexiconFinding[];
}

interface PlaceCounts {
  readonly divisions: number;
  readonly cities: number;
}

/** Of all cells of concepts and languages (issue C §2). */
const mostMissing = 0.02;

/** Two languages so close share words, but a list that was copied shares nearly all (issue C §2). */
const mostEqual = 0.6;

export function checkLexicon(lexicon: Lexicon, gazetteer: Gazetteer): LexiconReport {
  const concepts = [...lexicon.concepts.values()];
  const forms = concepts.filter(({ isForm }) => isForm).length;
  const cells = missingCells(concepts);
  const indonesianAsMalay = equalLabels(concepts);
  return {
    concepts: concepts.length - forms,
    forms,
    ...labelTotals(concepts),
    cells,
    indonesianAsMalay,
    byTheme: byTheme(concepts),
    byLanguage: Object.fromEntries(labelLanguages.map((language) => [language, countsIn(concepts, language)])),
    places: countPlaces(gazetteer),
    findings: [
      ...concepts.flatMap((concept) => [
        ...labelFindings(concept),
        ...guardFindings(concept),
        ...linkFindings(concept, lexicon),
      ]),
      ...sharedLabelFindings(lexicon),
      ...hiddenLabelFindings(lexicon),
      ...shareFindings(cells.share, indonesianAsMalay.share),
    ],
  };
}

function shareFindings(missing: number, equal: number): readonly LexiconFinding[] {
  const where = 'vocab/lexicon';
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    ...(missing > mostMissing
      ? [{ slug: 'missing-labels' as const, where, message: `${percent(missing)} of the cells have no label` }]
      : []),
    ...(equal > mostEqual
      ? [
          {
            slug: 'indonesian-as-malay' as const,
            where,
            message: `${percent(equal)} of the preferred labels are equal`,
          },
        ]
      : []),
  ];
}

function missingCells(concepts: readonly Concept[]): LexiconReport['cells'] {
  const all = concepts.length * labelLanguages.length;
  const missing = concepts.reduce(
    (sum, { labels }) => sum + labelLanguages.filter((language) => labels[language] === undefined).length,
    0,
  );
  return { all, missing, share: ratio(missing, all) };
}

function equalLabels(concepts: readonly Concept[]): LexiconReport['indonesianAsMalay'] {
  const pairs = concepts.flatMap(({ labels: { id, ms } }) =>
    id?.[0] === undefined || ms?.[0] === undefined ? [] : [[textKey(id[0]), textKey(ms[0])] as const],
  );
  const equal = pairs.filter(([id, ms]) => id === ms).length;
  return { compared: pairs.length, equal, share: ratio(equal, pairs.length) };
}

function labelTotals(concepts: readonly Concept[]): Pick<LexiconReport, 'labels' | 'reviewedLabels'> {
  const counts = labelLanguages.map((language) => countsIn(concepts, language));
  return {
    labels: counts.reduce((sum, { labels }) => sum + labels, 0),
    reviewedLabels: counts.reduce((sum, { reviewedLabels }) => sum + reviewedLabels, 0),
  };
}

function countsIn(concepts: readonly Concept[], language: LabelLanguage): LexiconReport['byLanguage'][string] {
  const counts = { concepts: 0, labels: 0, reviewedLabels: 0 };
  for (const { labels, reviewed } of concepts) {
    const own = labels[language]?.length ?? 0;
    counts.concepts += Number(own > 0);
    counts.labels += own;
    if (reviewed.includes(language)) counts.reviewedLabels += own;
  }
  return counts;
}

function byTheme(concepts: readonly Concept[]): LexiconReport['byTheme'] {
  const counts: Record<string, LabelCounts> = {};
  for (const { theme = 'forms', labels } of concepts) {
    const before = counts[theme] ?? { concepts: 0, labels: 0 };
    const own = Object.values(labels).reduce((sum, each) => sum + each.length, 0);
    counts[theme] = { concepts: before.concepts + 1, labels: before.labels + own };
  }
  return counts;
}

function countPlaces({ places }: Gazetteer): LexiconReport['places'] {
  const byCountry: Record<string, PlaceCounts> = {};
  for (const { country, kind } of places.values()) {
    const before = byCountry[country] ?? { divisions: 0, cities: 0 };
    byCountry[country] = {
      divisions: before.divisions + Number(kind === 'division'),
      cities: before.cities + Number(kind === 'city' || kind === 'district'),
    };
  }
  return { all: places.size, byCountry };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
