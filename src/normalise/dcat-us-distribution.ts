/** DCAT-US `distribution[]` → distributions. Pure; one small function a property. */
import type { Distribution } from '../model/dataset.ts';
import { byteSize } from './byte-size.ts';
import { dateField } from './date-field.ts';
import { mappedText, textOrMember } from './dcat-us-three.ts';
import { distributionIds } from './distribution-id.ts';
import { formatField } from './format-field.ts';
import { licenceField } from './licence-field.ts';
import { linkFields } from './link.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText } from './native-value.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';

/** `fallback`: the object that holds `accessURL`/`downloadURL` when there is no list (DCAT-US 1.0). */
export function distributionsFromDcatUs(dataset: NativeObject, mapping: Mapping): readonly Distribution[] {
  const written = listOf(dataset['distribution']);
  const list = written.length === 0 && addressOf(dataset) !== undefined ? [topLevel(dataset)] : written;
  const placed = list.flatMap((item, index) => {
    const path = `distribution[${index}]`;
    if (isObject(item)) return [{ item, path }];
    mapping.log.add('distribution-not-object', path, `found ${typeof item}; expected an object with downloadURL`);
    return [];
  });
  if (placed.length === 0)
    mapping.log.add('distributions-missing', 'distribution', 'found none; expected at least one');
  const keys = placed.map(({ item }) => ({
    nativeId: scalarText(item['identifier'] ?? item['@id']),
    url: addressOf(item),
  }));
  const ids = distributionIds(mapping.datasetId, keys);
  return placed.map(({ item, path }, index) => distributionOf(item, path, ids[index] ?? '', mapping));
}

function distributionOf(item: NativeObject, path: string, id: string, mapping: Mapping): Distribution {
  const field = textOrMember(item['downloadURL']) === undefined ? 'accessURL' : 'downloadURL';
  const links = linkFields(addressOf(item), `${path}.${field}`, mapping.log);
  const format = formatField(
    { format: mediaText(item['format']), mediaType: mediaText(item['mediaType']), url: links.url },
    `${path}.format`,
    mapping,
  );
  const licence = licenceText(item['license']);
  return present({
    id,
    nativeId: scalarText(item['identifier']),
    title: mappedText(item, 'title', mapping, plainLine),
    description: mappedText(item, 'description', mapping, plainText),
    ...links,
    sizeBytes: byteSize(item['byteSize']),
    access: links.url === undefined ? ('unknown' as const) : accessOf(field, format.id),
    format,
    licence: licence === undefined ? undefined : licenceField(writtenLicence(licence), `${path}.license`, mapping),
    issued: stamp(item, 'issued', path, mapping),
    modified: stamp(item, 'modified', path, mapping),
  });
}

/** A licence field of DCAT-US is an address; portals put names and whole terms there too. */
export function writtenLicence(text: string): { readonly url: string } | { readonly title: string } {
  return /^\s*https?:\/\/\S+\s*$/i.test(text) ? { url: text.trim() } : { title: text };
}

function addressOf(item: NativeObject): string | undefined {
  const addresses = ['downloadURL', 'accessURL', 'webService'].map((name) => textOrMember(item[name]));
  return addresses.find((address) => address !== undefined) ?? serviceAddress(item['accessService']);
}

/** `endpointURL` of the first DataService (3.0). */
function serviceAddress(services: unknown): string | undefined {
  const [endpoint] = listOf(fieldOf(listOf(services)[0], 'endpointURL'));
  return textOrMember(endpoint);
}

/** `text/csv`, a name, or the address of either in a register (`…/media-types/text/csv`, `…/file-type/CSV`). */
function mediaText(value: unknown): string | undefined {
  const text = textOrMember(value, 'label');
  return text?.replace(/^https?:\/\/\S*\/(?:media-types|file-type)\//i, '');
}

/** The address of a LicenseDocument, else its text. */
export function licenceText(value: unknown): string | undefined {
  return scalarText(value) ?? scalarText(fieldOf(value, '@id')) ?? textOrMember(value, 'title', 'licenseText');
}

function topLevel({ accessURL, downloadURL, webService, format, mediaType }: NativeObject): NativeObject {
  return { accessURL, downloadURL, webService, format, mediaType };
}

function accessOf(field: string, formatId: string | undefined): Distribution['access'] {
  if (formatId === 'API') return 'service';
  if (field === 'downloadURL') return 'download';
  return formatId === 'HTML' ? 'page' : 'unknown';
}

function stamp(item: NativeObject, name: string, path: string, { dates, log }: Mapping) {
  const text = scalarText(item[name]);
  return text === undefined ? undefined : dateField(text, `${path}.${name}`, dates, log);
}
