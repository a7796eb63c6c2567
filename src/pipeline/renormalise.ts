/** A better mapping for all records: every dataset is made anew from the archive, and no portal is asked. */
import type { Source } from '../model/source.ts';
import type { Normalise } from '../normalise/normalise-contract.ts';
import type { CatalogueStore, DatasetRewrite, RawRecord } from '../store/catalogue-store.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** Records per transaction. */
const pageSize = 500;

export interface RenormaliseOptions {
  readonly sources: readonly Source[];
  readonly store: CatalogueStore;
  readonly vocabulary: Vocabulary;
  readonly normalise: Normalise;
  readonly mappingVersion: string;
  readonly signal: AbortSignal;
  readonly progress?: (counts: RenormaliseCounts) => void;
}

export interface RenormaliseCounts {
  /** Records whose dataset was of another mapping. */
  readonly records: number;
  /** Datasets that came out different; each got a change number. */
  readonly changed: number;
  /** Records that are no dataset under the new mapping; an earlier dataset stays in force. */
  readonly rejected: number;
}

/** Goes on where it was stopped: what the new mapping has made already is not looked at again. */
export async function renormalise(options: RenormaliseOptions): Promise<RenormaliseCounts> {
  const { store, mappingVersion, signal } = options;
  const sources = new Map(options.sources.map((source) => [source.id, source]));
  let counts: RenormaliseCounts = { records: 0, changed: 0, rejected: 0 };
  for (let afterId = ''; ; ) {
    signal.throwIfAborted();
    const page = await store.rawRecords({ mappingVersion, sourceIds: [...sources.keys()], afterId, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return counts;
    const rewrites = page.map((record) => rewrite(options, record, sources.get(record.sourceId)));
    counts = {
      records: counts.records + page.length,
      changed: counts.changed + (await store.rewriteDatasets(rewrites, mappingVersion)),
      rejected: counts.rejected + rewrites.filter((each) => each.dataset === undefined).length,
    };
    options.progress?.(counts);
    afterId = last.datasetId;
  }
}

function rewrite(
  { normalise, vocabulary }: RenormaliseOptions,
  record: RawRecord,
  source: Source | undefined,
): DatasetRewrite {
  const { datasetId, nativeId, version, form, raw, context, fetchedAt } = record;
  if (source === undefined)
    throw new TypeError(`${record.sourceId}: the store answered a source that was not asked for`);
  const input = { source, datasetId, nativeId, form, raw, fetchedAt };
  const made = normalise(context === undefined ? input : { ...input, context }, vocabulary);
  const problems = [...record.receivedProblems, ...made.problems];
  const { dataset } = made;
  return dataset === undefined ? { datasetId, version, problems } : { datasetId, version, dataset, problems };
}
