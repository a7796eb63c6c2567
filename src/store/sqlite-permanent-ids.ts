/** Permanent ids: minted at first sight, kept in a table of their own, bound anew when a source changes its ids. */
import { base32Id } from '../kit/hash.ts';
import { changeCounter, type SqliteContext, sourceKey } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

/**
 * An id for each native id that has none: 80 bits of SHA-256(source id, NUL, native id). The one in 10^12 that another
 * dataset has already gets a number added before it is hashed again.
 */
export function freeDatasetId(db: SqlDatabase, sourceId: string, nativeIds: readonly string[]): Map<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  let open = [...new Set(nativeIds)];
  for (let attempt = 0; open.length > 0; attempt += 1) {
    const candidates = open.map((nativeId) => [nativeId, candidateId(sourceId, nativeId, attempt)] as const);
    const used = db.all<[string]>(
      'SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(candidates.map(([, id]) => id)),
    );
    for (const [id] of used) taken.add(id);
    for (const [nativeId, id] of candidates) {
      if (taken.has(id)) continue;
      taken.add(id);
      ids.set(nativeId, id);
    }
    open = open.filter((nativeId) => !ids.has(nativeId));
  }
  return ids;
}

function candidateId(sourceId: string, nativeId: string, attempt: number): string {
  return attempt === 0 ? base32Id(sourceId, nativeId) : base32Id(sourceId, nativeId, String(attempt));
}

export function archivedIds(
  { db }: SqliteContext,
  natives: readonly { readonly sourceId: string; readonly nativeId: string }[],
): (string | undefined)[] {
  if (natives.length === 0) return [];
  const rows = db.all<[number, string]>(
    `SELECT j.key, e.id FROM json_each(?) j
       JOIN source s ON s.id = json_extract(j.value, '$[0]')
       JOIN permanent_id p ON p.source = s.key AND p.native_id = json_extract(j.value, '$[1]')
       JOIN entry e ON e.key = p.entry WHERE e.version > 0`,
    JSON.stringify(natives.map(({ sourceId, nativeId }) => [sourceId, nativeId])),
  );
  const found = new Map(rows);
  return natives.map((_, at) => found.get(at));
}

export function findDatasetId({ db }: SqliteContext, sourceId: string, nativeId: string): string | undefined {
  return db.get<[string]>(
    'SELECT e.id FROM permanent_id p JOIN entry e ON e.key = p.entry WHERE p.source = (SELECT key FROM source WHERE id = ?) AND p.native_id = ?',
    sourceId,
    nativeId,
  )?.[0];
}

export function nativeIdsOf({ db }: SqliteContext, datasetId: string): string[] {
  return db
    .all<[string]>(
      'SELECT p.native_id FROM entry e JOIN permanent_id p ON p.source = e.source AND p.entry = e.key WHERE e.id = ? ORDER BY p.native_id <> e.native_id, p.native_id',
      datasetId,
    )
    .map(([nativeId]) => nativeId);
}

interface Binding {
  readonly sourceId: string;
  readonly nativeId: string;
  readonly datasetId: string;
}

/** An entry that the new native id had made for itself becomes a tombstone: its address stays, its data live on. */
export function bindNativeId({ db }: SqliteContext, { sourceId, nativeId, datasetId }: Binding): void {
  db.write(() => {
    const source = sourceKey(db, sourceId);
    const entry = db.get<[number]>('SELECT key FROM entry WHERE id = ? AND source = ?', datasetId, source)?.[0];
    if (entry === undefined)
      throw new TypeError(`${datasetId}: ${sourceId} has no such dataset; expected one of its own`);
    const before = db.get<[number]>(
      'SELECT entry FROM permanent_id WHERE source = ? AND native_id = ?',
      source,
      nativeId,
    )?.[0];
    db.run('INSERT OR REPLACE INTO permanent_id (source, native_id, entry) VALUES (?, ?, ?)', source, nativeId, entry);
    db.run('UPDATE entry SET native_id = ? WHERE key = ?', nativeId, entry);
    if (before === undefined || before === entry) return;
    const changes = changeCounter(db);
    db.run(
      'UPDATE entry SET state = 2, state_run = 0, change = CASE WHEN change IS NULL THEN NULL ELSE ? END WHERE key = ?',
      changes.next(),
      before,
    );
    changes.keep();
  });
}
