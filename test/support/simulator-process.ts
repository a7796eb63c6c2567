/**
 * A simulator in a process of its own, so that it does not share the harvester's core: `forkSimulator(['tokyo',
 * 'korea-2022'])`. This file is both sides: it plays when it was forked.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { koreaPortal2022, koreaPortal2025, tokyoPortal } from './capture-portals.ts';

const captures: Readonly<Record<string, () => SimulatedPortal>> = {
  tokyo: tokyoPortal,
  'korea-2022': koreaPortal2022,
  'korea-2025': koreaPortal2025,
};

export interface ForkedSimulator {
  /** `endpoint` of the portal's source, by portal id. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const thisFile = fileURLToPath(import.meta.url);

/** Starts a process that plays the named captures; resolves when it listens. */
export async function forkSimulator(names: readonly string[]): Promise<ForkedSimulator> {
  const child = fork(thisFile, names, { execArgv: ['--import', 'tsx'], env: { ...process.env, SAMPAN_PLAY: '1' } });
  const urls = await firstMessage(child);
  return {
    urls,
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Readonly<Record<string, string>>));
    child.once('exit', (code) => reject(new Error(`the simulator's process ended with ${code} before it listened`)));
  });
}

async function play(names: readonly string[]): Promise<void> {
  const portals = names.map((name) => {
    const make = captures[name];
    if (!make) throw new RangeError(`no capture ${name}; there are ${Object.keys(captures).join(', ')}`);
    return make();
  });
  const simulator = await startSimulator({ portals });
  process.once('disconnect', () => void simulator.close());
  process.send?.(Object.fromEntries(portals.map(({ id }) => [id, simulator.urlOf(id)])));
}

if (process.env['SAMPAN_PLAY'] === '1' && process.argv[1] === thisFile) await play(process.argv.slice(2));
