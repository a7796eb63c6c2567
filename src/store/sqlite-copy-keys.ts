/** Block keys of the duplicate search: which records share one, and up to which change number that is known. */
import type { CopyBlock, CopyKeys } from './catalogue-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

/** Ids of those whose keys are others than before. */
export function replaceCopyKeys({ db }: SqliteContext, rows: readonly CopyKeys[]): string[] {
  return db.write(() => {
    const entries = new Map(
      db
        .all<[string, number, string | null]>(
          'SELECT e.id, e.key, o.keys FROM entry e LEFT JOIN copy_keys_of o ON o.entry = e.key WHERE e.id IN (SELECT value FROM json_each(?))',
          JSON.stringify(rows.map(({ datasetId }) => datasetId)),
        )
        .map(([id, entry, keys]) => [id, { entry, keys }]),
    );
    const changed = rows.flatMap(({ datasetId, keys }) => {
      const before = entries.get(datasetId);
      const json = JSON.stringify(keys);
      return before === undefined || (before.keys ?? '[]') === json ? [] : [{ ...before, datasetId, json }];
    });
    for (const { entry, keys } of changed) if (keys !== null) deleteKeys(db, entry, keys);
    insertKeys(db, JSON.stringify(changed.map(({ entry, json }) => [entry, json])));
    return changed.map(({ datasetId }) => datasetId);
  });
}

function deleteKeys(db: SqlDatabase, entry: number, keys: string): void {
  db.run('DELETE FROM copy_key WHERE entry = ?1 AND key IN (SELECT value FROM json_each(?2))', entry, keys);
  db.run('DELETE FROM copy_keys_of WHERE entry = ?', entry);
}

/** `rows`: a list of pairs of an entry and its keys, these as a text of their own. */
function insertKeys(db: SqlDatabase, rows: string): void {
  db.run(
    `INSERT INTO copy_key (key, entry)
       SELECT k.value, r.value ->> 0 FROM json_each(?1) r, json_each(r.value ->> 1) k ORDER BY k.value`,
    rows,
  );
  db.run(
    `INSERT INTO copy_keys_of (entry, keys)
       SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE value ->> 1 <> '[]' ORDER BY 1`,
    rows,
  );
}

export function copyBlocks({ db }: SqliteContext, datasetIds: readonly string[], largest: number): CopyBlock[] {
  const rows = db.all<[key: number, id: string, sourceId: string]>(
    `WITH mine AS (
       SELECT DISTINCT k.value AS key FROM entry e JOIN copy_keys_of o ON o.entry = e.key, json_each(o.keys) k
        WHERE e.id IN (SELECT value FROM json_each(?1))
     ), shared AS (
       SELECT key FROM mine
        WHERE (SELECT count(*) FROM (SELECT 1 FROM copy_key c WHERE c.key = mine.key LIMIT ?2 + 1)) BETWEEN 2 AND ?2
     )
     SELECT c.key, e.id, s.id FROM shared JOIN copy_key c ON c.key = shared.key
       JOIN entry e ON e.key = c.entry JOIN source s ON s.key = e.source ORDER BY c.key, e.id`,
    JSON.stringify(datasetIds),
    largest,
  );
  const blocks: { key: number; members: { id: string; sourceId: string }[] }[] = [];
  for (const [key, id, sourceId] of rows) {
    if (blocks.at(-1)?.key !== key) blocks.push({ key, members: [] });
    blocks.at(-1)?.members.push({ id, sourceId });
  }
  return blocks;
}

export function dropCopyKeys({ db }: SqliteContext): void {
  db.write(() => {
    db.run('DELETE FROM copy_key');
    db.run('DELETE FROM copy_keys_of');
    db.run("UPDATE counter SET value = 0 WHERE name = 'copies'");
  });
}

export function copiesKnownUpTo({ db }: SqliteContext): number {
  return db.get<[number]>("SELECT value FROM counter WHERE name = 'copies'")?.[0] ?? 0;
}

export function keepCopiesKnownUpTo({ db }: SqliteContext, changeNumber: number): void {
  db.write(() => db.run("UPDATE counter SET value = ? WHERE name = 'copies'", changeNumber));
}
