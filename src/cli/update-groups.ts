/** Copies of one dataset at several portals: groups brought up to date, or worked out anew, with progress on stderr. */
import { join } from 'node:path';
import { cataloguePlaces } from '../enrich/catalogue-places.ts';
import { type GroupingReport, groupDuplicates } from '../pipeline/group-duplicates.ts';
import type { IndexerTurn } from '../pipeline/indexer-turn.ts';
import { loadGovernments } from '../vocabulary/load-governments.ts';
import type { CliContext } from './cli-context.ts';
import { readSources, type WriteHome } from './open-home.ts';
import { createProgress } from './progress-bar.ts';

export interface GroupUpdate {
  readonly rebuild: boolean;
  /** How to wait for another process that does the same; absent: `StoreError` `lease-held` at once. */
  readonly turn?: IndexerTurn;
}

/** `undefined` when nothing changed since the last time. */
export async function updateGroups(
  context: CliContext,
  { catalogue }: WriteHome,
  { rebuild, turn }: GroupUpdate,
): Promise<GroupingReport | undefined> {
  if (!rebuild && (await catalogue.copiesKnownUpTo()) === (await catalogue.latestChangeNumber())) return undefined;
  const governments = await loadGovernments(join(context.packageRoot, 'vocab'));
  const progress = createProgress(context.errors, () => context.now().getTime());
  const report = await groupDuplicates({
    store: catalogue,
    places: cataloguePlaces(await readSources(context), governments),
    rebuild,
    now: context.now,
    signal: context.signal,
    ...(turn === undefined ? {} : { turn }),
    progress: (done, of) => progress.update(done, of, 'records looked through for copies'),
  });
  const { groups, copies } = await catalogue.copyFigures();
  progress.finish(
    `Copies: ${groups.toLocaleString('en')} datasets at several portals, ${copies.toLocaleString('en')} copies`,
  );
  return report;
}
