import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { openCatalogueReader } from '../../src/store/open-catalogue-store.ts';
import {
  accountAfterKill,
  chaosPortal,
  chaosSourceId,
  contentsOf,
  differenceOf,
  harvestInChild,
} from './kill-and-resume.ts';
import { newHome } from './little-portal.ts';

let simulator: Simulator;
let endpoint: Readonly<Record<string, string>>;
let undisturbed: Map<string, string>;
let whole: HarvestRun | undefined;
let wholeMs: number;
const homes: string[] = [];

function home(): string {
  const made = newHome();
  homes.push(made);
  return made;
}

beforeAll(async () => {
  simulator = await startSimulator({ portals: [chaosPortal(2_000)] });
  endpoint = { [chaosSourceId]: simulator.urlOf(chaosSourceId) };
  const calm = home();
  const ended = await harvestInChild(calm, endpoint);
  whole = ended.runs?.[0];
  wholeMs = ended.ms;
  undisturbed = await contentsOf(calm);
});
afterAll(async () => {
  await simulator.close();
  for (const each of homes) rmSync(each, { recursive: true, force: true });
});

test('the undisturbed harvest has everything', () => {
  expect(whole).toMatchObject({ complete: true, counts: { seen: 2_000 } });
  expect(undisturbed.size).toBe(whole?.counts.added);
  expect(undisturbed.size).toBeGreaterThan(1_900);
});

// Shares of the whole time, from a seeded draw: in the first request, among the batches, near the end.
test.each([0.07, 0.31, 0.52, 0.74, 0.93])(
  'kill -9 after %f of the harvest: the next run completes and equals an undisturbed one',
  async (share) => {
    const killedHome = home();
    const first = await harvestInChild(killedHome, endpoint, { killAfterMs: wholeMs * share });
    const expected = whole && (first.killed ? await accountAfterKill(killedHome, whole) : whole);
    const second = first.killed ? await harvestInChild(killedHome, endpoint) : first;
    expect(second.stderr).toBe('');
    expect(differenceOf(undisturbed, await contentsOf(killedHome))).toEqual({ lost: 0, doubled: 0 });
    expect(second.runs?.[0]?.counts).toEqual(expected?.counts);
    expect(second.runs?.[0]?.problems).toEqual(expected?.problems);
  },
);

test('a file-size limit like a full disk: one sentence, exit code not 0, the store opens and the next run completes', async () => {
  const fullHome = home();
  // In blocks of 512 bytes (dash) or 1,024 (bash): enough for the schema, not for the catalogue.
  const ended = await harvestInChild(fullHome, endpoint, { shell: "trap '' XFSZ; ulimit -f 1500" });
  expect(ended.exitCode).not.toBe(0);
  // One sentence and nothing else, so that a person reads what to do.
  expect(ended.stderr).toMatch(/^[^\n]*the disk is full \(.*\); expected room [^\n]*nothing stored was lost\n$/);
  const reader = await openCatalogueReader(fullHome);
  const before = (await reader.totals()).datasets;
  expect(before).toBeLessThan(undisturbed.size);
  await reader.close();
  const next = await harvestInChild(fullHome, endpoint);
  expect(next.runs?.[0]?.counts).toEqual(whole?.counts);
  expect(differenceOf(undisturbed, await contentsOf(fullHome))).toEqual({ lost: 0, doubled: 0 });
});
