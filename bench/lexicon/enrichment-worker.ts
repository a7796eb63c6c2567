/** A thread of `enrichment-speed.ts`: makes ready, waits for the word, works, and says when it is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { type EnrichmentWork, preparedWork } from './enrichment-speed.ts';

// Only `enrichment-speed.ts` starts this thread, with this shape.
const work = await preparedWork(workerData as EnrichmentWork);
parentPort?.once('message', () => {
  work();
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
