/** A harvest source as its file in `sources/` describes it, and the catalogue it makes. */

/** Protocols an adapter here speaks. */
export const protocols = [
  'ckan',
  'csw',
  'data-go-kr',
  'data-gov-my',
  'data-gov-sg',
  'data-gov-tw',
  'dcat-rdf',
  'dcat-us',
  'ogd-india',
  'schema-org',
] as const;
export type Protocol = (typeof protocols)[number];

/** How the portal writes years when it does not say. Dates of the last two are kept as written. */
export type CalendarHint = 'gregorian' | 'roc' | 'buddhist' | 'japanese' | 'bikram-sambat' | 'solar-hijri';

/** What a portal is made for; the sums count open data portals apart. */
export const sourceKinds = ['open-data', 'geo', 'statistics', 'research'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface Pace {
  /** Shortest gap between two requests to one host, in ms. */
  readonly minGapMs: number;
  /** Requests to one host at a time. */
  readonly concurrency: number;
  /** Longest body accepted, in bytes (streamed bodies too). */
  readonly maxBodyBytes: number;
  /** Time until the first byte of the answer, and between two chunks, in ms. */
  readonly timeoutMs: number;
  /** Tries a request may have, the first included. */
  readonly attempts: number;
}

/** Where a key comes from and where it goes; the key itself is never in a source. */
export interface ServiceKey {
  /** Environment variable, or name in the file of secrets: `SAMPAN_KEY_…`. */
  readonly name: string;
  /** Query parameter, or header, that carries it. */
  readonly in: { readonly parameter: string } | { readonly header: string; readonly prefix: string };
}

/** Protocols that can be asked for what changed since an instant, or whose list tells when each record changed. */
export const datedProtocols: readonly Protocol[] = ['ckan', 'csw', 'data-gov-sg', 'schema-org'];

/** When `harvest --watch` asks the portal again, and for how much. */
export interface Cadence {
  /** From the start of one run to the next, in ms; by `kind` of the source unless told. */
  readonly everyMs?: number;
  /** 0 (unless told) to 9: among those that are due, the highest first; above 0 never behind a slow source. */
  readonly priority?: number;
  /** Between whole runs only what changed is asked for (`datedProtocols`); each run is whole unless told. */
  readonly incremental?: boolean;
  /** Documents of the list are asked for on condition that they changed since the last whole run; `true` unless told. */
  readonly conditional?: boolean;
  /** Age of the last whole, unconditional run from which the next one is whole again, in ms; 7 days unless told. */
  readonly fullEveryMs?: number;
  /** How far before the start of the last whole run "changed since" reaches back, in ms; 2 days unless told. */
  readonly overlapMs?: number;
}

export interface Source {
  /** Country + host, never changed, never reused: `jp-catalog-data-metro-tokyo-lg-jp`. */
  readonly id: string;
  /** Portal's own names by BCP 47 language. */
  readonly name: Readonly<Record<string, string>>;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2, when the portal is of a part of the country. */
  readonly subdivision?: string;
  readonly homepage?: string;
  /** `open-data` unless told. */
  readonly kind?: SourceKind;
  /** The registry and its record that the file was generated from; absent in files written by hand. */
  readonly from?: string;
  readonly protocol: Protocol;
  /** Nobody has seen the portal speak the protocol: only a sign of it is known. Not counted among the open data portals. */
  readonly unproven?: boolean;
  /** What the protocol's adapter asks first; `docs/sources.md` says it for each (CKAN: the folder of the Action API). */
  readonly endpoint: string;
  /** Disabled sources are harvested only when named. */
  readonly enabled: boolean;
  /** Languages of the portal's texts (BCP 47), the main one first: a prior, never written as published. */
  readonly languages: readonly string[];
  /** IANA zone in which clock times without a zone are meant. */
  readonly timeZone: string;
  readonly calendar: CalendarHint;
  /** Encodings that files of the portal may have besides UTF-8 (WHATWG labels), for bytes that do not say. */
  readonly encodings?: readonly string[];
  readonly pace: Pace;
  readonly harvest?: Cadence;
  /**
   * How far the portal's robots.txt binds our harvest of it. Unless told, `heedsRobots` says. `ignore`: not at all,
   * `robotsWhy` tells by which right.
   */
  readonly robots?: 'heed' | 'ignore';
  readonly robotsWhy?: string;
  /** Template of the page about a record: `https://…/dataset/{name}`; placeholders are fields of the native record. */
  readonly recordPage?: string;
  /** Licence id that holds for records that name none, when the portal states so somewhere (`defaultLicenceFrom`). */
  readonly defaultLicence?: string;
  readonly defaultLicenceFrom?: string;
  /** Top-level native fields (dots for nesting) that change without the record changing: counts of views … */
  readonly volatile: readonly string[];
  /** The portal's category (as written) → theme id. */
  readonly themes: Readonly<Record<string, string>>;
  /** Protocol options, documented in the adapter (`ckan`: listing, pageSize …). */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** PEM of additional certificate authorities for this source only. */
  readonly certificateAuthority?: string;
  /** Outdated TLS is accepted from the host of `endpoint`, and from no other; certificates are verified all the same. */
  readonly tls?: 'legacy';
  /** The key that the portal wants with each request to the host of `endpoint`. */
  readonly serviceKey?: ServiceKey;
  /** What is odd about the portal, for people. */
  readonly quirks: readonly string[];
}

/**
 * Whether robots.txt decides which addresses of a source are asked. It does where a program reads the pages made for
 * people; an interface made for programs keeps its Crawl-delay, and closes only to who is named: CKAN is delivered with
 * a robots.txt that closes `/api/` to crawlers, and its API is there to be asked.
 */
export function heedsRobots({ protocol, robots }: Pick<Source, 'protocol' | 'robots'>): boolean {
  return robots === undefined ? protocol === 'schema-org' : robots === 'heed';
}
