/** The request GetRecords of CSW 2.0.2 (OGC 07-006r1, 10.8), as an address or as a document to post. Pure. */
import { escapeXml } from '../../kit/xml-escape.ts';
import type { Source } from '../../model/source.ts';

/** What an answer may be asked in. */
export type OutputSchema = 'gmd' | 'csw';

const schemaAddress: Readonly<Record<OutputSchema, string>> = {
  gmd: 'http://www.isotc211.org/2005/gmd',
  csw: 'http://www.opengis.net/cat/csw/2.0.2',
};

/** Prefixes that type names and properties may have. */
const namespaces: Readonly<Record<string, string>> = {
  csw: schemaAddress.csw,
  gmd: schemaAddress.gmd,
  ogc: 'http://www.opengis.net/ogc',
  dc: 'http://purl.org/dc/elements/1.1/',
  dct: 'http://purl.org/dc/terms/',
  apiso: 'http://www.opengis.net/cat/csw/apiso/1.0',
};

/** Records a page, unless the source says otherwise: about 2 MB of ISO 19139; portals cap at 100 and fewer. */
const defaultPageSize = 50;

export interface PageWanted {
  /** Place of the first record, from 1. */
  readonly start: number;
  readonly schema: OutputSchema;
  /** Property to sort by; empty = the portal's own order. */
  readonly sortBy: string;
  /** Only records that changed on the day of this instant or later; undefined for all. ISO 8601. */
  readonly since?: string | undefined;
}

export interface GetRecords {
  readonly url: string;
  /** The document to post; absent for an address that is all. */
  readonly body?: string;
}

export function getRecords(source: Source, wanted: PageWanted): GetRecords {
  if (textOption(source, 'method') === 'post') return { url: source.endpoint, body: postBody(source, wanted) };
  const url = new URL(source.endpoint);
  const parameters = parametersOf(source, wanted);
  const ours = new Set(Object.keys(parameters).map((name) => name.toLowerCase()));
  for (const name of [...url.searchParams.keys()]) if (ours.has(name.toLowerCase())) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href };
}

function parametersOf(source: Source, { start, schema, sortBy, since }: PageWanted): Readonly<Record<string, string>> {
  const constraint = constraintOf(source, since);
  return {
    service: 'CSW',
    version: '2.0.2',
    request: 'GetRecords',
    resultType: 'results',
    typeNames: typeNamesOf(source),
    namespace: `xmlns(csw=${schemaAddress.csw}),xmlns(gmd=${schemaAddress.gmd}),xmlns(dct=${namespaces['dct']})`,
    outputSchema: schemaAddress[schema],
    elementSetName: 'full',
    ...(sortBy !== '' && { sortBy: `${sortBy}:A` }),
    ...(constraint !== undefined && {
      constraintLanguage: 'CQL_TEXT',
      constraint_language_version: '1.1.0',
      constraint,
    }),
    startPosition: String(start),
    maxRecords: String(pageSizeOf(source)),
  };
}

function postBody(source: Source, { start, schema, sortBy, since }: PageWanted): string {
  const constraint = constraintOf(source, since);
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  const filter =
    constraint === undefined
      ? ''
      : `<csw:Constraint version="1.1.0"><csw:CqlText>${escapeXml(constraint)}</csw:CqlText></csw:Constraint>`;
  const order = `<ogc:SortProperty><ogc:PropertyName>${escapeXml(sortBy)}</ogc:PropertyName><ogc:SortOrder>ASC</ogc:SortOrder></ogc:SortProperty>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<csw:GetRecords${declared.join('')} service="CSW" version="2.0.2" resultType="results" outputSchema="${schemaAddress[schema]}" startPosition="${start}" maxRecords="${pageSizeOf(source)}">`,
    `<csw:Query typeNames="${escapeXml(typeNamesOf(source))}"><csw:ElementSetName>full</csw:ElementSetName>${filter}${sortBy === '' ? '' : `<ogc:SortBy>${order}</ogc:SortBy>`}</csw:Query>`,
    '</csw:GetRecords>',
  ].join('\n');
}

/**
 * `dct:modified` is the core queryable for the date of the record (OGC 07-006r1, table 6; the examples of the standard
 * compare it with a day). Catalogues keep it as a day or as a time: the day compares with both.
 */
function constraintOf(source: Source, since: string | undefined): string | undefined {
  const own = textOption(source, 'constraint');
  if (since === undefined) return own;
  const changed = `dct:modified >= '${since.slice(0, 10)}'`;
  return own === undefined ? changed : `(${own}) AND ${changed}`;
}

function typeNamesOf(source: Source): string {
  return textOption(source, 'typeNames') ?? 'csw:Record';
}

function pageSizeOf({ options }: Source): number {
  return typeof options['pageSize'] === 'number' ? options['pageSize'] : defaultPageSize;
}

export function textOption({ options }: Source, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
