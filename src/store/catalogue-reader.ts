/**
 * What can be read from the store. Every method answers a Promise and works in batches; nobody sees SQL, a row id or
 * a driver type, and no cursor outlives a call. Second engines must pass the same contract suite.
 */
import type { CatalogueRecord, CopyGroup } from '../model/dataset.ts';
import type { Decision, DerivedFact, ObservedFact } from '../model/fact.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { LinkCheck } from '../model/link-check.ts';
import type { NativeForm } from '../model/source-record.ts';
import type { LinkFigures } from './link-store.ts';

export type CatalogueChange =
  | {
      readonly kind: 'live';
      readonly changeNumber: number;
      readonly datasetId: string;
      readonly record: CatalogueRecord;
    }
  | { readonly kind: 'gone'; readonly changeNumber: number; readonly datasetId: string };

export interface CatalogueTotals {
  readonly sources: number;
  readonly countries: number;
  readonly datasets: number;
  readonly distributions: number;
}

export interface SourceSummary {
  readonly sourceId: string;
  readonly datasets: number;
  readonly distributions: number;
  readonly tombstones: number;
  readonly lastRun?: HarvestRun;
  /** The last twelve, `lastRun` among them, newest first. */
  readonly recentRuns: readonly HarvestRun[];
  /** Last run that ended `done` or `done-with-problems` and complete. */
  readonly lastGoodRun?: HarvestRun;
  /** Live datasets having each problem, by slug. */
  readonly problems: Readonly<Record<string, number>>;
  /** A live dataset that has the problem, by slug: the one first seen. */
  readonly problemExamples: Readonly<Record<string, string>>;
}

export interface RecordVersion {
  /** 1 = first. */
  readonly version: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly fetchedAt: string;
  readonly url: string;
}

export interface ArchivedRecord extends RecordVersion {
  readonly sourceId: string;
  readonly nativeId: string;
  readonly form: NativeForm;
  /** Byte for byte what was received. */
  readonly raw: Uint8Array;
  readonly context?: Uint8Array;
}

/** Records harvested and datasets shown are two figures: records - copies = datasets. */
export interface CopyFigures {
  readonly groups: number;
  /** Records of groups beyond the first of each. */
  readonly copies: number;
}

/** A decision with its place in the order they were made in, 1 = first; numbers are never used again. */
export interface LoggedDecision extends Decision {
  readonly number: number;
}

export interface CatalogueReader {
  /** Records by permanent id; an id never seen is absent from the map, a tombstone is in it. */
  records(datasetIds: readonly string[]): Promise<ReadonlyMap<string, CatalogueRecord>>;
  /** Permanent id of a native one, when the source has ever listed it. */
  datasetId(sourceId: string, nativeId: string): Promise<string | undefined>;
  /** Permanent ids of native ones, in their order: of those that have bytes in the archive, accepted or not. */
  archivedIds(
    natives: readonly { readonly sourceId: string; readonly nativeId: string }[],
  ): Promise<readonly (string | undefined)[]>;
  /** Changes with a number greater than `after`, ascending, each dataset once (its latest), at most `limit`. */
  changesSince(after: number, limit: number): Promise<readonly CatalogueChange[]>;
  latestChangeNumber(): Promise<number>;
  /** Live datasets in ascending id order, for checks and exports: at most `limit` after `afterId`. */
  liveDatasetIds(afterId: string, limit: number): Promise<readonly string[]>;
  totals(): Promise<CatalogueTotals>;
  /** One row per source that ever had a run. */
  sourceSummaries(): Promise<readonly SourceSummary[]>;
  /** Newest first. */
  runs(query: {
    readonly sourceId?: string;
    readonly limit: number;
    readonly beforeId?: number;
  }): Promise<readonly HarvestRun[]>;
  /** Newest changed first (live only). */
  newest(limit: number): Promise<readonly CatalogueRecord[]>;
  history(datasetId: string): Promise<readonly RecordVersion[]>;
  /** Newest version unless one is named. */
  archived(datasetId: string, version?: number): Promise<ArchivedRecord | undefined>;
  observedFacts(datasetId: string): Promise<readonly ObservedFact[]>;
  /** Facts of one kind about these datasets, whatever their state. */
  derivedFacts(kind: string, datasetIds: readonly string[]): Promise<readonly DerivedFact[]>;
  /** Groups of copies, ascending by the id of the group: at most `limit` after `afterId`. */
  copyGroups(afterId: string, limit: number): Promise<readonly CopyGroup[]>;
  copyFigures(): Promise<CopyFigures>;
  /** All native ids that the permanent one is or was bound to, the present one first. */
  nativeIds(datasetId: string): Promise<readonly string[]>;
  /** What was observed about the addresses of a dataset, by distribution id; absent for one that nobody has met yet. */
  linkChecks(datasetId: string): Promise<ReadonlyMap<string, LinkCheck>>;
  /** Links of a source by state, as counted at the end of the last check of links. */
  linkFigures(sourceId: string): Promise<LinkFigures>;
  /** About one dataset, in the order they were made. */
  decisions(datasetId: string): Promise<readonly Decision[]>;
  /** All of them, those about runs too (their dataset id is `''`): ascending, at most `limit` after `after`. */
  decisionLog(after: number, limit: number): Promise<readonly LoggedDecision[]>;
}
