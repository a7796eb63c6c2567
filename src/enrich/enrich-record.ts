/** All that is derived from one record by itself, with what it was derived from. Pure. */
import { type CatalogueRecord, type Dataset, languagesKind } from '../model/dataset.ts';
import { type DerivedFact, type Fact, factStrength } from '../model/fact.ts';
import { type RecognisedTerm, termsKind } from '../model/recognised-term.ts';
import { type ThemeFact, themeKind } from '../model/theme.ts';
import { decideTheme } from './decide-theme.ts';
import { detectLanguage, type LanguageFinding } from './detect-language.ts';
import type { Knowledge } from './knowledge.ts';
import type { LatinDetector } from './latin-language.ts';
import { recogniseRecord } from './recognise-record.ts';

export interface Enrichment {
  /** With the theme and the languages that were worked out, as the store will give it from now on. */
  readonly record: CatalogueRecord;
  readonly terms: readonly RecognisedTerm[];
  /** The same as the store keeps it, one fact a kind. */
  readonly facts: readonly DerivedFact[];
}

export function enrichRecord(record: CatalogueRecord, knowledge: Knowledge, latin: LatinDetector): Enrichment {
  const { dataset } = record;
  const datasetId = dataset.id;
  const terms = recogniseRecord(record, knowledge.terminology);
  const named: DerivedFact = { datasetId, kind: termsKind, fact: { value: terms, by: 'rule', confidence: 1 } };
  const theme = isSaid(record.theme) ? undefined : decideTheme(dataset, terms, knowledge);
  const languages = undeclaredLanguages(dataset, latin);
  return {
    record: {
      ...record,
      ...(theme === undefined ? {} : { theme }),
      ...(languages === undefined || languages.value.length === 0 ? {} : { detectedLanguages: languages }),
    },
    terms,
    facts: [
      named,
      ...(theme === undefined ? [] : [{ datasetId, kind: themeKind, fact: theme }]),
      ...(languages === undefined ? [] : [{ datasetId, kind: languagesKind, fact: languages }]),
    ],
  };
}

/** A person or the publisher has said it: then nothing is worked out. */
function isSaid({ by }: ThemeFact): boolean {
  return factStrength[by] > factStrength.rule;
}

/** A description is as long as one likes; UTF-16 units of it that are looked at. */
const lookThrough = 200;

/** Of the titles, and of the description when they do not tell; undefined when every title declares its own. */
function undeclaredLanguages(
  { title, description, country }: Dataset,
  latin: LatinDetector,
): Fact<readonly string[]> | undefined {
  const undeclared = title.filter(({ lang }) => lang === 'und');
  if (undeclared.length === 0 && title.length > 0) return;
  const find = (text: string) => detectLanguage(text.slice(0, lookThrough), country, latin) ?? [];
  const ofTitles = undeclared.flatMap(({ text }) => find(text));
  const found = ofTitles.length > 0 ? ofTitles : description.slice(0, 1).flatMap(({ text }) => find(text));
  return languagesFact(found);
}

function languagesFact(found: readonly LanguageFinding[]): Fact<readonly string[]> {
  const [first] = found;
  if (first === undefined) return { value: [], by: 'rule', rule: 'no-language', confidence: 1 };
  return {
    value: [...new Set(found.map(({ lang }) => lang))],
    by: first.by,
    rule: first.rule,
    confidence: Math.min(...found.map(({ confidence }) => confidence)),
  };
}
