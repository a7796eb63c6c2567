/**
 * `npm run bench -- chaos [--kills 100] [--json]`: a process that harvests three portals (pages, one JSON document, one
 * CSV) is killed with `kill -9` at random moments (seeded), up to three times on its way; the one that is let live has to
 * complete, and leave the store and the account of an undisturbed harvest. Lost = datasets that are not there; doubled =
 * those that are there twice, differ, or have a version too many.
 */
import { rmSync } from 'node:fs';
import type { HarvestRun } from '../src/model/harvest-run.ts';
import { startSimulator } from '../src/simulator/start-simulator.ts';
import {
  accountAfterKill,
  chaosPortals,
  contentsOf,
  differenceOf,
  type Ended,
  harvestInChild,
} from '../test/pipeline/kill-and-resume.ts';
import { newHome } from '../test/pipeline/little-portal.ts';
import { seededRandom } from './harvest/seeded-random.ts';

const recordsPerPortal = 1_500;
const killsOnTheWay = 3;
const seed = 20_261_125;

interface Survival {
  readonly kills: number;
  readonly lost: number;
  readonly doubled: number;
  /** Harvests whose counts or problems are not those of an undisturbed one. */
  readonly accountsOff: number;
}

interface Calm {
  readonly endpoints: Readonly<Record<string, string>>;
  readonly contents: ReadonlyMap<string, string>;
  readonly runs: readonly HarvestRun[];
  readonly ms: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const given = args.includes('--kills') ? Number(args[args.indexOf('--kills') + 1]) : 100;
  const survival = await survive(given);
  console.log(
    args.includes('--json')
      ? JSON.stringify(survival)
      : `${survival.kills} kills, ${survival.lost} lost, ${survival.doubled} doubled, ${survival.accountsOff} accounts off`,
  );
  if (survival.lost + survival.doubled + survival.accountsOff > 0) process.exitCode = 1;
}

async function survive(wanted: number): Promise<Survival> {
  const portals = chaosPortals(recordsPerPortal);
  const simulator = await startSimulator({ portals });
  const endpoints = Object.fromEntries(portals.map(({ id }) => [id, simulator.urlOf(id)]));
  const random = seededRandom(seed);
  let sum: Survival = { kills: 0, lost: 0, doubled: 0, accountsOff: 0 };
  try {
    const calm = await undisturbed(endpoints);
    console.log(`undisturbed: ${calm.contents.size} datasets of 3 portals in ${Math.round(calm.ms)} ms`);
    for (let tries = 0; sum.kills < wanted && tries < wanted * 3; tries += 1) {
      const one = await oneHarvest(calm, random, Math.min(killsOnTheWay, wanted - sum.kills));
      sum = {
        kills: sum.kills + one.kills,
        lost: sum.lost + one.lost,
        doubled: sum.doubled + one.doubled,
        accountsOff: sum.accountsOff + one.accountsOff,
      };
    }
    return sum;
  } finally {
    await simulator.close();
  }
}

async function undisturbed(endpoints: Calm['endpoints']): Promise<Calm> {
  const home = newHome();
  const { runs = [], ms, stderr } = await harvestInChild(home, endpoints);
  if (runs.length === 0) throw new Error(`the undisturbed harvest failed: ${stderr}`);
  const contents = await contentsOf(home);
  rmSync(home, { recursive: true, force: true });
  return { endpoints, contents, runs, ms };
}

/** Killed at most `mostKills` times on its way, each time at another moment of what is left of it. */
async function oneHarvest(calm: Calm, random: () => number, mostKills: number): Promise<Survival> {
  const home = newHome();
  const moments: number[] = [];
  let expected: readonly Pick<HarvestRun, 'counts' | 'problems'>[] = calm.runs;
  let ended: Ended | undefined;
  while (moments.length < mostKills) {
    const killAfterMs = random() * calm.ms;
    const harvest = await harvestInChild(home, calm.endpoints, { killAfterMs });
    // Done before its moment came: it is the one that was let live.
    if (!harvest.killed) {
      ended = harvest;
      break;
    }
    moments.push(Math.round(killAfterMs));
    expected = await Promise.all(calm.runs.map((each) => accountAfterKill(home, each)));
  }
  ended ??= await harvestInChild(home, calm.endpoints);
  const difference = differenceOf(calm.contents, await contentsOf(home));
  rmSync(home, { recursive: true, force: true });
  const accountsOff = JSON.stringify(accountOf(ended.runs ?? [])) === JSON.stringify(accountOf(expected)) ? 0 : 1;
  const { lost, doubled } = difference;
  const account =
    accountsOff === 0 ? 'equal' : `DIFFERS: ${JSON.stringify(accountOf(ended.runs ?? []))} ${ended.stderr}`;
  console.log(`killed after ${moments.join(', ')} ms: ${lost} lost, ${doubled} doubled, account ${account}`);
  return { kills: moments.length, lost, doubled, accountsOff };
}

function accountOf(runs: readonly Pick<HarvestRun, 'counts' | 'problems'>[]) {
  return runs.map(({ counts, problems }) => ({ counts, problems }));
}
