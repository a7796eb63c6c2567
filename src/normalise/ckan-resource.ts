/** CKAN `resources[]` → distributions. Pure; one small function a property. */
import type { Distribution } from '../model/dataset.ts';
import { byteSize } from './byte-size.ts';
import { dateField } from './date-field.ts';
import { distributionIds } from './distribution-id.ts';
import { formatField } from './format-field.ts';
import { firstLangText } from './lang-texts.ts';
import { licenceField } from './licence-field.ts';
import { linkFields } from './link.ts';
import type { Mapping } from './mapping.ts';
import { isObject, listOf, type NativeObject, scalarText } from './native-value.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { quoted } from './problem-log.ts';

interface PlacedResource {
  readonly resource: NativeObject;
  readonly path: string;
}

export function distributionsFromCkan(resources: unknown, mapping: Mapping): readonly Distribution[] {
  const placed = listOf(resources).flatMap((resource, index): PlacedResource[] => {
    const path = `resources[${index}]`;
    if (isObject(resource)) return [{ resource, path }];
    mapping.log.add(
      'distribution-not-object',
      path,
      `found ${typeof resource}; expected an object with url and format`,
    );
    return [];
  });
  if (placed.length === 0)
    mapping.log.add('distributions-missing', 'resources', 'found no resource; expected at least one');
  const keys = placed.map(({ resource }) => ({
    nativeId: nativeIdOf(resource),
    url: scalarText(resource['url'])?.trim(),
  }));
  reportRepeatedIds(keys, mapping);
  const ids = distributionIds(mapping.datasetId, keys);
  return placed.map((each, index) => distributionOf(each, ids[index] ?? '', mapping));
}

function distributionOf({ resource, path }: PlacedResource, id: string, mapping: Mapping): Distribution {
  const links = linkFields(scalarText(resource['url']), `${path}.url`, mapping.log);
  const format = formatField(
    { format: scalarText(resource['format']), mediaType: scalarText(resource['mimetype']), url: links.url },
    `${path}.format`,
    mapping,
  );
  return present({
    id,
    nativeId: nativeIdOf(resource),
    title: titleOf(resource, path, mapping),
    description: firstLangText(fieldsOf(resource, path, ['description_translated', 'description']), mapping, plainText),
    ...links,
    access: accessOf(resource, format.id, links.url),
    format,
    sizeBytes: sizeOf(resource['size'], `${path}.size`, mapping),
    licence: licenceOf(resource, path, mapping),
    issued: stamp(resource, path, ['issued', 'datePublished', 'resource_created_date', 'created'], mapping),
    modified: stamp(
      resource,
      path,
      ['modified', 'dateModified', 'resource_last_updated_date', 'last_modified', 'metadata_modified'],
      mapping,
    ),
  });
}

function nativeIdOf(resource: NativeObject): string | undefined {
  return scalarText(resource['id'])?.trim();
}

function titleOf(resource: NativeObject, path: string, mapping: Mapping) {
  return firstLangText(fieldsOf(resource, path, ['name_translated', 'name', 'title']), mapping, plainLine);
}

function fieldsOf(resource: NativeObject, path: string, names: readonly string[]) {
  return names.map((name) => [`${path}.${name}`, resource[name]] as const);
}

/** CKAN's own stamps are UTC without saying so (case N-06); the other fields are the portal's. */
const ckanStamps = new Set(['created', 'last_modified', 'metadata_modified']);

function stamp(resource: NativeObject, path: string, names: readonly string[], { dates, log }: Mapping) {
  const name = names.find((each) => scalarText(resource[each]) !== undefined);
  const text = name === undefined ? undefined : scalarText(resource[name]);
  if (name === undefined || text === undefined) return undefined;
  return dateField(text, `${path}.${name}`, ckanStamps.has(name) ? { ...dates, timeZone: 'UTC' } : dates, log);
}

function sizeOf(value: unknown, path: string, { log }: Mapping): number | undefined {
  const text = scalarText(value);
  if (text === undefined) return undefined;
  const bytes = byteSize(value);
  if (bytes === undefined)
    log.add('size-unreadable', path, `found ${quoted(text)}; expected bytes or a size such as 1.2 MB`);
  return bytes;
}

function licenceOf(resource: NativeObject, path: string, mapping: Mapping) {
  const text = scalarText(resource['license']) ?? scalarText(resource['license_id']);
  return text === undefined ? undefined : licenceField({ id: text }, `${path}.license`, mapping);
}

/** Formats that are an address to ask, not a file. */
const services = new Set(['API', 'WMS', 'WFS', 'WMTS', 'WCS', 'ArcGIS', 'SPARQL', 'GTFS-RT', 'SDMX', 'RSS', 'ATOM']);

function accessOf(
  resource: NativeObject,
  formatId: string | undefined,
  url: string | undefined,
): Distribution['access'] {
  if (url === undefined) return 'unknown';
  if (isYes(resource['is_api']) || (formatId !== undefined && services.has(formatId))) return 'service';
  if (resource['url_type'] === 'upload' || scalarText(resource['download_url']) !== undefined) return 'download';
  if (formatId === 'HTML') return 'page';
  return /\.[a-z0-9]{2,7}(?:[?#]|$)/i.test(url.replace(/^https?:\/\/[^/]*/i, '')) ? 'download' : 'unknown';
}

function isYes(value: unknown): boolean {
  return value === true || value === 'Y' || value === 'true';
}

function reportRepeatedIds(keys: readonly { readonly nativeId: string | undefined }[], { log }: Mapping): void {
  const seen = new Set<string>();
  keys.forEach(({ nativeId }, index) => {
    if (nativeId === undefined) return;
    if (seen.has(nativeId)) {
      log.add(
        'distribution-id-repeated',
        `resources[${index}].id`,
        `found ${quoted(nativeId)} again; expected an id of its own`,
      );
    }
    seen.add(nativeId);
  });
}
