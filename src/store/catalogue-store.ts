/**
 * The write side of the store. Every method answers a Promise, works in batches and leaves a state that a `kill -9`
 * right after it cannot break; nobody sees SQL, a row id or a driver type. Every visible change of a dataset gets a
 * change number. Errors are `StoreError`s. A second engine must pass `test/store/catalogue-store-contract.ts`.
 */
import type { Dataset } from '../model/dataset.ts';
import type { Decision, DerivedFact, ObservedFact } from '../model/fact.ts';
import type { HarvestRun, RunCounts, RunFailure, RunPace } from '../model/harvest-run.ts';
import type { Problem } from '../model/problem.ts';
import type { ListDocument, NativeForm } from '../model/source-record.ts';
import type { CatalogueReader } from './catalogue-reader.ts';
import type { LinkStore } from './link-store.ts';

/** What a run has done so far; kept in the run row with each batch. */
export interface RunTally {
  readonly counts: RunCounts;
  /** Problem slugs with how often they came up. */
  readonly problems: Readonly<Record<string, number>>;
  /** Up to ten. */
  readonly rejections: HarvestRun['rejections'];
  readonly pace?: RunPace;
}

export interface RunStart {
  readonly sourceId: string;
  readonly country: string;
  /** ISO 8601 instant. */
  readonly at: string;
  /** Stands for what of the source decides which records it has; an interrupted run of another one is not gone on with. */
  readonly scope?: string;
  /** Only what changed since this instant is asked for; absent for the whole list. */
  readonly since?: string;
  /** An interrupted incremental run is not gone on with. */
  readonly isWhole?: boolean;
}

export interface StartedRun {
  readonly runId: number;
  readonly sourceId: string;
  /** Of an incremental run, the instant that it was begun with. */
  readonly since?: string;
  /** Set when an interrupted run goes on: where from, what it had done by then, and whom it had seen. */
  readonly resumed?: {
    /** Absent when it was interrupted before its first checkpoint. */
    readonly cursor?: string;
    readonly tally: RunTally;
    readonly seen: readonly SeenMark[];
  };
}

/** 16 bytes in `latin1` that stand for one record seen in a run: 8 of its native id, 8 of its bytes (`pipeline/seen-set.ts`). */
export type SeenMark = string;

/** What the store knows of a native record before this sighting. */
export interface KnownRecord {
  /** Permanent; for a record never seen before, the one it will get. */
  readonly datasetId: string;
  /** Never sighted before, not even as a rejected record. */
  readonly isNew: boolean;
  readonly state: 'live' | 'missing' | 'tombstone';
  /** SHA-256 (hex) of the newest archived bytes, and of their context. */
  readonly sha256?: string;
  readonly contextSha256?: string;
  /** It has (had) a dataset: it was once accepted. */
  readonly accepted: boolean;
  /** The newest archived bytes could not become a dataset. */
  readonly rejected: boolean;
  /** This very run has written it already, before it was interrupted. */
  readonly writtenByThisRun?: 'added' | 'updated';
}

export interface ReceivedBytes {
  readonly form: NativeForm;
  readonly raw: Uint8Array;
  /** Hex. */
  readonly sha256: string;
  readonly context?: Uint8Array;
  readonly contextSha256?: string;
  readonly url: string;
  readonly fetchedAt: string;
  /** What the adapter found wrong before the bytes became `raw`; kept with the version. */
  readonly problems?: readonly Problem[];
}

/** One record that has to be written. Unchanged ones are only in `marks`. */
export interface RecordWrite {
  readonly nativeId: string;
  readonly datasetId: string;
  /** Absent when the bytes are those archived already (a record that came back). */
  readonly received?: ReceivedBytes;
  /** `undefined` for rejected bytes: an earlier dataset of the record stays in force. */
  readonly dataset?: Dataset;
  readonly problems: readonly Problem[];
  /** Live again after an absence. */
  readonly restored: boolean;
}

