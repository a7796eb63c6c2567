/** From an index folder to a generation in shared memory; segments that are loaded already are used again. */
import { type Generation, type LoadedSegment, makeGeneration } from './generation.ts';
import { readLive } from './live-file.ts';
import { type Manifest, type ReadableVersions, readManifest, type SegmentEntry } from './manifest.ts';
import { IndexDamagedError } from './search-error.ts';
import { readSegment, type Segment } from './segment.ts';

/** A writer may sweep the files of a manifest while we read them; then there is a newer manifest. */
const attempts = 5;

/**
 * Throws `IndexDamagedError` or `IndexMismatchError`; `previous` spares reading what has not changed.
 */
export async function loadGeneration(
  folder: string,
  versions: ReadableVersions,
  previous?: Generation,
): Promise<Generation> {
  for (let attempt = 1; ; attempt++) {
    const manifest = await readManifest(folder, versions);
    try {
      return await loadManifest(folder, manifest, previous);
    } catch (error) {
      const isMissing = error instanceof IndexDamagedError && error.code === 'missing';
      const isOutdated = isMissing && (await readManifest(folder, versions)).generation !== manifest.generation;
      if (!isOutdated || attempt === attempts) throw error;
    }
  }
}

async function loadManifest(folder: string, manifest: Manifest, previous: Generation | undefined): Promise<Generation> {
  const known = new Map(previous?.parts.map(({ segment }) => [segment.file, segment]));
  const loaded: LoadedSegment[] = [];
  for (const entry of manifest.segments) loaded.push(await loadSegment(folder, entry, known));
  return makeGeneration(manifest, loaded);
}

async function loadSegment(
  folder: string,
  entry: SegmentEntry,
  known: ReadonlyMap<string, Segment>,
): Promise<LoadedSegment> {
  const segment = known.get(entry.file) ?? (await readSegment(folder, entry));
  return entry.live === undefined ? { segment } : { segment, live: await readLive(folder, entry) };
}
