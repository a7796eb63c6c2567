/**
 * Native record in, clean dataset and its problems out. Pure: no clock, no I/O, no memory. A record that cannot be a
 * dataset gives `dataset: undefined` and at least one problem of severity `error`.
 */
import type { Dataset } from '../model/dataset.ts';
import type { Problem } from '../model/problem.ts';
import type { Source } from '../model/source.ts';
import type { NativeForm } from '../model/source-record.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

export interface NormaliseInput {
  readonly source: Source;
  /** Permanent id, minted before. */
  readonly datasetId: string;
  readonly nativeId: string;
  readonly form: NativeForm;
  readonly raw: Uint8Array;
  readonly context?: Uint8Array;
  /** ISO 8601 instant at which the raw record was fetched (from the archive): dates after it are flagged. */
  readonly fetchedAt?: string;
}

export interface Normalised {
  readonly dataset: Dataset | undefined;
  readonly problems: readonly Problem[];
}

export type Normalise = (input: NormaliseInput, vocabulary: Vocabulary) => Normalised;
