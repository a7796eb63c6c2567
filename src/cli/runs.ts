/** `sampan runs`: the one account of what each harvest run did. */
import type { HarvestRun } from '../model/harvest-run.ts';
import type { CliContext } from './cli-context.ts';
import { openReadHome } from './open-home.ts';
import { wholeNumber } from './settings.ts';
import { type Column, formatTable, oneLine } from './table.ts';

export async function listRuns(
  context: CliContext,
  id: string | undefined,
  options: { readonly limit: string; readonly json?: boolean },
): Promise<void> {
  const home = await openReadHome(context);
  try {
    const limit = wholeNumber('--limit', options.limit, 100_000);
    const runs = await home.catalogue.runs({ ...(id !== undefined && { sourceId: id }), limit });
    if (options.json === true) for (const run of runs) context.out(JSON.stringify(run));
    else context.out(runs.length === 0 ? 'No run yet. `sampan harvest <id>` makes one.' : runsForPeople(runs));
  } finally {
    await home.close();
  }
}

const count = (value: number): string => value.toLocaleString('en');

const columns: readonly Column<HarvestRun>[] = [
  { title: 'run', value: (run) => String(run.id), align: 'right' },
  { title: 'source', value: (run) => run.sourceId, maxWidth: 42 },
  { title: 'started', value: (run) => run.startedAt.slice(0, 16).replace('T', ' ') },
  { title: 'state', value: (run) => run.state },
  { title: 'seen', value: (run) => count(run.counts.seen), align: 'right' },
  { title: 'added', value: (run) => count(run.counts.added), align: 'right' },
  { title: 'updated', value: (run) => count(run.counts.updated), align: 'right' },
  { title: 'unchanged', value: (run) => count(run.counts.unchanged), align: 'right' },
  { title: 'rejected', value: (run) => count(run.counts.rejected), align: 'right' },
  { title: 'deleted', value: (run) => count(run.counts.deleted), align: 'right' },
];

/** The table, and under it why a run did not simply end well. */
function runsForPeople(runs: readonly HarvestRun[]): string {
  const reasons = runs
    .filter((run) => run.why !== undefined && run.state !== 'done')
    .map((run) => `run ${run.id}: ${oneLine(run.why ?? '')}`);
  return [formatTable(columns, runs), ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n');
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
    `${marks[run.state]} ${run.sourceId}: ${run.state}`,
    `    ${parts.join('; ')}`,
    ...(run.why === undefined ? [] : [`    ${oneLine(run.why)}`]),
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
