/** The documents a segment was made of, as they were given: what segments are merged from. Never loaded by a reader. */
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { sourceBlockDocuments } from './index-schema.ts';
import type { IndexDocument } from './search-contract.ts';
import { sectionU8, sectionU32 } from './section.ts';
import { readSegmentFile } from './segment-file.ts';

/** Documents with their numbers, in order; one block at a time is unpacked. */
export async function* sourceDocuments(
  folder: string,
  file: string,
): AsyncGenerator<{ readonly number: number; readonly document: IndexDocument }> {
  const path = join(folder, file);
  const sections = await readSegmentFile(path, (name) => name.startsWith('source.'));
  const bytes = sectionU8(sections, 'source.bytes', path);
  const starts = sectionU32(sections, 'source.starts', path);
  for (let block = 0; block + 1 < starts.length; block++) {
    const packed = bytes.subarray(starts[block], starts[block + 1]);
    // Our own JSON behind a checksum: no need to look at its shape again.
    const documents = JSON.parse(inflateRawSync(packed).toString()) as IndexDocument[];
    let number = block * sourceBlockDocuments;
    for (const document of documents) yield { number: number++, document };
  }
}
