/**
 * The registry's open data portals, and its geoportals that speak CSW, → source files by path, and the list of the open
 * data portals that no adapter here speaks to. Pure:
 * what is generated depends on the registry and on the files written by hand, on nothing else.
 */
import type { Source } from '../../src/model/source.ts';
import { countryFacts } from '../../src/registry/country-facts.ts';
import { sourceIdOf, sourceText } from '../../src/registry/source-text.ts';
import { endpointOf, type SpokenEndpoint, type Unspoken } from './endpoint-of-record.ts';
import { languagesOf } from './languages-of-record.ts';
import { namesOf } from './names-of-record.ts';
import type { RegistryRecord } from './registry-record.ts';

const geoportal = 'Geoportal';

export interface UnspokenPortal {
  readonly record: RegistryRecord;
  readonly why: Unspoken;
}

export interface GeneratedSources {
  /** `<cc>/<id>.yaml` → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly unspoken: readonly UnspokenPortal[];
  /** Records whose catalogue another record, or a file written by hand, already is. */
  readonly doubled: readonly { readonly record: RegistryRecord; readonly sourceId: string }[];
}

export function sourcesOfRegistry(records: readonly RegistryRecord[], byHand: readonly Source[]): GeneratedSources {
  const files = new Map<string, string>();
  const unspoken: UnspokenPortal[] = [];
  const doubled: { record: RegistryRecord; sourceId: string }[] = [];
  const catalogues = new Map(byHand.map((source) => [catalogueOf(source), source.id]));
  const homepages = new Map(
    byHand.flatMap(({ homepage, id }) => (homepage === undefined ? [] : [[hostAndPath(homepage), id]])),
  );
  const openData = openDataPortals(records);
  const portals = [...openData, ...cswGeoportals(records)];
  // An id is never changed: a geoportal beside an open data portal gets the path, not the other.
  const sharedHosts = { openData: hostsOfSeveral(openData), all: hostsOfSeveral(portals) };
  for (const record of portals) {
    const endpoint = endpointOf(record);
    const isSpoken = 'protocol' in endpoint;
    const known =
      homepages.get(hostAndPath(record.link)) ?? (isSpoken ? catalogues.get(catalogueOf(endpoint)) : undefined);
    if (known !== undefined) {
      doubled.push({ record, sourceId: known });
    } else if (isSpoken) {
      const id = sourceIdOf(record.country, record.link, isShared(record, sharedHosts));
      const path = `${record.country.toLowerCase()}/${id}.yaml`;
      if (files.has(path)) throw new Error(`${record.uid}: found a second portal of the id ${id}; expected one`);
      files.set(path, textOf(id, record, endpoint));
      catalogues.set(catalogueOf(endpoint), id);
    } else {
      unspoken.push({ record, why: endpoint });
    }
  }
  return { files, unspoken, doubled };
}

/** Geoportals of the twelve countries of which the registry has seen a CSW. */
export function cswGeoportals(records: readonly RegistryRecord[]): readonly RegistryRecord[] {
  return records
    .filter((record) => {
      const endpoint = endpointOf(record);
      const speaksCsw = 'protocol' in endpoint && endpoint.protocol === 'csw';
      return record.catalogType === geoportal && speaksCsw && record.country in countryFacts;
    })
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

function isShared(
  record: RegistryRecord,
  hosts: { readonly openData: ReadonlySet<string>; readonly all: ReadonlySet<string> },
): boolean {
  return (record.catalogType === geoportal ? hosts.all : hosts.openData).has(new URL(record.link).hostname);
}

/** Ordered, so that of two records of one catalogue the same one wins wherever they stand in the registry. */
function openDataPortals(records: readonly RegistryRecord[]): readonly RegistryRecord[] {
  return records
    .filter((record) => record.catalogType === 'Open data portal' && record.country in countryFacts)
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

function textOf(id: string, record: RegistryRecord, spoken: SpokenEndpoint): string {
  const { country, subdivision, uid } = record;
  const languages = languagesOf(country, record.languages);
  return sourceText({
    ...{ id, country, subdivision, languages },
    name: namesOf(record.name, languages[0] ?? 'en', uid),
    homepage: homepageOf(record),
    ...(record.catalogType === geoportal && { kind: 'geo' as const }),
    ...spoken,
    from: `dataportals-registry ${uid}`,
  });
}

function homepageOf(record: RegistryRecord): string {
  const url = new URL(record.link);
  return url.pathname === '/' && url.search === '' ? url.origin : url.href;
}

/** Hosts with several catalogues, not those that the registry has twice. */
function hostsOfSeveral(portals: readonly RegistryRecord[]): ReadonlySet<string> {
  const catalogues = new Map<string, Set<string>>();
  for (const record of portals) {
    const endpoint = endpointOf(record);
    if (!('protocol' in endpoint)) continue;
    const { hostname } = new URL(record.link);
    catalogues.set(hostname, (catalogues.get(hostname) ?? new Set()).add(catalogueOf(endpoint)));
  }
  return new Set([...catalogues].flatMap(([host, several]) => (several.size > 1 ? [host] : [])));
}

function catalogueOf({
  protocol,
  endpoint,
  options,
}: Pick<SpokenEndpoint, 'protocol' | 'endpoint'> & { readonly options: Source['options'] }): string {
  return JSON.stringify([protocol, endpoint.replace(/^http:/, 'https:'), options['query'] ?? '']);
}

function hostAndPath(address: string): string {
  const { hostname, pathname } = new URL(address);
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}`;
}
