/** The books of one run while it runs: counts over distinct native ids that always add up. */
import { emptyCounts, type HarvestRun, type RunCounts } from '../model/harvest-run.ts';
import type { Problem } from '../model/problem.ts';
import type { RunTally } from '../store/catalogue-store.ts';

/** Rejected records kept as examples in the run row. */
const rejectionExamples = 10;

export type RecordOutcome = 'added' | 'updated' | 'unchanged' | 'rejected';

export interface TallyBook {
  /** A distinct record and what became of it. */
  readonly record: (outcome: RecordOutcome, problems: readonly Problem[]) => void;
  readonly rejection: (nativeId: string | undefined, problem: Problem) => void;
  /** A record counted as added was there before under another id. */
  readonly keptIdentity: (note: Problem) => void;
  readonly restored: () => void;
  readonly repeated: () => void;
  readonly problem: (problem: Problem) => void;
  readonly held: (deletions: number) => void;
  /** The list is that of an earlier run: what it had seen is unchanged, what it had rejected is so still. */
  readonly asBefore: (run: HarvestRun) => void;
  readonly now: () => RunTally;
}

export function createTally(from: RunTally | undefined): TallyBook {
  const counts: { -readonly [name in keyof RunCounts]: number } = { ...(from?.counts ?? emptyCounts) };
  const problems: Record<string, number> = { ...from?.problems };
  const rejections = [...(from?.rejections ?? [])];
  const problem = (each: Problem): void => {
    problems[each.slug] = (problems[each.slug] ?? 0) + 1;
  };
  return {
    record: (outcome, found) => {
      counts.seen += 1;
      counts[outcome] += 1;
      for (const each of found) problem(each);
    },
    rejection: (nativeId, found) => {
      if (rejections.length < rejectionExamples) {
        rejections.push(nativeId === undefined ? { problem: found } : { nativeId, problem: found });
      }
    },
    keptIdentity: (note) => {
      counts.added -= 1;
      counts.updated += 1;
      problem(note);
    },
    restored: () => {
      counts.restored += 1;
    },
    repeated: () => {
      counts.repeated += 1;
    },
    problem,
    held: (deletions) => {
      counts.heldDeletions = deletions;
    },
    asBefore: (run) => {
      const { seen, rejected } = run.counts;
      Object.assign(counts, emptyCounts, { seen, unchanged: seen - rejected, rejected });
      Object.assign(problems, run.problems);
      rejections.push(...run.rejections);
    },
    now: () => ({ counts: { ...counts }, problems: { ...problems }, rejections: [...rejections] }),
  };
}
