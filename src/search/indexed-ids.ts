/** What the index holds, for the check against the store. */
import { type IndexVersions, readManifest } from './manifest.ts';
import { liveIds, readSegmentIds } from './segment-ids.ts';

/** Change number of the index in the folder. Throws as `readManifest` does. */
export async function readIndexState(
  folder: string,
  versions: IndexVersions,
): Promise<{ readonly generation: number; readonly changeNumber: number }> {
  const { generation, changeNumber } = await readManifest(folder, versions);
  return { generation, changeNumber };
}

/** Ids of all live documents, each once, in no particular order. */
export async function* indexedIds(folder: string, versions: IndexVersions): AsyncGenerator<string> {
  const manifest = await readManifest(folder, versions);
  for (const entry of manifest.segments) yield* liveIds(await readSegmentIds(folder, entry));
}
