/**
 * One batch of a run: its bytes to the archive first, then everything else in one transaction. A `kill -9` before the
 * transaction leaves bytes behind the last known one of the pack, which the next writer cuts off.
 */
import type { Dataset } from '../model/dataset.ts';
import type { PackSlice } from './archive/pack-file.ts';
import { versionsToDrop } from './archive/retention.ts';
import type { KnownRecord, ReceivedBytes, RecordWrite, RunBatch, StartedRun } from './catalogue-store.ts';
import {
  type ChangeCounter,
  changeCounter,
  type SqliteContext,
  sourceKey,
  sourceLease,
  stateName,
} from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { keepLease } from './sqlite-leases.ts';
import { freeDatasetId } from './sqlite-permanent-ids.ts';

/** From here on old versions are looked through; see `archive/retention.ts`. */
const versionsBeforeRetention = 20;

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

export async function commitBatch(context: SqliteContext, run: StartedRun, batch: RunBatch): Promise<void> {
  const { db, archive, owner } = context;
  const source = sourceKey(db, run.sourceId);
  const unarchived = newContents(db, source, batch.records);
  const slices = unarchived.size === 0 ? [] : await archive.append(run.sourceId, [...unarchived.values()]);
  db.write(() => {
    keepLease(db, sourceLease(run.sourceId), owner, batch.at);
    insertContents(db, source, [...unarchived.keys()], slices);
    const changes = changeCounter(db);
    writeRecords({ db, source, runId: run.runId, batch, changes });
    changes.keep();
    touchRun(db, run.runId, batch);
  });
}

/** Bytes that no version of the source holds yet, by their SHA-256. */
function newContents(db: SqlDatabase, source: number, records: readonly RecordWrite[]): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const { received } of records) {
    if (received === undefined) continue;
    contents.set(received.sha256, received.raw);
    if (received.context !== undefined && received.contextSha256 !== undefined) {
      contents.set(received.contextSha256, received.context);
    }
  }
  if (contents.size === 0) return contents;
  const archived = db.all<[string]>(
    'SELECT hex(sha256) FROM archive_content WHERE source = ? AND sha256 IN (SELECT unhex(value) FROM json_each(?))',
    source,
    JSON.stringify([...contents.keys()]),
  );
  for (const [sha256] of archived) contents.delete(sha256.toLowerCase());
  return contents;
}

function insertContents(
  db: SqlDatabase,
  source: number,
  sha256s: readonly string[],
  slices: readonly PackSlice[],
): void {
  slices.forEach((slice, index) => {
    db.run(
      'INSERT INTO archive_content (source, sha256, pack, block_offset, block_bytes, start, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      source,
      Buffer.from(sha256s[index] ?? '', 'hex'),
      slice.pack,
      slice.blockOffset,
      slice.blockBytes,
      slice.start,
      slice.bytes,
    );
  });
  const last = slices.at(-1);
  if (last !== undefined) {
    const bytes = last.blockOffset + last.blockBytes;
    db.run('INSERT OR REPLACE INTO archive_pack (source, pack, bytes) VALUES (?, ?, ?)', source, last.pack, bytes);
  }
}

interface BatchWrite {
  readonly db: SqlDatabase;
  readonly source: number;
  readonly runId: number;
  readonly batch: RunBatch;
  readonly changes: ChangeCounter;
}

interface Entry {
  readonly key: number;
  readonly version: number;
  readonly accepted: boolean;
}

type EntryRow = [id: string, key: number, version: number, addedRun: number, sha256: string, contextSha256: string];

function writeRecords(write: BatchWrite): void {
  const { db, batch } = write;
  if (batch.records.length === 0) return;
  const rows = db.all<EntryRow>(
    'SELECT id, key, version, added_run, hex(sha256), hex(context_sha256) FROM entry WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(batch.records.map((record) => record.datasetId)),
  );
  const entries = new Map(rows.map((row) => [row[0], row]));
  for (const record of batch.records) writeRecord(write, record, entries.get(record.datasetId));
}

function writeRecord(write: BatchWrite, record: RecordWrite, row: EntryRow | undefined): void {
  const { received } = record;
  const same =
    received === undefined ||
    (row?.[4] === received.sha256.toUpperCase() && row[5] === (received.contextSha256 ?? '').toUpperCase());
  const known =
    row === undefined ? insertEntry(write, record) : { key: row[1], version: row[2], accepted: row[3] !== 0 };
  const entry = same ? known : { ...known, version: known.version + 1 };
  if (!same) insertVersion(write, entry, received);
  updateEntry(write, record, { entry, received: same ? undefined : received });
  if (record.dataset !== undefined) {
    writeDataset(write.db, entry, {
      dataset: record.dataset,
      problems: record.problems,
      mapping: write.batch.mappingVersion,
    });
  }
}

