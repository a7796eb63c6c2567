/** The index brought up to date, or built anew, with progress on stderr. */
import { setTimeout as delay } from 'node:timers/promises';
import type { IndexerTurn } from '../pipeline/indexer-turn.ts';
import { type ReindexOptions, reindex, updateIndex } from '../pipeline/reindex.ts';
import type { IndexReport } from '../search/index-writer.ts';
import type { CliContext } from './cli-context.ts';
import type { WriteHome } from './open-home.ts';
import { createProgress } from './progress-bar.ts';
import { updateGroups } from './update-groups.ts';

/** Longest wait for another process that writes the index, in ms: many times a build of our largest catalogue. */
const longestWaitMs = 10 * 60 * 1000;

/** Takes over what changed; builds the index when there is none that can be used. Waits for its turn. */
export function updateIndexWithProgress(context: CliContext, home: WriteHome): Promise<IndexReport> {
  return withProgress(context, home, (options) => updateIndex(options), turnOf(context));
}

/** The same for a person who will not wait: `StoreError` `lease-held` while another process writes the index. */
export function updateIndexAtOnce(context: CliContext, home: WriteHome): Promise<IndexReport> {
  return withProgress(context, home, (options) => updateIndex(options));
}

/** Builds the whole index aside and swaps it in. */
export function reindexWithProgress(context: CliContext, home: WriteHome): Promise<IndexReport> {
  return withProgress(context, home, (options) => reindex(options), turnOf(context));
}

function turnOf({ errors }: CliContext): IndexerTurn {
  return {
    waitMs: longestWaitMs,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
    waiting: (why) =>
      void errors.write(`sampan: index: ${why}; waiting up to ${longestWaitMs / 60_000} minutes for it\n`),
  };
}

async function withProgress(
  context: CliContext,
  home: WriteHome,
  work: (options: ReindexOptions) => Promise<IndexReport>,
  turn?: IndexerTurn,
): Promise<IndexReport> {
  // A result of the search is a dataset with all its copies, so that these have to be known before.
  await updateGroups(context, home, { rebuild: false, ...(turn === undefined ? {} : { turn }) });
  const progress = createProgress(context.errors, () => context.now().getTime());
  const report = await work({
    store: home.catalogue,
    folder: home.indexFolder,
    versions: await home.versions(),
    knowledge: await home.knowledge(),
    now: context.now,
    signal: context.signal,
    ...(turn === undefined ? {} : { turn }),
    progress: (done, of) => progress.update(done, of, 'datasets indexed'),
  });
  progress.finish(`Index: ${report.documents.toLocaleString('en')} datasets, generation ${report.generation}`);
  for (const rejected of report.rejected) context.errors.write(`sampan: index: ${JSON.stringify(rejected)}\n`);
  return report;
}
