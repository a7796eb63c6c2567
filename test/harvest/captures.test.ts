import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { koreaPortal2022, koreaPortal2025, tokyoPortal } from '../support/capture-portals.ts';
import { capture, hasCaptures } from '../support/captures.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function play(portal: SimulatedPortal): Promise<Simulator> {
  const simulator = await startSimulator({ portals: [portal] });
  open.push(simulator);
  return simulator;
}

async function serve(path: string, contentType: string): Promise<string> {
  const plain = readFileSync(capture('data', 'kinds', path));
  const body = path.endsWith('.gz') ? gunzipSync(plain) : plain;
  const server = await loopbackServer((_, response) =>
    response.writeHead(200, { 'content-type': contentType }).end(body),
  );
  open.push(server);
  return server.origin;
}

function rawsOf(records: readonly PortalRecord[]): ReadonlyMap<string, string> {
  return new Map(records.map(({ id, bytes }) => [id, new TextDecoder().decode(bytes)]));
}

/** Keys that only one of the maps has, or that differ (a plain `toEqual` of 60 MB takes minutes). */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
}

describe.skipIf(!hasCaptures)('real captures', () => {
  test('Tokyo gives the same 5,077 records by list and by search, byte for byte; six empty answers are rejected', async () => {
    const portal = tokyoPortal();
    const simulator = await play(portal);
    const source = testSource('ckan', simulator.urlOf(portal.id), { languages: ['ja'] });
    const bySearch = await collect({ ...source, options: { listing: 'search' } });
    const byList = await collect({ ...source, options: { listing: 'list' } });

    expect(bySearch.end).toEqual({ kind: 'end', complete: true, claimedTotal: 5_077 });
    expect(byList.end).toEqual({ kind: 'end', complete: true, claimedTotal: 5_083 });
    expect([bySearch.ids.length, bySearch.rejected]).toEqual([5_077, []]);
    expect([byList.ids.length, byList.rejected.length]).toEqual([5_077, 6]);
    expect(byList.rejected.every((each) => each.startsWith('answer-empty 00000000-'))).toBe(true);
    expect(differences(byList.raws, bySearch.raws)).toEqual([]);
    expect(differences(byList.raws, rawsOf(portal.records.filter(({ bytes }) => bytes.length > 0)))).toEqual([]);
  }, 240_000);

  test('Korea 2022 gives 61,359 rows, verbatim', async () => {
    const portal = koreaPortal2022();
    const simulator = await play(portal);
    const { ids, raws, rejected, end } = await collect(testSource('data-go-kr', simulator.urlOf(portal.id)));
    expect([ids.length, raws.size, rejected, end]).toEqual([61_359, 61_359, [], { kind: 'end', complete: true }]);
    expect(differences(raws, rawsOf([...portal.records]))).toEqual([]);
  }, 240_000);

  test('Korea 2025 gives 3,143 rows of 36 columns, the header beside them', async () => {
    const portal = koreaPortal2025();
    const simulator = await play(portal);
    const { events, ids, rejected } = await collect(testSource('data-go-kr', simulator.urlOf(portal.id)));
    expect([ids.length, rejected]).toEqual([3_143, []]);
    const contexts = new Set(
      events.flatMap((event) => (event.kind === 'record' ? [String(event.record.context?.toString())] : [])),
    );
    expect(contexts.size).toBe(1);
    expect(Buffer.from([...contexts][0]?.split(',').map(Number) ?? []).toString()).toMatch(
      /^목록키,목록유형,목록명,파일데이터명,/u,
    );
  });

  test.each([
    ['dcat-us/datagov-harvester/dcatus.json', 7, []],
    ['dcat-us/datagov-harvester/dcatus_single_record.json', 1, []],
    ['dcat-us/datagov-harvester/dcatus_no_identifier.json', 0, ['record-without-id']],
    ['dcat-us/datagov-harvester/dcatus_same_title.json', 2, []],
    ['dcat-us/ckanext-datajson/missing-catalog.data.json', 1, ['record-without-id']],
    ['dcat-us/ckanext-datajson/missing-identifier-title.data.json', 2, ['record-without-id']],
    ['dcat-us/ckanext-datajson/numerical-title.data.json', 1, []],
    ['dcat-us/ckanext-geodatagov/sample6_bad_data.json', 1, []],
    ['dcat-us/datagov-harvester/dcatus_with_none.json.gz', 402, []],
    ['dcat-us/datagov-harvester/dcatus3_0.json', 4, []],
    ['dcat-us/datagov-harvester/dcatus3_0_nested_catalog.json', 3, []],
    ['dcat-us/datagov-harvester/dcatus3_0_series_with_members.json', 2, []],
    ['dcat-us/datagov-harvester/dcatus3_0_series_member_also_top_level.json', 2, []],
    ['dcat-us/datagov-harvester/dcatus3_0_service_serves_dataset.json', 1, []],
    ['dcat-us/datagov-harvester/dcatus3_0_with_services.json', 1, []],
    ['dcat-us/datagov-harvester/dcatus3_0_with_records.json', 1, []],
    ['dcat-us/datagov-harvester/dcatus3_0_no_identifier.json', 0, ['record-without-id']],
  ])('%s gives %d records and the rejections %j', async (path, records, rejected) => {
    const origin = await serve(path, 'application/json');
    const harvested = await collect(testSource('dcat-us', `${origin}/data.json`));
    expect([harvested.failure, harvested.ids.length, harvested.rejected, harvested.end?.complete]).toEqual([
      undefined,
      records,
      rejected,
      true,
    ]);
  });

  test.each([
    ['errors/service_key_30.xml', '30'],
    ['errors/service_key_30_other_field_order.xml', '30'],
    ['errors/quota_22.xml', '22'],
  ])('field F-06: %s in place of the list is an error with the code %s, not an empty list', async (file, code) => {
    const origin = await serve(`data.go.kr/${file}`, 'text/csv');
    const { failure, events } = await collect(testSource('data-go-kr', `${origin}/list.csv`));
    expect(failure).toMatchObject({ name: 'SourceError', code: code === '22' ? 'quota' : 'key-refused', reason: code });
    expect(events).toEqual([]);
  });

  test('the package_show of a DKAN, a list of one, gives the package', async () => {
    const show = readFileSync(capture('data', 'kinds', 'ckan-dkan', 'udata', 'dkan-french-w-license.json'));
    const server = await loopbackServer((request, response) =>
      response.end(request.url?.includes('package_list') ? '{"success":true,"result":["antennes"]}' : show),
    );
    open.push(server);
    const { ids, end } = await collect(
      testSource('ckan', `${server.origin}/api/3/action/`, { options: { listing: 'list' } }),
    );
    expect([ids, end?.complete]).toEqual([['04be6288-696d-4331-850d-a144871a7e3a'], true]);
  });

  test.each([
    ['200_empty_search.json', undefined, 0],
    ['404_not_found.json', 'soft-error', 0],
    ['409_missing_value.json', 'soft-error', 0],
  ])('an answer of package_search as in errors/%s ends with %s', async (file, code, records) => {
    const origin = await serve(`ckan/errors/${file}`, 'application/json');
    const { failure, ids } = await collect(testSource('ckan', `${origin}/api/3/action/`));
    expect([ids.length, failure === undefined ? undefined : Reflect.get(Object(failure), 'code')]).toEqual([
      records,
      code,
    ]);
  });
});
