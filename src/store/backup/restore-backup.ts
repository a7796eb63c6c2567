/**
 * A home made from a backup. Every byte is checked against the manifest and the counts against the store; `catalogue.db`
 * gets its name last, so that a restore that did not finish is no store. The index has to be built afterwards.
 */
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packPath } from '../archive/pack-file.ts';
import { migrations } from '../migrations.ts';
import { databasePath } from '../open-catalogue-store.ts';
import { openSqlDatabase } from '../sqlite-driver.ts';
import { StoreError } from '../store-error.ts';
import { type BackupFile, type BackupManifest, readManifest, storeCounts, storePacks } from './backup-manifest.ts';
import { type CopyWatch, copyFile, makeEmptyFolder, targetError } from './copy-file.ts';

export interface RestoreOptions {
  /** Of the backup. */
  readonly folder: string;
  /** `SAMPAN_HOME`: new or empty. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, ofBytes: number) => void;
}

/** A truncated or altered backup is `corrupt`, and nothing of it stays in the home. */
export async function restoreBackup(options: RestoreOptions): Promise<BackupManifest> {
  const { folder, home } = options;
  const manifest = await readManifest(folder);
  if (manifest.schema > migrations.length) {
    throw new StoreError(
      'newer-schema',
      `${folder}: its schema is ${manifest.schema}, this Sampan knows up to ${migrations.length}; a newer Sampan wrote it: update Sampan`,
    );
  }
  await checkSizes(folder, manifest);
  await makeEmptyFolder(home);
  try {
    await copyIntoHome(options, manifest);
  } catch (cause) {
    await rm(join(home, 'archive'), { recursive: true, force: true });
    await rm(unfinished(home), { force: true });
    throw targetError(cause, home);
  }
  forgetLeases(databasePath(home));
  return manifest;
}

/** Cheap, and before anything is written: finds what was cut off or left out. */
async function checkSizes(folder: string, { files }: BackupManifest): Promise<void> {
  for (const { path, bytes } of files) {
    const found = await stat(join(folder, path)).catch((cause: unknown) => {
      throw new StoreError('corrupt', `${join(folder, path)}: it is not there; expected ${bytes} bytes`, { cause });
    });
    if (found.size !== bytes) throw altered(folder, path, `${found.size} bytes`, `${bytes}`);
  }
}

async function copyIntoHome(options: RestoreOptions, manifest: BackupManifest): Promise<void> {
  const { folder, home, signal } = options;
  const ofBytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let doneBytes = 0;
  const watch: CopyWatch = {
    signal,
    progress: (bytes) => {
      doneBytes += bytes;
      options.progress(doneBytes, ofBytes);
    },
  };
  const database = unfinished(home);
  for (const file of manifest.files) {
    const to = file.path === 'catalogue.db' ? database : join(home, file.path);
    await copyChecked(folder, to, file, watch);
  }
  checkStore(folder, database, manifest);
  await rename(database, databasePath(home));
}

async function copyChecked(folder: string, to: string, file: BackupFile, watch: CopyWatch): Promise<void> {
  const { bytes, sha256 } = await copyFile(join(folder, file.path), to, file.bytes, watch);
  if (bytes !== file.bytes) throw altered(folder, file.path, `${bytes} bytes`, `${file.bytes}`);
  if (sha256 !== file.sha256) throw altered(folder, file.path, `SHA-256 ${sha256}`, file.sha256);
}

/** A manifest that was shortened by hand names fewer packs than the store does. */
function checkStore(folder: string, path: string, manifest: BackupManifest): void {
  if (!manifest.files.some((file) => file.path === 'catalogue.db')) {
    throw new StoreError('corrupt', `${folder}: its manifest names no catalogue.db; expected the store`);
  }
  const db = openSqlDatabase(path, 'read');
  try {
    const sizes = new Map(manifest.files.map((file) => [file.path, file.bytes]));
    for (const { sourceId, pack, bytes } of storePacks(db)) {
      const name = packPath(join('archive', sourceId), pack);
      if (sizes.get(name) !== bytes) throw altered(folder, name, `${sizes.get(name) ?? 'no'} bytes`, `${bytes}`);
    }
    for (const [name, found] of Object.entries(storeCounts(db))) {
      const expected = manifest.counts[name];
      if (found !== expected) throw altered(folder, 'catalogue.db', `${found} ${name}`, `${expected ?? 'none'}`);
    }
  } finally {
    db.close();
  }
}

function altered(folder: string, path: string, found: string, expected: string): StoreError {
  return new StoreError(
    'corrupt',
    `${join(folder, path)}: truncated or altered: found ${found}, expected ${expected} as the manifest or the store says; take another backup`,
  );
}

/** Whoever was at work when the backup was taken is not at work on this home. */
function forgetLeases(path: string): void {
  const db = openSqlDatabase(path, 'write');
  try {
    db.write(() => db.run('DELETE FROM lease'));
  } finally {
    db.close();
  }
}

function unfinished(home: string): string {
  return `${databasePath(home)}.restoring`;
}
