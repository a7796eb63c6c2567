import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { capture, hasCaptures } from '../support/captures.ts';
import { indiaPortal, malaysiaCatalogue, malaysiaPublications } from '../support/national-portals.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: Simulator[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function play(portal: SimulatedPortal): Promise<Simulator> {
  const simulator = await startSimulator({ portals: [portal] });
  open.push(simulator);
  return simulator;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe.skipIf(!hasCaptures)('real captures of national portals', () => {
  test.each([
    ['data.gov.my', malaysiaCatalogue, 'catalogue', 290],
    ['OpenDOSM', malaysiaPublications, 'publications', 1_475],
  ] as const)('%s gives every definition, byte for byte', async (_, load, listing, size) => {
    const portal = load();
    const simulator = await play(portal);
    const files = `${simulator.origin}/${portal.id}/raw`;
    const source = testSource('data-gov-my', simulator.urlOf(portal.id), { options: { files, listing } });
    const { raws, ids, rejected, end } = await collect(source);
    expect([ids.length, raws.size, rejected, end]).toEqual([
      size,
      size,
      [],
      { kind: 'end', complete: true, claimedTotal: size },
    ]);
    expect([...raws.values()].sort()).toEqual(portal.records.map(({ bytes }) => textOf(bytes)).sort());
  });

  test('publications are known by what the website calls them: 156 files have another name', async () => {
    const portal = malaysiaPublications();
    const simulator = await play(portal);
    const options = { files: `${simulator.origin}/${portal.id}/raw`, listing: 'publications' };
    const { ids } = await collect(testSource('data-gov-my', simulator.urlOf(portal.id), { options }));
    const names = new Set(portal.records.map(({ id }) => id));
    expect(ids).toContain('agri_vc_2023');
    expect(ids.filter((id) => !names.has(id))).toHaveLength(156);
  });

  test('India gives its 82,754 resources in pages that overlap by one', async () => {
    const portal = indiaPortal();
    const simulator = await play(portal);
    const source = testSource('ogd-india', simulator.urlOf(portal.id), { options: { pageSize: 1_000 } });
    const { ids, raws, rejected, end } = await collect(source);
    expect([ids.length, raws.size, rejected, end]).toEqual([
      82_754,
      82_754,
      [],
      { kind: 'end', complete: true, claimedTotal: 82_754 },
    ]);
    expect(portal.records.filter(({ id, bytes }) => raws.get(id) !== textOf(bytes))).toEqual([]);
    expect(simulator.requests.length).toBeLessThan(90);
  }, 120_000);

  test('the captured collection of data.gov.sg v2 and the detail of data.gov.tw are read as they are', async () => {
    const collection = readFileSync(capture('data', 'sg', 'data.gov.sg', 'v2-collections-item.json'));
    const singapore = await play({
      id: 'sg',
      protocol: 'data-gov-sg',
      listing: 'collections',
      records: [{ id: '471', bytes: collection }],
    });
    const bySg = await collect(
      testSource('data-gov-sg', singapore.urlOf('sg'), { options: { listing: 'collections' } }),
    );
    expect([bySg.ids, bySg.end]).toEqual([['471'], { kind: 'end', complete: true }]);

    const detail = readFileSync(capture('data', 'kinds', 'data.gov.tw', 'rest-v2', 'dataset_6100_excerpt.json'));
    const { result } = JSON.parse(textOf(detail)) as { readonly result: unknown };
    const taiwan = await play({
      id: 'tw',
      protocol: 'data-gov-tw',
      header: Buffer.from('\uFEFF資料集識別碼,資料集名稱'),
      records: [{ id: '6100', bytes: Buffer.from('6100,製造業採購經理人指數') }],
      details: [{ id: '6100', bytes: Buffer.from(JSON.stringify(result)) }],
    });
    const details = `${taiwan.origin}/tw/api/v2/rest/dataset/`;
    const byTw = await collect(testSource('data-gov-tw', taiwan.urlOf('tw'), { options: { details } }));
    expect([byTw.ids, byTw.end?.complete]).toEqual([['6100'], true]);
    expect(JSON.parse(byTw.raws.get('6100') ?? '')).toEqual(result);
  });
});
