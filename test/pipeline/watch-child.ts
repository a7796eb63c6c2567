/**
 * A watcher in a process of its own: `watch-child.ts <home> <origin> <milliseconds the clock is ahead> <portal id…>`.
 * Writes each event as a line of JSON; ends when nothing is due.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { watchSources } from '../../src/pipeline/watch-sources.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';
import { realRunOptions, realVocabulary } from './real-run.ts';

const [home = '', origin = '', aheadMs = '0', ...portals] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const store = await openCatalogueStore({ home, owner: processOwner() });
const http = quickDoor();
const vocabulary = await realVocabulary();
const sources = portals.map((id) =>
  testSource('ckan', `${origin}/${id}/api/3/action/`, { id, options: { pageSize: 20 }, languages: ['en'] }),
);
const now = (): Date => new Date(Date.now() + Number(aheadMs));
await watchSources({
  store,
  sources: async () => sources,
  runOf: async (source, signal) => ({
    ...realRunOptions({ source, store, http, vocabulary }),
    effects: { now, http, log: () => undefined },
    signal,
  }),
  parallel: 3,
  pollMs: 100,
  untilIdle: true,
  now,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  signal: stop.signal,
  tell: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
});
await http.close();
await store.close();
