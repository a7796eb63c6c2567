/** `sampan sources` without --check, --probe or --add: the portals Sampan knows, and how each fares. */
import type { Source } from '../model/source.ts';
import { type SourceHealth, sourceHealth } from '../model/source-health.ts';
import type { SourceSummary } from '../store/catalogue-reader.ts';
import { isStoreError } from '../store/store-error.ts';
import type { CliContext } from './cli-context.ts';
import { openReadHome, readSources } from './open-home.ts';
import { type SourcesOptions, wantedSources } from './sources-options.ts';
import { type Column, formatTable } from './table.ts';

interface SourceRow {
  readonly source: Source;
  readonly summary: SourceSummary | undefined;
  readonly health: SourceHealth;
}

const columns: readonly Column<SourceRow>[] = [
  { title: 'id', value: ({ source }) => source.id, maxWidth: 48 },
  { title: 'country', value: ({ source }) => source.subdivision ?? source.country },
  { title: 'protocol', value: ({ source }) => source.protocol },
  { title: 'enabled', value: ({ source }) => (source.enabled ? 'yes' : 'no') },
  { title: 'datasets', value: ({ summary }) => summary?.datasets.toLocaleString('en') ?? '–', align: 'right' },
  { title: 'state', value: ({ health }) => health.state },
  { title: 'last run', value: ({ summary }) => lastRun(summary) },
  { title: 'name', value: ({ source }) => source.name['en'] ?? Object.values(source.name)[0] ?? '', maxWidth: 40 },
];

export async function listSources(context: CliContext, options: SourcesOptions): Promise<void> {
  const sources = wantedSources(await readSources(context), options);
  const summaries = await readSummaries(context);
  const rows = sources.map((source) => {
    const summary = summaries.get(source.id);
    return { source, summary, health: sourceHealth(summary?.recentRuns ?? []) };
  });
  if (options.json === true) {
    context.out(
      JSON.stringify(
        rows.map(({ source, summary, health }) => ({ ...source, state: health.state, summary: summary ?? null })),
      ),
    );
  } else {
    context.out(rows.length === 0 ? 'No source here.' : formatTable(columns, rows));
  }
}

/** Nothing harvested yet is no error here. */
async function readSummaries(context: CliContext): Promise<ReadonlyMap<string, SourceSummary>> {
  try {
    const home = await openReadHome(context);
    try {
      return new Map((await home.catalogue.sourceSummaries()).map((summary) => [summary.sourceId, summary]));
    } finally {
      await home.close();
    }
  } catch (error) {
    if (isStoreError(error) && error.code === 'missing') return new Map();
    throw error;
  }
}

function lastRun(summary: SourceSummary | undefined): string {
  const run = summary?.lastRun;
  return run === undefined ? 'never' : `${run.startedAt.slice(0, 16).replace('T', ' ')} ${run.state}`;
}
