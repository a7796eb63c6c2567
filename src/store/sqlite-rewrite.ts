/** Datasets made anew from archived bytes by another mapping: only what differs becomes a visible change. */
import type { DatasetRewrite } from './catalogue-store.ts';
import { writeDataset } from './sqlite-commit.ts';
import { type ChangeCounter, changeCounter, type SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

export function rewriteDatasets(
  { db }: SqliteContext,
  rewrites: readonly DatasetRewrite[],
  mappingVersion: string,
): number {
  return db.write(() => {
    const changes = changeCounter(db);
    let changed = 0;
    for (const rewrite of rewrites) if (rewriteDataset(db, rewrite, { mappingVersion, changes })) changed += 1;
    changes.keep();
    return changed;
  });
}

type RewriteRow = [
  key: number,
  addedRun: number,
  rejected: number,
  version: number,
  body: string | null,
  problems: string | null,
];

function rewriteDataset(
  db: SqlDatabase,
  rewrite: DatasetRewrite,
  { mappingVersion, changes }: { readonly mappingVersion: string; readonly changes: ChangeCounter },
): boolean {
  const row = db.get<RewriteRow>(
    'SELECT e.key, e.added_run, e.rejected, e.version, d.body, d.problems FROM entry e LEFT JOIN dataset d ON d.entry = e.key WHERE e.id = ?',
    rewrite.datasetId,
  );
  // A harvest has written a newer version meanwhile: it was made by the new mapping already.
  if (row === undefined || row[3] !== rewrite.version) return false;
  const [key, addedRun, rejected, version, body, problems] = row;
  if (rewrite.dataset === undefined) {
    // What was accepted before stays in force; it is marked, so that it can be reported.
    db.run('UPDATE entry SET rejected = 1, rejection = ? WHERE key = ?', JSON.stringify(rewrite.problems), key);
    return false;
  }
  const same = body === JSON.stringify(rewrite.dataset) && problems === JSON.stringify(rewrite.problems);
  if (same) {
    db.run('UPDATE dataset SET mapping = ? WHERE entry = ?', mappingVersion, key);
  } else {
    writeDataset(
      db,
      { key, version },
      { dataset: rewrite.dataset, problems: rewrite.problems, mapping: mappingVersion },
    );
  }
  if (rejected === 1) db.run('UPDATE entry SET rejected = 0, rejection = NULL WHERE key = ?', key);
  if (same) return false;
  db.run('UPDATE entry SET change = ? WHERE key = ?', changes.next(), key);
  if (addedRun === 0) db.run('UPDATE entry SET added_run = -1 WHERE key = ?', key);
  return true;
}
