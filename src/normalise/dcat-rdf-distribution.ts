/** dcat:distribution in RDF → distributions. Pure; one small function a property. */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import type { Distribution, FormatClaim, Licence } from '../model/dataset.ts';
import { byteSize } from './byte-size.ts';
import { distributionIds } from './distribution-id.ts';
import { formatField } from './format-field.ts';
import { linkFields } from './link.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import { dateOfNode, licenceOfNode } from './rdf-fields.ts';
import { lastPart, predicates, type RdfRecord, writtenText } from './rdf-record.ts';
import { langTextOf, textOf } from './rdf-text.ts';

const dcat = 'http://www.w3.org/ns/dcat#';

/** Where an address may stand, the one of the file first. */
const addressFields = [
  { path: 'downloadURL', names: [`${dcat}downloadURL`, 'http://schema.org/contentUrl'] },
  { path: 'accessURL', names: [`${dcat}accessURL`, 'http://schema.org/url'] },
  { path: 'endpointURL', names: [`${dcat}endpointURL`, `${dcat}endpointDescription`] },
] as const;

interface Address {
  readonly url: string | undefined;
  readonly path: (typeof addressFields)[number]['path'];
}

export interface LicensedDistribution {
  readonly distribution: Distribution;
  /** As the distribution itself names it. */
  readonly licence: Licence | undefined;
}

export function distributionsFromRdf(record: RdfRecord, mapping: Mapping): readonly LicensedDistribution[] {
  const files = record.all(record.root, [
    ...[`${dcat}distribution`, 'http://schema.org/distribution', 'http://rdfs.org/ns/void#dataDump'],
  ]);
  if (files.length === 0) {
    mapping.log.add('distributions-missing', 'distribution', 'found none; expected at least one');
  }
  const addresses = files.map((file) => addressOf(record, file));
  const ids = distributionIds(
    mapping.datasetId,
    files.map((file, at) => ({ nativeId: nativeIdOf(record, file), url: addresses[at]?.url })),
  );
  return files.map((file, at) => {
    const path = `distribution[${at}]`;
    const address = addresses[at] ?? { url: undefined, path: 'accessURL' };
    const licence = licenceOfNode(record, file, `${path}.license`, mapping);
    return { distribution: distributionOf(record, file, { id: ids[at] ?? '', path, address }, mapping), licence };
  });
}

interface Placed {
  readonly id: string;
  readonly path: string;
  readonly address: Address;
}

function distributionOf(
  record: RdfRecord,
  file: RdfTerm,
  { id, path, address }: Placed,
  mapping: Mapping,
): Distribution {
  const links = linkFields(address.url, `${path}.${address.path}`, mapping.log);
  const format = formatOf(record, file, links.url, `${path}.format`, mapping);
  const texts = (names: readonly string[]) => record.all(file, names);
  return present({
    id,
    nativeId: nativeIdOf(record, file),
    title: langTextOf(texts(predicates.title), `${path}.title`, mapping, plainLine),
    description: langTextOf(texts(predicates.description), `${path}.description`, mapping, plainText),
    ...links,
    access: links.url === undefined ? ('unknown' as const) : accessOf(address.path, format.id),
    format,
    sizeBytes: sizeOf(record, file, path, mapping),
    issued: dateOfNode(texts(predicates.issued), 'first', `${path}.issued`, mapping),
    modified: dateOfNode(texts(predicates.modified), 'last', `${path}.modified`, mapping),
  });
}

/** The IRI, else the identifier: a blank node's label holds within one document only (cases field P-15, op E6). */
function nativeIdOf(record: RdfRecord, file: RdfTerm): string | undefined {
  if (file.kind === 'iri' && record.isDescribed(file)) return file.value;
  return writtenText(record.all(file, predicates.identifier)[0]);
}

function addressOf(record: RdfRecord, file: RdfTerm): Address {
  const services = record.all(file, [`${dcat}accessService`]);
  for (const { path, names } of addressFields) {
    const holders = path === 'endpointURL' ? services : [file];
    const url = holders.flatMap((holder) => record.all(holder, names)).flatMap((term) => textOf(record, term) ?? []);
    if (url[0] !== undefined) return { url: url[0], path };
  }
  // A distribution that is nothing but an address is that address.
  return { url: record.isDescribed(file) ? undefined : writtenText(file), path: 'accessURL' };
}

function accessOf(field: Address['path'], formatId: string | undefined): Distribution['access'] {
  if (formatId === 'API' || field === 'endpointURL') return 'service';
  if (field === 'downloadURL') return 'download';
  return formatId === 'HTML' ? 'page' : 'unknown';
}

function formatOf(
  record: RdfRecord,
  file: RdfTerm,
  url: string | undefined,
  path: string,
  mapping: Mapping,
): FormatClaim {
  const format = record.all(file, ['http://purl.org/dc/terms/format', 'http://purl.org/dc/elements/1.1/format'])[0];
  const media = record.all(file, [`${dcat}mediaType`, 'http://schema.org/encodingFormat'])[0];
  const named = format === undefined ? undefined : (record.all(format, predicates.label)[0] ?? format);
  const value = format === undefined ? undefined : record.all(format, predicates.value)[0];
  return formatField(
    { format: formatText(named) ?? formatText(value), mediaType: formatText(media) ?? formatText(value), url },
    path,
    mapping,
  );
}

/** `…/file-type/CSV` and what a server made of a relative IRI (`file:///srv/CSV`, case op E9) → `CSV`. */
function formatText(term: RdfTerm | undefined): string | undefined {
  const text = writtenText(term);
  if (text === undefined || !/^[a-z]+:\/\//i.test(text)) return text;
  const media = /\/((?:application|audio|font|image|model|multipart|text|video)\/[\w.+-]+)$/.exec(text)?.[1];
  return media ?? lastPart(text);
}

function sizeOf(record: RdfRecord, file: RdfTerm, path: string, { log }: Mapping): number | undefined {
  const text = writtenText(record.all(file, [`${dcat}byteSize`, 'http://schema.org/contentSize', `${dcat}size`])[0]);
  if (text === undefined) return undefined;
  const size = byteSize(text);
  if (size === undefined) log.add('size-unreadable', `${path}.byteSize`, `found ${quoted(text)}; expected bytes`);
  return size;
}
