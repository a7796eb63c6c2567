/**
 * What is compared when two records may be one dataset. Pure: a dataset and its portal in, keys out. To compare by something
 * more, add a trait here, a block key in `block-keys.ts` and what it is worth in `compare-copies.ts`.
 */
import { quickHash } from '../kit/quick-hash.ts';
import type { Dataset, HarvestedFrom } from '../model/dataset.ts';
import type { CataloguePlace, CataloguePlaces } from './catalogue-places.ts';
import { addressKey, addressParts, hostOf, numbersOf, titleKey } from './comparison-key.ts';

export interface CopyTraits {
  readonly id: string;
  readonly sourceId: string;
  readonly nativeId: string;
  readonly country: string;
  readonly place: CataloguePlace;
  /** Keys of the title in each language, the portal's own first. */
  readonly titles: readonly string[];
  /** Numbers of the first title. */
  readonly numbers: string;
  /** Keys that the publishing body is known by at this portal; empty when nobody is named or implied. */
  readonly agencies: readonly string[];
  /** What equal titles must share to be looked at: the government, or the body itself. */
  readonly roots: readonly string[];
  /** The publisher was named and not only implied by the portal. */
  readonly agencyNamed: boolean;
  /** Keys of the addresses of the files. */
  readonly addresses: ReadonlySet<string>;
  /** Hosts that addresses and landing page point at. */
  readonly hosts: ReadonlySet<string>;
  readonly landing?: string;
  /** Identifiers that mean the same everywhere (UUID, URI, DOI), folded. */
  readonly identifiers: ReadonlySet<string>;
  /** Identifiers at this portal, as written. */
  readonly localIds: readonly string[];
  readonly origin?: { readonly host?: string; readonly identifier?: string; readonly address?: string };
  /** Hash of what else a record says of itself: two entries of one portal with other details are two datasets. */
  readonly details: number;
  /** ISO 8601 as far as known; `''` = unknown. */
  readonly issued: string;
}

/** Addresses looked at in one record; the longest list of the captures has 502. */
const mostAddresses = 1_000;

export function copyTraits(dataset: Dataset, places: CataloguePlaces): CopyTraits {
  const { id, sourceId, nativeId, country, harvestedFrom } = dataset;
  const place = places.placeOf(sourceId, country);
  const titles = distinctKeys(dataset.title.map(({ text }) => text));
  const body = publishingBody(dataset, place, places);
  const files = dataset.distributions
    .slice(0, mostAddresses)
    .flatMap(({ url }) => (url === undefined ? [] : (addressParts(url) ?? [])));
  const page = dataset.landingPage === undefined ? undefined : addressParts(dataset.landingPage);
  const localIds = [...new Set([nativeId, ...dataset.identifiers])];
  return {
    id,
    sourceId,
    nativeId,
    country,
    place,
    titles,
    numbers: numbersOf(titles[0] ?? ''),
    ...body,
    addresses: setOf(files.flatMap(({ key }) => key ?? [])),
    hosts: setOf([...files, ...(page === undefined ? [] : [page])].map(({ host }) => host)),
    ...(page?.key === undefined ? {} : { landing: page.key }),
    identifiers: setOf([...localIds, harvestedFrom?.identifier ?? ''].flatMap((each) => globalIdentifier(each) ?? [])),
    localIds,
    ...(harvestedFrom === undefined ? {} : { origin: originOf(harvestedFrom) }),
    details: quickHash(
      [dataset.description, ...dataset.distributions.map((each) => each.title)].map(firstText).join('\n'),
    ),
    issued: dataset.issued?.value ?? '',
  };
}

const nothing: ReadonlySet<string> = new Set();

/** Most records of plain lists have no addresses and no identifiers: one empty set stands for all of these. */
function setOf(values: readonly string[]): ReadonlySet<string> {
  return values.length === 0 ? nothing : new Set(values);
}

function firstText(text: Dataset['title']): string {
  return text[0]?.text ?? '';
}

function originOf({ catalogue, identifier, address }: HarvestedFrom): NonNullable<CopyTraits['origin']> {
  const host = hostOf(catalogue ?? '') ?? hostOf(address ?? '');
  const key = address === undefined ? undefined : addressKey(address);
  return {
    ...(host === undefined ? {} : { host }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(key === undefined ? {} : { address: key }),
  };
}

/**
 * A city's portal names its offices shortly (社會局) where the national one names them in full (桃園市政府社會局), and some name
 * nobody at all: then it is the government that runs the portal.
 */
function publishingBody(
  dataset: Dataset,
  { government, local }: CataloguePlace,
  places: CataloguePlaces,
): Pick<CopyTraits, 'agencies' | 'roots' | 'agencyNamed'> {
  const written = distinctKeys((dataset.publisher?.name ?? []).map(({ text }) => text));
  const implied = local && government !== undefined ? government : undefined;
  if (written.length === 0) {
    const agencies = implied === undefined ? [] : [implied.key];
    return { agencies, roots: agencies, agencyNamed: false };
  }
  const agencies = new Set<string>();
  const roots = new Set<string>();
  for (const name of written) {
    const own = places.governmentOf(dataset.country, name);
    agencies.add(own?.names.includes(name) === true ? own.key : name);
    roots.add(own?.key ?? name);
    if (own !== undefined || implied === undefined) continue;
    agencies.add(`${implied.key}${name}`);
    roots.add(implied.key);
  }
  return { agencies: [...agencies], roots: [...roots], agencyNamed: true };
}

function distinctKeys(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map(titleKey))].filter((key) => key !== '');
}

const uuid = /^(?:urn:uuid:|\{)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/u;
const doi = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?(10\.\d{4,9}\/\S+)$/u;

/** `undefined` for what may mean another thing at another portal (`1`, `budget`): ids are local (field D-02). */
export function globalIdentifier(identifier: string): string | undefined {
  const folded = identifier.trim().toLowerCase();
  const name = uuid.exec(folded)?.[1] ?? doi.exec(folded)?.[1];
  if (name !== undefined) return name;
  return folded.startsWith('http://') || folded.startsWith('https://') ? addressKey(identifier.trim()) : undefined;
}
