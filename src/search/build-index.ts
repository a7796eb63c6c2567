/** From nothing, or in the place of what is there: an index of exactly these documents. */
import { mkdir } from 'node:fs/promises';
import { type FlushLimits, type IndexReport, IndexWriter } from './index-writer.ts';
import type { IndexVersions } from './manifest.ts';
import type { IndexDocument } from './search-contract.ts';

export interface BuildIndexOptions {
  readonly folder: string;
  /** Read once, one at a time; of two with one id the later holds. */
  readonly documents: AsyncIterable<IndexDocument> | Iterable<IndexDocument>;
  /** Change number of the store up to which the documents are current. */
  readonly changeNumber: number;
  readonly versions: IndexVersions;
  /** When a segment is written out; the default keeps the builder below 300 MB. */
  readonly flushAt?: FlushLimits;
}

/** Builds aside; the index that is there goes on answering until the new one is complete, then they are swapped. */
export async function buildIndex(options: BuildIndexOptions): Promise<IndexReport> {
  await mkdir(options.folder, { recursive: true });
  const writer = await IndexWriter.open(options.folder, [], options.flushAt);
  for await (const document of options.documents) await writer.add(document);
  return writer.commit(options.changeNumber, options.versions);
}
