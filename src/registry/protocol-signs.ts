/**
 * By what a protocol is recognised: an address below the portal and what its answer must hold. Pure. The order is that
 * of trying: what an adapter here speaks first, the richest of it first.
 */
import type { Protocol } from '../model/source.ts';
import { pagesTellDatasets } from './page-proof.ts';
import type { Peek } from './peek.ts';

export interface ProtocolSign {
  /** For people. */
  readonly name: string;
  /** Absent: recognised, but no adapter here speaks it. */
  readonly protocol?: Protocol;
  /** Address asked, below the portal's. */
  readonly path: string;
  /** Start of the source's endpoint, below the portal's address; `path` unless told. */
  readonly endpoint?: string;
  /** Options that the source's file needs besides. */
  readonly options?: Readonly<Record<string, string>>;
  /** Page of a record, below the portal's address. */
  readonly recordPage?: string;
  /** What the answer says of the catalogue; `undefined` when it is not this protocol's. */
  readonly read: (answer: Peek) => SignRead | undefined;
  /** What has to be asked besides, where the answer alone proves nothing. */
  readonly prove?: (answer: Peek, ask: (url: string) => Promise<Peek>) => Promise<boolean>;
}

export interface SignRead {
  readonly records?: number;
}

/** A catalogue or dataset of DCAT, by its prefix or in full, at the beginning of a document that is no HTML page. */
const rdfCatalogue =
  /^(?!\s*<(?:!doctype\s+html|html))[\s\S]*(?:\bdcat:(?:Catalog|Dataset)\b|ns\/dcat#(?:Catalog|Dataset)\b)/i;

/** Catalogues that are one document, under whatever name. */
export const documentSigns: readonly ProtocolSign[] = [
  { name: 'DCAT-US', protocol: 'dcat-us', path: '', read: readDcatUs },
  { name: 'DCAT', protocol: 'dcat-rdf', path: '', read: textWith(rdfCatalogue) },
];

export const protocolSigns: readonly ProtocolSign[] = [
  {
    ...{ name: 'CKAN', protocol: 'ckan', path: 'api/3/action/package_search?rows=0', endpoint: 'api/3/action/' },
    ...{ recordPage: 'dataset/{name}', read: readCkanCount },
  },
  {
    ...{ name: 'CKAN (dataeye)', protocol: 'ckan', path: 'ckan_api/package_search?rows=0', endpoint: 'ckan_api/' },
    read: readCkanCount,
  },
  { name: 'DCAT-US', protocol: 'dcat-us', path: 'data.json', read: readDcatUs },
  { name: 'DCAT in Turtle', protocol: 'dcat-rdf', path: 'catalog.ttl', read: textWith(rdfCatalogue) },
  { name: 'DCAT in RDF/XML', protocol: 'dcat-rdf', path: 'catalog.rdf', read: textWith(rdfCatalogue) },
  { name: 'DCAT in JSON-LD', protocol: 'dcat-rdf', path: 'catalog.jsonld', read: textWith(rdfCatalogue) },
  // GeoNetwork below its own folder and below the host; GeoNode; pycsw and the rest.
  ...['csw', 'srv/eng/csw', 'geonetwork/srv/eng/csw', 'catalogue/csw'].map(
    (endpoint): ProtocolSign => ({
      ...{
        name: 'CSW',
        protocol: 'csw',
        path: `${endpoint}?service=CSW&version=2.0.2&request=GetCapabilities`,
        endpoint,
      },
      read: readCswCapabilities,
    }),
  ),
  {
    ...{ name: 'OGD India', protocol: 'ogd-india', path: 'backend/dmspublic/v1/resources?format=json&limit=1' },
    ...{ endpoint: 'backend/dmspublic/v1/resources', options: { listing: 'dmspublic' } },
    read: readOgdTotal,
  },
  {
    ...{ name: 'sitemap with schema.org pages', protocol: 'schema-org', path: 'sitemap.xml' },
    ...{ read: textWith(/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/), prove: pagesTellDatasets },
  },
  { name: 'OpenDataSoft', path: 'api/explore/v2.1/catalog/datasets?limit=0', read: jsonWith('total_count') },
  { name: 'Socrata', path: 'api/catalog/v1?limit=0', read: jsonWith('resultSetSize') },
  {
    name: 'ArcGIS Hub',
    path: 'api/search/v1',
    read: textWith(/"conformsTo"|"rel"\s*:\s*"(?:collections|catalogs)"|\/api\/search\/v1\/collections/),
  },
  { name: 'GeoNode', path: 'api/v2/resources?page_size=1', read: jsonWith('resources') },
  {
    name: 'Dataverse',
    path: 'api/search?q=*&per_page=1',
    read: textWith(/^\s*\{\s*"status"\s*:\s*"OK"[\s\S]*"total_count"/),
  },
  { name: 'OAI-PMH', path: 'oai?verb=Identify', read: textWith(/<(?:\w+:)?OAI-PMH[\s>]/) },
  { name: 'OAI-PMH', path: 'oai/request?verb=Identify', read: textWith(/<(?:\w+:)?OAI-PMH[\s>]/) },
  { name: 'sitemap', path: 'sitemap.xml', read: textWith(/<(?:urlset|sitemapindex)[\s>]/) },
];

/** CKAN answers `success: true` and a count; some portals answer any address with a page. */
export function readCkanCount({ status, text }: Peek): SignRead | undefined {
  const body = status === 200 ? jsonObject(text) : undefined;
  const result = body?.['success'] === true ? body['result'] : undefined;
  if (typeof result !== 'object' || result === null || !('count' in result)) return undefined;
  return typeof result.count === 'number' ? { records: result.count } : undefined;
}

/** The head of a `data.json`: an object that names the schema, or lists datasets. */
function readDcatUs({ status, text }: Peek): SignRead | undefined {
  if (status !== 200 || !/^\uFEFF?\s*\{/.test(text)) return undefined;
  return /"conformsTo"\s*:\s*"https?:\/\/project-open-data|"dataset"\s*:\s*\[/.test(text) ? {} : undefined;
}

/** Rows with a `uuid` and the total beside them: the website's own list. The Data API (`/lists`) is of api.data.gov.in alone. */
function readOgdTotal({ status, text }: Peek): SignRead | undefined {
  if (status !== 200 || !/^\s*\{[\s\S]*"rows"\s*:\s*\[\s*\{[\s\S]*"uuid"/.test(text)) return undefined;
  const total = /"total"\s*:\s*"?(\d{1,15})\b/.exec(text)?.[1];
  return total === undefined ? undefined : { records: Number(total) };
}

/** Capabilities of a CSW, not those of another OGC service. */
function readCswCapabilities({ status, text }: Peek): SignRead | undefined {
  const isCsw = /<(?:\w+:)?Capabilities[\s>]/.test(text) && /opengis\.net\/cat\/csw/.test(text);
  return status === 200 && isCsw ? {} : undefined;
}

function jsonWith(member: string): ProtocolSign['read'] {
  return ({ status, text }) => {
    const value = status === 200 ? jsonObject(text)?.[member] : undefined;
    if (value === undefined) return undefined;
    return typeof value === 'number' ? { records: value } : {};
  };
}

function textWith(pattern: RegExp): ProtocolSign['read'] {
  return ({ status, text }) => (status === 200 && pattern.test(text) ? {} : undefined);
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (cause) {
    // Not JSON, so not this protocol: an answer, not a failure.
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
