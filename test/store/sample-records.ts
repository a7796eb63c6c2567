/** Small records for tests of the store: written for this project. */
import { createHash } from 'node:crypto';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { CatalogueStore, RecordWrite, RunEnd, RunTally, StartedRun } from '../../src/store/catalogue-store.ts';

export const sourceId = 'xx-portal-example';
export const noTally: RunTally = {
  counts: {
    seen: 0,
    added: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    deleted: 0,
    restored: 0,
    repeated: 0,
    heldDeletions: 0,
  },
  problems: {},
  rejections: [],
};

export function sampleDataset(id: string, nativeId: string, title: string): Dataset {
  return {
    id,
    sourceId,
    nativeId,
    country: 'XX',
    identifiers: [],
    title: [{ text: title, lang: 'und' }],
    description: [],
    keywords: [],
    contacts: [],
    licence: { id: 'unknown', openness: 'unknown', original: {} },
    themes: [{ value: 'transport', by: 'publisher', rule: 'category', confidence: 1 }],
    sourceCategories: [],
    languages: [],
    temporal: [],
    spatial: [],
    distributions: [{ id: `${id.slice(0, 15)}d`, title: [], description: [], access: 'unknown', format: {} }],
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Wish {
  readonly nativeId: string;
  readonly raw: string | Uint8Array;
  readonly title?: string;
  readonly context?: Uint8Array;
  readonly problems?: readonly Problem[];
  readonly fetchedAt?: string;
  /** The bytes are archived, but are no dataset. */
  readonly rejected?: boolean;
}

/** What the pipeline would hand over for records whose bytes are new. */
export async function writesOf(
  store: CatalogueStore,
  run: StartedRun,
  wishes: readonly Wish[],
): Promise<RecordWrite[]> {
  const known = await store.knownRecords(
    run,
    wishes.map((wish) => wish.nativeId),
  );
  return wishes.map((wish) => {
    const seen = known.get(wish.nativeId);
    if (seen === undefined) throw new Error(`${wish.nativeId}: no id; expected one`);
    const raw = typeof wish.raw === 'string' ? Buffer.from(wish.raw) : wish.raw;
    const context = wish.context === undefined ? {} : { context: wish.context, contextSha256: sha256(wish.context) };
    return {
      nativeId: wish.nativeId,
      datasetId: seen.datasetId,
      received: {
        form: 'ckan-package' as const,
        raw,
        sha256: sha256(raw),
        ...context,
        url: `https://portal.example/${wish.nativeId}`,
        fetchedAt: wish.fetchedAt ?? '2026-01-01T00:00:00.000Z',
      },
      ...(wish.rejected === true
        ? {}
        : { dataset: sampleDataset(seen.datasetId, wish.nativeId, wish.title ?? wish.nativeId) }),
      problems: wish.problems ?? [],
      restored: seen.state !== 'live',
    };
  });
}

export interface WholeRun {
  readonly wishes: readonly Wish[];
  readonly at: string;
  readonly mappingVersion?: string;
  readonly end?: Partial<RunEnd>;
}

/** One run in one batch. */
export async function harvestOnce(store: CatalogueStore, { wishes, at, mappingVersion, end }: WholeRun) {
  const run = await store.startRun({ sourceId, country: 'XX', at });
  const records = await writesOf(store, run, wishes);
  await store.commitBatch(run, { records, marks: [], tally: noTally, mappingVersion: mappingVersion ?? 'm1', at });
  return store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at, ...end });
}
