/** What a portal said about one dataset, untouched, and the events of a harvest that carries such records in. */
import type { Problem } from './problem.ts';

/** The native forms that `normalise/` has a reader for. */
export type NativeForm =
  | 'ckan-package'
  | 'csw-dc-record'
  | 'data-go-kr-row'
  | 'data-gov-my-definition'
  | 'data-gov-my-publication'
  | 'data-gov-sg-collection'
  | 'data-gov-sg-dataset'
  | 'data-gov-tw-detail'
  | 'data-gov-tw-row'
  | 'dcat-rdf-dataset'
  | 'dcat-us-dataset'
  | 'iso19139-record'
  | 'ogd-india-list'
  | 'ogd-india-resource'
  | 'schema-org-dataset';

export interface SourceRecord {
  readonly nativeId: string;
  readonly form: NativeForm;
  /** The verbatim bytes of the record: a slice of the JSON text, the CSV row … as UTF-8 or as received. */
  readonly raw: Uint8Array;
  /**
   * What the bytes need to be understood and what many records share: the CSV header line, verbatim.
   * Archived once a source for equal bytes.
   */
  readonly context?: Uint8Array;
  /** Address the record came from. */
  readonly url: string;
  /** ISO 8601 instant. */
  readonly fetchedAt: string;
  /** What was wrong with the bytes before they became `raw` (characters lost in decoding …); absent when nothing was. */
  readonly problems?: readonly Problem[];
}

/** A document that a list was read from, and what tells whether it is still the same (RFC 9110 §8.8). */
export interface ListDocument {
  /** As it was asked for. */
  readonly url: string;
  /** The header Accept that it was asked with: another one may be another document. */
  readonly accept: string;
  /** 200, or 404 and 410 for one that was looked for and is not there. */
  readonly status: number;
  /** As received, with its quotes. */
  readonly etag?: string;
  /** HTTP date as received. */
  readonly lastModified?: string;
}

/** The last event of a harvest. */
export interface HarvestEnd {
  readonly kind: 'end';
  readonly complete: boolean;
  readonly why?: string;
  readonly claimedTotal?: number;
  /** With `complete: false` and no `why`: all that changed since this instant was seen, and nothing else was asked for. */
  readonly since?: string;
  /** With `complete: true`: the list is the one that `documents` of the last whole run were; nothing was read again. */
  readonly notModified?: true;
  /** Addresses that alone tell whether the list changed; all that were read unless told. */
  readonly decidedBy?: readonly string[];
  /** When all of them are as they were, so is the list; absent when some cannot tell. */
  readonly documents?: readonly ListDocument[];
}

/**
 * What an adapter yields. `complete: true` is a promise that all records the portal lists were seen: without it
 * nothing disappears. A checkpoint says that everything yielded before it can be kept and a later call may go on
 * from its cursor.
 */
export type HarvestEvent =
  | { readonly kind: 'record'; readonly record: SourceRecord }
  | { readonly kind: 'deleted'; readonly nativeId: string }
  | { readonly kind: 'rejected'; readonly nativeId?: string; readonly problem: Problem; readonly raw?: Uint8Array }
  /** Something wrong with the list and not with one record; counted in the run. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'checkpoint'; readonly cursor: string }
  | HarvestEnd;
