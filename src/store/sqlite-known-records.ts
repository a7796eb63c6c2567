/** What the store knows of native records before a run writes them. */
import type { KnownRecord, StartedRun } from './catalogue-store.ts';
import { type SqliteContext, sourceKey, stateName } from './sqlite-context.ts';
import { freeDatasetId } from './sqlite-permanent-ids.ts';

export function knownRecords(
  { db }: SqliteContext,
  run: StartedRun,
  nativeIds: readonly string[],
): Map<string, KnownRecord> {
  // CROSS JOIN keeps the order: SQLite thinks json_each is huge and would walk all ids of the source.
  const rows = db.all<KnownRow>(
    `SELECT p.native_id, e.id, e.state, hex(e.sha256), hex(e.context_sha256), e.rejected, e.added_run, e.changed_run
     FROM json_each(?) j CROSS JOIN permanent_id p ON p.source = ? AND p.native_id = j.value CROSS JOIN entry e ON e.key = p.entry`,
    JSON.stringify(nativeIds),
    sourceKey(db, run.sourceId),
  );
  const known = new Map(rows.map((row) => [row[0], knownFromRow(row, run.runId)]));
  const fresh = nativeIds.filter((nativeId) => !known.has(nativeId));
  for (const [nativeId, datasetId] of freeDatasetId(db, run.sourceId, fresh)) {
    known.set(nativeId, { datasetId, isNew: true, state: 'live', accepted: false, rejected: false });
  }
  return known;
}

type KnownRow = [
  nativeId: string,
  datasetId: string,
  state: number,
  sha256: string,
  contextSha256: string,
  rejected: number,
  addedRun: number,
  changedRun: number,
];

function knownFromRow(row: KnownRow, runId: number): KnownRecord {
  const [, datasetId, state, sha256, contextSha256, rejected, addedRun, changedRun] = row;
  const written = addedRun === runId ? 'added' : changedRun === runId ? 'updated' : undefined;
  return {
    datasetId,
    isNew: false,
    state: stateName(state),
    accepted: addedRun !== 0,
    rejected: rejected === 1,
    ...(sha256 === '' ? {} : { sha256: sha256.toLowerCase() }),
    ...(contextSha256 === '' ? {} : { contextSha256: contextSha256.toLowerCase() }),
    ...(written === undefined ? {} : { writtenByThisRun: written }),
  };
}
