/**
 * A catalogue as `serve` finds it: the four sample portals harvested through the real pipeline, and a portal of our own
 * whose records try to do harm. Real store, real index, in a folder that goes away afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Dataset } from '../../src/model/dataset.ts';
import { reindex } from '../../src/pipeline/reindex.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import { createApp } from '../../src/serve/create-app.ts';
import type { ServeOptions } from '../../src/serve/serve-options.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import type { CatalogueStore, StartedRun } from '../../src/store/catalogue-store.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { analysisVersion } from '../../src/text/analyse.ts';
import { loadLicenceLabels } from '../../src/vocabulary/load-licence-labels.ts';
import { loadThemes } from '../../src/vocabulary/load-themes.ts';
import { demoFolder, portalIds, readPortal } from '../demo/demo-portals.ts';
import { realRunOptions, realVocabulary } from '../pipeline/real-run.ts';
import { noTally, sampleDataset, sha256 } from '../store/sample-records.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testPace, testSource } from '../support/test-source.ts';

export const baseUrl = 'https://data.sampan.example';
const icu = process.versions['icu'] ?? 'none';
const versions = { analysis: analysisVersion(icu), icu, knowledge: littleKnowledge.version };
const signal = new AbortController().signal;
const at = '2026-11-25T01:00:00.000Z';

export interface ServedCatalogue {
  readonly app: Hono;
  readonly options: ServeOptions;
  readonly store: CatalogueStore;
  readonly logged: string[];
  /** Permanent id of a record of the hostile portal. */
  readonly hostile: (nativeId: string) => Promise<string>;
  close(): Promise<void>;
}

export async function serveCatalogue(): Promise<ServedCatalogue> {
  const home = mkdtempSync(join(tmpdir(), 'sampan-serve-'));
  const store = await openCatalogueStore({ home, owner: processOwner() });
  await harvestSamples(store);
  await writeHostile(store);
  const folder = join(home, 'index');
  await reindex({ store, folder, versions, knowledge: littleKnowledge, now: () => new Date(at), signal });
  const index = await openSearchIndex({
    folder,
    versions,
    workers: 0,
    pollMs: 0,
    terminology: littleKnowledge.terminology,
  });
  const logged: string[] = [];
  const vocabulary = join(demoFolder, '..', 'vocab');
  const options: ServeOptions = {
    catalogue: store,
    index,
    sources: [...portalIds.map((id) => readPortal(id).source), hostileSource],
    terminology: littleKnowledge.terminology,
    themes: await loadThemes(vocabulary),
    licenceLabels: await loadLicenceLabels(vocabulary),
    baseUrl,
    now: () => new Date(at),
    log: (line) => logged.push(line),
  };
  return {
    app: createApp(options),
    options,
    store,
    logged,
    async hostile(nativeId) {
      const id = await store.datasetId(hostileSource.id, nativeId);
      if (id === undefined) throw new Error(`${nativeId}: not in the store`);
      return id;
    },
    async close() {
      await index.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function harvestSamples(store: CatalogueStore): Promise<void> {
  const portals = await Promise.all(portalIds.map((id) => portalFromFolder(join(demoFolder, id))));
  const simulator = await startSimulator({ portals });
  const http = quickDoor();
  const vocabulary = await realVocabulary();
  try {
    for (const id of portalIds) {
      const source = { ...readPortal(id).source, endpoint: simulator.urlOf(id), pace: testPace };
      await runSource(realRunOptions({ source, store, http, vocabulary }));
    }
  } finally {
    await http.close();
    await simulator.close();
  }
}

const hostileSource = testSource('ckan', 'https://portal.hostile.example/', {
  id: 'xx-portal-hostile-example',
  name: { en: '<script>alert("portal")</script>', und: '"><img src=x onerror=alert(1)>' },
  homepage: 'javascript:alert(1)',
  country: 'XX',
  languages: ['"><b>'],
  quirks: ['<svg/onload=alert(1)>'],
});

/** What field case W-02 lists, and the words an address field really holds. */
export const badAddresses = [
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example/x',
  'ftp://x.example/a.csv',
  'file:///etc/passwd',
  '檔案請洽承辦人',
];

export const attack = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg/onload=alert(1)>';

function hostileDataset(id: string, nativeId: string): Dataset {
  const text = [{ text: `wreck ${attack}`, lang: '"><script>' }];
  return {
    ...sampleDataset(id, nativeId, 'x'),
    sourceId: hostileSource.id,
    title: text,
    description: [{ text: `語系 </script>${attack}`, lang: 'zh-Hant' }],
    keywords: text,
    publisher: { name: text, homepage: 'javascript:alert(1)' },
    contacts: [{ name: attack, email: attack }],
    landingPage: 'javascript:alert(1)',
    licence: { id: attack, openness: 'unknown', original: { id: attack, title: attack, url: 'javascript:alert(1)' } },
    sourceCategories: [attack],
    languages: ['"><script>'],
    identifiers: [attack],
    issued: { value: '', precision: 'text', original: attack },
    modified: { value: '2026-01', precision: 'month', original: '2026年1月' },
    frequency: { original: attack },
    temporal: [{ original: attack }],
    spatial: [{ name: text, code: attack, bbox: [1, 2, 3, 4] }],
    distributions: badAddresses.map((address, number) => ({
      id: `${id.slice(0, 14)}d${'abcdefghij'[number]}`,
      title: [{ text: attack, lang: 'und' }],
      description: [],
      // The mapping never lets such a link through; the page must not depend on that.
      ...(number % 2 === 0 ? { url: address } : { urlText: address }),
      access: 'unknown' as const,
      format: { original: attack },
      sizeBytes: 1_400_000,
    })),
  };
}

async function writeHostile(store: CatalogueStore): Promise<void> {
  const start = { sourceId: hostileSource.id, country: 'XX', at };
  const run = await store.startRun(start);
  await commit(store, run, 'attack', Buffer.from(`{"title":"${attack}"}`));
  await commit(store, run, 'bytes', Uint8Array.of(0xff, 0xfe, 0x00, 0x3c));
  await commit(store, run, 'withdrawn', Buffer.from('{"id":1111010100100010007, "id":2}'));
  await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at });
  const next = await store.startRun(start);
  const gone = await store.datasetId(hostileSource.id, 'withdrawn');
  await store.applyAbsences(next, { missing: [], tombstones: gone === undefined ? [] : [gone], at });
  await store.finishRun(next, {
    state: 'suspicious',
    complete: true,
    why: attack,
    tally: noTally,
    resumable: false,
    at,
  });
}

async function commit(store: CatalogueStore, run: StartedRun, nativeId: string, raw: Uint8Array): Promise<void> {
  const datasetId = (await store.knownRecords(run, [nativeId])).get(nativeId)?.datasetId ?? '';
  const received = {
    form: 'ckan-package' as const,
    raw,
    sha256: sha256(raw),
    url: `https://portal.hostile.example/${nativeId}`,
    fetchedAt: at,
  };
  const problems = [
    { slug: 'url-malformed', severity: 'warning' as const, path: `extras[${attack}]`, message: attack },
  ];
  const dataset = hostileDataset(datasetId, nativeId);
  const record = { nativeId, datasetId, received, dataset, problems, restored: false };
  await store.commitBatch(run, { records: [record], marks: [], tally: noTally, mappingVersion: 'm1', at });
}
