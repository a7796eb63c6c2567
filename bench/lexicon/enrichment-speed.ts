/** How many whole records a second get their language, concepts, places and theme: in one thread, and over all cores. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { enrichRecord } from '../../src/enrich/enrich-record.ts';
import { loadKnowledge } from '../../src/enrich/knowledge.ts';
import { loadLatinDetector } from '../../src/enrich/latin-language.ts';
import { startThread } from '../../src/kit/start-thread.ts';
import type { CatalogueRecord } from '../../src/model/dataset.ts';

/** What a thread is started with; it answers `ready`, and `done` to any message, when it has enriched them all. */
export interface EnrichmentWork {
  readonly vocabFolder: string;
  readonly records: readonly CatalogueRecord[];
}

export interface EnrichmentSpeed {
  readonly records: number;
  readonly oneThread: number;
  /** Records a second of processor time in one thread: what it would be on a machine with nothing else to do. */
  readonly perCpuSecond: number;
  readonly threads: number;
  readonly allThreads: number;
}

/** The first records are slower: the engine has not compiled the code, and labels are analysed when first asked for. */
const warmUp = 2_000;

export async function enrichmentSpeed(
  records: readonly CatalogueRecord[],
  vocabFolder: string,
): Promise<EnrichmentSpeed> {
  const threads = availableParallelism();
  return {
    records: records.length,
    ...(await inOneThread(records, vocabFolder)),
    threads,
    allThreads: await overThreads(records, threads, vocabFolder),
  };
}

/** Returns the function that enriches all of `records`, warmed up. */
export async function preparedWork({ records, vocabFolder }: EnrichmentWork): Promise<() => void> {
  const [knowledge, latin] = await Promise.all([loadKnowledge(vocabFolder), loadLatinDetector()]);
  const enrich = (some: readonly CatalogueRecord[]): void => {
    for (const record of some) enrichRecord(record, knowledge, latin);
  };
  const step = Math.max(1, Math.floor(records.length / warmUp));
  enrich(records.filter((_, place) => place % step === 0));
  return () => enrich(records);
}

async function inOneThread(
  records: readonly CatalogueRecord[],
  vocabFolder: string,
): Promise<Pick<EnrichmentSpeed, 'oneThread' | 'perCpuSecond'>> {
  const work = await preparedWork({ records, vocabFolder });
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  work();
  const oneThread = perSecond(records.length, started);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { oneThread, perCpuSecond: Math.round((records.length / (user + system)) * 1_000_000) };
}

async function overThreads(records: readonly CatalogueRecord[], threads: number, vocabFolder: string): Promise<number> {
  const workers = Array.from({ length: threads }, (_, own) => {
    const share = records.filter((_, place) => place % threads === own);
    return startThread(import.meta.url, 'enrichment-worker', { vocabFolder, records: share } satisfies EnrichmentWork);
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const started = performance.now();
  const done = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('go');
  await Promise.all(done);
  const speed = perSecond(records.length, started);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return speed;
}

function perSecond(count: number, started: number): number {
  return Math.round((count / (performance.now() - started)) * 1_000);
}
