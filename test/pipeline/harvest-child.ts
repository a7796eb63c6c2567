/**
 * A harvest in a process of its own, to be killed: `harvest-child.ts <home> <source id> <endpoint>`. Says `begin` when
 * it starts and the run as JSON when it ends.
 */
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { isStoreError } from '../../src/store/store-error.ts';
import { quickDoor } from '../support/quick-door.ts';
import { realRunOptions, realSource, realVocabulary } from './real-run.ts';

const [home = '', sourceId = '', endpoint = ''] = process.argv.slice(2);

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
  const source = await realSource(sourceId, endpoint, { pageSize: 50 });
  const options = realRunOptions({ source, store, http, vocabulary: await realVocabulary() });
  process.stdout.write('begin\n');
  const run = await runSource({ ...options, progress: ({ counts }) => process.stdout.write(`seen ${counts.seen}\n`) });
  process.stdout.write(`${JSON.stringify(run)}\n`);
}

try {
  await harvest();
} catch (failure) {
  if (!isStoreError(failure)) throw failure;
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = 1;
}
