/** Which protocol of ours a registry record speaks, and where; or the reason why none. Pure. */
import type { Protocol } from '../../src/model/source.ts';
import type { RegistryRecord } from './registry-record.ts';

export interface SpokenEndpoint {
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly options: Readonly<Record<string, string>>;
  /** Template of a record's page, where the software decides it. */
  readonly recordPage?: string;
  /** Only a sitemap is known: the portal may or may not describe its datasets in its pages. */
  readonly unproven?: true;
}

export interface Unspoken {
  readonly state: 'no-adapter' | 'no-interface' | 'gone';
  readonly reason: string;
}

export function endpointOf(record: RegistryRecord): SpokenEndpoint | Unspoken {
  if (record.status !== 'active') return { state: 'gone', reason: `the registry calls it ${record.status}` };
  return (
    dkanFeed(record) ?? ckanApi(record) ?? ogdIndia(record) ?? csw(record) ?? sitemapPages(record) ?? unspoken(record)
  );
}

/** DKAN, under its own name or CKAN's (whose `package_list` it imitates): its catalogue is the DCAT-US feed. */
function dkanFeed(record: RegistryRecord): SpokenEndpoint | undefined {
  const feed = addressOf(record, 'dcatus11');
  const isCkan = record.software !== 'dkan' && addressOf(record, 'ckan:package-search') !== undefined;
  return feed === undefined || isCkan ? undefined : { protocol: 'dcat-us', endpoint: feed, options: {} };
}

/** The Action API, wherever its folder is: `/api/3/action/`, below a path, or `/ckan_api/` of dataeye. */
function ckanApi(record: RegistryRecord): SpokenEndpoint | undefined {
  if (record.software === 'dkan' && addressOf(record, 'ckan:package-search') === undefined) return undefined;
  const search = addressOf(record, 'ckan:package-search');
  const list = addressOf(record, 'ckan:package-list');
  const known = search ?? list ?? addressOf(record, 'ckan') ?? addressOf(record, 'ckan:api');
  if (known === undefined) return undefined;
  const url = new URL(known);
  const folder = url.pathname
    .replace(/\/?(package_search|package_list)?\/?$/, '/')
    .replace(/\/api\/3\/$/, '/api/3/action/');
  const query = url.searchParams.get('q');
  return {
    protocol: 'ckan',
    endpoint: `${url.origin}${folder}`,
    options: {
      ...(query !== null && { query }),
      // Only the list was seen to answer.
      ...(search === undefined && list !== undefined && { listing: 'list' }),
    },
    ...(folder.endsWith('/api/3/action/') && {
      recordPage: `${url.origin}${folder.slice(0, -'api/3/action/'.length)}dataset/{name}`,
    }),
  };
}

/**
 * The sites of OGD India are one software; the registry names their address alone. The listing is the one that
 * data.gov.in's own pages use without a key (docs/sources/in-data-gov-in.md).
 */
function ogdIndia(record: RegistryRecord): SpokenEndpoint | undefined {
  const site = addressOf(record, 'ogdindia:catalog');
  if (site === undefined) return undefined;
  const endpoint = `${new URL(site).origin}/backend/dmspublic/v1/resources`;
  return { protocol: 'ogd-india', endpoint, options: { listing: 'dmspublic' } };
}

/** Portals of which nothing is known but that they list their pages: what the pages tell, a probe has to see. */
function sitemapPages(record: RegistryRecord): SpokenEndpoint | undefined {
  const sitemap = addressOf(record, 'sitemap');
  const isAlone = record.endpoints.every((endpoint) => ['sitemap', 'docs', 'rss'].includes(endpoint.type));
  if (sitemap === undefined || !isAlone) return undefined;
  return { protocol: 'schema-org', endpoint: sitemap, options: {}, unproven: true };
}

/** Parameters of a CSW request; others, such as the `map` of a MapServer, belong to the address. */
const requestParameters = new Set(['service', 'version', 'request', 'acceptversions']);

/** The registry names the address of GetCapabilities; the service is what is left without that request. */
function csw(record: RegistryRecord): SpokenEndpoint | undefined {
  const capabilities = addressOf(record, 'csw202');
  if (capabilities === undefined) return undefined;
  const url = new URL(capabilities);
  for (const name of [...url.searchParams.keys()]) {
    if (requestParameters.has(name.toLowerCase())) url.searchParams.delete(name);
  }
  return { protocol: 'csw', endpoint: url.href, options: {} };
}

/** What is needed, by the registry's name of the software. */
const missing: Readonly<Record<string, string>> = {
  seoulopendataplaza: 'software of the Seoul open data plaza; no list of its datasets is known',
  ouropendata: 'Our Open Data: `api/package_list`; no answer was recorded',
  modaopendata: 'own software of Taiwanese cities; no answer was recorded',
  opendatasoft: 'OpenDataSoft: `/api/explore/v2.1/catalog`; no answer was recorded',
  nesstar: 'Nesstar, a protocol of its own',
  thredds: 'THREDDS: a server of grids, not a catalogue of datasets',
  strapi: 'Strapi: a content system, whose collections each site names itself',
  datagovmy: 'software of data.gov.my; which of its definitions the site shows is not known',
  dkan: 'DKAN without the DCAT-US feed `/data.json` among what the registry saw',
  ckan: 'CKAN by name, but none of its API among what the registry saw',
};

function unspoken(record: RegistryRecord): Unspoken {
  const types = [...new Set(record.endpoints.map((endpoint) => endpoint.type))];
  const reason = missing[record.software];
  if (reason !== undefined) return { state: 'no-adapter', reason };
  if (types.length === 0) return { state: 'no-interface', reason: 'no interface is known' };
  return { state: 'no-adapter', reason: `an interface of its own (${types.join(', ')}); no answer was recorded` };
}

function addressOf(record: RegistryRecord, type: string): string | undefined {
  return record.endpoints.find((endpoint) => endpoint.type === type)?.url;
}
