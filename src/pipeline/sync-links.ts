/**
 * Brings the addresses that datasets publish into the list of links: those of datasets that changed since last time, or of
 * all when a source got another certificate authority. A changed address is a new link, due at once (op H3).
 */
import { sha256Hex } from '../kit/hash.ts';
import type { Source } from '../model/source.ts';
import type { CatalogueChange, CatalogueReader } from '../store/catalogue-reader.ts';
import type { DatasetLinks, LinkStore } from '../store/link-store.ts';
import { linkExpectation } from './link-expectation.ts';

export interface SyncLinksOptions {
  readonly store: LinkStore & Pick<CatalogueReader, 'changesSince'>;
  readonly sources: readonly Source[];
  readonly signal: AbortSignal;
  /** Datasets read so far. */
  readonly progress?: (datasets: number) => void;
}

/** Datasets in one transaction. */
const batchDatasets = 250;

/** Answers how many datasets were read. */
export async function syncLinks({ store, sources, signal, progress }: SyncLinksOptions): Promise<number> {
  const before = await store.linkProgress();
  const trust = trustOf(sources);
  let changeNumber = sameTrust(before.trust, trust) ? before.changeNumber : 0;
  let datasets = 0;
  for (;;) {
    signal.throwIfAborted();
    const changes = await store.changesSince(changeNumber, batchDatasets);
    const last = changes.at(-1);
    if (last === undefined) {
      if (datasets === 0) await store.putDatasetLinks([], { changeNumber, trust });
      return datasets;
    }
    changeNumber = last.changeNumber;
    await store.putDatasetLinks(changes.flatMap(linksOf), { changeNumber, trust });
    datasets += changes.length;
    progress?.(datasets);
  }
}

/** A tombstone keeps its links as they were: nobody looks at them, and what is known of them comes back with it. */
function linksOf(change: CatalogueChange): DatasetLinks[] {
  if (change.kind === 'gone') return [];
  const { distributions } = change.record.dataset;
  const links = distributions.flatMap((each) => {
    const address = each.url ?? each.urlText;
    return address === undefined || address === '' ? [] : [{ address, expects: linkExpectation(each) }];
  });
  return [{ datasetId: change.datasetId, links }];
}

/** A link is asked once for all who publish it under the same trust: a source's authority must not speak for another's. */
function trustOf(sources: readonly Source[]): Record<string, string> {
  return Object.fromEntries(
    sources.flatMap(({ id, certificateAuthority }) =>
      certificateAuthority === undefined ? [] : [[id, sha256Hex(certificateAuthority).slice(0, 16)]],
    ),
  );
}

function sameTrust(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...ids].every((id) => a[id] === b[id]);
}
