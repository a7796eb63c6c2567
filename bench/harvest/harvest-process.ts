/**
 * One harvest of the simulated portals in a process of its own, as `sampan harvest` does it: two sources at a time, the
 * index behind it. Takes one order from its parent, answers with its figures, its peak memory among them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexBehindHarvest } from '../../src/cli/start-index-thread.ts';
import { loadKnowledge } from '../../src/enrich/knowledge.ts';
import { updateIndex } from '../../src/pipeline/reindex.ts';
import { runAll } from '../../src/pipeline/run-all.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { databasePath } from '../../src/store/open-catalogue-store.ts';
import { openSqlDatabase } from '../../src/store/sqlite-driver.ts';
import { openStore } from '../../test/pipeline/little-portal.ts';
import { realRunOptions, realVocabulary } from '../../test/pipeline/real-run.ts';
import { quickDoor } from '../../test/support/quick-door.ts';
import { type ServedPortal, sourcesOf } from './served-portals.ts';

export interface HarvestOrder {
  readonly home: string;
  readonly portals: readonly ServedPortal[];
  /** Whether the records can be searched afterwards. */
  readonly index: boolean;
  /** Once more, unchanged. */
  readonly again: boolean;
}

export interface HarvestFigures {
  readonly cold: Lap;
  readonly again?: Lap;
  /** Largest resident set of the process, in bytes of 2^20. */
  readonly peakRssMb: number;
}

export interface Lap {
  readonly records: number;
  readonly rejected: number;
  readonly documents: number;
  readonly seconds: number;
  /** Time of both cores that this process took, in s. */
  readonly cpuSeconds: number;
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

process.once('message', (message) => {
  void obey(message as HarvestOrder).then((figures) => {
    process.send?.(figures, () => process.disconnect());
  });
});

async function obey(order: HarvestOrder): Promise<HarvestFigures> {
  const store = await openStore(order.home);
  const cold = await lap(order, store);
  const again = order.again ? await unchangedLap(order, store) : {};
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  await store.close();
  return { cold, ...again, peakRssMb };
}

async function unchangedLap(order: HarvestOrder, store: CatalogueStore): Promise<{ readonly again: Lap }> {
  const before = stateOf(order);
  const again = await lap(order, store);
  const after = stateOf(order);
  if (before !== after) throw new Error(`the unchanged harvest wrote: before ${before}, after ${after}`);
  return { again };
}

async function lap({ home, portals, index }: HarvestOrder, store: CatalogueStore): Promise<Lap> {
  const vocabulary = await realVocabulary();
  const sources = await sourcesOf(portals);
  const http = quickDoor();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const signal = new AbortController().signal;
  const vocabFolder = join(import.meta.dirname, '..', '..', 'vocab');
  const knowledge = await loadKnowledge(vocabFolder);
  const versions = { analysis: 'bench', icu: process.versions['icu'] ?? '', knowledge: knowledge.version };
  const folder = join(home, 'index');
  const behind = index ? indexBehindHarvest({ home, folder, versions, vocabFolder }, failed) : undefined;
  const outcomes = await runAll({
    runs: sources.map((source) => ({
      ...realRunOptions({ source, store, http, vocabulary }),
      ...(behind && { progress: behind.progress }),
    })),
    parallel: 2,
    signal,
  });
  const runs = outcomes.map((outcome) => {
    if (outcome.kind === 'broke') throw outcome.error;
    if (!outcome.run.complete) throw new Error(`${outcome.sourceId}: ${outcome.run.state}, ${outcome.run.why}`);
    return outcome.run;
  });
  if (process.env['BENCH_VERBOSE']) console.log('harvested', performance.now() - start);
  await behind?.finish('ended');
  const report = index
    ? await updateIndex({ store, folder, versions, knowledge, now: () => new Date(), signal })
    : undefined;
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await http.close();
  return {
    records: runs.reduce((sum, run) => sum + run.counts.seen, 0),
    rejected: runs.reduce((sum, run) => sum + run.counts.rejected, 0),
    documents: report?.documents ?? 0,
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
  };
}

function failed(error: Error): void {
  throw error;
}

/** Rows and content of what must not change, and the index's manifest. */
function stateOf({ home, index }: HarvestOrder): string {
  const db = openSqlDatabase(databasePath(home), 'read');
  const rows = untouchedTables.map((table) => `${table} ${db.get<[number]>(`SELECT count(*) FROM ${table}`)?.[0]}`);
  const change = db.get<[number, number]>(
    "SELECT value, (SELECT sum(change) FROM entry) FROM counter WHERE name = 'change'",
  );
  db.close();
  return JSON.stringify([rows, change, index ? readFileSync(join(home, 'index', 'manifest.json'), 'utf8') : '']);
}
