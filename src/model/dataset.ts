/**
 * The clean catalogue entry, after DCAT 3. A pure function of what the portal said and the version of the
 * mapping; what was observed, derived or decided about it lives elsewhere (`fact.ts`).
 */
import type { Fact } from './fact.ts';
import type { LangText } from './lang-text.ts';
import type { PartialDate, Period } from './partial-date.ts';
import type { Problem } from './problem.ts';
import type { ThemeFact, ThemeId } from './theme.ts';

/** dcat:Dataset */
export interface Dataset {
  /** Permanent: 16 characters of base32, minted at first sight. */
  readonly id: string;
  readonly sourceId: string;
  readonly nativeId: string;
  /** ISO 3166-1 alpha-2 of the source. */
  readonly country: string;
  /** Identifiers as the portal prints them, when they differ from `nativeId` (name, DOI, number …). */
  readonly identifiers: readonly string[];
  readonly title: LangText;
  /** Plain text: markup and entities of the portal resolved, line breaks kept. */
  readonly description: LangText;
  readonly keywords: LangText;
  readonly publisher?: Agency;
  readonly contacts: readonly ContactPoint[];
  /** Where the portal says it took the record over from; absent when it says nothing of the kind. */
  readonly harvestedFrom?: HarvestedFrom;
  /** Page about the dataset on the portal; http(s) only. */
  readonly landingPage?: string;
  readonly licence: Licence;
  /** From the portal's own category through the source's map; empty = unclassified. */
  readonly themes: readonly Fact<ThemeId>[];
  /** The portal's categories as it writes them. */
  readonly sourceCategories: readonly string[];
  /** Languages of the data as declared (BCP 47); empty when not said. */
  readonly languages: readonly string[];
  readonly issued?: PartialDate;
  readonly modified?: PartialDate;
  readonly frequency?: Frequency;
  readonly temporal: readonly Period[];
  readonly spatial: readonly Place[];
  readonly distributions: readonly Distribution[];
}

/** What harvesters write beside a record that is not the portal's own (CKAN's `harvest_*` and `guid` extras …), as written. */
export interface HarvestedFrom {
  /** Address or name of the catalogue it came from. */
  readonly catalogue?: string;
  /** Identifier of the record there. */
  readonly identifier?: string;
  /** Page or address of the record there; http(s) only. */
  readonly address?: string;
}

/** dcat:Distribution */
export interface Distribution {
  /** Stable over re-harvests: 16 characters of base32 from the dataset id and the native resource id or address. */
  readonly id: string;
  readonly nativeId?: string;
  readonly title: LangText;
  readonly description: LangText;
  /** Address as an http(s) link; absent when the portal gave none that may become a link. */
  readonly url?: string;
  /** What stood in the address field when it cannot be a link (`ftp://…`, `檔案請洽承辦人`). */
  readonly urlText?: string;
  /** `download`: the address answers with the file; `page`: a page about it; `service`: an API. */
  readonly access: 'download' | 'page' | 'service' | 'unknown';
  readonly format: FormatClaim;
  readonly sizeBytes?: number;
  /** Only when it differs from the dataset's. */
  readonly licence?: Licence;
  readonly issued?: PartialDate;
  readonly modified?: PartialDate;
}

/** What a file is said to be. */
export interface FormatClaim {
  /** Canonical id (`CSV`, `XLSX`, …; `vocab/formats.json`); absent = unknown. */
  readonly id?: string;
  readonly mediaType?: string;
  /** Canonical ids of other formats that the same string names (`CSV;JSON`), or of the container (`shp (zip)`). */
  readonly also?: readonly string[];
  /** The portal's string; absent when it gave none (the id then comes from the address). */
  readonly original?: string;
}

/** foaf:Agent in the role of dct:publisher */
export interface Agency {
  readonly name: LangText;
  /** Identifier at the portal (organisation id, code of the body …). */
  readonly nativeId?: string;
  readonly homepage?: string;
}

/** dcat:contactPoint: offices only, as published. */
export interface ContactPoint {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** Openness is stated or unknown; it is never inferred from silence. */
export type Openness = 'open' | 'not-open' | 'unknown';

/** dct:license */
export interface Licence {
  /** Canonical id (`CC-BY-4.0`, `OGDL-Taiwan-1.0`, `KOGL-1` …; `vocab/licences.json`), or `unknown`. */
  readonly id: string;
  readonly openness: Openness;
  /** What the portal wrote; all absent when it said nothing. */
  readonly original: { readonly id?: string; readonly title?: string; readonly url?: string };
}

/** dct:accrualPeriodicity */
export interface Frequency {
  /** Code of the EU frequency vocabulary (`ANNUAL`, `MONTHLY`, `IRREG` …); absent = unknown. */
  readonly id?: string;
  readonly original: string;
}

/** dct:spatial */
export interface Place {
  readonly name: LangText;
  /** ISO 3166 code when the publisher gave one. */
  readonly code?: string;
  /** west, south, east, north in degrees, WGS 84. */
  readonly bbox?: readonly [number, number, number, number];
}

/** Everything a reader needs about one dataset: the entry, how it came here, and what was said about it since. */
export interface CatalogueRecord {
  readonly dataset: Dataset;
  /** Counts up with each visible change of any dataset of the store. */
  readonly changeNumber: number;
  readonly state: 'live' | 'missing' | 'tombstone';
  /** ISO 8601 instants: first seen, last seen in a run, and when the native record last changed. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly lastChanged: string;
  /** The theme in force after decisions; `unclassified` when nobody has said. */
  readonly theme: ThemeFact;
  /** Languages found (BCP 47) of texts that declare none; absent when all declare theirs, or none was found. */
  readonly detectedLanguages?: Fact<readonly string[]>;
  readonly problems: readonly Problem[];
  /** Copies of it at other portals, when there are any (`enrich/`, decisions); absent for most. */
  readonly group?: CopyGroup;
  /** The newest version that the portal gave, when nothing could be made of it: the entry is of an older one. */
  readonly rejectedVersion?: RejectedVersion;
}

export interface RejectedVersion {
  /** Of the archive. */
  readonly version: number;
  /** Why; empty for those of before this was kept. */
  readonly problems: readonly Problem[];
}

/** Kind of the derived fact that holds `detectedLanguages`; its value is empty when none was found. */
export const languagesKind = 'languages';

/** Kind of the derived fact that each record of a group carries; its value is a `CopyGroup`. */
export const copyGroupKind = 'duplicate-group';

/** Records of several portals that are one dataset: never merged, shown as one. */
export interface CopyGroup {
  /** Permanent id of the authoritative copy, which the group is called after. */
  readonly id: string;
  /** All copies, the authoritative one first, then by source and id. */
  readonly members: readonly CopyMember[];
  /** `person` when a decision holds it together. */
  readonly by: 'rule' | 'person';
  /** 0–1: the weakest pair that the group rests on. */
  readonly confidence: number;
}

export interface CopyMember {
  readonly id: string;
  readonly sourceId: string;
  /** What ties it to the others (`same-addresses`, `same-title` …); empty when only a person does. */
  readonly evidence: readonly string[];
}
