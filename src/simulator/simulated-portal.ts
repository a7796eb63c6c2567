/** What a simulated portal holds: records in their native bytes, and how the portal behaves. */

export interface PortalRecord {
  /** CKAN: package id; data.gov.my: name of the file without `.json`; others: the native id (unused for serving). */
  readonly id: string;
  /** The record as its protocol lists it: the JSON object, or the CSV row without line end. No bytes (CKAN): listed, but `package_show` answers an empty 200. */
  readonly bytes: Uint8Array;
}

export interface CkanPortal {
  readonly id: string;
  readonly protocol: 'ckan';
  readonly records: readonly PortalRecord[];
  /** Most rows that `package_search` gives, whatever is asked; CKAN's own default is 1,000 (`ckan.search.rows_max`). */
  readonly rowsCap?: number;
  /** The count that `package_search` claims; the true one unless told. */
  readonly claimedCount?: number;
  /** Sort orders that are answered with a search error. */
  readonly refusedSorts?: readonly string[];
  /** Whether any `fq` is answered with a search error. */
  readonly refusesFilter?: boolean;
}

export interface CswPortal {
  readonly id: string;
  readonly protocol: 'csw';
  /** Bytes: the element, as it is put into `csw:SearchResults`. */
  readonly records: readonly PortalRecord[];
  /** The same catalogue as `csw:Record`, for who asks for that schema; `records` unless told. */
  readonly dublinCore?: readonly PortalRecord[];
  /** Most records a page, whatever is asked; 100 unless told. */
  readonly pageCap?: number;
  /** What `numberOfRecordsMatched` claims; the true count unless told. */
  readonly claimedCount?: number;
  /** Properties to sort by that are answered with an exception. */
  readonly refusedSorts?: readonly string[];
  /** Output schemas that are answered with an exception. */
  readonly refusedSchemas?: readonly string[];
  /** Whether any constraint is answered with an exception. */
  readonly refusesConstraint?: boolean;
  /** Whether a page behind the last record is answered with an exception. */
  readonly refusesBehindEnd?: boolean;
  /** Whether records that nobody asked to be sorted come in another order on each page. */
  readonly hasNoOrder?: boolean;
}

export interface DataGoKrPortal {
  readonly id: string;
  readonly protocol: 'data-go-kr';
  /** The header line without line end; may start with a BOM. */
  readonly header: Uint8Array;
  readonly records: readonly PortalRecord[];
}

export interface DcatRdfPortal {
  readonly id: string;
  readonly protocol: 'dcat-rdf';
  readonly serialisation: 'turtle' | 'n-triples' | 'rdf-xml' | 'json-ld';
  /** N-Triples about one dataset each; the first statement is about the dataset. */
  readonly records: readonly PortalRecord[];
  /** One document unless told; `number`: `?page=` works and nothing says so. */
  readonly paging?: 'none' | 'hydra-paged' | 'hydra-view' | 'link' | 'number';
  /** Datasets a page, 100 unless told: the default of CKAN. */
  readonly pageSize?: number;
  /** The total that Hydra claims; the true one unless told. */
  readonly claimedCount?: number;
}

export interface DcatUsPortal {
  readonly id: string;
  readonly protocol: 'dcat-us';
  /** May be huge and made as it is read: it is never held. */
  readonly records: Iterable<PortalRecord>;
  /** Records a page of `?page=`; one page unless told. */
  readonly pageSize?: number;
  /** Whether pages name the next one in a Link header; else `?page=` has to be tried. */
  readonly linksPages?: boolean;
}

export interface DataGovMyPortal {
  readonly id: string;
  readonly protocol: 'data-gov-my';
  readonly records: readonly PortalRecord[];
  /** Where the files stand in the repository: `data-catalogue/` or `pub-dosm/publications/`. */
  readonly folder: string;
  /** Whether the tree says that it is cut off. */
  readonly isTruncated?: boolean;
}

export interface DataGovSgPortal {
  readonly id: string;
  readonly protocol: 'data-gov-sg';
  readonly listing: 'datasets' | 'collections';
  readonly records: readonly PortalRecord[];
  /** Rows a page, 10 unless told. */
  readonly pageSize?: number;
  /** The total that the list claims; the true one unless told. */
  readonly claimedCount?: number;
}

export interface DataGovTwPortal {
  readonly id: string;
  readonly protocol: 'data-gov-tw';
  /** The header line without line end; may start with a BOM. */
  readonly header: Uint8Array;
  /** Rows of the export. */
  readonly records: readonly PortalRecord[];
  /** Details by dataset id: the object in `result`. */
  readonly details?: readonly PortalRecord[];
}

export interface OgdIndiaPortal {
  readonly id: string;
  readonly protocol: 'ogd-india';
  readonly listing: 'lists' | 'dmspublic';
  readonly records: readonly PortalRecord[];
  /** Most rows an answer has, whatever is asked. */
  readonly limitCap?: number;
  /** The total that the list claims; the true one unless told. */
  readonly claimedCount?: number;
}

export interface SchemaOrgPortal {
  readonly id: string;
  readonly protocol: 'schema-org';
  /** The JSON-LD of a page each. */
  readonly records: readonly PortalRecord[];
  /** Most addresses in a sitemap; with more there is an index. One sitemap unless told. */
  readonly sitemapSize?: number;
  /** Whether sitemaps give `dateModified` of the record as `lastmod` of its page. */
  readonly tellsDates?: boolean;
}

export type SimulatedPortal =
  | CkanPortal
  | CswPortal
  | DataGoKrPortal
  | DataGovMyPortal
  | DataGovSgPortal
  | DataGovTwPortal
  | DcatRdfPortal
  | DcatUsPortal
  | OgdIndiaPortal
  | SchemaOrgPortal;

/** A request as a protocol's side sees it. */
export interface PortalRequest {
  /** Path below the portal, e.g. `api/3/action/package_list`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Address of the portal, ending with a slash. */
  readonly base: string;
  /** What was posted. */
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Iterable<Uint8Array>;
}

const utf8 = new TextEncoder();

export function textReply(status: number, type: string, text: string): Reply {
  return { status, headers: { 'content-type': type }, body: [utf8.encode(text)] };
}
