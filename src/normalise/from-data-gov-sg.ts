/**
 * Dataset (of a list, or its metadata) or collection of data.gov.sg v2 → dataset. Pure. Files are given out by a request
 * that makes a link for minutes (`poll-download`): the distribution links to the page where they are taken.
 */
import type { Agency, ContactPoint, Dataset } from '../model/dataset.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { byteSize } from './byte-size.ts';
import { dateField } from './date-field.ts';
import { formatField } from './format-field.ts';
import { frequencyField } from './frequency-field.ts';
import { descriptionOf, langLine, langText, titleOrId } from './lang-texts.ts';
import { portalLicence } from './licence-field.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { type NativeObject, scalarText, textsOf } from './native-value.ts';
import { present } from './optional.ts';
import { periodOf } from './period-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

export function datasetFromDataGovSg(entry: NativeObject, mapping: Mapping): Dataset {
  return sgDataset(entry, [fileOf(entry, mapping)], 'format', mapping);
}

/** A collection is known by its datasets; `options.childPage` of the source is the address of one. */
export function datasetFromSgCollection(entry: NativeObject, mapping: Mapping): Dataset {
  const template = mapping.source.options['childPage'];
  const children = textsOf(entry['childDatasets']).map((nativeId): ListedFile => {
    const url = recordPage(typeof template === 'string' ? template : undefined, () => nativeId, undefined);
    return { nativeId, url, path: 'childDatasets', access: 'page', format: () => ({}) };
  });
  return sgDataset(entry, children, 'childDatasets', mapping);
}

function sgDataset(entry: NativeObject, files: readonly ListedFile[], path: string, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId } = mapping;
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [],
    title: titleOrId(langLine(entry['name'], 'name', mapping), 'name', mapping),
    description: descriptionOf(
      langText(entry['description'], 'description', mapping, plainText),
      'description',
      mapping,
    ),
    keywords: [],
    publisher: publisherOf(entry, mapping),
    contacts: contactsOf(entry),
    landingPage: pageOf(entry, mapping),
    licence: portalLicence(mapping),
    themes: [],
    sourceCategories: [],
    languages: [],
    issued: dateOf(entry, 'createdAt', mapping),
    modified: dateOf(entry, 'lastUpdatedAt', mapping),
    frequency: frequencyField(scalarText(entry['frequency']), 'frequency', mapping),
    temporal: temporalOf(entry, mapping),
    spatial: [],
    distributions: distributionsOf(files, path, mapping),
  });
}

function pageOf(entry: NativeObject, { source }: Mapping): string | undefined {
  return recordPage(source.recordPage, (name) => scalarText(entry[name]), undefined);
}

/** The list says `managedByAgencyName`, the metadata `managedBy`. */
function publisherOf(entry: NativeObject, mapping: Mapping): Agency | undefined {
  const name = langLine(entry['managedByAgencyName'] ?? entry['managedBy'], 'managedBy', mapping);
  if (name.length > 0) return { name };
  mapping.log.add('publisher-missing', 'managedBy', 'found no agency; expected the body that publishes');
  return undefined;
}

function contactsOf(entry: NativeObject): readonly ContactPoint[] {
  const addresses = textsOf(entry['contactEmails']).flatMap((text) => plainLine(text) ?? []);
  return addresses.map((email) => ({ email }));
}

function dateOf(entry: NativeObject, name: string, { dates, log }: Mapping): PartialDate | undefined {
  const text = scalarText(entry[name]);
  return text === undefined ? undefined : dateField(text, name, dates, log);
}

function temporalOf(entry: NativeObject, { dates }: Mapping): readonly Period[] {
  const period = periodOf(scalarText(entry['coverageStart']), scalarText(entry['coverageEnd']), dates);
  return period === undefined ? [] : [period];
}

/** The ending of the page's address says nothing of the file. */
function fileOf(entry: NativeObject, mapping: Mapping): ListedFile {
  const format = formatField({ format: scalarText(entry['format']) }, 'format', mapping);
  const sizeBytes = byteSize(entry['datasetSize']);
  return { url: pageOf(entry, mapping), path: 'datasetId', access: 'page', format: () => format, sizeBytes };
}
