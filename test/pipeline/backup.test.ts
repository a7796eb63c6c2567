import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import { openCatalogueReader } from '../../src/store/open-catalogue-store.ts';
import { isStoreError } from '../../src/store/store-error.ts';
import { chaosPortal, chaosSourceId, contentsOf, differenceOf, harvestInChild } from './kill-and-resume.ts';
import { newHome } from './little-portal.ts';

let simulator: Simulator;
let endpoint: Readonly<Record<string, string>>;
const packages = 500;
const scratch = newHome();
const still = { signal: new AbortController().signal, progress: () => undefined };

beforeAll(async () => {
  // Each answer takes its time, so that there is a middle to take a backup in.
  const faults = [{ times: 1_000, fault: { kind: 'delay', ms: 15 } }] as const;
  simulator = await startSimulator({ portals: [chaosPortal(packages)], faults });
  endpoint = { [chaosSourceId]: simulator.urlOf(chaosSourceId) };
});
afterAll(async () => {
  await simulator.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Datasets so far; 0 before the harvesting process has made its store. */
async function datasetsIn(home: string): Promise<number> {
  try {
    const reader = await openCatalogueReader(home);
    const { datasets } = await reader.totals();
    await reader.close();
    return datasets;
  } catch (error) {
    if (isStoreError(error) && (error.code === 'missing' || error.code === 'older-schema')) return 0;
    throw error;
  }
}

test('taken while another process harvests: each backup is one moment, whole, and the harvest goes on from it', async () => {
  const home = join(scratch, 'home');
  let ended = false;
  const harvest = harvestInChild(home, endpoint).finally(() => {
    ended = true;
  });
  while (!ended && (await datasetsIn(home)) === 0) await delay(10);
  const taken: number[] = [];
  for (let i = 0; i < 2; i += 1) {
    const folder = join(scratch, `backup-${i}`);
    const { counts } = await writeBackup({ home, folder, sampan: '0.0.0', at: new Date().toISOString(), ...still });
    taken.push(counts['datasets'] ?? 0);
    await delay(50);
  }
  expect(await harvest).toMatchObject({
    exitCode: 0,
    stderr: '',
    runs: [{ complete: true, counts: { seen: packages } }],
  });
  const whole = await contentsOf(home);
  // At least the first was taken in the middle.
  expect(taken[0]).toBeGreaterThan(0);
  expect(taken[0]).toBeLessThan(whole.size);
  for (const [i, datasets] of taken.entries()) {
    const restored = join(scratch, `restored-${i}`);
    await restoreBackup({ folder: join(scratch, `backup-${i}`), home: restored, ...still });
    // Reads every record's bytes out of the packs: none is torn, none is of a later moment.
    const found = await contentsOf(restored);
    expect(found.size).toBe(datasets);
    expect(differenceOf(whole, found)).toEqual({ lost: whole.size - datasets, doubled: 0 });
  }
  const first = join(scratch, 'restored-0');
  expect(await harvestInChild(first, endpoint)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(differenceOf(whole, await contentsOf(first))).toEqual({ lost: 0, doubled: 0 });
}, 60_000);
