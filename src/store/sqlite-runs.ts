/** A run's life: begun under a lease or gone on with, kept alive, ended. */
import type { HarvestRun, RunFailure, RunMode } from '../model/harvest-run.ts';
import type { RunEnd, RunStart, StartedRun } from './catalogue-store.ts';
import { entryStates, type SqliteContext, sourceKey, sourceLease } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { keepListDocuments } from './sqlite-harvest-basis.ts';
import { keepLease, releaseLease, takeLease } from './sqlite-leases.ts';
import { emptyTally, readRun, tallyFromJson } from './sqlite-run-rows.ts';

/** An interrupted run older than this is not gone on with: the portal's list is another one by then. In ms. */
const resumableMs = 24 * 60 * 60 * 1000;

/** Bytes of one mark in a chunk of `run_seen`. */
const markBytes = 16;

export async function startRun(context: SqliteContext, start: RunStart): Promise<StartedRun> {
  const { db, archive, owner } = context;
  const run = db.write((): StartedRun => {
    takeLease(db, sourceLease(start.sourceId), owner, start.at);
    db.run(
      'INSERT INTO source (id, country) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET country = excluded.country WHERE country <> excluded.country',
      start.sourceId,
      start.country,
    );
    return interruptedRun(db, start) ?? newRun(db, start);
  });
  const key = sourceKey(db, run.sourceId);
  const pack = db.get<[number, number]>(
    'SELECT pack, bytes FROM archive_pack WHERE source = ? ORDER BY pack DESC LIMIT 1',
    key,
  );
  await archive.openForWriting(run.sourceId, pack === undefined ? undefined : { pack: pack[0], bytes: pack[1] });
  return run;
}

type Interrupted = [
  id: number,
  touchedAt: string,
  cursor: string | null,
  tally: string | null,
  chunk: number,
  mode: RunMode,
  watermark: string | null,
  scope: string | null,
];

function interruptedRun(db: SqlDatabase, start: RunStart): StartedRun | undefined {
  const { sourceId, at } = start;
  const row = db.get<Interrupted>(
    'SELECT id, touched_at, cursor, cursor_tally, cursor_chunk, mode, watermark, scope FROM run WHERE source = ? AND resumable = 1 ORDER BY id DESC LIMIT 1',
    sourceKey(db, sourceId),
  );
  if (row === undefined) return undefined;
  const [runId, touchedAt, cursor, tally, chunk, mode, watermark, scope] = row;
  if (Date.parse(at) - Date.parse(touchedAt) > resumableMs) return undefined;
  // Rows of before scopes were kept have none.
  if (scope !== null && start.scope !== undefined && scope !== start.scope) return undefined;
  if (start.isWhole === true && mode === 'incremental') return undefined;
  // What came after the last checkpoint comes again; `writtenByThisRun` keeps its counts right.
  db.run('DELETE FROM run_seen WHERE run = ? AND chunk > ?', runId, chunk);
  db.run(
    "UPDATE run SET state = 'running', ended_at = NULL, why = NULL, failure = NULL, touched_at = ?, tally = ? WHERE id = ?",
    at,
    tally ?? JSON.stringify(emptyTally),
    runId,
  );
  const seen = db
    .all<[Uint8Array]>('SELECT marks FROM run_seen WHERE run = ? ORDER BY chunk', runId)
    .flatMap(([marks]) => {
      const text = Buffer.from(marks).toString('latin1');
      return Array.from({ length: text.length / markBytes }, (_, i) => text.slice(i * markBytes, (i + 1) * markBytes));
    });
  const resumed = {
    ...(cursor === null ? {} : { cursor }),
    tally: tally === null ? emptyTally : tallyFromJson(tally),
    seen,
  };
  return { runId, sourceId, ...(watermark === null ? {} : { since: watermark }), resumed };
}

