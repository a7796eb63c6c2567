/** What the sources tell about where a copy can come from: hosts of the portals, and the governments that run them. Pure. */
import type { Source } from '../model/source.ts';
import type { Government } from '../vocabulary/load-governments.ts';
import { hostOf, titleKey } from './comparison-key.ts';

export interface CataloguePlace {
  readonly sourceId: string;
  readonly country: string;
  /** Of a part of a country, not of all of it. */
  readonly local: boolean;
  /** Portal of open data and not of one kind of data (maps, statistics); those stand nearer to the body that makes it. */
  readonly general: boolean;
  /** Hosts of the portal's pages and interfaces. */
  readonly hosts: ReadonlySet<string>;
  /** Division whose government runs it, when that is in the table. */
  readonly government?: GovernmentKeys;
}

export interface GovernmentKeys {
  readonly subdivision: string;
  /** Key of the full name. */
  readonly key: string;
  readonly names: readonly string[];
  readonly places: readonly string[];
}

export interface CataloguePlaces {
  /** A source that is no longer in the registry still has its records: then only the country is known. */
  placeOf(sourceId: string, country: string): CataloguePlace;
  /** The government whose name, or whose division's name, the key of a body begins with; the longest wins. */
  governmentOf(country: string, agency: string): GovernmentKeys | undefined;
}

export function cataloguePlaces(sources: readonly Source[], governments: readonly Government[]): CataloguePlaces {
  const known = governments.map(governmentKeys);
  const places = new Map(sources.map((source) => [source.id, placeFrom(source, known)]));
  const byCountry = new Map<string, [prefix: string, government: GovernmentKeys][]>();
  for (const each of known) {
    const country = each.subdivision.slice(0, 2);
    const prefixes = [...each.names, ...each.places].map((prefix): [string, GovernmentKeys] => [prefix, each]);
    byCountry.set(country, [...(byCountry.get(country) ?? []), ...prefixes]);
  }
  for (const prefixes of byCountry.values()) prefixes.sort(([a], [b]) => b.length - a.length);
  return {
    placeOf: (sourceId, country) =>
      places.get(sourceId) ?? { sourceId, country, local: false, general: true, hosts: new Set() },
    governmentOf: (country, agency) => byCountry.get(country)?.find(([prefix]) => agency.startsWith(prefix))?.[1],
  };
}

function governmentKeys({ subdivision, names, places }: Government): GovernmentKeys {
  const keys = names.map(titleKey);
  return { subdivision, key: keys[0] ?? '', names: keys, places: places.map(titleKey) };
}

function placeFrom(source: Source, governments: readonly GovernmentKeys[]): CataloguePlace {
  const { id, country, subdivision, homepage, recordPage, endpoint, kind } = source;
  const addresses = [homepage, endpoint, recordPage?.replace(/\{[^}]*\}/gu, 'x')];
  const government = governments.find((each) => each.subdivision === subdivision);
  return {
    sourceId: id,
    country,
    local: subdivision !== undefined,
    general: kind === undefined || kind === 'open-data',
    hosts: new Set(addresses.flatMap((address) => hostOf(address ?? '') ?? [])),
    ...(government === undefined ? {} : { government }),
  };
}
