/** Files copied with their SHA-256 counted on the way, never over another one. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isStoreError, StoreError } from '../store-error.ts';

const chunkBytes = 1024 * 1024;

export interface CopyWatch {
  readonly signal: AbortSignal;
  /** Bytes done since the last call. */
  readonly progress: (bytes: number) => void;
}

export interface Copied {
  readonly bytes: number;
  readonly sha256: string;
}

/** The first `limit` bytes (or as many as there are), on the disk when it answers. Without `to` they are only read. */
export async function copyFile(
  from: string,
  to: string | undefined,
  limit: number,
  { signal, progress }: CopyWatch,
): Promise<Copied> {
  const source = await open(from, 'r');
  try {
    if (to !== undefined) await mkdir(dirname(to), { recursive: true });
    const target = to === undefined ? undefined : await open(to, 'wx');
    try {
      const hash = createHash('sha256');
      const chunk = Buffer.allocUnsafe(chunkBytes);
      let bytes = 0;
      while (bytes < limit) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(chunk, 0, Math.min(chunkBytes, limit - bytes), bytes);
        if (bytesRead === 0) break;
        const read = chunk.subarray(0, bytesRead);
        hash.update(read);
        await target?.writeFile(read);
        bytes += bytesRead;
        progress(bytesRead);
      }
      await target?.sync();
      return { bytes, sha256: hash.digest('hex') };
    } finally {
      await target?.close();
    }
  } finally {
    await source.close();
  }
}

/** `not-empty` for a folder that holds something: nothing is ever overwritten. */
export async function makeEmptyFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw targetError(cause, folder);
  }
  const [first] = await readdir(folder);
  if (first === undefined) return;
  throw new StoreError(
    'not-empty',
    `${folder}: it holds "${first}"; expected a new or an empty folder, nothing is overwritten: choose another one`,
  );
}

/** What the world did to the folder that is written to, as a sentence; anything else is given back untouched. */
export function targetError(cause: unknown, folder: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) || (isStoreError(cause) && cause.code === 'full')) {
    return new StoreError('full', `${folder}: the disk is full; expected room for the whole copy, which was removed`, {
      cause,
    });
  }
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new StoreError('unreadable', `${folder}: it cannot be written to (${code}); expected a folder of yours`, {
      cause,
    });
  }
  return cause;
}
