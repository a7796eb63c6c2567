/** schema.org `distribution` (DataDownload) → distributions. Pure; one small function a property. */
import type { Distribution } from '../model/dataset.ts';
import { byteSize } from './byte-size.ts';
import { dateField } from './date-field.ts';
import { distributionIds } from './distribution-id.ts';
import { formatField } from './format-field.ts';
import { licenceField } from './licence-field.ts';
import { linkFields } from './link.ts';
import type { Mapping } from './mapping.ts';
import { scalarText } from './native-value.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import type { NodeReader, SchemaOrgNode } from './schema-org-node.ts';

interface PlacedFile {
  readonly node: SchemaOrgNode;
  readonly path: string;
  readonly url: string | undefined;
  readonly isFile: boolean;
}

export function distributionsFromSchemaOrg(
  dataset: SchemaOrgNode,
  read: NodeReader,
  mapping: Mapping,
): readonly Distribution[] {
  const files = dataset.all('distribution', 'encoding').map((value, index): PlacedFile => {
    const node = read(value);
    const file = scalarText(value) ?? node.text('contentUrl', 'downloadUrl');
    const url = file ?? node.text('url') ?? addressOf(node.id);
    return { node, url, path: `distribution[${index}]`, isFile: file !== undefined };
  });
  if (files.length === 0)
    mapping.log.add('distributions-missing', 'distribution', 'found none; expected at least one DataDownload');
  const keys = files.map(({ node, url }) => ({ nativeId: node.text('identifier'), url }));
  const ids = distributionIds(mapping.datasetId, keys);
  return files.map((file, index) => distributionOf(file, ids[index] ?? '', mapping));
}

/** An `@id` that is only a name inside the page is no address of a file. */
function addressOf(id: string | undefined): string | undefined {
  return id !== undefined && /^https?:/i.test(id) && !id.includes('#') ? id : undefined;
}

function distributionOf({ node, path, url, isFile }: PlacedFile, id: string, mapping: Mapping): Distribution {
  const links = linkFields(url, `${path}.contentUrl`, mapping.log);
  const written = node.text('encodingFormat', 'fileFormat');
  const claim = written?.includes('/') === true ? { mediaType: written } : { format: written };
  const format = formatField({ ...claim, url: links.url }, `${path}.encodingFormat`, mapping);
  const licence = node.text('license');
  return present({
    id,
    nativeId: node.text('identifier'),
    title: node.lang('name', plainLine),
    description: node.lang('description', plainText),
    ...links,
    access: links.url === undefined ? ('unknown' as const) : accessOf(isFile, format.id),
    format,
    sizeBytes: sizeOf(node.text('contentSize'), `${path}.contentSize`, mapping),
    licence:
      licence === undefined
        ? undefined
        : licenceField(/^https?:/i.test(licence) ? { url: licence } : { title: licence }, `${path}.license`, mapping),
    issued: stamp(node, ['datePublished', 'uploadDate', 'dateCreated'], path, mapping),
    modified: stamp(node, ['dateModified'], path, mapping),
  });
}

function accessOf(isFile: boolean, formatId: string | undefined): Distribution['access'] {
  if (formatId === 'API') return 'service';
  if (formatId === 'HTML') return 'page';
  return isFile ? 'download' : 'unknown';
}

/** Bytes, or a size such as `1.2 MB`. */
function sizeOf(text: string | undefined, path: string, { log }: Mapping): number | undefined {
  const bytes = text === undefined ? undefined : byteSize(text);
  if (text !== undefined && bytes === undefined) {
    log.add('size-unreadable', path, `found ${quoted(text)}; expected bytes or a size such as 1.2 MB`);
  }
  return bytes;
}

function stamp(node: SchemaOrgNode, names: readonly string[], path: string, { dates, log }: Mapping) {
  const name = names.find((each) => node.text(each) !== undefined);
  const text = name === undefined ? undefined : node.text(name);
  return name === undefined || text === undefined ? undefined : dateField(text, `${path}.${name}`, dates, log);
}
