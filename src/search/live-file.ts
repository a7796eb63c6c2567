/** The live-bitmap of a segment in one generation of the index: a file of its own, so that a delete rewrites no segment. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fullBitmap } from './bitmap.ts';
import type { SegmentEntry } from './manifest.ts';
import { damaged, readIndexFile } from './segment-file.ts';

export async function readLive(folder: string, entry: SegmentEntry): Promise<Uint8Array> {
  if (entry.live === undefined) return fullBitmap(entry.documents);
  const path = join(folder, entry.live.file);
  const bytes = await readIndexFile(path);
  if (bytes.length !== (entry.documents + 7) >>> 3 || crc32(bytes) !== entry.live.crc32) {
    throw damaged(path, 'is not the live-bitmap that the manifest announces');
  }
  return new Uint8Array(bytes);
}

export async function writeLive(
  folder: string,
  file: string,
  bits: Uint8Array,
  dead: number,
): Promise<NonNullable<SegmentEntry['live']>> {
  const handle = await open(join(folder, file), 'w');
  try {
    await handle.writeFile(bits);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { file, crc32: crc32(bits), dead };
}
