/**
 * How much of a portal the next run asks for: the whole list; only what changed since the last whole run; or the list on
 * condition that it changed. Pure. The watermark is never a date that a portal wrote (case `field N-08`): it is our own
 * clock at the start of the last run that read the whole list and ended well, less an overlap.
 */
import { sha256Hex } from '../kit/hash.ts';
import { datedProtocols, type Source } from '../model/source.ts';
import type { ListDocument } from '../model/source-record.ts';
import type { HarvestBasis } from '../store/catalogue-store.ts';

const dayMs = 86_400_000;

/**
 * Only a whole run finds what was deleted, what changed without its date, and a portal whose dates or validators lie. A
 * week of that is bearable, ours to choose; `harvest.fullEvery` of the source.
 */
const fullEveryMs = 7 * dayMs;

/**
 * Covers clocks without a zone (14 hours), wrong by hours, and records that are found in the portal's index only a day after
 * they were written. `harvest.overlap` of the source.
 */
const overlapMs = 2 * dayMs;

export interface RunPlan {
  /** ISO 8601 instant; absent for the whole list. */
  readonly since?: string;
  readonly documents?: readonly ListDocument[];
}

export interface PlanQuestion {
  /** A person wants the whole list. */
  readonly isWhole: boolean;
  readonly now: Date;
}

export function runPlan(source: Source, basis: HarvestBasis | undefined, { isWhole, now }: PlanQuestion): RunPlan {
  if (isWhole || basis === undefined) return {};
  const { harvest = {}, protocol } = source;
  const startedMs = Date.parse(basis.run.startedAt);
  const ageMs = now.getTime() - startedMs;
  // A start in the future is a clock of ours that was wrong: nothing can be counted from it.
  if (ageMs < 0 || ageMs >= (harvest.fullEveryMs ?? fullEveryMs)) return {};
  const isDated = harvest.incremental === true && datedProtocols.includes(protocol);
  const isConditional = harvest.conditional !== false && basis.documents.length > 0;
  return {
    ...(isDated && { since: new Date(startedMs - (harvest.overlapMs ?? overlapMs)).toISOString() }),
    ...(isConditional && { documents: basis.documents }),
  };
}

/** Stands for all of a source that decides which records it has, and under which ids. */
export function scopeOf({ protocol, endpoint, options }: Source): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify([protocol, endpoint, sorted])).slice(0, 16);
}
