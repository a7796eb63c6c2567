/** What a run needs from outside; made by the composition root. */
import type { Harvest, HarvestEffects } from '../harvest/harvest-contract.ts';
import type { SecretKey } from '../kit/service-key.ts';
import type { RunCounts } from '../model/harvest-run.ts';
import type { Source } from '../model/source.ts';
import type { Normalise } from '../normalise/normalise-contract.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** How far a run is; told after each batch. */
export interface RunProgress {
  readonly sourceId: string;
  readonly counts: RunCounts;
}

export interface RunLimits {
  /** Longest run in one go, in ms. */
  readonly totalMs: number;
  /** Longest time without anything from the adapter, in ms; three times the gap in force when that is longer. */
  readonly idleMs: number;
  /** How long an adapter may take to hear that it should stop, in ms; 15 seconds unless told. */
  readonly graceMs?: number;
}

export interface RunOptions {
  readonly source: Source;
  readonly harvest: Harvest;
  readonly effects: HarvestEffects;
  readonly store: CatalogueStore;
  readonly vocabulary: Vocabulary;
  readonly normalise: Normalise;
  /** Version of the code and tables that make a dataset of a record. */
  readonly mappingVersion: string;
  readonly signal: AbortSignal;
  /** The whole list is read, whatever the source's file and the portal say. */
  readonly isWhole?: boolean;
  /** The value that `source.serviceKey` names. */
  readonly serviceKey?: SecretKey;
  /** Without limits a run lasts as long as its portal answers. */
  readonly limits?: RunLimits;
  readonly progress?: (progress: RunProgress) => void;
}
