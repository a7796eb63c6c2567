/** Rejected records of last runs, one example a problem, with the permanent id under which their bytes are kept. */
import type { Problem } from '../model/problem.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { SourceStatus } from './source-status.ts';

export interface RejectedExample {
  readonly nativeId?: string;
  readonly problem: Problem;
  /** Absent for a record that told no id. */
  readonly datasetId?: string;
}

/** Examples shown of one run. */
const examplesShown = 5;

/** By source id; one query for all of them. */
export async function rejectedExamples(
  catalogue: CatalogueReader,
  sources: readonly SourceStatus[],
): Promise<ReadonlyMap<string, readonly RejectedExample[]>> {
  const found = sources.flatMap(({ id, health }) => {
    const bySlug = new Map((health.run?.rejections ?? []).toReversed().map((each) => [each.problem.slug, each]));
    return [...bySlug.values()].slice(0, examplesShown).map((rejection) => ({ sourceId: id, ...rejection }));
  });
  const ids = await catalogue.archivedIds(found.map(({ sourceId, nativeId = '' }) => ({ sourceId, nativeId })));
  const examples = new Map<string, RejectedExample[]>();
  for (const [at, { sourceId, ...rejection }] of found.entries()) {
    const datasetId = ids[at];
    const example = { ...rejection, ...(datasetId !== undefined && { datasetId }) };
    examples.set(sourceId, [...(examples.get(sourceId) ?? []), example]);
  }
  return examples;
}
