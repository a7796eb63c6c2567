import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import type { CatalogueReader } from '../../src/store/catalogue-reader.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { koreaPortal2022, koreaPortal2025, tokyoPortal } from '../support/capture-portals.ts';
import { hasCaptures } from '../support/captures.ts';
import { quickDoor } from '../support/quick-door.ts';
import { newHome, openStore } from './little-portal.ts';
import { realRunOptions, realSource, realVocabulary } from './real-run.ts';

const tokyo = 'jp-catalog-data-metro-tokyo-lg-jp';
const korea = 'kr-data-go-kr';

let homes: string[];
let stores: CatalogueStore[];

beforeEach(() => {
  homes = [];
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

async function emptyStore(): Promise<CatalogueStore> {
  const home = newHome();
  const store = await openStore(home);
  homes.push(home);
  stores.push(store);
  return store;
}

async function harvest(store: CatalogueStore, portal: SimulatedPortal, options = {}): Promise<HarvestRun> {
  const simulator = await startSimulator({ portals: [portal] });
  const http = quickDoor();
  try {
    const source = await realSource(portal.id, simulator.urlOf(portal.id), options);
    return await runSource(realRunOptions({ source, store, http, vocabulary: await realVocabulary() }));
  } finally {
    await http.close();
    await simulator.close();
  }
}

/** All live datasets as JSON, by id. */
async function datasets(store: CatalogueReader): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = ''; ; ) {
    const ids = await store.liveDatasetIds(after, 500);
    for (const [id, record] of await store.records(ids)) found.set(id, JSON.stringify(record.dataset));
    const last = ids.at(-1);
    if (last === undefined) return found;
    after = last;
  }
}

describe.skipIf(!hasCaptures)('real captures, from simulator to store', () => {
  test('Tokyo by list and by search: equal datasets, distributions and permanent ids', async () => {
    const bySearch = await emptyStore();
    const searched = await harvest(bySearch, tokyoPortal(), { listing: 'search' });
    expect(searched).toMatchObject({
      state: 'done',
      complete: true,
      counts: { seen: 5_077, added: 5_077, rejected: 0 },
    });
    const byList = await emptyStore();
    const listed = await harvest(byList, tokyoPortal(), { listing: 'list' });
    expect(listed).toMatchObject({
      state: 'done-with-problems',
      complete: true,
      counts: { seen: 5_083, added: 5_077, rejected: 6 },
    });
    expect(listed.rejections.length).toBe(6);
    expect(await bySearch.totals()).toEqual({ sources: 1, countries: 1, datasets: 5_077, distributions: 58_187 });
    expect(await byList.totals()).toEqual(await bySearch.totals());
    expect(await datasets(byList)).toEqual(await datasets(bySearch));

    const portal = tokyoPortal();
    for (const { id, bytes } of portal.records.filter((_, i) => i % 500 === 7)) {
      const archived = await byList.archived((await byList.datasetId(tokyo, id)) ?? '');
      expect(Buffer.from(archived?.raw ?? []).equals(bytes)).toBe(true);
    }
    const change = await byList.latestChangeNumber();
    const again = await harvest(byList, tokyoPortal(), { listing: 'list' });
    expect(again.counts).toMatchObject({ seen: 5_083, added: 0, updated: 0, unchanged: 5_077, rejected: 6 });
    expect(await byList.latestChangeNumber()).toBe(change);
  }, 240_000);

  test('Korea 2022, then the 3,143 rows of 2025: suspicious, 2 added, 3,141 updated, 0 deleted', async () => {
    const store = await emptyStore();
    const first = await harvest(store, koreaPortal2022());
    expect(first).toMatchObject({ complete: true, counts: { seen: 61_359, added: 61_359, rejected: 0, repeated: 0 } });
    const second = await harvest(store, koreaPortal2025());
    expect(second).toMatchObject({
      state: 'suspicious',
      complete: true,
      counts: { seen: 3_143, added: 2, updated: 3_141, unchanged: 0, deleted: 0, heldDeletions: 58_218 },
    });
    expect((await store.totals()).datasets).toBe(61_361);
    const id = await store.datasetId(korea, koreaPortal2025().protocol === 'data-go-kr' ? '15000000' : '');
    const record = (await store.records([id ?? ''])).get(id ?? '');
    expect(record?.state).toBe('live');
    const accepted = await store.acceptRun({
      runId: second.id,
      by: 'operator',
      why: 'a test',
      at: new Date().toISOString(),
    });
    expect(accepted).toBe(58_218);
    expect((await store.totals()).datasets).toBe(3_143);
  }, 240_000);
});
