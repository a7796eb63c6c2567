/** The national portals of issue B from simulator to store, by their own source files. */
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runSource } from '../../src/pipeline/run-source.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { hasCaptures } from '../support/captures.ts';
import { malaysiaCatalogue, malaysiaPublications } from '../support/national-portals.ts';
import { quickDoor } from '../support/quick-door.ts';
import { newHome, openStore } from './little-portal.ts';
import { realRunOptions, realSource, realVocabulary } from './real-run.ts';

describe.skipIf(!hasCaptures)('Malaysia, by its source files', () => {
  test.each([
    ['data.gov.my', malaysiaCatalogue, 290],
    ['OpenDOSM', malaysiaPublications, 1_475],
  ] as const)('%s: all datasets are added, and the second run finds them unchanged', async (_, load, size) => {
    const portal = load();
    const home = newHome();
    const store = await openStore(home);
    const simulator = await startSimulator({ portals: [portal] });
    const http = quickDoor();
    try {
      const files = `${simulator.origin}/${portal.id}/raw/`;
      const source = await realSource(portal.id, simulator.urlOf(portal.id), { files });
      const options = realRunOptions({ source, store, http, vocabulary: await realVocabulary() });
      const first = await runSource(options);
      const second = await runSource(options);
      expect([first.state, first.counts]).toMatchObject(['done', { seen: size, added: size, rejected: 0 }]);
      expect([second.state, second.counts]).toMatchObject(['done', { seen: size, unchanged: size, deleted: 0 }]);
      const ids = await store.liveDatasetIds('', size);
      const themes = [...(await store.records(ids)).values()].map(({ theme }) => theme.value);
      // Dictionaries, metadata, indicators and reviews say nothing of a theme.
      expect(themes.filter((theme) => theme === 'unclassified').length / size).toBeLessThan(0.15);
    } finally {
      await http.close();
      await simulator.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
