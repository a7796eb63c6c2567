/**
 * A person's word on a suspicious run: its held deletions accepted, or the acceptance taken back. The decision is written
 * before its effect; an interrupted one is gone on with by the same call.
 */
import type { RunDecision } from './catalogue-store.ts';
import { changeCounter, entryStates, type SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { readRun } from './sqlite-run-rows.ts';
import { StoreError } from './store-error.ts';

/** Records changed per transaction, so that a harvest beside it never waits long. */
const batchSize = 500;

/** `entry.state_run` of a tombstone that a person made by accepting a run; a run's own are positive. */
const acceptanceMark = (runId: number): number => -runId;

export function acceptRun({ db }: SqliteContext, decision: RunDecision): number {
  const { runId } = decision;
  const run = readRun(db, runId);
  const held = db.get<[number]>('SELECT count(*) FROM held_deletion WHERE run = ?', runId)?.[0] ?? 0;
  if (run === undefined || held === 0) {
    throw new StoreError(
      'missing',
      `run ${runId}: ${run === undefined ? 'there is no such run' : `it is ${run.state} and holds no deletions back`}; expected the source's last suspicious run`,
    );
  }
  write(db, decision, { kind: 'accept-run', value: { runId, sourceId: run.sourceId, deletions: held } });
  return changeAll(db, {
    next: () => db.all<[number]>('SELECT entry FROM held_deletion WHERE run = ? LIMIT ?', runId, batchSize),
    change: (entry, change) => {
      db.run('DELETE FROM held_deletion WHERE run = ? AND entry = ?', runId, entry);
      return db.run(
        'UPDATE entry SET state = ?, state_run = ?, change = ? WHERE key = ? AND state < ?',
        entryStates.tombstone,
        acceptanceMark(runId),
        change,
        entry,
        entryStates.tombstone,
      ).changes;
    },
  });
}

/** Live and not missing: the next run's guard has to see them as newly absent, else it would bury them in silence. */
export function withdrawAcceptance({ db }: SqliteContext, decision: RunDecision): number {
  const { runId } = decision;
  const run = readRun(db, runId);
  const buried = (limit: number): [number][] =>
    db.all<[number]>(
      'SELECT key FROM entry WHERE source = (SELECT source FROM run WHERE id = ?1) AND state = ?2 AND state_run = ?3 LIMIT ?4',
      runId,
      entryStates.tombstone,
      acceptanceMark(runId),
      limit,
    );
  if (run === undefined || (lastWord(db, runId) !== 'accept-run' && buried(1).length === 0)) {
    throw new StoreError(
      'missing',
      `run ${runId}: ${run === undefined ? 'there is no such run' : 'no acceptance of it is in force'}; expected a run that was accepted`,
    );
  }
  write(db, decision, { kind: 'undo', value: { of: 'accept-run', runId, sourceId: run.sourceId } });
  return changeAll(db, {
    next: () => buried(batchSize),
    change: (entry, change) =>
      db.run('UPDATE entry SET state = ?, state_run = 0, change = ? WHERE key = ?', entryStates.live, change, entry)
        .changes,
  });
}

function lastWord(db: SqlDatabase, runId: number): string | undefined {
  return db.get<[string]>(
    `SELECT kind FROM decision WHERE dataset_id = '' AND (kind = 'accept-run' OR (kind = 'undo' AND json_extract(value, '$.of') = 'accept-run'))
       AND json_extract(value, '$.runId') = ? ORDER BY key DESC LIMIT 1`,
    runId,
  )?.[0];
}

function write(
  db: SqlDatabase,
  { by, why, at }: RunDecision,
  { kind, value }: { readonly kind: 'accept-run' | 'undo'; readonly value: object },
): void {
  db.write(() =>
    db.run(
      "INSERT INTO decision (dataset_id, kind, value, decided_by, why, decided_at) VALUES ('', ?, ?, ?, ?, ?)",
      kind,
      JSON.stringify(value),
      by,
      why,
      at,
    ),
  );
}

interface Work {
  /** The next entries to change; empty when all are. */
  readonly next: () => [number][];
  /** Answers 1 when the entry was changed. */
  readonly change: (entry: number, changeNumber: number) => number;
}

function changeAll(db: SqlDatabase, { next, change }: Work): number {
  let changed = 0;
  for (let entries = next(); entries.length > 0; entries = next()) {
    db.write(() => {
      const changes = changeCounter(db);
      for (const [entry] of entries) changed += change(entry, changes.next());
      changes.keep();
    });
  }
  return changed;
}
