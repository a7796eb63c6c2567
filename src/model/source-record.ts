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
  | { readonly kind: 'end'; readonly complete: boolean; readonly why?: string; readonly claimedTotal?: number };
