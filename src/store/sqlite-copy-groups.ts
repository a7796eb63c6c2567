/** Groups of copies as they were derived: each is read at the record it is called after. */
import { type CopyGroup, copyGroupKind } from '../model/dataset.ts';
import type { CopyFigures } from './catalogue-reader.ts';
import type { SqliteContext } from './sqlite-context.ts';

export function copyGroups({ db }: SqliteContext, afterId: string, limit: number): CopyGroup[] {
  return db
    .all<[string]>(
      `SELECT fact -> '$.value' FROM derived_fact WHERE kind = ?1 AND dataset_id > ?2 AND fact ->> '$.value.id' = dataset_id
        ORDER BY dataset_id LIMIT ?3`,
      copyGroupKind,
      afterId,
      limit,
    )
    .map(([value]) => JSON.parse(value) as CopyGroup);
}

export function copyFigures({ db }: SqliteContext): CopyFigures {
  const [records = 0, groups = 0] =
    db.get<[number, number]>(
      `SELECT count(*), coalesce(sum(fact ->> '$.value.id' = dataset_id), 0) FROM derived_fact WHERE kind = ?`,
      copyGroupKind,
    ) ?? [];
  return { groups, copies: records - groups };
}
