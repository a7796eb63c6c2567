/** Groups the copies of a store in a process of its own, so that its memory is measured and nobody else's. */
import { cataloguePlaces } from '../../src/enrich/catalogue-places.ts';
import type { Source } from '../../src/model/source.ts';
import { type GroupingReport, groupDuplicates } from '../../src/pipeline/group-duplicates.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { loadGovernments } from '../../src/vocabulary/load-governments.ts';

export interface GroupingTask {
  readonly home: string;
  readonly sources: readonly Source[];
  readonly rebuild: boolean;
}

export interface GroupingResult extends GroupingReport {
  readonly ms: number;
  readonly peakMb: number;
}

process.once('message', (task: GroupingTask) => {
  void answer(task).then((result) => process.send?.(result, () => process.disconnect()));
});

async function answer({ home, sources, rebuild }: GroupingTask): Promise<GroupingResult> {
  const store = await openCatalogueStore({ home, owner: processOwner() });
  const places = cataloguePlaces(sources, await loadGovernments('vocab'));
  const start = performance.now();
  const { signal } = new AbortController();
  const report = await groupDuplicates({ store, places, rebuild, now: () => new Date(), signal });
  const ms = performance.now() - start;
  await store.close();
  return { ...report, ms, peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) };
}
