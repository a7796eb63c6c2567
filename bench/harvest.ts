/**
 * `npm run bench -- harvest [--json]`: all real captures from the simulator (a process of its own) to searchable, cold;
 * then once more unchanged, which must write no dataset, archive, fact or index row. Beside it the floor: the same
 * bytes fetched, parsed and written raw. Promised: ≥ 1,500 records/s cold, ≥ 8,000 unchanged, < 700 MB.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../src/model/source.ts';
import { type ReindexOptions, updateIndex } from '../src/pipeline/reindex.ts';
import { runSource } from '../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../src/store/catalogue-store.ts';
import { databasePath } from '../src/store/open-catalogue-store.ts';
import { openSqlDatabase } from '../src/store/sqlite-driver.ts';
import { newHome, openStore } from '../test/pipeline/little-portal.ts';
import { realRunOptions, realSource, realVocabulary } from '../test/pipeline/real-run.ts';
import { quickDoor } from '../test/support/quick-door.ts';
import { testSource } from '../test/support/test-source.ts';
import { type FloorPortal, floorOf } from './harvest/floor.ts';

interface ServedPortal extends FloorPortal {
  readonly records: number;
}

/** Tables that an unchanged harvest must leave as they are. */
const untouchedTables = [
  'entry',
  'permanent_id',
  'dataset',
  'archive_content',
  'archive_pack',
  'archive_version',
  'observed_fact',
  'decision',
  'derived_fact',
];

/** Below it on Korea the simulator, not Sampan, is what was measured. */
const leastKoreanFloor = 10_000;

export async function run(args: readonly string[]): Promise<void> {
  const { simulator, portals } = await startCaptures();
  const home = newHome();
  try {
    const figures = await measure(home, portals);
    console.log(args.includes('--json') ? JSON.stringify(figures) : figures);
  } finally {
    simulator.disconnect();
    rmSync(home, { recursive: true, force: true });
  }
}

async function startCaptures(): Promise<{
  readonly simulator: ChildProcess;
  readonly portals: readonly ServedPortal[];
}> {
  const simulator = fork(fileURLToPath(new URL('./harvest/capture-simulator.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const portals = await new Promise<readonly ServedPortal[]>((resolve, reject) => {
    simulator.once('message', (message) => resolve(message as readonly ServedPortal[]));
    simulator.once('exit', (code) => reject(new Error(`the simulator ended with ${code}; expected its endpoints`)));
  });
  return { simulator, portals };
}

async function measure(home: string, portals: readonly ServedPortal[]) {
  const store = await openStore(home);
  const cold = await harvestAll(home, store, portals);
  const before = stateOf(home);
  const again = await harvestAll(home, store, portals);
  const after = stateOf(home);
  if (before !== after) throw new Error(`the unchanged harvest wrote: before ${before}, after ${after}`);
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  await store.close();
  const floors = await floorsOf(home, portals);
  const records = cold.records;
  const perSecond = Math.round(records / cold.seconds);
  return {
    records,
    perSecond,
    floorPerSecond: Math.round(records / floors.seconds),
    unchangedPerSecond: Math.round(again.records / again.seconds),
    peakRssMb,
  };
}

async function harvestAll(home: string, store: CatalogueStore, portals: readonly ServedPortal[]) {
  const vocabulary = await realVocabulary();
  const http = quickDoor();
  const start = performance.now();
  let records = 0;
  for (const portal of portals) {
    const begun = performance.now();
    const done = await runSource(realRunOptions({ source: await sourceOf(portal), store, http, vocabulary }));
    records += done.counts.seen;
    const { seen, added, unchanged, rejected } = done.counts;
    console.log(
      `${portal.id}: ${done.state}, ${seen} seen, ${added} added, ${unchanged} unchanged, ${rejected} rejected, ${perSecondSince(begun, seen)} records/s`,
    );
  }
  const begun = performance.now();
  const report = await updateIndex(indexOptions(home, store));
  console.log(
    `index: ${report.documents} documents, generation ${report.generation}, ${Math.round(performance.now() - begun)} ms`,
  );
  await http.close();
  return { records, seconds: (performance.now() - start) / 1_000 };
}

async function sourceOf({ id, protocol, endpoint }: ServedPortal): Promise<Source> {
  if (protocol !== 'dcat-us') return realSource(id, endpoint);
  return testSource('dcat-us', endpoint, { id, country: 'US', languages: ['en'], timeZone: 'America/New_York' });
}

function indexOptions(home: string, store: CatalogueStore): ReindexOptions {
  return {
    store,
    folder: join(home, 'index'),
    versions: { analysis: 'bench', icu: process.versions['icu'] ?? '' },
    now: () => new Date(),
    signal: new AbortController().signal,
  };
}

/** Rows and content of what must not change, and the index's manifest. */
function stateOf(home: string): string {
  const db = openSqlDatabase(databasePath(home), 'read');
  const rows = untouchedTables.map((table) => `${table} ${db.get<[number]>(`SELECT count(*) FROM ${table}`)?.[0]}`);
  const change = db.get<[number, number]>(
    "SELECT value, (SELECT sum(change) FROM entry) FROM counter WHERE name = 'change'",
  );
  db.close();
  return JSON.stringify([rows, change, readFileSync(join(home, 'index', 'manifest.json'), 'utf8')]);
}

async function floorsOf(home: string, portals: readonly ServedPortal[]): Promise<{ readonly seconds: number }> {
  const db = openSqlDatabase(join(home, 'floor.db'), 'write');
  let seconds = 0;
  for (const portal of portals) {
    const perSecond = await floorOf(portal, db);
    seconds += portal.records / perSecond;
    console.log(`${portal.id}: floor ${Math.round(perSecond)} records/s`);
    if (portal.protocol === 'data-go-kr' && perSecond < leastKoreanFloor) {
      console.log(
        `void: the floor on Korea is under ${leastKoreanFloor}/s, so the simulator or the machine was measured`,
      );
      process.exitCode = 1;
    }
  }
  db.close();
  return { seconds };
}

function perSecondSince(start: number, records: number): number {
  return Math.round(records / ((performance.now() - start) / 1_000));
}
