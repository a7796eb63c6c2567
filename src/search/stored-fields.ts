/** What a result shows of a document, read back from its segment. */
import type { StoredFields } from './search-contract.ts';
import type { Segment } from './segment.ts';

/** Our own JSON behind a checksum. */
export function storedOf({ stored, storedStarts }: Segment, document: number): StoredFields {
  const start = storedStarts[document] ?? 0;
  const bytes = Buffer.from(stored.buffer, stored.byteOffset + start, (storedStarts[document + 1] ?? 0) - start);
  return JSON.parse(bytes.toString('utf8')) as StoredFields;
}
