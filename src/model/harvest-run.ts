/** One account of what a run did. Counts are over distinct native ids: seen = added + updated + unchanged + rejected. */
import type { Problem } from './problem.ts';
import type { SourceErrorCode } from './source-error.ts';

export interface RunCounts {
  readonly seen: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Tombstoned because a complete run no longer lists them; not part of `seen`. */
  readonly deleted: number;
  /** Live again after an absence; each is also counted in `updated` or `unchanged`. */
  readonly restored: number;
  /** Rows that repeated an id with the same bytes; dropped, not part of `seen`. */
  readonly repeated: number;
  /** Absent, but held back by the blast-radius guard of a suspicious run. */
  readonly heldDeletions: number;
}

/** Counts of a run that has seen nothing yet. */
export const emptyCounts: RunCounts = {
  seen: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  deleted: 0,
  restored: 0,
  repeated: 0,
  heldDeletions: 0,
};

/** What made a run slower than its source file asks for. */
export interface RunPace {
  /** Answers 429 and 503 that made the host's gap longer. */
  readonly refusals: number;
  /** Longest gap between the starts of two requests that was in force, in ms. */
  readonly longestGapMs: number;
  /** Crawl-delay of the robots.txt that was heeded, in ms. */
  readonly crawlDelayMs?: number;
}

/** Whether the whole list was read, or only what changed; what the run set out to do, as long as it has not ended well. */
export type RunMode = 'full' | 'incremental';

export type RunState = 'running' | 'done' | 'done-with-problems' | 'suspicious' | 'failed';

/**
 * Why a run failed, for programs. `stopped`: by a person; `interrupted`: its process ended and nobody went on with it;
 * `internal`: an error of ours. The others are the world's, as the `SourceError` said.
 */
export interface RunFailure {
  readonly code: SourceErrorCode | 'stopped' | 'interrupted' | 'internal';
  /** Finer: `tls_incomplete_chain`, `waf_challenge`, or the portal's own code. */
  readonly reason?: string;
  /** HTTP status when there was one. */
  readonly status?: number;
}

export interface HarvestRun {
  readonly id: number;
  readonly sourceId: string;
  readonly state: RunState;
  readonly mode: RunMode;
  /** Of incremental runs: what changed at this instant or later was asked for. ISO 8601. */
  readonly since?: string;
  /** The portal said (304) that its list is that of the last whole run: nothing was read, the counts are of that run. */
  readonly notModified?: true;
  /** ISO 8601 instants. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** All that the portal lists was seen; never true of an incremental run. */
  readonly complete: boolean;
  readonly counts: RunCounts;
  /** A person accepted what a suspicious run held back, and did not take that back: nothing is held any more. */
  readonly accepted?: true;
  /** Total that the portal claimed, when it did. */
  readonly claimedTotal?: number;
  /** Why it is failed, suspicious or incomplete, as one sentence. */
  readonly why?: string;
  /** Only of failed runs; absent in those of before it was kept. */
  readonly failure?: RunFailure;
  /** The relaxed TLS that the source's file allows for its host; absent when the usual one was asked for. */
  readonly tlsProfile?: 'legacy';
  /** Absent when the portal did not slow us down. */
  readonly pace?: RunPace;
  /** Problem slugs with how often they came up in this run. */
  readonly problems: Readonly<Record<string, number>>;
  /** Up to ten rejected records as examples. */
  readonly rejections: readonly { readonly nativeId?: string; readonly problem: Problem }[];
}
