/** Pure. A record of the store as the search index takes it. Texts are display texts; the index analyses them itself. */
import type { CatalogueRecord, Dataset, Distribution } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate } from '../model/partial-date.ts';
import type { IndexDocument, StoredFields } from '../search/search-contract.ts';

export function indexDocumentFromRecord({ dataset, theme }: CatalogueRecord): IndexDocument {
  const modified = sortableDate(dataset.modified);
  const formats = distinct(dataset.distributions.flatMap((each) => each.format.id ?? []));
  // The first text is the portal's own language; the facet shows one name an agency.
  const publisher = dataset.publisher?.name[0]?.text;
  return {
    id: dataset.id,
    titles: textsOf(dataset.title),
    keywords: textsOf(dataset.keywords),
    publisher: textsOf(dataset.publisher?.name ?? []),
    // Names of the files are found too, with the weight of a description: there may be hundreds of them.
    descriptions: [...textsOf(dataset.description), ...distributionTitles(dataset.distributions)],
    identifiers: distinct([dataset.id, dataset.nativeId, ...dataset.identifiers]),
    facets: {
      country: [dataset.country],
      theme: [theme.value],
      format: formats,
      licence: [dataset.licence.openness],
      publisher: publisher === undefined ? [] : [publisher],
      language: distinct([...dataset.title, ...dataset.description].map((each) => each.lang)),
    },
    sourceId: dataset.sourceId,
    ...(modified === undefined ? {} : { modified }),
    stored: storedFields(dataset, { theme: theme.value, formats, publisher, modified }),
  };
}

function storedFields(
  dataset: Dataset,
  more: {
    readonly theme: string;
    readonly formats: readonly string[];
    readonly publisher: string | undefined;
    readonly modified: string | undefined;
  },
): StoredFields {
  return {
    // A dataset without a title was kept for its other texts; its native id is what the portal itself would show.
    title: dataset.title[0]?.text ?? dataset.nativeId,
    titleLang: dataset.title[0]?.lang ?? 'und',
    description: dataset.description[0]?.text ?? '',
    publisher: more.publisher ?? '',
    country: dataset.country,
    sourceId: dataset.sourceId,
    theme: more.theme,
    licenceId: dataset.licence.id,
    openness: dataset.licence.openness,
    formats: more.formats,
    distributions: dataset.distributions.length,
    ...(more.modified === undefined ? {} : { modified: more.modified }),
  };
}

function distributionTitles(distributions: readonly Distribution[]): string[] {
  return distinct(distributions.flatMap((each) => textsOf(each.title)));
}

function textsOf(text: LangText): string[] {
  return text.map((each) => each.text);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** A date that could not be read sorts as unknown. */
function sortableDate(date: PartialDate | undefined): string | undefined {
  return date === undefined || date.value === '' ? undefined : date.value;
}
