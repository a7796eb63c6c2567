/** What changed in the store, as the index takes it, a page at a time: no read stays open between two pages. */
import { indexDocumentFromRecord } from '../search/index-document-from-record.ts';
import type { IndexChange } from '../search/search-contract.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';

/** Records read from the store at a time. */
export const pageSize = 500;

export interface ChangePage {
  /** Empty at the end. */
  readonly changes: readonly IndexChange[];
  /** The store's change number that they lead to. */
  readonly changeNumber: number;
}

export async function indexChangesSince(store: CatalogueReader, after: number): Promise<ChangePage> {
  const page = await store.changesSince(after, pageSize);
  return {
    changes: page.map((change) =>
      change.kind === 'gone'
        ? { kind: 'gone', id: change.datasetId }
        : { kind: 'live', document: indexDocumentFromRecord(change.record) },
    ),
    changeNumber: page.at(-1)?.changeNumber ?? after,
  };
}