export interface RunBatch {
  /** At most 1,000. */
  readonly records: readonly RecordWrite[];
  /** All records this batch saw, the unchanged ones too. */
  readonly marks: readonly SeenMark[];
  readonly tally: RunTally;
  /** Where a later run may go on from, when the adapter said so. */
  readonly cursor?: string;
  readonly mappingVersion: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/** A record the last harvests listed: live or missing, and accepted. */
export interface ListedRecord {
  readonly datasetId: string;
  readonly nativeId: string;
  readonly state: 'live' | 'missing';
  /** Became `missing` in the run that asks. */
  readonly missedByThisRun: boolean;
  /** Never listed before the run that asks. */
  readonly addedByThisRun: boolean;
}

/** The last run that read the whole list, when it ended well and nothing puts it in doubt. */
export interface HarvestBasis {
  readonly run: HarvestRun;
  /** What its list was read from; none when that cannot tell, or when a later run has written records. */
  readonly documents: readonly ListDocument[];
}

export interface RunEnd {
  readonly state: 'done' | 'done-with-problems' | 'suspicious' | 'failed';
  readonly complete: boolean;
  /** It was begun as incremental and read the whole list all the same. */
  readonly readWhole?: true;
  /** The portal's list is that of the `HarvestBasis`. */
  readonly notModified?: true;
  /** Of a whole list that was read to its end. */
  readonly documents?: readonly ListDocument[];
  readonly claimedTotal?: number;
  readonly why?: string;
  readonly failure?: RunFailure;
  readonly tlsProfile?: 'legacy';
  readonly tally: RunTally;
  /** Keep cursor and seen-set, so that the next run goes on (stopped by a person). */
  readonly resumable: boolean;
  readonly at: string;
}

/** One archived record as renormalising takes it: the newest version of its bytes. */
export interface RawRecord {
  readonly datasetId: string;
  readonly sourceId: string;
  readonly nativeId: string;
  readonly version: number;
  readonly form: NativeForm;
  readonly raw: Uint8Array;
  readonly context?: Uint8Array;
  /** What the adapter found wrong with these bytes. */
  /** ISO 8601 instant of this version. */
  readonly fetchedAt: string;
  readonly receivedProblems: readonly Problem[];
}

export interface DatasetRewrite {
  readonly datasetId: string;
  readonly version: number;
  readonly dataset?: Dataset;
  readonly problems: readonly Problem[];
}

/** What a person decides about a whole run. */
export interface RunDecision {
  readonly runId: number;
  readonly by: string;
  readonly why: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/** What a record must share with another to be compared with it; ascending whole numbers, none = it is in no block. */
export interface CopyKeys {
  readonly datasetId: string;
  readonly keys: readonly number[];
}

/** Records that share a key, ascending by id. */
export interface CopyBlock {
  readonly key: number;
  readonly members: readonly { readonly id: string; readonly sourceId: string }[];
}

export interface CatalogueStore extends CatalogueReader, LinkStore {
  /**
   * Takes the source's lease and begins a run, or goes on with one of the same source that was interrupted less than
   * 24 hours ago. `lease-held` when another living process harvests the source.
   */
  startRun(start: RunStart): Promise<StartedRun>;
  /**
   * Undefined when the newest run that set out to read the whole list did not end well (failed, suspicious, incomplete),
   * was of another scope, or never was.
   */
  harvestBasis(sourceId: string, scope: string): Promise<HarvestBasis | undefined>;
  /** Keeps the lease while the portal is slow. `lease-lost` when someone took it over. */
  keepRun(run: StartedRun, at: string): Promise<void>;
  /** Permanent ids and newest bytes; ids never seen get the id they will have. At most 1,000. */
  knownRecords(run: StartedRun, nativeIds: readonly string[]): Promise<ReadonlyMap<string, KnownRecord>>;
  /** Archives, then writes all of the batch in one transaction. */
  commitBatch(run: StartedRun, batch: RunBatch): Promise<void>;
  /**
   * Ascending, at most `limit` after the native id of the last page (`''` = from the beginning). Those that a person's
   * `restore` keeps are not among them, so that no absence takes them away again.
   */
  listedRecords(run: StartedRun, afterNativeId: string, limit: number): Promise<readonly ListedRecord[]>;
  /** Records that a complete run no longer lists. At most 1,000 in all. */
  applyAbsences(
    run: StartedRun,
    absences: { readonly missing: readonly string[]; readonly tombstones: readonly string[]; readonly at: string },
  ): Promise<void>;
  /** Deletions not applied because there were suspiciously many; `acceptRun` applies them later. */
  holdDeletions(run: StartedRun, datasetIds: readonly string[]): Promise<void>;
  /** Ends the run, gives the lease back and drops the seen-set. Answers the run as it stands in the books. */
  finishRun(run: StartedRun, end: RunEnd): Promise<HarvestRun>;
  /**
   * Ends the runs whose process died (their lease ran out, or its owner is known to be dead) as `failed`
   * (`interrupted`), and answers them. The next run of such a source still goes on from the last checkpoint.
   */
  endInterruptedRuns(at: string): Promise<readonly HarvestRun[]>;
  /** A person accepts the held deletions of a suspicious run: they become tombstones. Answers how many. */
  acceptRun(acceptance: RunDecision): Promise<number>;
  /** Takes an acceptance back: of its tombstones, those that no run brought back since are live again. Answers how many. */
  withdrawAcceptance(withdrawal: RunDecision): Promise<number>;

