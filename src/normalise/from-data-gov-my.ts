/**
 * Definition of data.gov.my, or publication of OpenDOSM → dataset. Pure. Every text stands there in English and Malay;
 * a dash or `n/a` means no value. No record names a licence, no publication a body: the source's file does.
 */
import type { Agency, Dataset } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { themesOf, type WrittenCategory } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { formatField } from './format-field.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf } from './keywords.ts';
import { descriptionOf, ownLanguageFirst, titleOrId } from './lang-texts.ts';
import { portalLicence } from './licence-field.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { markdownText } from './markdown-text.ts';
import { fieldOf, listOf, type NativeObject, scalarText, textsOf } from './native-value.ts';
import { present } from './optional.ts';
import { periodOf } from './period-field.ts';
import { plainLine } from './plain-text.ts';
import { recordPage } from './record-page.ts';

type Plain = (text: string) => string | undefined;

/** What stands where nothing is to be said; seen in dates, caveats and publications. */
const silence = /^(?:[-–—]|n\/a|tbc|)$/i;

export function datasetFromDefinition(entry: NativeObject, mapping: Mapping): Dataset {
  const places = listOf(entry['site_category']);
  const categories = places.map((place) => categoryOf(place, 'category_en', 'category_ms'));
  const keywords = places.flatMap((place) =>
    bothOf([fieldOf(place, 'subcategory_en'), fieldOf(place, 'subcategory_ms')], mapping),
  );
  return present({
    ...sharedFields(entry, categories, 'site_category', mapping),
    title: titleOrId(bothOf([entry['title_en'], entry['title_ms']], mapping), 'title_en', mapping),
    description: descriptionOf(
      bothOf([entry['description_en'], entry['description_ms']], mapping, markdownText),
      'description_en',
      mapping,
    ),
    keywords: keywordsOf(keywords, 'site_category', mapping),
    publisher: publisherOf(entry['data_source'], mapping),
    modified: dateOf(entry, 'last_updated', mapping),
    temporal: temporalOf(entry, mapping),
    distributions: distributionsOf(definitionFiles(entry, mapping), 'link_csv', mapping),
  });
}

export function datasetFromPublication(entry: NativeObject, mapping: Mapping): Dataset {
  const { en, bm } = entry;
  const both = (name: string, plain?: Plain) => bothOf([fieldOf(en, name), fieldOf(bm, name)], mapping, plain);
  const type = { en: fieldOf(en, 'publication_type_title'), bm: fieldOf(bm, 'publication_type_title') };
  const categories = [categoryOf({ ...type, id: entry['publication_type'] }, 'en', 'bm', 'id')];
  return present({
    ...sharedFields(entry, categories, 'publication_type', mapping),
    title: titleOrId(both('title'), 'en.title', mapping),
    description: descriptionOf(both('description', markdownText), 'en.description', mapping),
    keywords: [],
    publisher: publisherOf(undefined, mapping),
    issued: dateOf(entry, 'release_date', mapping),
    temporal: [],
    distributions: distributionsOf(publicationFiles(en, bm, mapping), 'en.resources', mapping),
  });
}

function sharedFields(
  entry: NativeObject,
  written: readonly (WrittenCategory | undefined)[],
  path: string,
  mapping: Mapping,
) {
  const { source, datasetId, nativeId } = mapping;
  const categories = written.filter((each) => each !== undefined);
  const distinct = [...new Map(categories.map((each) => [each.text, each])).values()];
  return {
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [],
    contacts: [],
    landingPage: recordPage(
      source.recordPage,
      (name) => scalarText(entry[name]) ?? nativeIdAt(name, nativeId),
      undefined,
    ),
    licence: portalLicence(mapping),
    themes: themesOf(distinct, path, mapping),
    sourceCategories: distinct.map(({ text }) => text),
    languages: [],
    frequency: frequencyField(said(entry['frequency']), 'frequency', mapping),
    // `geography` names levels (NATIONAL, STATE, DUN), not places.
    spatial: [],
  };
}

/** A definition has no member for its id: the name of its file is it. */
function nativeIdAt(name: string, nativeId: string): string | undefined {
  return name === 'id' ? nativeId : undefined;
}

