/** Brings an index up to date: what changed goes into a new segment, what it replaces dies in the old ones. */
import { type IndexReport, IndexWriter } from './index-writer.ts';
import { type IndexVersions, type Manifest, readManifest } from './manifest.ts';
import type { IndexChange } from './search-contract.ts';
import { readSegmentIds } from './segment-ids.ts';

export interface ApplyChangesOptions {
  readonly folder: string;
  /** In the order in which they happened; of two for one id the later holds. */
  readonly changes: AsyncIterable<IndexChange> | Iterable<IndexChange>;
  readonly changeNumber: number;
  readonly versions: IndexVersions;
}

/**
 * Nothing is written when there is no change and the change number stands already. Throws `IndexDamagedError` without an
 * index and `IndexMismatchError` when it was written for other versions: then it must be built.
 */
export async function applyChanges(options: ApplyChangesOptions): Promise<IndexReport> {
  const { folder, changeNumber, versions } = options;
  const manifest = await readManifest(folder, versions);
  const old = await Promise.all(manifest.segments.map((entry) => readSegmentIds(folder, entry)));
  const writer = await IndexWriter.open(folder, old);
  for await (const change of options.changes) {
    if (change.kind === 'live') await writer.add(change.document);
    else writer.remove(change.id);
  }
  if (!writer.touched && manifest.changeNumber === changeNumber) return reportOf(manifest);
  return writer.commit(changeNumber, versions);
}

function reportOf(manifest: Manifest): IndexReport {
  return {
    documents: manifest.segments.reduce((sum, { documents, live }) => sum + documents - (live?.dead ?? 0), 0),
    segments: manifest.segments.length,
    generation: manifest.generation,
    changeNumber: manifest.changeNumber,
    rejected: [],
  };
}
