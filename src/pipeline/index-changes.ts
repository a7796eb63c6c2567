/**
 * What changed in the store, as the index takes it, a page at a time: no read stays open between two pages. On the way
 * each record is enriched, and the store keeps what was derived.
 */
import { enrichRecord } from '../enrich/enrich-record.ts';
import type { Knowledge } from '../enrich/knowledge.ts';
import { loadLatinDetector } from '../enrich/latin-language.ts';
import type { DerivedFact } from '../model/fact.ts';
import { indexDocumentFromRecord } from '../search/index-document-from-record.ts';
import type { IndexChange } from '../search/search-contract.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';

/** Records read from the store at a time. */
export const pageSize = 500;

export interface ChangePage {
  /** Empty at the end. */
  readonly changes: readonly IndexChange[];
  /** The store's change number that they lead to. */
  readonly changeNumber: number;
}

export async function indexChangesSince(
  store: CatalogueStore,
  after: number,
  knowledge: Knowledge,
): Promise<ChangePage> {
  const page = await store.changesSince(after, pageSize);
  const latin = await loadLatinDetector();
  const derived: DerivedFact[] = [];
  const changes = page.map((change): IndexChange => {
    if (change.kind === 'gone') return { kind: 'gone', id: change.datasetId };
    const { record, terms, facts } = enrichRecord(change.record, knowledge, latin);
    derived.push(...facts);
    return { kind: 'live', document: indexDocumentFromRecord(record, terms) };
  });
  // The index takes them with this very page: they are no change that it would have to be told of.
  await store.putDerivedFacts(derived, { silently: true });
  return { changes, changeNumber: page.at(-1)?.changeNumber ?? after };
}
