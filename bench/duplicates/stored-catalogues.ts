/** Datasets into a store as a harvest would leave them. */
import { sha256Hex } from '../../src/kit/hash.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import type { CapturedCatalogue } from './captured-datasets.ts';

const pageSize = 500;
const at = '2026-11-25T00:00:00.000Z';
const counts = {
  seen: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  deleted: 0,
  restored: 0,
  repeated: 0,
  heldDeletions: 0,
};

export async function storeCatalogue(store: CatalogueStore, { source, datasets }: CapturedCatalogue): Promise<void> {
  const run = await store.startRun({ sourceId: source.id, country: source.country, at });
  const tally = { counts, problems: {}, rejections: [] };
  for (let i = 0; i < datasets.length; i += pageSize) {
    const records = datasets.slice(i, i + pageSize).map((dataset) => {
      const raw = Buffer.from(JSON.stringify({ id: dataset.nativeId, keywords: dataset.keywords }));
      const received = {
        form: 'ckan-package',
        raw,
        sha256: sha256Hex(raw),
        url: source.endpoint,
        fetchedAt: at,
      } as const;
      return { nativeId: dataset.nativeId, datasetId: dataset.id, received, dataset, problems: [], restored: false };
    });
    await store.commitBatch(run, { records, marks: [], tally, mappingVersion: 'bench', at });
  }
  await store.finishRun(run, { state: 'done', complete: true, tally, resumable: false, at });
}
