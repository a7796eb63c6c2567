/**
 * Opens the store of a home folder: `catalogue.db` and `archive/`. A writer makes what is missing and migrates an older
 * schema after copying it aside; a reader changes nothing. A newer schema is refused by both.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Archive } from './archive/archive.ts';
import { type PackEffects, packEffects } from './archive/pack-file.ts';
import type { CatalogueReader } from './catalogue-reader.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import type { LeaseOwner } from './lease-owner.ts';
import { migrations } from './migrations.ts';
import { SqliteCatalogueStore } from './sqlite-catalogue-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import { openSqlDatabase, type SqlDatabase } from './sqlite-driver.ts';
import { StoreError, storeErrorFromFile } from './store-error.ts';

/** `file(1)` and SQLite's own tools show it: "SMPN". A file with another one is not ours. */
const applicationId = 0x534d504e;

export interface StoreOptions {
  /** `SAMPAN_HOME`. */
  readonly home: string;
  /** Who holds the leases that this store takes. */
  readonly owner: LeaseOwner;
  /** Steps of the schema; only tests give others. */
  readonly migrations?: readonly string[];
  readonly packEffects?: PackEffects;
}

export async function openCatalogueStore(options: StoreOptions): Promise<CatalogueStore> {
  const steps = options.migrations ?? migrations;
  const path = databasePath(options.home);
  try {
    mkdirSync(join(options.home, 'archive'), { recursive: true });
  } catch (cause) {
    throw storeErrorFromFile(cause, options.home);
  }
  const db = openSqlDatabase(path, 'write');
  try {
    migrate(db, path, steps);
  } catch (cause) {
    db.close();
    throw cause;
  }
  const archive = new Archive(join(options.home, 'archive'), options.packEffects ?? packEffects);
  return storeOn({ db, archive, owner: options.owner });
}

/** For `serve`, `show`, `runs` …: never writes; `missing` when nothing was ever harvested into this home. */
export async function openCatalogueReader(
  home: string,
): Promise<CatalogueReader & { readonly close: () => Promise<void> }> {
  const path = databasePath(home);
  if (!existsSync(path)) {
    throw new StoreError('missing', `${path}: there is no store yet; expected one: run \`sampan harvest\` first`);
  }
  const db = openSqlDatabase(path, 'read');
  const found = schemaVersion(db);
  if (found !== migrations.length) {
    db.close();
    throw found > migrations.length
      ? newerSchema(path, found, migrations.length)
      : new StoreError(
          'older-schema',
          `${path}: its schema is ${found}, this Sampan reads ${migrations.length}; run \`sampan harvest\` or \`sampan renormalise\` once to migrate it (a copy is kept)`,
        );
  }
  const archive = new Archive(join(home, 'archive'), packEffects);
  return storeOn({ db, archive, owner: { name: 'reader', isGone: () => false } });
}

/** Whether anything was ever harvested into this home. */
export function existsStore(home: string): boolean {
  return existsSync(databasePath(home));
}

function storeOn(parts: Omit<SqliteContext, 'figures'>): SqliteCatalogueStore {
  return new SqliteCatalogueStore({ ...parts, figures: { changeNumber: -1, bySource: new Map() } });
}

export function databasePath(home: string): string {
  return join(home, 'catalogue.db');
}

function migrate(db: SqlDatabase, path: string, steps: readonly string[]): void {
  const found = schemaVersion(db);
  if (found > steps.length) throw newerSchema(path, found, steps.length);
  if (found === steps.length) return;
  const tables = db.get<[number]>('SELECT count(*) FROM sqlite_master')?.[0] ?? 0;
  if (tables > 0 && db.get<[number]>('PRAGMA application_id')?.[0] !== applicationId) {
    throw new StoreError(
      'corrupt',
      `${path}: a database of another program; expected a store of Sampan: choose another SAMPAN_HOME`,
    );
  }
  if (found > 0) copyAside(db, `${path}.schema-${found}`);
  db.write(() => {
    // Another process may have migrated it while we waited for the lock.
    for (const step of steps.slice(schemaVersion(db))) db.script(step);
    db.script(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
  });
}

function copyAside(db: SqlDatabase, copy: string): void {
  rmSync(copy, { force: true });
  db.run('VACUUM INTO ?', copy);
}

/** How many steps of the schema the file has. */
export function schemaVersion(db: SqlDatabase): number {
  return db.get<[number]>('PRAGMA user_version')?.[0] ?? 0;
}

function newerSchema(path: string, found: number, expected: number): StoreError {
  return new StoreError(
    'newer-schema',
    `${path}: its schema is ${found}, this Sampan knows up to ${expected}; a newer Sampan wrote it: update Sampan, or choose another SAMPAN_HOME. Nothing was changed`,
  );
}
