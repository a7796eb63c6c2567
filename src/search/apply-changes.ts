/** Brings an index up to date: what changed goes into a new segment, what it replaces dies in the old ones. */
import { mkdir } from 'node:fs/promises';
import { type FlushLimits, type IndexReport, IndexWriter } from './index-writer.ts';
import { type IndexVersions, type Manifest, readManifest } from './manifest.ts';
import type { IndexChange } from './search-contract.ts';
import { readSegmentIds } from './segment-ids.ts';

export interface ApplyChangesOptions {
  readonly folder: string;
  /** In the order in which they happened; of two for one id the later holds. */
  readonly changes: AsyncIterable<IndexChange> | Iterable<IndexChange>;
  /** Change number of the store that they lead to; asked for when they have ended, if it is not known before. */
  readonly changeNumber: number | (() => number);
  readonly versions: IndexVersions;
  /** In the place of what is there, not after it. */
  readonly anew?: boolean;
  /** When a segment is written out. */
  readonly flushAt?: FlushLimits;
}

/**
 * Nothing is written when there is no change and the change number stands already. Throws `IndexDamagedError` without an
 * index and `IndexMismatchError` when it was written for other versions: then it must be built.
 */
export async function applyChanges(options: ApplyChangesOptions): Promise<IndexReport> {
  const { folder, versions } = options;
  const manifest = options.anew === true ? undefined : await readManifest(folder, versions);
  const old = await Promise.all((manifest?.segments ?? []).map((entry) => readSegmentIds(folder, entry)));
  await mkdir(folder, { recursive: true });
  const writer = await IndexWriter.open(folder, old, options.flushAt);
  for await (const change of options.changes) {
    if (change.kind === 'live') await writer.add(change.document);
    else writer.remove(change.id);
  }
  const changeNumber = typeof options.changeNumber === 'number' ? options.changeNumber : options.changeNumber();
  if (manifest !== undefined && !writer.touched && manifest.changeNumber === changeNumber) return reportOf(manifest);
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
