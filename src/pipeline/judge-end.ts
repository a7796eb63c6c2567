/** What the end of an adapter means: deletions only after a complete list, and no more than the guard allows. */
import type { HarvestRun } from '../model/harvest-run.ts';
import type { HarvestEnd } from '../model/source-record.ts';
import type { HarvestBasis, RunEnd, StartedRun } from '../store/catalogue-store.ts';
import { keepIdentities } from './keep-identities.ts';
import { reconcile } from './reconcile.ts';
import type { RunOptions } from './run-options.ts';
import type { TallyBook } from './run-tally.ts';
import type { SeenSet } from './seen-set.ts';

export type Verdict = Omit<RunEnd, 'tally' | 'at' | 'resumable'>;

export interface EndedRun {
  readonly options: RunOptions;
  readonly run: StartedRun;
  readonly tally: TallyBook;
  readonly seen: SeenSet;
  readonly deleted: ReadonlySet<string>;
}

/** `basis`: the whole run that this one could rest on. */
export async function judgeEnd(ended: EndedRun, end: HarvestEnd, basis: HarvestBasis | undefined): Promise<Verdict> {
  const { options, run, tally } = ended;
  if (end.notModified === true) return asBefore(ended, basis?.run);
  const claimed = end.claimedTotal === undefined ? {} : { claimedTotal: end.claimedTotal };
  if (!end.complete && end.since !== undefined && end.why === undefined) {
    return { state: stateOf(tally), complete: false, ...claimed };
  }
  if (!end.complete) {
    const why = end.why ?? `${options.source.id}: the list was not complete; nothing was deleted`;
    return { state: 'done-with-problems', complete: false, why, ...claimed };
  }
  const verdict = await judgeWhole(ended);
  return {
    ...verdict,
    ...claimed,
    ...(run.since !== undefined && { readWhole: true }),
    ...(end.documents !== undefined && { documents: end.documents }),
  };
}

async function judgeWhole({ options, run, tally, seen, deleted }: EndedRun): Promise<Verdict> {
  const { id } = options.source;
  await keepIdentities(options, run, { seen, deleted, tally });
  // Each distinct record is counted, and marked as seen when it told its id.
  const unnamed = tally.now().counts.seen - seen.size();
  const { listed: before, held, unproven } = await reconcile(options, run, { seen, deleted, unnamed });
  if (held > 0) {
    tally.held(held);
    const why = `${id}: ${held} of ${before} records are no longer listed; expected at most 5 %: no deletion was applied, everything else was`;
    return { state: 'suspicious', complete: true, why };
  }
  if (unproven > 0) {
    const why = `${id}: ${unnamed} rejected records told no id and may be among the ${unproven} that were not found; expected an id in each: those stay as they were`;
    return { state: 'done-with-problems', complete: false, why };
  }
  return { state: stateOf(tally), complete: true };
}

/** Nothing was read, so nothing is gone: an absence needs a list that was read. */
function asBefore({ options, tally, run }: EndedRun, before: HarvestRun | undefined): Verdict {
  if (before === undefined) {
    throw new TypeError(
      `${options.source.id}: the adapter found the list not modified; expected a list to compare it with`,
    );
  }
  tally.asBefore(before);
  return {
    state: stateOf(tally),
    complete: true,
    notModified: true,
    ...(before.claimedTotal !== undefined && { claimedTotal: before.claimedTotal }),
    ...(run.since !== undefined && { readWhole: true }),
  };
}

function stateOf(tally: TallyBook): 'done' | 'done-with-problems' {
  const { counts, problems } = tally.now();
  const flawed = counts.rejected > 0 || (problems['native-id-doubled'] ?? 0) > 0;
  return flawed ? 'done-with-problems' : 'done';
}
