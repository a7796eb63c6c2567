/** `sampan runs`: the one account of what each harvest run did. */
import { formatDuration } from '../kit/duration.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import { healthAdvice, runHealth } from '../model/source-health.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CliContext } from './cli-context.ts';
import { openReadHome } from './open-home.ts';
import { type RunTrend, runTrend, sparkline, trendRuns } from './run-trend.ts';
import { wholeNumber } from './settings.ts';
import { type Column, formatTable, oneLine } from './table.ts';

interface RunsOptions {
  readonly limit: string;
  readonly before?: string;
  readonly trend?: boolean;
  readonly json?: boolean;
}

export async function listRuns(context: CliContext, id: string | undefined, options: RunsOptions): Promise<void> {
  const home = await openReadHome(context);
  try {
    if (options.trend === true) await listTrends(context, home.catalogue, id, options.json === true);
    else await listPage(context, home.catalogue, id, options);
  } finally {
    await home.close();
  }
}

async function listPage(
  context: CliContext,
  catalogue: CatalogueReader,
  id: string | undefined,
  { limit: asked, before, json }: RunsOptions,
): Promise<void> {
  const limit = wholeNumber('--limit', asked, 100_000);
  const beforeId = before === undefined ? undefined : wholeNumber('--before', before, Number.MAX_SAFE_INTEGER);
  const of = { ...(id !== undefined && { sourceId: id }), ...(beforeId !== undefined && { beforeId }) };
  const runs = await catalogue.runs({ ...of, limit });
  const last = runs.at(-1);
  if (json === true) for (const run of runs) context.out(runAsJson(run));
  else if (last === undefined) context.out(before === undefined ? noRuns : `No run older than run ${before}.`);
  else {
    context.out(runsForPeople(runs));
    const named = id === undefined ? '' : ` ${id}`;
    if (runs.length === limit && last.id > 1) context.out(`\nOlder ones: sampan runs${named} --before ${last.id}`);
  }
}

function runAsJson(run: HarvestRun): string {
  return JSON.stringify({ ...run, health: runHealth(run) ?? null });
}

const noRuns = 'No run yet. `sampan harvest <id>` makes one.';

/** One query a source, each of its last runs by the index. */
async function listTrends(
  context: CliContext,
  catalogue: CatalogueReader,
  id: string | undefined,
  asJson: boolean,
): Promise<void> {
  const ids = id === undefined ? (await catalogue.sourceSummaries()).map(({ sourceId }) => sourceId) : [id];
  const trends: RunTrend[] = [];
  for (const sourceId of ids) {
    trends.push(runTrend(sourceId, await catalogue.runs({ sourceId, limit: trendRuns })));
  }
  const known = trends.filter(({ runs }) => runs > 0);
  if (asJson) for (const trend of known) context.out(JSON.stringify(trend));
  else context.out(known.length === 0 ? noRuns : formatTable(trendColumns, known));
}

const count = (value: number): string => value.toLocaleString('en');

/** `full`, `incremental since 2026-11-20 04:00`, `not modified`. Times are UTC. */
function modeOf({ mode, since, notModified }: HarvestRun): string {
  if (notModified === true) return 'not modified';
  return since === undefined ? mode : `${mode} since ${since.slice(0, 16).replace('T', ' ')}`;
}

function resultOf({ state, accepted }: HarvestRun): string {
  return accepted === true ? `${state}, accepted` : state;
}

const columns: readonly Column<HarvestRun>[] = [
  { title: 'run', value: (run) => String(run.id), align: 'right' },
  { title: 'source', value: (run) => run.sourceId, maxWidth: 42 },
  { title: 'started', value: (run) => run.startedAt.slice(0, 16).replace('T', ' ') },
  { title: 'mode', value: modeOf },
  { title: 'result', value: resultOf },
  { title: 'portal', value: (run) => runHealth(run) ?? '–' },
  { title: 'seen', value: (run) => count(run.counts.seen), align: 'right' },
  { title: 'added', value: (run) => count(run.counts.added), align: 'right' },
  { title: 'updated', value: (run) => count(run.counts.updated), align: 'right' },
  { title: 'unchanged', value: (run) => count(run.counts.unchanged), align: 'right' },
  { title: 'rejected', value: (run) => count(run.counts.rejected), align: 'right' },
  { title: 'deleted', value: (run) => count(run.counts.deleted), align: 'right' },
];

const trendColumns: readonly Column<RunTrend>[] = [
  { title: 'source', value: ({ sourceId }) => sourceId, maxWidth: 42 },
  { title: 'runs', value: ({ runs }) => count(runs), align: 'right' },
  { title: 'good', value: ({ good }) => count(good), align: 'right' },
  { title: 'failed', value: ({ failed }) => count(failed), align: 'right' },
  { title: 'last good', value: ({ lastGoodAt }) => lastGoodAt?.slice(0, 16).replace('T', ' ') ?? 'never' },
  { title: 'takes', value: ({ medianMs }) => (medianMs === undefined ? '' : formatDuration(medianMs)) },
  { title: 'seen', value: ({ seen }) => count(seen.at(-1) ?? 0), align: 'right' },
  { title: 'trend', value: ({ seen }) => sparkline(seen) },
];

/** The table, and under it why a run did not simply end well. */
function runsForPeople(runs: readonly HarvestRun[]): string {
  const reasons = runs
    .filter((run) => run.why !== undefined && run.state !== 'done')
    .map((run) => `run ${run.id}: ${oneLine(run.why ?? '')}${legacyOf(run)}`);
  return [formatTable(columns, runs), ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n');
}

function legacyOf(run: HarvestRun): string {
  return run.tlsProfile === 'legacy' ? ' (outdated TLS was allowed for its host)' : '';
}

/** What can be done about a portal that failed. */
function actionOf(run: HarvestRun): readonly string[] {
  const state = run.state === 'failed' ? runHealth(run) : undefined;
  return state === undefined ? [] : [`    ${state}: ${healthAdvice[state].action}`];
}

/** One run as the end of a harvest says it. */
export function runForPeople(run: HarvestRun): string {
  const { counts } = run;
  const parts = [
    `${count(counts.seen)} seen = ${count(counts.added)} added + ${count(counts.updated)} updated + ${count(counts.unchanged)} unchanged + ${count(counts.rejected)} rejected`,
    ...(counts.deleted > 0 ? [`${count(counts.deleted)} deleted`] : []),
    ...(counts.restored > 0 ? [`${count(counts.restored)} restored`] : []),
    ...(counts.repeated > 0 ? [`${count(counts.repeated)} repeated rows dropped`] : []),
    ...(counts.heldDeletions > 0 ? [`${count(counts.heldDeletions)} deletions held`] : []),
  ];
  return [
    `${marks[run.state]} ${run.sourceId}: ${run.state}${modeOf(run) === 'full' ? '' : `, ${modeOf(run)}`}`,
    `    ${parts.join('; ')}`,
    ...(run.why === undefined ? [] : [`    ${oneLine(run.why)}${legacyOf(run)}`]),
    ...actionOf(run),
    ...run.rejections
      .slice(0, 3)
      .map(
        ({ nativeId, problem }) =>
          `    rejected ${oneLine(nativeId ?? 'a record without id')}: ${oneLine(problem.message)}`,
      ),
  ].join('\n');
}

const marks: Readonly<Record<HarvestRun['state'], string>> = {
  running: '…',
  done: '✓',
  'done-with-problems': '✓',
  suspicious: '?',
  failed: '✗',
};
