/** The portals of a simulator process, and the sources that harvest them. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Protocol, Source } from '../../src/model/source.ts';
import { loadSources } from '../../src/registry/load-sources.ts';
import { testPace, testSource } from '../../test/support/test-source.ts';

export interface ServedPortal {
  readonly id: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** Address that the portal's own paths stand below. */
  readonly home: string;
  readonly records: number;
}

export interface ServedPortals {
  readonly simulator: ChildProcess;
  readonly portals: readonly ServedPortal[];
}

const simulatorModule = fileURLToPath(new URL('./capture-simulator.ts', import.meta.url));

/** `which`: the arguments of the simulator's process. */
export async function startPortals(...which: readonly string[]): Promise<ServedPortals> {
  const simulator = fork(simulatorModule, which, { execArgv: ['--import', 'tsx'] });
  const portals = await new Promise<readonly ServedPortal[]>((resolve, reject) => {
    simulator.once('message', (message) => resolve(message as readonly ServedPortal[]));
    simulator.once('exit', (code) => reject(new Error(`the simulator ended with ${code}; expected its endpoints`)));
  });
  return { simulator, portals };
}

/** Each as its file describes it, at the simulator's address and in a hurry; the lists of cities as data.gov.tw's. */
export async function sourcesOf(portals: readonly ServedPortal[]): Promise<readonly Source[]> {
  const known = new Map(
    (await loadSources(join(import.meta.dirname, '..', '..', 'sources'))).map((source) => [source.id, source]),
  );
  return portals.map(({ id, protocol, endpoint, home }) => {
    const made = testSource(protocol, endpoint, { id, timeZone: 'UTC' });
    const found = known.get(id) ?? (id.startsWith('tw-city-') ? known.get('tw-data-gov-tw') : undefined) ?? made;
    const options: Source['options'] = { ...found.options, files: `${home}raw/`, ...listingOf(protocol) };
    return { ...found, id, protocol, endpoint, pace: testPace, options };
  });
}

/** India's list of all resources is the one that was captured. */
function listingOf(protocol: Protocol): Source['options'] {
  return protocol === 'ogd-india' ? { listing: 'lists' } : {};
}
