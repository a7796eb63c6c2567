/** `sampan search`: the index asked from a terminal. */

import { isThemeId, themeIds, unclassified } from '../model/theme.ts';
import type { SearchRequest, SortOrder } from '../search/search-contract.ts';
import { meaningWords } from '../serve/meaning-words.ts';
import { type LabelLanguage, labelLanguages } from '../vocabulary/label-file.ts';
import { findLabelLanguage } from '../vocabulary/label-language.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { openReadHome, readVocabulary } from './open-home.ts';
import { answerForPeople, answerForPrograms } from './search-answer.ts';
import { wholeNumber } from './settings.ts';

interface SearchOptions {
  readonly lang?: string[];
  readonly country?: string[];
  readonly theme?: string[];
  readonly format?: string[];
  readonly licence?: string[];
  readonly source?: string[];
  readonly place?: string[];
  readonly wordsOnly?: boolean;
  readonly labels: string;
  readonly sort: SortOrder;
  readonly limit: string;
  readonly offset: string;
  readonly json?: boolean;
}

/** The most results one call gives; the index takes no more. */
const maximumLimit = 1_000;

export async function search(context: CliContext, words: readonly string[], options: SearchOptions): Promise<void> {
  const request = requestFromOptions(
    words,
    options,
    options.format === undefined ? undefined : await readVocabulary(context),
  );
  const language = labelLanguageNamed(options.labels);
  const home = await openReadHome(context);
  try {
    const { terminology } = await home.knowledge();
    const index = await home.openIndex({ workers: 0 });
    try {
      const answer = await index.search({ ...request, language });
      const words = meaningWords(terminology, language);
      context.out(
        options.json === true
          ? JSON.stringify(answerForPrograms(answer, words))
          : answerForPeople(request, answer, words).join('\n'),
      );
    } finally {
      await index.close();
    }
  } finally {
    await home.close();
  }
}

function requestFromOptions(
  words: readonly string[],
  options: SearchOptions,
  vocabulary: Vocabulary | undefined,
): SearchRequest {
  const limit = wholeNumber('--limit', options.limit, maximumLimit);
  if (limit === 0) throw new CliError('usage', `--limit: found "0", expected 1 to ${maximumLimit}`);
  const filters: Record<string, readonly string[]> = {
    ...(options.lang && { language: options.lang.map(languageNamed) }),
    ...(options.country && { country: options.country.map((code) => code.toUpperCase()) }),
    ...(options.theme && { theme: options.theme.map(themeNamed) }),
    ...(options.format && { format: options.format.map((name) => formatNamed(name, vocabulary)) }),
    ...(options.licence && { licence: options.licence.map(opennessNamed) }),
    ...(options.source && { source: options.source }),
    ...(options.place && { place: options.place }),
  };
  return {
    text: queryFrom(words),
    meaning: options.wordsOnly !== true,
    filters,
    sort: options.sort,
    offset: wholeNumber('--offset', options.offset, Number.MAX_SAFE_INTEGER),
    limit,
    facetLimit: 5,
  };
}

function themeNamed(id: string): string {
  if (isThemeId(id) || id === unclassified) return id;
  throw new CliError('usage', `--theme: found "${id}", expected one of ${[...themeIds, unclassified].join(', ')}`);
}

/** In any spelling that portals use: `geojson`, `.xlsx`. */
function formatNamed(name: string, vocabulary: Vocabulary | undefined): string {
  const id = vocabulary?.formats(name, undefined)[0]?.id;
  if (id !== undefined) return id;
  throw new CliError('usage', `--format: found "${name}", expected a format such as CSV, XLSX or GeoJSON`);
}

function opennessNamed(text: string): string {
  if (['open', 'not-open', 'unknown'].includes(text)) return text;
  throw new CliError('usage', `--licence: found "${text}", expected open, not-open or unknown`);
}

function languageNamed(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch (cause) {
    throw new CliError('usage', `--lang: found "${tag}", expected a language tag such as ja or zh-Hant`, { cause });
  }
}

function labelLanguageNamed(tag: string): LabelLanguage {
  const language = findLabelLanguage(tag);
  if (language !== undefined) return language;
  throw new CliError('usage', `--labels: found "${tag}", expected one of ${labelLanguages.join(', ')}`);
}

/**
 * One argument is the whole query, quoted for the shell. Of several, one with spaces had quotes of its own, which the
 * shell has eaten: `sampan search Tokyo "emergency shelter"` asks for a word and a phrase.
 */
function queryFrom(words: readonly string[]): string {
  if (words.length === 1) return words[0] ?? '';
  return words.map((word) => (/\s/u.test(word) && !/["「“]/u.test(word) ? `"${word}"` : word)).join(' ');
}
