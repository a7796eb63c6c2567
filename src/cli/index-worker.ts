/** The thread that takes over into the index what a harvest writes, while it writes. Told `ended` or `stop` by its starter. */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { loadKnowledge } from '../enrich/knowledge.ts';
import { followIndex } from '../pipeline/follow-index.ts';
import { processOwner } from '../store/lease-owner.ts';
import { openCatalogueStore } from '../store/open-catalogue-store.ts';
import type { IndexThreadData } from './start-index-thread.ts';

const { home, folder, versions, vocabFolder } = workerData as IndexThreadData;
const ended = new AbortController();
const stop = new AbortController();
parentPort?.on('message', (message: 'ended' | 'stop') => {
  if (message === 'stop') stop.abort();
  ended.abort();
});

const store = await openCatalogueStore({ home, owner: processOwner(process.pid, 'index') });
try {
  await followIndex({
    store,
    folder,
    versions,
    knowledge: await loadKnowledge(vocabFolder),
    now: () => new Date(),
    pause: (ms) => delay(ms, undefined, { signal: ended.signal }).catch(() => undefined),
    ended: () => ended.signal.aborted,
    signal: stop.signal,
  });
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await store.close();
  parentPort?.close();
}