  /**
   * Appends. `restore` shows a tombstone again, as `missing` until its portal lists it, and keeps it; `undo` with the
   * value `theme` or `restore` takes the last decision of that kind back (what is still missing is a tombstone again).
   */
  recordDecisions(decisions: readonly Decision[]): Promise<void>;
  recordObservedFacts(facts: readonly ObservedFact[]): Promise<void>;
  /**
   * Replaces what was derived before about the same dataset and kind. Answers how many differ from that. `silently`: the
   * records do not count as changed, for the one who tells the index himself.
   */
  putDerivedFacts(facts: readonly DerivedFact[], how?: { readonly silently: boolean }): Promise<number>;
  /** Answers how many there were. */
  removeDerivedFacts(kind: string, datasetIds: readonly string[]): Promise<number>;
  dropDerivedFacts(kind: string): Promise<void>;
  /** Replaces the block keys of these records; answers the ids of those whose keys are others now. At most 1,000. */
  replaceCopyKeys(rows: readonly CopyKeys[]): Promise<readonly string[]>;
  /** Blocks that these records are in, of 2 to `largest` records; ascending by key. */
  copyBlocks(datasetIds: readonly string[], largest: number): Promise<readonly CopyBlock[]>;
  /** Forgets all block keys, and up to which change they were known. */
  dropCopyKeys(): Promise<void>;
  /** Change number up to which copies were looked for; 0 = never. */
  copiesKnownUpTo(): Promise<number>;
  keepCopiesKnownUpTo(changeNumber: number): Promise<void>;
  /** Binds a native id to the permanent id of an older one, when a source changed its ids. */
  bindNativeId(sourceId: string, nativeId: string, datasetId: string): Promise<void>;

  /** Archived records whose dataset another mapping made, in a fixed order; at most `limit`. */
  rawRecords(query: {
    readonly mappingVersion: string;
    readonly sourceIds: readonly string[];
    readonly afterId: string;
    readonly limit: number;
  }): Promise<readonly RawRecord[]>;
  /** Writes rebuilt datasets; only those that differ get a change number. Answers how many did. */
  rewriteDatasets(rewrites: readonly DatasetRewrite[], mappingVersion: string): Promise<number>;

  /** Exclusive work other than harvesting, e.g. `indexer`. `lease-held` when another living process has it. */
  takeLease(name: string, at: string): Promise<void>;
  releaseLease(name: string): Promise<void>;
  close(): Promise<void>;
}
