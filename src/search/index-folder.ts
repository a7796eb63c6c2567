/** The files of an index folder: which generation they belong to, and which nobody needs any more. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestFile, type SegmentEntry } from './manifest.ts';

const fileName = /^(?:segment|live)-(\d+)-\d+\.bin$/;

/**
 * Highest generation that was ever begun here, finished or not; 0 in an empty folder. Also of a manifest that is damaged
 * or of other versions, so that file names and generations are never used twice.
 */
export async function newestGeneration(folder: string): Promise<number> {
  const names = await readdir(folder);
  const manifest = names.includes(manifestFile) ? await readFile(join(folder, manifestFile), 'utf8') : '';
  const published = Number(/"generation": *(\d{1,15})/.exec(manifest)?.[1] ?? 0);
  return names.reduce((newest, name) => Math.max(newest, Number(fileName.exec(name)?.[1] ?? 0)), published);
}

/** Removes what the manifest does not name. Readers hold the old segments in memory and need the files no longer. */
export async function sweepFolder(folder: string, segments: readonly SegmentEntry[]): Promise<void> {
  const needed = new Set(segments.flatMap((segment) => [segment.file, segment.live?.file]));
  for (const name of await readdir(folder)) {
    if (fileName.test(name) && !needed.has(name)) await rm(join(folder, name), { force: true });
  }
}
