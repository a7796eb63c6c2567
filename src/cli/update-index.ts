/** The index brought up to date, or built anew, with progress on stderr. */
import { type ReindexOptions, reindex, updateIndex } from '../pipeline/reindex.ts';
import type { IndexReport } from '../search/index-writer.ts';
import type { CliContext } from './cli-context.ts';
import type { WriteHome } from './open-home.ts';
import { createProgress } from './progress-bar.ts';

/** Takes over what changed; builds the index when there is none that can be used. */
export function updateIndexWithProgress(context: CliContext, home: WriteHome): Promise<IndexReport> {
  return withProgress(context, home, updateIndex);
}

/** Builds the whole index aside and swaps it in. */
export function reindexWithProgress(context: CliContext, home: WriteHome): Promise<IndexReport> {
  return withProgress(context, home, reindex);
}

async function withProgress(
  context: CliContext,
  home: WriteHome,
  work: (options: ReindexOptions) => Promise<IndexReport>,
): Promise<IndexReport> {
  const progress = createProgress(context.errors, () => context.now().getTime());
  const report = await work({
    store: home.catalogue,
    folder: home.indexFolder,
    versions: home.versions,
    now: context.now,
    signal: context.signal,
    progress: (done, of) => progress.update(done, of, 'datasets indexed'),
  });
  progress.finish(`Index: ${report.documents.toLocaleString('en')} datasets, generation ${report.generation}`);
  for (const rejected of report.rejected) context.errors.write(`sampan: index: ${JSON.stringify(rejected)}\n`);
  return report;
}
