/**
 * A home copied while a harvest may be writing it. The store first, as of one moment; then each pack up to the size that
 * this copy names: packs are only appended to, so later bytes are left out and none is missing. The manifest is last.
 * The index is not copied: it is made from the store.
 */
import { open, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packPath } from '../archive/pack-file.ts';
import { databasePath, existsStore, schemaVersion } from '../open-catalogue-store.ts';
import { openSqlDatabase } from '../sqlite-driver.ts';
import { StoreError } from '../store-error.ts';
import {
  type BackupFile,
  type BackupManifest,
  backupVersion,
  manifestName,
  storeCounts,
  storePacks,
} from './backup-manifest.ts';
import { type CopyWatch, copyFile, makeEmptyFolder, targetError } from './copy-file.ts';

export interface BackupOptions {
  /** `SAMPAN_HOME`. */
  readonly home: string;
  /** New or empty. */
  readonly folder: string;
  /** Version of this Sampan. */
  readonly sampan: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, ofBytes: number) => void;
}

/** What it made is removed when it fails. */
export async function writeBackup(options: BackupOptions): Promise<BackupManifest> {
  const { home, folder } = options;
  if (!existsStore(home)) {
    throw new StoreError(
      'missing',
      `${home}: there is no store to back up; expected one: run \`sampan harvest\` first`,
    );
  }
  await makeEmptyFolder(folder);
  try {
    return await copyHome(options);
  } catch (cause) {
    for (const name of ['catalogue.db', 'archive', manifestName, `${manifestName}.part`]) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
    throw targetError(cause, folder);
  }
}

async function copyHome(options: BackupOptions): Promise<BackupManifest> {
  const { home, folder, sampan, at, signal } = options;
  const database = databasePath(folder);
  copyStore(databasePath(home), database);
  const { packs, counts, schema } = readCopy(database);
  const databaseBytes = (await stat(database)).size;
  const ofBytes = packs.reduce((sum, pack) => sum + pack.bytes, databaseBytes);
  let doneBytes = 0;
  const watch: CopyWatch = {
    signal,
    progress: (bytes) => {
      doneBytes += bytes;
      options.progress(doneBytes, ofBytes);
    },
  };
  await sync(database);
  const files: BackupFile[] = [
    { path: relative(folder, database), ...(await copyFile(database, undefined, databaseBytes, watch)) },
  ];
  for (const { sourceId, pack, bytes } of packs) {
    const path = packPath(join('archive', sourceId), pack);
    const copied = await copyFile(join(home, path), join(folder, path), bytes, watch);
    if (copied.bytes < bytes) {
      throw new StoreError(
        'corrupt',
        `${join(home, path)}: ${copied.bytes} bytes, the store knows of ${bytes}; expected a whole pack: restore an older backup`,
      );
    }
    files.push({ path, ...copied });
  }
  const manifest = { format: 'sampan-backup', version: backupVersion, createdAt: at, sampan, schema } as const;
  return writeManifest(folder, { ...manifest, counts, files });
}

/** SQLite's own copy of one moment; a writer beside it goes on. */
function copyStore(from: string, to: string): void {
  const db = openSqlDatabase(from, 'write');
  try {
    db.run('VACUUM INTO ?', to);
  } finally {
    db.close();
  }
}

function readCopy(path: string) {
  const db = openSqlDatabase(path, 'read');
  try {
    return { packs: storePacks(db), counts: storeCounts(db), schema: schemaVersion(db) };
  } finally {
    db.close();
  }
}

async function writeManifest(folder: string, manifest: BackupManifest): Promise<BackupManifest> {
  const part = join(folder, `${manifestName}.part`);
  const file = await open(part, 'wx');
  try {
    await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, join(folder, manifestName));
  await sync(folder);
  return manifest;
}

/** `VACUUM INTO` and `rename` leave it to the system when they reach the disk. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
