/**
 * One batch of a run: its bytes to the archive first, then everything else in one transaction. A `kill -9` before the
 * transaction leaves bytes behind the last known one of the pack, which the next writer cuts off.
 */
import type { Dataset } from '../model/dataset.ts';
import type { PackSlice } from './archive/pack-file.ts';
import { versionsToDrop } from './archive/retention.ts';
import type { ReceivedBytes, RecordWrite, RunBatch, StartedRun } from './catalogue-store.ts';
import { type ChangeCounter, changeCounter, type SqliteContext, sourceKey, sourceLease } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { keepLease } from './sqlite-leases.ts';

/** From here on old versions are looked through; see `archive/retention.ts`. */
const versionsBeforeRetention = 20;

export async function commitBatch(context: SqliteContext, run: StartedRun, batch: RunBatch): Promise<void> {
  const { db, archive, owner } = context;
  const source = sourceKey(db, run.sourceId);
  const unarchived = newContents(db, source, batch.records);
  const slices = unarchived.size === 0 ? [] : await archive.append(run.sourceId, [...unarchived.values()]);
  db.write(() => {
    keepLease(db, sourceLease(run.sourceId), owner, batch.at);
    const contentKeys = insertContents(db, source, [...unarchived.keys()], slices);
    const changes = changeCounter(db);
    writeRecords({ db, source, runId: run.runId, batch, changes, contentKeys });
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

/** Answers the key of each new content by its SHA-256. */
function insertContents(
  db: SqlDatabase,
  source: number,
  sha256s: readonly string[],
  slices: readonly PackSlice[],
): Map<string, number> {
  const keys = new Map<string, number>();
  slices.forEach((slice, index) => {
    const sha256 = sha256s[index] ?? '';
    const { rowId } = db.run(
      'INSERT INTO archive_content (source, sha256, pack, block_offset, block_bytes, start, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      source,
      Buffer.from(sha256, 'hex'),
      slice.pack,
      slice.blockOffset,
      slice.blockBytes,
      slice.start,
      slice.bytes,
    );
    keys.set(sha256, rowId);
  });
  const last = slices.at(-1);
  if (last !== undefined) {
    const bytes = last.blockOffset + last.blockBytes;
    db.run('INSERT OR REPLACE INTO archive_pack (source, pack, bytes) VALUES (?, ?, ?)', source, last.pack, bytes);
  }
  return keys;
}

interface BatchWrite {
  readonly db: SqlDatabase;
  readonly source: number;
  readonly runId: number;
  readonly batch: RunBatch;
  readonly changes: ChangeCounter;
  /** Keys of archived contents by SHA-256, as far as this batch has met them. */
  readonly contentKeys: Map<string, number>;
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
  const entry = row === undefined ? insertEntry(write, record) : changeEntry(write, record, row);
  if (received !== undefined && entry.version > (row?.[2] ?? 0)) insertVersion(write, entry, received);
  if (record.dataset !== undefined) {
    const made = { dataset: record.dataset, problems: record.problems, mapping: write.batch.mappingVersion };
    writeDataset(write.db, entry, made);
  }
}

function changeEntry(write: BatchWrite, record: RecordWrite, row: EntryRow): Entry {
  const { received } = record;
  const [, key, version, addedRun, sha256, contextSha256] = row;
  const same =
    received === undefined ||
    (sha256 === received.sha256.toUpperCase() && contextSha256 === (received.contextSha256 ?? '').toUpperCase());
  const entry = { key, version: same ? version : version + 1, accepted: addedRun !== 0 };
  updateEntry(write, record, { entry, received: same ? undefined : received });
  return entry;
}

/** `received` only when its bytes are a new version; `entry` as it will be. */
interface EntryWrite {
  readonly entry: Entry;
  readonly received: ReceivedBytes | undefined;
}

function insertEntry({ db, source, runId, batch, changes }: BatchWrite, record: RecordWrite): Entry {
  const { nativeId, datasetId, received, dataset } = record;
  const seen = received?.fetchedAt ?? batch.at;
  const version = received === undefined ? 0 : 1;
  const made = dataset === undefined ? 0 : runId;
  const { rowId } = db.run(
    `INSERT INTO entry (id, source, native_id, state, state_run, added_run, changed_run, first_seen, last_changed, last_seen,
       version, sha256, context_sha256, rejected, change, rejection) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?5, ?6, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
    datasetId,
    source,
    nativeId,
    runId,
    made,
    seen,
    version,
    digest(received?.sha256),
    digest(received?.contextSha256),
    dataset === undefined && received !== undefined ? 1 : 0,
    dataset === undefined ? null : changes.next(),
    rejectionOf(record),
  );
  db.run('INSERT INTO permanent_id (source, native_id, entry) VALUES (?, ?, ?)', source, nativeId, rowId);
  return { key: rowId, version, accepted: false };
}

/** What was wrong with bytes that could not become a dataset. */
function rejectionOf({ dataset, received, problems }: RecordWrite): string | null {
  return dataset === undefined && received !== undefined ? JSON.stringify(problems) : null;
}

function digest(sha256: string | undefined): Uint8Array | null {
  return sha256 === undefined ? null : Buffer.from(sha256, 'hex');
}

function contentKey({ db, source, contentKeys }: BatchWrite, sha256: string): number {
  const known = contentKeys.get(sha256);
  if (known !== undefined) return known;
  const row = db.get<[number]>(
    'SELECT key FROM archive_content WHERE source = ? AND sha256 = ?',
    source,
    digest(sha256),
  );
  if (row === undefined) throw new TypeError(`${sha256}: the archive does not hold it; expected its slice`);
  contentKeys.set(sha256, row[0]);
  return row[0];
}

function insertVersion(write: BatchWrite, entry: Entry, received: ReceivedBytes): void {
  const { db } = write;
  db.run(
    'INSERT INTO archive_version (entry, version, content, context, form, url, fetched_at, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    entry.key,
    entry.version,
    contentKey(write, received.sha256),
    received.contextSha256 === undefined ? null : contentKey(write, received.contextSha256),
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

function updateEntry({ db, runId, changes }: BatchWrite, record: RecordWrite, { entry, received }: EntryWrite): void {
  const made = record.dataset !== undefined;
  if (received !== undefined) {
    db.run(
      'UPDATE entry SET version = ?, sha256 = ?, context_sha256 = ?, last_changed = ?, last_seen = ? WHERE key = ?',
      entry.version,
      digest(received.sha256),
      digest(received.contextSha256),
      received.fetchedAt,
      received.fetchedAt,
      entry.key,
    );
  }
  const visible = made || (record.restored && entry.accepted);
  db.run(
    `UPDATE entry SET native_id = ?1, state = 0, state_run = coalesce(?2, state_run), rejected = coalesce(?3, rejected),
       rejection = CASE WHEN ?3 IS NULL THEN rejection ELSE ?8 END,
       added_run = coalesce(?4, added_run), changed_run = coalesce(?5, changed_run), change = coalesce(?6, change) WHERE key = ?7`,
    record.nativeId,
    record.restored ? runId : null,
    made ? 0 : record.received === undefined ? null : 1,
    made && !entry.accepted ? runId : null,
    made ? runId : null,
    visible ? changes.next() : null,
    entry.key,
    rejectionOf(record),
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
  const before = db.get<[number | null]>('SELECT max(chunk) FROM run_seen WHERE run = ?', runId)?.[0] ?? 0;
  // A cursor without marks stands for the chunks so far; the number of the next one is not its own.
  const chunk = batch.marks.length > 0 ? before + 1 : before;
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
