/** The sample portals, played by the simulator, come through the real adapters as `demo/README.md` tells it. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adapters } from '../../src/harvest/adapters.ts';
import type { HarvestEvent } from '../../src/model/source-record.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { quickDoor } from '../support/quick-door.ts';
import { demoFolder, portalIds, readPortal, type SamplePortal } from './demo-portals.ts';

/** The endpoint is swapped for the simulator's, as the command `demo` does. */
async function harvested({ id, source }: SamplePortal): Promise<HarvestEvent[]> {
  const simulator = await startSimulator({ portals: [await portalFromFolder(join(demoFolder, id))] });
  const http = quickDoor();
  const effects = { now: () => new Date('2026-11-25T00:00:00Z'), http, log: () => undefined };
  const events: HarvestEvent[] = [];
  try {
    const played = { ...source, endpoint: simulator.urlOf(id) };
    const harvest = adapters[source.protocol];
    for await (const event of harvest(played, undefined, effects, new AbortController().signal)) events.push(event);
  } finally {
    await http.close();
    await simulator.close();
  }
  return events;
}

const portals = portalIds.map(readPortal);

test('both ways to list a CKAN are shown', () => {
  const ckan = portals.filter(({ source }) => source.protocol === 'ckan');
  expect(new Set(ckan.map(({ source }) => source.options['listing']))).toEqual(new Set(['list', 'search']));
});

describe.each(portals.map((portal) => [portal.id, portal] as const))('%s', (_id, portal) => {
  test('gives every record, rejects the ids that answer nothing, and ends complete', async () => {
    const events = await harvested(portal);
    const ids = events.flatMap((event) => (event.kind === 'record' ? [event.record.nativeId] : []));
    const rejected = events.flatMap((event) => (event.kind === 'rejected' ? [event.nativeId] : []));
    expect(ids.sort()).toEqual(portal.records.map((record) => record.nativeId).sort());
    expect(rejected.sort()).toEqual([...portal.emptyIds].sort());
    expect(events.at(-1)).toMatchObject({ kind: 'end', complete: true });
  });
});
