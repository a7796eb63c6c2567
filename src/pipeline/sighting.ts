/** What a run notes of one harvest event until its batch is written, in the order of the events. */
import type { Problem } from '../model/problem.ts';
import type { NativeForm, SourceRecord } from '../model/source-record.ts';
import type { SeenMark } from '../store/catalogue-store.ts';

export type Sighting =
  | { readonly kind: 'record'; readonly record: SourceRecord; readonly sha256: string; readonly mark: SeenMark }
  | {
      readonly kind: 'rejected';
      readonly nativeId?: string;
      readonly problem: Problem;
      readonly mark?: SeenMark;
      /** Kept in the archive, when there is an id to keep it under and no record was accepted under it yet. */
      readonly kept?: { readonly form: NativeForm; readonly raw: Uint8Array; readonly sha256: string };
    }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'problem'; readonly problem: Problem };
