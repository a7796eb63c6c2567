/** Counts. Every figure comes from one pass over an index of small rows; datasets that are missing are still counted. */
import type { CatalogueTotals, SourceSummary } from './catalogue-reader.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { readRun, readRuns } from './sqlite-run-rows.ts';

export function catalogueTotals({ db }: SqliteContext): CatalogueTotals {
  const row = db.get<[number, number, number, number | null]>(
    `SELECT count(DISTINCT e.source), count(DISTINCT s.country), count(*), sum(d.distributions)
     FROM entry e JOIN source s ON s.key = e.source JOIN dataset d INDEXED BY dataset_summary ON d.entry = e.key
     WHERE e.state < 2`,
  );
  const [sources, countries, datasets, distributions] = row ?? [0, 0, 0, 0];
  return { sources, countries, datasets, distributions: distributions ?? 0 };
}

export function sourceSummaries({ db }: SqliteContext): SourceSummary[] {
  return db.read(() =>
    db
      .all<[number, string, number | null]>(
        'SELECT key, id, last_good_run FROM source WHERE EXISTS (SELECT 1 FROM run WHERE run.source = source.key) ORDER BY id',
      )
      .map(([key, sourceId, goodRun]) => {
        const lastRun = readRuns(db, { sourceId, limit: 1 })[0];
        const lastGoodRun = goodRun === null ? undefined : readRun(db, goodRun);
        return {
          sourceId,
          ...liveFigures(db, key),
          tombstones: tombstones(db, key),
          ...(lastRun === undefined ? {} : { lastRun }),
          ...(lastGoodRun === undefined ? {} : { lastGoodRun }),
        };
      }),
  );
}

function liveFigures(db: SqlDatabase, source: number): Pick<SourceSummary, 'datasets' | 'distributions' | 'problems'> {
  const groups = db.all<[string, number, number]>(
    `SELECT d.problem_slugs, count(*), sum(d.distributions)
     FROM entry e JOIN dataset d INDEXED BY dataset_summary ON d.entry = e.key
     WHERE e.source = ? AND e.state < 2 GROUP BY d.problem_slugs`,
    source,
  );
  const problems: Record<string, number> = {};
  for (const [slugs, count] of groups) {
    for (const slug of slugs.split(' ').filter((each) => each !== '')) problems[slug] = (problems[slug] ?? 0) + count;
  }
  return {
    datasets: groups.reduce((sum, [, count]) => sum + count, 0),
    distributions: groups.reduce((sum, [, , distributions]) => sum + distributions, 0),
    problems,
  };
}

function tombstones(db: SqlDatabase, source: number): number {
  return db.get<[number]>('SELECT count(*) FROM entry WHERE source = ? AND state = 2', source)?.[0] ?? 0;
}
