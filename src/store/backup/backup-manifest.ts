/**
 * `manifest.json` of a backup: which files it has, how long they are and their SHA-256, and what is to be counted in the
 * restored store. It is written last: a folder without one is a backup that did not finish.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SqlDatabase } from '../sqlite-driver.ts';
import { StoreError } from '../store-error.ts';

export const manifestName = 'manifest.json';

/** Of the layout of a backup, not of the store's schema. */
export const backupVersion = 1;

const whole = z.number().int().nonnegative();

const manifestSchema = z.object({
  format: z.literal('sampan-backup'),
  version: z.literal(backupVersion),
  /** ISO 8601 instant at which the copy was begun. */
  createdAt: z.string(),
  /** Version of the Sampan that wrote it. */
  sampan: z.string(),
  /** `user_version` of the store. */
  schema: whole,
  counts: z.record(z.string(), whole),
  files: z.array(
    z.object({
      /** Where it lies in the backup and in a home; nothing else is ever written by a restore. */
      path: z.string().regex(/^(catalogue\.db|archive\/[a-z0-9][a-z0-9-]*\/\d{6,}\.pack\.gz)$/),
      bytes: whole,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type BackupManifest = z.infer<typeof manifestSchema>;
export type BackupFile = BackupManifest['files'][number];

/** `missing` without a manifest, `corrupt` when it is not one. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, manifestName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new StoreError(
      'missing',
      `${path}: it cannot be read; expected the manifest that a finished backup ends with: take another backup`,
      { cause },
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new StoreError('corrupt', `${path}: truncated or altered (no JSON); expected it as \`backup\` wrote it`, {
      cause,
    });
  }
  const read = manifestSchema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new StoreError(
    'corrupt',
    `${path}: ${issue?.path.join('.') || 'it'} is not as expected (${issue?.message}); expected a manifest of version ${backupVersion}`,
    { cause: read.error },
  );
}

const countQueries = {
  sources: 'SELECT count(*) FROM source',
  permanentIds: 'SELECT count(*) FROM permanent_id',
  datasets: 'SELECT count(*) FROM entry WHERE change IS NOT NULL AND state < 2',
  tombstones: 'SELECT count(*) FROM entry WHERE change IS NOT NULL AND state = 2',
  archivedVersions: 'SELECT count(*) FROM archive_version',
  archivedContents: 'SELECT count(*) FROM archive_content',
  decisions: 'SELECT count(*) FROM decision',
  observedFacts: 'SELECT count(*) FROM observed_fact',
  derivedFacts: 'SELECT count(*) FROM derived_fact',
  runs: 'SELECT count(*) FROM run',
  changeNumber: "SELECT value FROM counter WHERE name = 'change'",
} as const;

/** What a backup and the store restored from it have to agree on. */
export function storeCounts(db: SqlDatabase): Record<keyof typeof countQueries, number> {
  const count = (sql: string): number => db.get<[number]>(sql)?.[0] ?? 0;
  return Object.fromEntries(Object.entries(countQueries).map(([name, sql]) => [name, count(sql)])) as Record<
    keyof typeof countQueries,
    number
  >;
}

/** The packs that a store names, with the bytes it knows of; what lies behind them is not its. */
export function storePacks(db: SqlDatabase): { readonly sourceId: string; readonly pack: number; bytes: number }[] {
  return db
    .all<[string, number, number]>(
      'SELECT s.id, p.pack, p.bytes FROM archive_pack p JOIN source s ON s.key = p.source ORDER BY s.id, p.pack',
    )
    .map(([sourceId, pack, bytes]) => ({ sourceId, pack, bytes }));
}
