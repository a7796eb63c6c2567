/**
 * Resource of an OGD India site → dataset: of the Data API's `/lists`, or of `dmspublic`, where every value is a list.
 * Pure. Neither names a licence: the source's file does.
 */
import type { Agency, Dataset } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { byteSize } from './byte-size.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { epochInstant } from './epoch-date.ts';
import { formatField } from './format-field.ts';
import { frequencyField } from './frequency-field.ts';
import { descriptionOf, langText, titleOrId } from './lang-texts.ts';
import { portalLicence } from './licence-field.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { listOf, type NativeObject, scalarText, textsOf } from './native-value.ts';
import { present } from './optional.ts';
import { periodOf } from './period-field.ts';
import { plainLine, plainText, wellFormed } from './plain-text.ts';
import { recordPage } from './record-page.ts';

export function datasetFromOgdList(entry: NativeObject, mapping: Mapping): Dataset {
  const title = titleOf(entry, mapping);
  return present({
    ...sharedFields(entry, 'sector', mapping),
    identifiers: [],
    title,
    description: descriptionOf(descriptionText(entry, title, mapping), 'desc', mapping),
    publisher: publisherOf(entry, 'org', mapping),
    landingPage: recordPage(mapping.source.recordPage, (name) => first(entry, name), undefined),
    // In the recorded bodies `created_date` is 5 h 30 min ahead of `created`, though it says Z: the number is believed.
    issued: instantOf(entry, ['created', 'created_date'], mapping),
    modified: instantOf(entry, ['updated', 'updated_date'], mapping),
    temporal: [],
    distributions: distributionsOf([service(entry, mapping)], 'index_name', mapping),
  });
}

export function datasetFromOgdResource(entry: NativeObject, mapping: Mapping): Dataset {
  const { source } = mapping;
  const nid = first(entry, 'nid');
  const sectors = entry['sector'] === undefined ? 'sector_resource' : 'sector';
  return present({
    ...sharedFields(entry, sectors, mapping),
    identifiers: nid === undefined ? [] : [nid],
    title: titleOf(entry, mapping),
    // The listing has no descriptions at all, which is no fault of its records.
    description: [],
    publisher: publisherOf(entry, 'ministry_department', mapping),
    landingPage: recordPage(source.recordPage, (name) => first(entry, name), pageOf(entry, source.homepage)),
    issued: instantOf(entry, ['published_date', 'created'], mapping),
    modified: instantOf(entry, ['changed'], mapping),
    frequency: frequencyField(first(entry, 'frequency'), 'frequency', mapping),
    temporal: temporalOf(entry, mapping),
    distributions: distributionsOf(filesOf(entry, mapping), 'datafile', mapping),
  });
}

function sharedFields(entry: NativeObject, sectors: string, mapping: Mapping) {
  const { source, datasetId, nativeId } = mapping;
  const categories = [...new Set(partsOf(entry[sectors]))];
  return {
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    keywords: [],
    contacts: [],
    licence: portalLicence(mapping),
    themes: themesOf(
      categories.map((text) => ({ text })),
      sectors,
      mapping,
    ),
    sourceCategories: categories,
    languages: [],
    spatial: [],
  };
}

/** The one value of a member, bare or as a list of one. */
function first(entry: NativeObject, name: string): string | undefined {
  return scalarText(listOf(entry[name])[0]);
}

/** A list, or its parts joined by `|` (as in flattened copies and older answers). */
function partsOf(value: unknown): readonly string[] {
  return textsOf(value)
    .flatMap((text) => text.split('|'))
    .flatMap((part) => plainLine(part) ?? []);
}

function titleOf(entry: NativeObject, mapping: Mapping): LangText {
  return titleOrId(langText(first(entry, 'title'), 'title', mapping, plainLine), 'title', mapping);
}

/** 97.7 % of the descriptions on data.gov.in are the title once more, which describes nothing. */
function descriptionText(entry: NativeObject, title: LangText, mapping: Mapping): LangText {
  const text = langText(first(entry, 'desc') ?? first(entry, 'description'), 'desc', mapping, plainText);
  const comparable = (each: LangText) => each[0]?.text.replaceAll(/\s+/g, ' ').toLowerCase();
  const isTitle = comparable(text) === comparable(title);
  return isTitle ? [] : text;
}

/** Ministry, department, office: the last is the body that publishes. */
function publisherOf(entry: NativeObject, path: string, { log }: Mapping): Agency | undefined {
  const name = partsOf(entry[path]).at(-1);
  if (name !== undefined) return { name: [{ text: name, lang: 'und' }] };
  log.add('publisher-missing', path, 'found no body; expected the body that publishes');
  return undefined;
}

/**
 * The first of the members that says anything: seconds or milliseconds since 1970, or a date as text. Second 0, which
 * the text repeats as a moment of 1 January 1970, is what a missing date becomes.
 */
function instantOf(entry: NativeObject, names: readonly string[], { dates, log }: Mapping): PartialDate | undefined {
  for (const name of names) {
    const original = first(entry, name);
    if (original === undefined || original === '0' || original.startsWith('1970-01-01T')) continue;
    const date = dateField(epochInstant(original) ?? original, name, dates, log);
    return date === undefined ? undefined : { ...date, original };
  }
  return undefined;
}

function temporalOf(entry: NativeObject, { dates }: Mapping): readonly Period[] {
  const end = (name: string) => {
    const text = first(entry, name);
    return epochInstant(text)?.slice(0, 10) ?? text;
  };
  const period = periodOf(end('data_time_period_from'), end('data_time_period_to'), dates);
  return period === undefined ? [] : [period];
}

/** `node_alias` is the path of the page on the site. */
function pageOf(entry: NativeObject, homepage: string | undefined): string | undefined {
  const alias = first(entry, 'node_alias');
  if (alias === undefined || homepage === undefined || !URL.canParse(alias, homepage)) return undefined;
  return new URL(alias, homepage).href;
}

/**
 * The Data API answers for every resource of `/lists` (documented at data.gov.in/apis; it asks for a key), beside the
 * list unless `options.service` of the source is its address.
 */
function service(entry: NativeObject, { source, nativeId, vocabulary }: Mapping): ListedFile {
  const template = source.options['service'];
  const beside = new URL(`/resource/${encodeURIComponent(wellFormed(nativeId))}`, source.endpoint).href;
  const url = recordPage(typeof template === 'string' ? template : undefined, (name) => first(entry, name), beside);
  return { url, path: 'index_name', access: 'service', format: () => vocabulary.formats('API', undefined)[0] ?? {} };
}

function filesOf(entry: NativeObject, mapping: Mapping): readonly ListedFile[] {
  const path = first(entry, 'datafile') === undefined ? 'datafile_url' : 'datafile';
  const url = first(entry, path);
  const mediaType = first(entry, 'file_format');
  const format = (link: string | undefined) => formatField({ mediaType, url: link }, 'file_format', mapping);
  const sizeBytes = byteSize(listOf(entry['file_size'])[0]);
  return url === undefined ? [] : [{ url, path, access: 'download', format, sizeBytes }];
}
