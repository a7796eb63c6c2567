/**
 * From a record of the catalogue to what the index takes. Pure. Nothing is guessed: a missing publisher is no facet
 * value, a text without a language is `und`. The first text of a field is in the portal's own language: that is the one
 * shown and counted; all of them are found.
 */
import type { CatalogueRecord, Dataset, Distribution } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { RecognisedTerm } from '../model/recognised-term.ts';
import { instantFromPartial } from './partial-instant.ts';
import type { IndexDocument, StoredFields } from './search-contract.ts';

export function indexDocumentFromRecord(record: CatalogueRecord, terms: readonly RecognisedTerm[] = []): IndexDocument {
  const { dataset } = record;
  const publisher = dataset.publisher?.name[0]?.text;
  const formats = formatsOf(dataset);
  const modified = modifiedOf(dataset);
  return {
    id: dataset.id,
    titles: textsOf(dataset.title),
    keywords: textsOf(dataset.keywords),
    publisher: textsOf(dataset.publisher?.name ?? []),
    // Names of the files are found too, with the weight of a description: there may be hundreds of them.
    descriptions: [...textsOf(dataset.description), ...distributionTitles(dataset.distributions)],
    terms,
    identifiers: distinct([dataset.id, dataset.nativeId, ...dataset.identifiers]),
    facets: {
      country: [dataset.country],
      theme: themesOf(record),
      format: formats,
      licence: [dataset.licence.openness],
      publisher: publisher === undefined ? [] : [publisher],
      language: languagesOf(record),
    },
    sourceId: dataset.sourceId,
    ...inOrder(modified, record.lastChanged),
    stored: { ...storedOf(record), terms: shownTerms(terms), publisher: publisher ?? '', formats, ...modified },
  };
}

/** Each once, those of the title before those of the keywords; a result list has room for some. */
function shownTerms(terms: readonly RecognisedTerm[]): StoredFields['terms'] {
  const shown = new Map<string, StoredFields['terms'][number]>();
  for (const field of ['titles', 'keywords'] as const) {
    for (const { kind, id, words, field: where } of terms) {
      if (where === field && !shown.has(`${kind}:${id}`)) shown.set(`${kind}:${id}`, { kind, id, field, words });
    }
  }
  return [...shown.values()].slice(0, maxShownTerms);
}

/** Terms that a result keeps. */
const maxShownTerms = 24;

type PlainStored = Omit<StoredFields, 'publisher' | 'formats' | 'modified' | 'terms'>;

function storedOf({ dataset, theme, group }: CatalogueRecord): PlainStored {
  const title = dataset.title[0];
  return {
    // A dataset without a title was kept for its other texts; its native id is what the portal itself would show.
    title: title?.text ?? dataset.nativeId,
    titleLang: title?.lang ?? 'und',
    description: dataset.description[0]?.text ?? '',
    country: dataset.country,
    sourceId: dataset.sourceId,
    theme: theme.value,
    licenceId: dataset.licence.id,
    openness: dataset.licence.openness,
    distributions: dataset.distributions.length,
    ...(group === undefined
      ? {}
      : { group: { id: group.id, members: group.members.map(({ id, sourceId }) => ({ id, sourceId })) } }),
  };
}

function textsOf(text: LangText): readonly string[] {
  return distinct(text.map((each) => each.text));
}

function distributionTitles(distributions: readonly Distribution[]): readonly string[] {
  return distinct(distributions.flatMap((each) => textsOf(each.title)));
}

/** Canonical ids, each once, in the order of the distributions. */
function formatsOf(dataset: Dataset): readonly string[] {
  return distinct(
    dataset.distributions.flatMap(({ format: { id, also = [] } }) => (id === undefined ? [] : [id, ...also])),
  );
}

/** The best theme, and those it is about too. */
function themesOf({ theme }: CatalogueRecord): readonly string[] {
  return distinct([theme.value, ...(theme.also ?? [])]);
}

/** Languages that the texts are declared in, or that were found where none is; `und` when nobody knows. */
function languagesOf({ dataset, detectedLanguages }: CatalogueRecord): readonly string[] {
  const texts = [...dataset.title, ...dataset.description];
  const declared = texts.map((each) => each.lang).filter((lang) => lang !== 'und');
  const languages = distinct([...declared, ...(detectedLanguages?.value ?? [])]);
  return languages.length > 0 ? languages : ['und'];
}

/** A date that could not be read (`text`) has no place in an order; a date of issue does not stand in for a change. */
function modifiedOf({ modified: date }: Dataset): { readonly modified?: string } {
  return date === undefined || date.precision === 'text' ? {} : { modified: date.value };
}

/**
 * For the order, nothing was modified after the portal last gave it another version: a clock that is ahead by hours puts
 * no record on top of those that changed since (case `field N-08`). What is shown stays as published.
 */
function inOrder({ modified }: { readonly modified?: string }, lastChanged: string): { readonly modified?: string } {
  if (modified === undefined) return {};
  const instant = instantFromPartial(modified);
  const latest = instantFromPartial(lastChanged);
  return { modified: instant !== undefined && latest !== undefined && instant > latest ? lastChanged : modified };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
