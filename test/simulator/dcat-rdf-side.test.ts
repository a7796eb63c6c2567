import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { collect } from '../harvest/collect.ts';
import { rdfRecord } from '../harvest/dcat-rdf-sides.ts';
import { testSource } from '../support/test-source.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

test.each(['turtle', 'n-triples', 'rdf-xml', 'json-ld'])(
  'a portal in a folder serves its N-Triples as %s',
  async (serialisation) => {
    const folder = await mkdtemp(join(tmpdir(), 'sampan-rdf-'));
    open.push(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, 'records'));
    await writeFile(join(folder, 'portal.json'), JSON.stringify({ protocol: 'dcat-rdf', serialisation }));
    const records = ['가 & <나>', '"quoted"\\\n\r\ttext'].map((title, at) => rdfRecord(`r${at}`, title));
    for (const { id, bytes } of records) await writeFile(join(folder, 'records', `${id}.nt`), bytes);
    const portal = await portalFromFolder(folder);
    const simulator = await startSimulator({ portals: [portal] });
    open.push(() => simulator.close());
    const { raws, end } = await collect(testSource('dcat-rdf', simulator.urlOf(portal.id)));
    expect(raws).toEqual(new Map(records.map(({ id, bytes }) => [id, new TextDecoder().decode(bytes)])));
    expect(end).toEqual({ kind: 'end', complete: true, claimedTotal: 2 });
  },
);
