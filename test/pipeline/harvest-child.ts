/**
 * A harvest in a process of its own, to be killed: `harvest-child.ts <home> <source id> <endpoint> [<source id> …]`, two
 * portals at a time as the product does. Says `begin` when it starts, and the runs as one JSON array when they ended.
 */
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import { runAll } from '../../src/pipeline/run-all.ts';
import type { RunOptions } from '../../src/pipeline/run-options.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { isStoreError } from '../../src/store/store-error.ts';
import { quickDoor } from '../support/quick-door.ts';
import { realRunOptions, realSource, realVocabulary } from './real-run.ts';

const [home = '', ...portals] = process.argv.slice(2);

async function harvest(): Promise<void> {
  const store = await openCatalogueStore({ home, owner: processOwner() });
  const http = quickDoor();
  try {
    await harvestInto(store, http);
  } finally {
    await http.close();
    await store.close();
  }
}

async function harvestInto(store: CatalogueStore, http: HttpDoor): Promise<void> {
  const vocabulary = await realVocabulary();
  const runs: RunOptions[] = [];
  for (let i = 0; i < portals.length; i += 2) {
    const [sourceId = '', endpoint = ''] = portals.slice(i);
    const source = await realSource(sourceId, endpoint, { pageSize: 50 });
    const progress: RunOptions['progress'] = ({ counts }) => void process.stdout.write(`seen ${counts.seen}\n`);
    runs.push({ ...realRunOptions({ source, store, http, vocabulary }), progress });
  }
  process.stdout.write('begin\n');
  const outcomes = await runAll({ runs, parallel: 2, signal: new AbortController().signal });
  const ended = outcomes.map((outcome) => {
    if (outcome.kind === 'broke') throw outcome.error;
    return outcome.run;
  });
  process.stdout.write(`${JSON.stringify(ended)}\n`);
}

try {
  await harvest();
} catch (failure) {
  if (!isStoreError(failure)) throw failure;
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = 1;
}