function insertEntry({ db, source, runId, batch }: BatchWrite, { nativeId, datasetId, received }: RecordWrite): Entry {
  const seen = received?.fetchedAt ?? batch.at;
  const { rowId } = db.run(
    `INSERT INTO entry (id, source, native_id, state, state_run, added_run, changed_run, first_seen, last_changed, last_seen, version, rejected)
     VALUES (?, ?, ?, 0, ?, 0, 0, ?, ?, ?, 0, 0)`,
    datasetId,
    source,
    nativeId,
    runId,
    seen,
    seen,
    seen,
  );
  db.run('INSERT INTO permanent_id (source, native_id, entry) VALUES (?, ?, ?)', source, nativeId, rowId);
  return { key: rowId, version: 0, accepted: false };
}

function insertVersion({ db, source }: BatchWrite, entry: Entry, received: ReceivedBytes): void {
  db.run(
    `INSERT INTO archive_version (entry, version, content, context, form, url, fetched_at, problems) VALUES (?1, ?2,
       (SELECT key FROM archive_content WHERE source = ?3 AND sha256 = ?4),
       (SELECT key FROM archive_content WHERE source = ?3 AND sha256 = ?5), ?6, ?7, ?8, ?9)`,
    entry.key,
    entry.version,
    source,
    Buffer.from(received.sha256, 'hex'),
    received.contextSha256 === undefined ? null : Buffer.from(received.contextSha256, 'hex'),
    received.form,
    received.url,
    received.fetchedAt,
    received.problems === undefined ? null : JSON.stringify(received.problems),
  );
  if (entry.version <= versionsBeforeRetention) return;
  const versions = db
    .all<[number, string]>(
      'SELECT version, fetched_at FROM archive_version WHERE entry = ? AND dropped = 0 ORDER BY version DESC',
      entry.key,
    )
    .map(([version, fetchedAt]) => ({ version, fetchedAt }));
  for (const version of versionsToDrop(versions)) {
    db.run('UPDATE archive_version SET dropped = 1 WHERE entry = ? AND version = ?', entry.key, version);
  }
}

function updateEntry(
  { db, runId, changes }: BatchWrite,
  record: RecordWrite,
  { entry, received }: { readonly entry: Entry; readonly received: ReceivedBytes | undefined },
): void {
  const visible = record.dataset !== undefined || (record.restored && entry.accepted);
  if (received !== undefined) {
    db.run(
      'UPDATE entry SET version = ?, sha256 = ?, context_sha256 = ?, last_changed = ?, last_seen = ? WHERE key = ?',
      entry.version,
      Buffer.from(received.sha256, 'hex'),
      received.contextSha256 === undefined ? null : Buffer.from(received.contextSha256, 'hex'),
      received.fetchedAt,
      received.fetchedAt,
      entry.key,
    );
  }
  db.run(
    `UPDATE entry SET native_id = ?, state = 0, state_run = CASE WHEN ? THEN ? ELSE state_run END,
       rejected = CASE WHEN ? THEN 1 WHEN ? THEN 0 ELSE rejected END,
       added_run = CASE WHEN ? THEN ? ELSE added_run END, changed_run = CASE WHEN ? THEN ? ELSE changed_run END,
       change = CASE WHEN ? THEN ? ELSE change END WHERE key = ?`,
    record.nativeId,
    record.restored ? 1 : 0,
    runId,
    record.dataset === undefined && record.received !== undefined ? 1 : 0,
    record.dataset === undefined ? 0 : 1,
    record.dataset !== undefined && !entry.accepted ? 1 : 0,
    runId,
    record.dataset === undefined ? 0 : 1,
    runId,
    visible ? 1 : 0,
    visible ? changes.next() : null,
    entry.key,
  );
}

/** Shared with `sqlite-rewrite.ts`: a dataset and what was wrong with its record. */
export function writeDataset(
  db: SqlDatabase,
  entry: { readonly key: number; readonly version: number },
  made: { readonly dataset: Dataset; readonly problems: RecordWrite['problems']; readonly mapping: string },
): void {
  const slugs = [...new Set(made.problems.map((problem) => problem.slug))].sort();
  db.run(
    'INSERT OR REPLACE INTO dataset (entry, version, mapping, distributions, problem_slugs, problems, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    entry.key,
    entry.version,
    made.mapping,
    made.dataset.distributions.length,
    slugs.join(' '),
    JSON.stringify(made.problems),
    JSON.stringify(made.dataset),
  );
}

function touchRun(db: SqlDatabase, runId: number, batch: RunBatch): void {
  const chunk = (db.get<[number | null]>('SELECT max(chunk) FROM run_seen WHERE run = ?', runId)?.[0] ?? 0) + 1;
  if (batch.marks.length > 0) {
    db.run(
      'INSERT INTO run_seen (run, chunk, marks) VALUES (?, ?, ?)',
      runId,
      chunk,
      Buffer.from(batch.marks.join(''), 'latin1'),
    );
  }
  const tally = JSON.stringify(batch.tally);
  db.run('UPDATE run SET touched_at = ?, tally = ? WHERE id = ?', batch.at, tally, runId);
  if (batch.cursor !== undefined) {
    db.run(
      'UPDATE run SET cursor = ?, cursor_tally = ?, cursor_chunk = ? WHERE id = ?',
      batch.cursor,
      tally,
      chunk,
      runId,
    );
  }
}
