/**
 * What the next run of a source may rest on: the last run that read its whole list, and the documents that the list was
 * read from. Anything that went wrong since then, or wrote since then, takes it away: reading a list once too often costs
 * minutes, trusting a wrong one costs a week.
 */
import type { ListDocument } from '../model/source-record.ts';
import type { HarvestBasis } from './catalogue-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { readRun } from './sqlite-run-rows.ts';

export function harvestBasis({ db }: SqliteContext, sourceId: string, scope: string): HarvestBasis | undefined {
  return db.read(() => {
    // The newest that set out to read the whole list, however it ended; later ones were incremental or not modified.
    const row = db.get<[id: number, source: number, scope: string | null]>(
      `SELECT id, source, scope FROM run WHERE source = (SELECT key FROM source WHERE id = ?) AND mode = 'full' AND not_modified = 0
       ORDER BY id DESC LIMIT 1`,
      sourceId,
    );
    if (row === undefined) return undefined;
    const [runId, source, runScope] = row;
    const run = readRun(db, runId);
    const isGood = run?.complete === true && (run.state === 'done' || run.state === 'done-with-problems');
    if (run === undefined || !isGood || runScope !== scope) return undefined;
    return { run, documents: hasWritten(db, source, runId) ? [] : listDocuments(db, source) };
  });
}

/** Whether a later run changed records, so that the store is no longer as that list was. */
function hasWritten(db: SqlDatabase, source: number, runId: number): boolean {
  const row = db.get<[number]>(
    `SELECT count(*) FROM run WHERE source = ? AND id > ? AND not_modified = 0 AND
       (json_extract(tally, '$.counts.added') + json_extract(tally, '$.counts.updated') + json_extract(tally, '$.counts.restored') > 0
        OR state = 'running')`,
    source,
    runId,
  );
  return (row?.[0] ?? 0) > 0;
}

function listDocuments(db: SqlDatabase, source: number): readonly ListDocument[] {
  return db
    .all<[string, string, number, string | null, string | null]>(
      'SELECT url, accept, status, etag, last_modified FROM list_document WHERE source = ? ORDER BY place',
      source,
    )
    .map(([url, accept, status, etag, lastModified]) => ({
      ...{ url, accept, status },
      ...(etag === null ? {} : { etag }),
      ...(lastModified === null ? {} : { lastModified }),
    }));
}

/** Takes the place of those of the whole run before. */
export function keepListDocuments(db: SqlDatabase, source: number, documents: readonly ListDocument[]): void {
  db.run('DELETE FROM list_document WHERE source = ?', source);
  documents.forEach(({ url, accept, status, etag, lastModified }, place) => {
    db.run(
      'INSERT INTO list_document (source, place, url, accept, status, etag, last_modified) VALUES (?, ?, ?, ?, ?, ?, ?)',
      source,
      place,
      url,
      accept,
      status,
      etag ?? null,
      lastModified ?? null,
    );
  });
}