function said(value: unknown): string | undefined {
  const text = scalarText(value)?.trim();
  return text === undefined || silence.test(text) ? undefined : text;
}

/** The same in English and Malay, the portal's own language first. */
function bothOf(
  [english, malay]: readonly [english: unknown, malay: unknown],
  { source }: Mapping,
  plain: Plain = plainLine,
): LangText {
  const text = (value: unknown, lang: string) => {
    const shown = plain(said(value) ?? '');
    return shown === undefined ? [] : [{ text: shown, lang }];
  };
  return ownLanguageFirst([...text(english, 'en'), ...text(malay, 'ms')], source.languages);
}

/** A category by its English name; the Malay one and the portal's code are other names for it. */
function categoryOf(holder: unknown, ...names: readonly string[]): WrittenCategory | undefined {
  const [text, ...aliases] = names.flatMap((name) => plainLine(said(fieldOf(holder, name)) ?? '') ?? []);
  return text === undefined ? undefined : { text, aliases };
}

/** The first of the bodies named: it gives the data, the others (often DOSM) pass it on. */
function publisherOf(bodies: unknown, { source, log }: Mapping): Agency | undefined {
  const [name] = textsOf(bodies).flatMap((text) => plainLine(text) ?? []);
  if (name !== undefined) return { name: [{ text: name, lang: 'und' }], nativeId: name };
  const only = source.options['publisher'];
  if (typeof only === 'string') return { name: [{ text: only, lang: 'und' }] };
  log.add('publisher-missing', 'data_source', 'found no body; expected the body that publishes');
  return undefined;
}

function dateOf(entry: NativeObject, name: string, { dates, log }: Mapping): PartialDate | undefined {
  const text = said(entry[name]);
  return text === undefined ? undefined : dateField(text, name, dates, log);
}

/** Years, as numbers or texts. */
function temporalOf(entry: NativeObject, { dates }: Mapping): readonly Period[] {
  const period = periodOf(said(entry['dataset_begin']), said(entry['dataset_end']), dates);
  return period === undefined ? [] : [period];
}

/** `link_preview` is a part of the same table for the website's own use. */
function definitionFiles(entry: NativeObject, mapping: Mapping): readonly ListedFile[] {
  const file = (path: string, format: string): readonly ListedFile[] => {
    const url = said(entry[path]);
    const claim = (link: string | undefined) => formatField({ format, url: link }, path, mapping);
    return url === undefined ? [] : [{ url, path, access: 'download', format: claim }];
  };
  return [...file('link_csv', 'CSV'), ...file('link_parquet', 'Parquet')];
}

/** Both languages list the same files, mostly: one file with two names; where the addresses differ (172 of 1,475) two. */
function publicationFiles(en: unknown, bm: unknown, mapping: Mapping): readonly ListedFile[] {
  const byUrl = new Map<string, ListedFile & { readonly title: LangText }>();
  for (const { url, path, title, type } of [...resourcesOf(en, 'en', 'en'), ...resourcesOf(bm, 'bm', 'ms')]) {
    const key = url ?? path;
    const known = byUrl.get(key);
    const isNewLanguage = known?.title.every(({ lang }) => title.some((each) => each.lang !== lang)) ?? false;
    const format = (link: string | undefined) => formatField({ format: type, url: link }, path, mapping);
    if (known === undefined) byUrl.set(key, { url, path, access: 'download', format, title });
    else if (isNewLanguage) byUrl.set(key, { ...known, title: [...known.title, ...title] });
  }
  return [...byUrl.values()].map((file) => ({
    ...file,
    title: ownLanguageFirst(file.title, mapping.source.languages),
  }));
}

function resourcesOf(holder: unknown, side: string, lang: string) {
  return listOf(fieldOf(holder, 'resources')).map((resource, index) => {
    const name = plainLine(said(fieldOf(resource, 'resource_name')) ?? '');
    return {
      url: said(fieldOf(resource, 'resource_link')),
      path: `${side}.resources[${index}]`,
      title: name === undefined ? [] : [{ text: name, lang }],
      type: formatOf(resource),
    };
  });
}

/** `excel` is said of .xlsx and .xls alike: the ending tells. */
function formatOf(resource: unknown): string | undefined {
  const type = said(fieldOf(resource, 'resource_type'));
  return type === 'excel' ? undefined : type;
}
