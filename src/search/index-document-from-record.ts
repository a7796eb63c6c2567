/**
 * From a record of the catalogue to what the index takes. Pure. Nothing is guessed: a missing publisher is no facet
 * value, a text without a language is `und`.
 */
import type { CatalogueRecord, Dataset } from '../model/dataset.ts';
import { displayText, type LangText } from '../model/lang-text.ts';
import type { IndexDocument, StoredFields } from './search-contract.ts';

/** `language` is the portal's main one (BCP 47): the form in which title, publisher … are shown and counted. */
export function indexDocumentFromRecord(record: CatalogueRecord, language: string): IndexDocument {
  const { dataset } = record;
  const { country, sourceId, licence, title, description, keywords } = dataset;
  const publisher = displayOf(dataset.publisher?.name ?? [], language);
  const formats = formatsOf(dataset);
  const modified = modifiedOf(dataset);
  return {
    id: dataset.id,
    titles: textsOf(title),
    keywords: textsOf(keywords),
    publisher: textsOf(dataset.publisher?.name ?? []),
    descriptions: textsOf(description),
    identifiers: [...new Set([dataset.id, dataset.nativeId, ...dataset.identifiers])],
    facets: {
      country: [country],
      theme: [record.theme.value],
      format: formats,
      licence: [licence.openness],
      publisher: publisher === '' ? [] : [publisher],
      language: languagesOf(dataset),
    },
    sourceId,
    ...modified,
    stored: { ...storedOf(record, language), publisher, formats, ...modified },
  };
}

type PlainStored = Omit<StoredFields, 'publisher' | 'formats' | 'modified'>;

function storedOf({ dataset, theme }: CatalogueRecord, language: string): PlainStored {
  const title = displayText(dataset.title, language);
  return {
    title: title?.text ?? '',
    titleLang: title?.lang ?? 'und',
    description: displayOf(dataset.description, language),
    country: dataset.country,
    sourceId: dataset.sourceId,
    theme: theme.value,
    licenceId: dataset.licence.id,
    openness: dataset.licence.openness,
    distributions: dataset.distributions.length,
  };
}

function displayOf(text: LangText, language: string): string {
  return displayText(text, language)?.text ?? '';
}

/** Every language's text, each once. */
function textsOf(text: LangText): readonly string[] {
  return [...new Set(text.map((each) => each.text))];
}

/** Canonical ids, each once, in the order of the distributions. */
function formatsOf(dataset: Dataset): readonly string[] {
  return [...new Set(dataset.distributions.flatMap(({ format }) => (format.id === undefined ? [] : [format.id])))];
}

/** As declared for the data; else those that the title is declared in; else `und`. */
function languagesOf(dataset: Dataset): readonly string[] {
  if (dataset.languages.length > 0) return [...new Set(dataset.languages)];
  const ofTitle = new Set(dataset.title.map(({ lang }) => lang));
  return ofTitle.size > 0 ? [...ofTitle] : ['und'];
}

/** A date that could not be read (`text`) has no place in an order; a date of issue does not stand in for a change. */
function modifiedOf({ modified: date }: Dataset): { readonly modified?: string } {
  return date === undefined || date.precision === 'text' ? {} : { modified: date.value };
}