function newRun(db: SqlDatabase, { sourceId, at, since, scope }: RunStart): StartedRun {
  const key = sourceKey(db, sourceId);
  db.run('DELETE FROM run_seen WHERE run IN (SELECT id FROM run WHERE source = ?)', key);
  db.run(
    "UPDATE run SET state = 'failed', resumable = 0, ended_at = touched_at, why = ?, failure = ? WHERE source = ? AND resumable = 1",
    `${sourceId}: interrupted and not gone on with`,
    JSON.stringify({ code: 'interrupted' } satisfies RunFailure),
    key,
  );
  const { rowId } = db.run(
    "INSERT INTO run (source, state, started_at, touched_at, tally, mode, watermark, scope) VALUES (?, 'running', ?, ?, ?, ?, ?, ?)",
    key,
    at,
    at,
    JSON.stringify(emptyTally),
    (since === undefined ? 'full' : 'incremental') satisfies RunMode,
    since ?? null,
    scope ?? null,
  );
  return { runId: rowId, sourceId, ...(since === undefined ? {} : { since }) };
}

export function keepRun({ db, owner }: SqliteContext, run: StartedRun, at: string): void {
  db.write(() => keepLease(db, sourceLease(run.sourceId), owner, at));
}

export async function finishRun(
  { db, archive, owner }: SqliteContext,
  run: StartedRun,
  end: RunEnd,
): Promise<HarvestRun> {
  const finished = db.write(() => {
    keepLease(db, sourceLease(run.sourceId), owner, end.at);
    const key = sourceKey(db, run.sourceId);
    writeEnd(db, key, run.runId, end);
    if (!end.resumable) db.run('DELETE FROM run_seen WHERE run = ?', run.runId);
    if (end.complete) {
      db.run('DELETE FROM held_deletion WHERE run IN (SELECT id FROM run WHERE source = ? AND id < ?)', key, run.runId);
    }
    if (end.complete && (end.state === 'done' || end.state === 'done-with-problems')) {
      db.run(
        'UPDATE source SET last_good_run = ?1, last_good_run_at = (SELECT started_at FROM run WHERE id = ?1) WHERE key = ?2',
        run.runId,
        key,
      );
      if (end.notModified !== true) keepListDocuments(db, key, end.documents ?? []);
    }
    releaseLease(db, sourceLease(run.sourceId), owner);
    return readRun(db, run.runId);
  });
  await archive.closeWriter(run.sourceId);
  if (finished === undefined)
    throw new TypeError(`${run.sourceId}: run ${run.runId} is not in the store; expected startRun first`);
  return finished;
}

function writeEnd(db: SqlDatabase, source: number, runId: number, end: RunEnd): void {
  const counts = { ...end.tally.counts, ...transitions(db, source, runId) };
  db.run(
    'UPDATE run SET state = ?, ended_at = ?, touched_at = ?, complete = ?, claimed_total = ?, why = ?, failure = ?, tls_profile = ?, tally = ?, resumable = ?, not_modified = ? WHERE id = ?',
    end.state,
    end.at,
    end.at,
    end.complete ? 1 : 0,
    end.claimedTotal ?? null,
    end.why ?? null,
    end.failure === undefined ? null : JSON.stringify(end.failure),
    end.tlsProfile ?? null,
    JSON.stringify({ ...end.tally, counts }),
    end.resumable ? 1 : 0,
    end.notModified === true ? 1 : 0,
    runId,
  );
  if (end.readWhole === true) db.run("UPDATE run SET mode = 'full', watermark = NULL WHERE id = ?", runId);
}

/**
 * From the books and not from a counter in memory, so that a run that was killed half-way counts right. What was never
 * accepted was never away (`added_run` 0, no change number), so it is not restored.
 */
function transitions(db: SqlDatabase, source: number, runId: number): { deleted: number; restored: number } {
  const row = db.get<[number | null, number | null]>(
    `SELECT sum(state = ${entryStates.tombstone}), sum(state = ${entryStates.live} AND added_run <> state_run
       AND added_run <> 0 AND change IS NOT NULL)
     FROM entry WHERE source = ? AND state_run = ?`,
    source,
    runId,
  );
  return { deleted: row?.[0] ?? 0, restored: row?.[1] ?? 0 };
}
