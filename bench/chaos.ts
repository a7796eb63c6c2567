/**
 * `npm run bench -- chaos [--kills 30] [--json]`: a harvest is killed with `kill -9` at random moments (seeded); the next
 * one has to complete and leave the store of an undisturbed harvest. Lost = datasets that are not there; doubled = those
 * that are there twice, differ, or have a version too many.
 */
import { rmSync } from 'node:fs';
import { startSimulator } from '../src/simulator/start-simulator.ts';
import {
  accountAfterKill,
  chaosPortal,
  chaosSourceId,
  contentsOf,
  differenceOf,
  harvestInChild,
} from '../test/pipeline/kill-and-resume.ts';
import { newHome } from '../test/pipeline/little-portal.ts';
import { seededRandom } from './harvest/seeded-random.ts';

const packages = 3_000;
const seed = 20_261_125;

interface Survival {
  readonly kills: number;
  readonly lost: number;
  readonly doubled: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const wanted = Number(args[args.indexOf('--kills') + 1] ?? 30);
  const survival = await survive(args.includes('--kills') ? wanted : 30);
  console.log(
    args.includes('--json')
      ? JSON.stringify(survival)
      : `${survival.kills} kills, ${survival.lost} lost, ${survival.doubled} doubled`,
  );
  if (survival.lost > 0 || survival.doubled > 0) process.exitCode = 1;
}

async function survive(wanted: number): Promise<Survival> {
  const simulator = await startSimulator({ portals: [chaosPortal(packages)] });
  const endpoint = simulator.urlOf(chaosSourceId);
  const calmHome = newHome();
  const random = seededRandom(seed);
  let survival: Survival = { kills: 0, lost: 0, doubled: 0 };
  try {
    const calm = await harvestInChild(calmHome, endpoint);
    const undisturbed = await contentsOf(calmHome);
    console.log(`undisturbed: ${undisturbed.size} datasets in ${Math.round(calm.ms)} ms`);
    for (let tries = 0; survival.kills < wanted && tries < wanted * 3; tries += 1) {
      const home = newHome();
      const killAfterMs = random() * calm.ms;
      const first = await harvestInChild(home, endpoint, { killAfterMs });
      // It was done before its moment came: no kill, another try.
      if (first.killed) {
        const expected = calm.run && (await accountAfterKill(home, calm.run));
        const second = await harvestInChild(home, endpoint);
        const { lost, doubled } = differenceOf(undisturbed, await contentsOf(home));
        const sameCounts = JSON.stringify(second.run?.counts) === JSON.stringify(expected?.counts);
        survival = { kills: survival.kills + 1, lost: survival.lost + lost, doubled: survival.doubled + doubled };
        console.log(
          `killed after ${Math.round(killAfterMs)} ms: ${lost} lost, ${doubled} doubled, counts ${sameCounts ? 'equal' : 'DIFFER'}`,
        );
        if (!sameCounts) process.exitCode = 1;
      }
      rmSync(home, { recursive: true, force: true });
    }
    return survival;
  } finally {
    await simulator.close();
    rmSync(calmHome, { recursive: true, force: true });
  }
}
