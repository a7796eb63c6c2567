/** A store whose datasets publish given addresses, checked through the real door with a clock that can be moved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { base32Id } from '../../src/kit/hash.ts';
import type { Distribution } from '../../src/model/dataset.ts';
import type { LinkCheck } from '../../src/model/link-check.ts';
import type { Source } from '../../src/model/source.ts';
import { type CheckLinksOptions, checkLinks, type LinkReport } from '../../src/pipeline/check-links.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { noTally, sampleDataset, sha256 } from '../store/sample-records.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';

export const linkSource = testSource('ckan', 'https://portal.example/', {
  id: 'xx-portal-example',
  languages: ['zh-Hant'],
});

export type Published = Partial<Distribution> | string;

export interface LinkRig {
  readonly store: CatalogueStore;
  readonly home: string;
  now(): Date;
  /** Lets time pass. */
  pass(hours: number): void;
  /** The dataset `nativeId` publishes these (text = the address of a CSV); answers its permanent id. */
  publish(nativeId: string, published: readonly Published[], source?: Source): Promise<string>;
  check(more?: Partial<CheckLinksOptions>): Promise<LinkReport>;
  /** What is known of the n-th distribution (0 = first). */
  stateOf(nativeId: string, n?: number, source?: Source): Promise<LinkCheck | undefined>;
  close(): Promise<void>;
}

export async function linkRig(): Promise<LinkRig> {
  const home = mkdtempSync(join(tmpdir(), 'sampan-links-'));
  const store = await openCatalogueStore({ home, owner: { name: 'me', isGone: () => false } });
  let ms = Date.UTC(2026, 0, 1);
  const now = (): Date => new Date(ms);
  const sleep = async (pauseMs: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    ms += pauseMs;
    await delay(1, undefined, signal === undefined ? {} : { signal });
  };
  const http = quickDoor({ now, sleep });
  const signal = new AbortController().signal;
  const patience = { headMs: 200, getMs: 400 };
  return {
    store,
    home,
    now,
    pass: (hours) => {
      ms += hours * 3_600_000;
    },
    publish: (nativeId, published, source = linkSource) =>
      publishIn(store, { source, nativeId, published, at: now().toISOString() }),
    check: (more = {}) =>
      checkLinks({ store, sources: [linkSource], http, now, sleep, concurrency: 8, signal, patience, ...more }),
    async stateOf(nativeId, n = 0, source = linkSource) {
      const id = base32Id(source.id, nativeId);
      return (await store.linkChecks(id)).get(distributionId(id, n));
    },
    async close() {
      await http.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Publication {
  readonly source: Source;
  readonly nativeId: string;
  readonly published: readonly Published[];
  readonly at: string;
}

async function publishIn(store: CatalogueStore, { source, nativeId, published, at }: Publication): Promise<string> {
  const run = await store.startRun({ sourceId: source.id, country: source.country, at });
  const datasetId = (await store.knownRecords(run, [nativeId])).get(nativeId)?.datasetId ?? '';
  const raw = Buffer.from(JSON.stringify(published));
  const dataset = {
    ...sampleDataset(datasetId, nativeId, nativeId),
    sourceId: source.id,
    distributions: published.map((each, n) => distributionOf(each, distributionId(datasetId, n))),
  };
  const received = {
    form: 'ckan-package' as const,
    raw,
    sha256: sha256(raw),
    url: `https://portal.example/${nativeId}`,
    fetchedAt: at,
  };
  const record = { nativeId, datasetId, received, dataset, problems: [], restored: true };
  await store.commitBatch(run, { records: [record], marks: [], tally: noTally, mappingVersion: 'm1', at });
  await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at });
  return datasetId;
}

function distributionOf(published: Published, id: string): Distribution {
  const csv = { id, title: [], description: [], access: 'download' as const, format: { id: 'CSV' } };
  return typeof published === 'string' ? { ...csv, url: published } : { ...csv, ...published };
}

function distributionId(datasetId: string, n: number): string {
  return `${datasetId.slice(0, 14)}${String.fromCharCode(97 + Math.floor(n / 26))}${String.fromCharCode(97 + (n % 26))}`;
}
