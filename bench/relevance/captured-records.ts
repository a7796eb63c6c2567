/** Every record of the relevance set's catalogues as a dataset, one after the other, with the id that judgements call it by. */
import { existsSync } from 'node:fs';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { capture } from '../../test/support/captures.ts';
import { listReaders } from './list-readers.ts';
import { nativeReaders } from './native-readers.ts';
import type { RelevanceSource } from './relevance-sources.ts';

export interface CapturedRecord {
  /** Source id of the relevance set, and the record's id there: not unique where a title is the id. */
  readonly source: string;
  readonly id: string;
  readonly dataset: Dataset;
}

export type Reader = (source: RelevanceSource, vocabulary: Vocabulary) => Iterable<Omit<CapturedRecord, 'source'>>;

const readers: Readonly<Record<string, Reader>> = { ...nativeReaders, ...listReaders };

export function* capturedRecords(
  sources: readonly RelevanceSource[],
  vocabulary: Vocabulary,
): Generator<CapturedRecord> {
  for (const source of sources) {
    const read = readers[source.reader];
    if (read === undefined) {
      const known = Object.keys(readers).join(', ');
      throw new Error(`bench relevance: ${source.id}: found the reader "${source.reader}", expected one of ${known}`);
    }
    if (!existsSync(capture('data', source.file)))
      throw new Error(`bench relevance: ${source.id}: found no ${capture('data', source.file)}, expected the capture`);
    for (const { id, dataset } of read(source, vocabulary)) yield { source: source.id, id, dataset };
  }
}
