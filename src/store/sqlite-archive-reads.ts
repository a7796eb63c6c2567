/** Versions and bytes of what a portal said about one dataset. */
import type { NativeForm } from '../model/source-record.ts';
import type { StoredSlice } from './archive/archive.ts';
import type { ArchivedRecord, RecordVersion } from './catalogue-reader.ts';
import type { RawRecord } from './catalogue-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

export function recordHistory({ db }: SqliteContext, datasetId: string): RecordVersion[] {
  return db
    .all<[number, string, number, string, string]>(
      `SELECT v.version, lower(hex(c.sha256)), c.bytes, v.fetched_at, v.url
       FROM entry e JOIN archive_version v ON v.entry = e.key JOIN archive_content c ON c.key = v.content
       WHERE e.id = ? AND v.dropped = 0 ORDER BY v.version`,
      datasetId,
    )
    .map(([version, sha256, bytes, fetchedAt, url]) => ({ version, sha256, bytes, fetchedAt, url }));
}

type VersionRow = [
  datasetId: string,
  sourceId: string,
  nativeId: string,
  version: number,
  form: NativeForm,
  content: number,
  context: number | null,
  fetchedAt: string,
  url: string,
  problems: string | null,
];

const versionColumns = `e.id, s.id, e.native_id, v.version, v.form, v.content, v.context, v.fetched_at, v.url, v.problems
  FROM entry e CROSS JOIN source s ON s.key = e.source`;

export async function archivedRecord(
  { db, archive }: SqliteContext,
  datasetId: string,
  version: number | undefined,
): Promise<ArchivedRecord | undefined> {
  const row = db.get<VersionRow>(
    `SELECT ${versionColumns} JOIN archive_version v ON v.entry = e.key AND v.version = coalesce(?, e.version)
     WHERE e.id = ? AND v.dropped = 0`,
    version ?? null,
    datasetId,
  );
  if (row === undefined) return undefined;
  const [, sourceId, nativeId, found, form, content, context, fetchedAt, url] = row;
  const slice = storedSlice(db, sourceId, content);
  const raw = await archive.read(slice);
  const sha256 = Buffer.from(slice.sha256).toString('hex');
  const head = context === null ? undefined : await archive.read(storedSlice(db, sourceId, context));
  return {
    sourceId,
    nativeId,
    version: found,
    sha256,
    bytes: slice.bytes,
    fetchedAt,
    url,
    form,
    raw,
    ...(head === undefined ? {} : { context: head }),
  };
}

interface RawQuery {
  readonly mappingVersion: string;
  readonly sourceIds: readonly string[];
  readonly afterId: string;
  readonly limit: number;
}

/** In the order of first sight, which is the order in the packs, so that each block is unpacked about once. */
export async function rawRecords({ db, archive }: SqliteContext, query: RawQuery): Promise<RawRecord[]> {
  const rows = db.all<VersionRow>(
    `SELECT ${versionColumns} JOIN archive_version v ON v.entry = e.key AND v.version = e.version
       LEFT JOIN dataset d ON d.entry = e.key
     WHERE e.key > coalesce((SELECT key FROM entry WHERE id = ?), 0) AND (d.mapping IS NULL OR d.mapping <> ?)
       AND s.id IN (SELECT value FROM json_each(?)) ORDER BY e.key LIMIT ?`,
    query.afterId,
    query.mappingVersion,
    JSON.stringify(query.sourceIds),
    query.limit,
  );
  const contexts = new Map<number, Uint8Array>();
  const records: RawRecord[] = [];
  for (const [datasetId, sourceId, nativeId, version, form, content, context, fetchedAt, , problems] of rows) {
    const receivedProblems = problems === null ? [] : (JSON.parse(problems) as RawRecord['receivedProblems']);
    const raw = await archive.read(storedSlice(db, sourceId, content));
    const record = { datasetId, sourceId, nativeId, version, form, raw, fetchedAt, receivedProblems };
    if (context === null) {
      records.push(record);
      continue;
    }
    const head = contexts.get(context) ?? (await archive.read(storedSlice(db, sourceId, context)));
    contexts.set(context, head);
    records.push({ ...record, context: head });
  }
  return records;
}

function storedSlice(db: SqlDatabase, sourceId: string, content: number): StoredSlice {
  const row = db.get<[number, number, number, number, number, Uint8Array]>(
    'SELECT pack, block_offset, block_bytes, start, bytes, sha256 FROM archive_content WHERE key = ?',
    content,
  );
  if (row === undefined) throw new TypeError(`${sourceId}: content ${content} is not in the store; expected its slice`);
  const [pack, blockOffset, blockBytes, start, bytes, sha256] = row;
  return { sourceId, pack, blockOffset, blockBytes, start, bytes, sha256 };
}
