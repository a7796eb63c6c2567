/** What a complete run no longer lists. Attachments (facts, decisions, archive, permanent id) are never touched here. */
import type { ListedRecord, StartedRun } from './catalogue-store.ts';
import { changeCounter, entryStates, type SqliteContext, sourceKey, sourceLease, stateName } from './sqlite-context.ts';
import { keepLease } from './sqlite-leases.ts';

/** Without those that a person's last word keeps. By native id: an entry whose id was bound anew is listed under its present native id. */
export function listedRecords(
  { db }: SqliteContext,
  run: StartedRun,
  page: { readonly after: string; readonly limit: number },
): ListedRecord[] {
  const rows = db.all<[string, string, number, number, number]>(
    `SELECT e.id, p.native_id, e.state, e.state_run, e.added_run FROM permanent_id p JOIN entry e ON e.key = p.entry
     WHERE p.source = ? AND p.native_id > ? AND p.native_id = e.native_id AND e.state < 2 AND e.change IS NOT NULL
       AND coalesce((SELECT d.kind FROM decision d WHERE d.dataset_id = e.id
         AND (d.kind = 'restore' OR (d.kind = 'undo' AND d.value = '"restore"')) ORDER BY d.key DESC LIMIT 1), '') <> 'restore'
     ORDER BY p.native_id LIMIT ?`,
    sourceKey(db, run.sourceId),
    page.after,
    page.limit,
  );
  return rows.map(([datasetId, nativeId, state, stateRun, addedRun]) => ({
    datasetId,
    nativeId,
    state: stateName(state) === 'missing' ? 'missing' : 'live',
    missedByThisRun: state === entryStates.missing && stateRun === run.runId,
    addedByThisRun: addedRun === run.runId,
  }));
}

interface Absences {
  readonly missing: readonly string[];
  readonly tombstones: readonly string[];
  readonly at: string;
}

export function applyAbsences({ db, owner }: SqliteContext, run: StartedRun, absences: Absences): void {
  db.write(() => {
    keepLease(db, sourceLease(run.sourceId), owner, absences.at);
    const changes = changeCounter(db);
    const lastGood =
      db.get<[string | null]>('SELECT last_good_run_at FROM source WHERE id = ?', run.sourceId)?.[0] ?? '';
    for (const id of absences.missing) {
      db.run(
        'UPDATE entry SET state = 1, state_run = ?, last_seen = max(last_seen, ?), change = ? WHERE id = ? AND state = 0',
        run.runId,
        lastGood,
        changes.next(),
        id,
      );
    }
    for (const id of absences.tombstones) {
      db.run(
        'UPDATE entry SET state = 2, state_run = ?, change = ? WHERE id = ? AND state < 2',
        run.runId,
        changes.next(),
        id,
      );
    }
    changes.keep();
  });
}

export function holdDeletions({ db }: SqliteContext, run: StartedRun, datasetIds: readonly string[]): void {
  db.write(() =>
    db.run(
      'INSERT OR IGNORE INTO held_deletion (run, entry) SELECT ?, e.key FROM json_each(?) j CROSS JOIN entry e ON e.id = j.value',
      run.runId,
      JSON.stringify(datasetIds),
    ),
  );
}
