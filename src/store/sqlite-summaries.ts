/** Counts. Every figure comes from one pass over an index of small rows; datasets that are missing are still counted. */
import type { CatalogueTotals, SourceSummary } from './catalogue-reader.ts';
import type { LiveFigures, SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { latestChangeNumber } from './sqlite-records.ts';
import { readRun, readRuns } from './sqlite-run-rows.ts';

/** Runs that a summary shows: a year of monthly harvests. Our own choice. */
const recentRunsKept = 12;

export function catalogueTotals(context: SqliteContext): CatalogueTotals {
  const { db } = context;
  return db.read(() => {
    const figures = db
      .all<[number, string]>('SELECT key, country FROM source')
      .map(([key, country]) => ({ country, ...liveFigures(context, key) }))
      .filter((each) => each.datasets > 0);
    return {
      sources: figures.length,
      countries: new Set(figures.map((each) => each.country)).size,
      datasets: figures.reduce((sum, each) => sum + each.datasets, 0),
      distributions: figures.reduce((sum, each) => sum + each.distributions, 0),
    };
  });
}

export function sourceSummaries(context: SqliteContext): SourceSummary[] {
  const { db } = context;
  return db.read(() =>
    db
      .all<[number, string, number | null]>(
        'SELECT key, id, last_good_run FROM source WHERE EXISTS (SELECT 1 FROM run WHERE run.source = source.key) ORDER BY id',
      )
      .map(([key, sourceId, goodRun]) => {
        const recentRuns = readRuns(db, { sourceId, limit: recentRunsKept });
        const lastRun = recentRuns[0];
        const lastGoodRun = goodRun === null ? undefined : readRun(db, goodRun);
        return {
          sourceId,
          ...liveFigures(context, key),
          tombstones: tombstones(db, key),
          recentRuns,
          ...(lastRun === undefined ? {} : { lastRun }),
          ...(lastGoodRun === undefined ? {} : { lastGoodRun }),
        };
      }),
  );
}

function liveFigures(context: SqliteContext, source: number): LiveFigures {
  const { db, figures } = context;
  const changeNumber = latestChangeNumber(context);
  if (figures.changeNumber !== changeNumber) figures.bySource.clear();
  figures.changeNumber = changeNumber;
  const known = figures.bySource.get(source) ?? countLive(db, source);
  figures.bySource.set(source, known);
  return known;
}

function countLive(db: SqlDatabase, source: number): LiveFigures {
  const groups = db.all<[string, number, number, number]>(
    `SELECT d.problem_slugs, count(*), sum(d.distributions), min(e.key)
     FROM entry e JOIN dataset d INDEXED BY dataset_summary ON d.entry = e.key
     WHERE e.source = ? AND e.state < 2 GROUP BY d.problem_slugs`,
    source,
  );
  const problems: Record<string, number> = {};
  const first: Record<string, number> = {};
  for (const [slugs, count, , entry] of groups) {
    for (const slug of slugs.split(' ').filter((each) => each !== '')) {
      problems[slug] = (problems[slug] ?? 0) + count;
      first[slug] = Math.min(first[slug] ?? entry, entry);
    }
  }
  return {
    datasets: groups.reduce((sum, [, count]) => sum + count, 0),
    distributions: groups.reduce((sum, [, , distributions]) => sum + distributions, 0),
    problems,
    problemExamples: datasetIdsOf(db, first),
  };
}

function datasetIdsOf(db: SqlDatabase, entries: Readonly<Record<string, number>>): Record<string, string> {
  const keys = JSON.stringify([...new Set(Object.values(entries))]);
  const rows = db.all<[number, string]>(
    'SELECT key, id FROM entry WHERE key IN (SELECT value FROM json_each(?))',
    keys,
  );
  const ids = new Map(rows);
  return Object.fromEntries(Object.entries(entries).map(([slug, entry]) => [slug, ids.get(entry) ?? '']));
}

function tombstones(db: SqlDatabase, source: number): number {
  return db.get<[number]>('SELECT count(*) FROM entry WHERE source = ? AND state = 2', source)?.[0] ?? 0;
}
