import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/simulator/faults.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import type { SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

const packages = ['b', 'a', 'c'].map((id, i) => ({
  id,
  bytes: Buffer.from(`{"id": "${id}", "name": "name-${id}", "metadata_modified": "2020-01-0${i + 1}"}`),
}));
const ckan: SimulatedPortal = {
  id: 'p',
  protocol: 'ckan',
  records: [...packages, { id: 'e', bytes: new Uint8Array() }],
  rowsCap: 2,
};

async function play(portal: SimulatedPortal, faults: readonly FaultRule[] = []) {
  const simulator = await startSimulator({ portals: [portal], faults });
  cleanUp.push(() => simulator.close());
  return simulator;
}

describe('the CKAN side', () => {
  test('lists, shows and searches as the Action API does', async () => {
    const simulator = await play(ckan);
    const get = async (action: string) => (await fetch(`${simulator.urlOf('p')}${action}`)).json();
    expect(await get('package_list')).toMatchObject({ success: true, result: ['b', 'a', 'c', 'e'] });
    expect(await get('package_show?id=a')).toMatchObject({ success: true, result: { id: 'a', name: 'name-a' } });
    expect(await get('package_show?id=name-c')).toMatchObject({ result: { id: 'c' } });
    expect(await get('status_show')).toMatchObject({ success: true });
    expect(await get('package_search?rows=5&start=1&sort=id+asc')).toMatchObject({
      result: { count: 3, results: [{ id: 'b' }, { id: 'c' }] },
    });
    expect(await get('package_search?rows=1')).toMatchObject({ result: { results: [{ id: 'c' }] } });
    expect(simulator.requests.map(({ pathAndQuery }) => pathAndQuery)[0]).toBe('api/3/action/package_list');
  });

  test('answers as CKAN does what it cannot answer', async () => {
    const simulator = await play(ckan);
    const get = (action: string) => fetch(`${simulator.urlOf('p')}${action}`);
    const missing = await get('package_show?id=zzz');
    expect([missing.status, await missing.json()]).toMatchObject([
      404,
      { success: false, error: { __type: 'Not Found Error' } },
    ]);
    const empty = await get('package_show?id=e');
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    const unknown = await get('package_shout');
    expect([unknown.status, await unknown.json()]).toEqual([400, 'Bad request - Action name not known: package_shout']);
  });
});

describe('the fault plan', () => {
  test('counts the requests that match and lets the others through', async () => {
    const fault = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } as const;
    const simulator = await play(ckan, [{ path: 'package_show', from: 2, times: 2, fault }]);
    const statuses: number[] = [];
    for (const action of ['package_list', ...Array.from({ length: 4 }, () => 'package_show?id=a')]) {
      statuses.push((await fetch(`${simulator.urlOf('p')}${action}`)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429, 200]);
  });

  test.each([
    ['reset', { kind: 'reset', afterBytes: 5 }],
    ['status', { kind: 'answer', status: 500 }],
  ] as const)('a %s reaches the client', async (kind, fault) => {
    const simulator = await play(ckan, [{ fault }]);
    const outcome = await fetch(`${simulator.urlOf('p')}package_list`)
      .then(
        async (answer) => [answer.status, await answer.text()],
        () => 'broken',
      )
      .catch(() => 'broken');
    expect(outcome).toEqual(kind === 'reset' ? 'broken' : [500, '']);
  });

  test('a body drips, and an edit stays', async () => {
    const simulator = await play(ckan, [
      { fault: { kind: 'drip', chunkBytes: 20, gapMs: 2 } },
      { from: 2, fault: { kind: 'edit', edit: (records) => records.slice(1) } },
    ]);
    const list = async () => (await (await fetch(`${simulator.urlOf('p')}package_list`)).json()).result;
    expect([await list(), await list(), await list()]).toEqual([
      ['b', 'a', 'c', 'e'],
      ['a', 'c', 'e'],
      ['a', 'c', 'e'],
    ]);
  });
});

describe('portalFromFolder(folder)', () => {
  async function folder(files: Readonly<Record<string, string>>): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'sampan-portal-'));
    cleanUp.push(() => rm(made, { recursive: true }));
    await mkdir(join(made, 'records'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(made, name), text);
    return made;
  }

  test('serves CKAN packages, one file each, verbatim', async () => {
    const made = await folder({
      'portal.json': '{"protocol": "ckan", "emptyIds": ["e1"], "rowsCap": 7}',
      'records/2.json': '{ "id": "x2",  "n": 1111010100100010007 }\n',
      'records/1.json': '{"id": "x1"}',
    });
    const portal = await portalFromFolder(made);
    expect([portal.protocol, 'rowsCap' in portal && portal.rowsCap]).toEqual(['ckan', 7]);
    expect([...portal.records].map(({ id, bytes }) => [id, Buffer.from(bytes).toString()])).toEqual([
      ['x1', '{"id": "x1"}'],
      ['x2', '{ "id": "x2",  "n": 1111010100100010007 }'],
      ['e1', ''],
    ]);
  });

  test('serves a list CSV byte for byte', async () => {
    const csv = '\uFEFF목록키,목록명\r\n1,"가\r\n나"\r\n2,다\r\n';
    const portal = await portalFromFolder(
      await folder({ 'portal.json': '{"protocol": "data-go-kr"}', 'records.csv': csv }),
    );
    const simulator = await play(portal);
    expect(Buffer.from(await (await fetch(simulator.urlOf(portal.id))).arrayBuffer()).toString()).toBe(csv);
  });

  test('serves a data.json in pages', async () => {
    const portal = await portalFromFolder(
      await folder({
        'portal.json': '{"protocol": "dcat-us", "pageSize": 2}',
        'data.json': '{"dataset":[{"identifier":"1"},{"identifier":"2"},{"identifier":"3"}]}',
      }),
    );
    const simulator = await play(portal);
    const page = async (query: string) =>
      (await (await fetch(`${simulator.urlOf(portal.id)}${query}`)).json()).dataset.length;
    expect([await page(''), await page('?page=2'), await page('?page=3')]).toEqual([2, 1, 0]);
  });

  test.each([
    ['ogd-india', '{"index_name": "r1"}', 'r1', '"offset":"0","records":[{"index_name": "r1"}]'],
    ['ogd-india", "listing": "dmspublic', '{"uuid": ["r1"]}', '1', '"data":{"rows":[{"uuid": ["r1"]}]'],
    ['data-gov-sg', '{"datasetId": "d_1"}', 'd_1', '"datasets":[{"datasetId": "d_1"}],"pages":1,"rowCount":1'],
    ['data-gov-sg", "listing": "collections', '{"collectionId": "7"}', '7', '"collections":[{"collectionId": "7"}]'],
    ['data-gov-my', '{"title_en": "x"}', '1', '"path":"data-catalogue/1.json"'],
  ])('serves records of %s, one file each, verbatim in its listing', async (protocol, text, id, listed) => {
    const files = { 'portal.json': `{"protocol": "${protocol}"}`, 'records/1.json': `${text}\n` };
    const portal = await portalFromFolder(await folder(files));
    expect([...portal.records].map((record) => [record.id, Buffer.from(record.bytes).toString()])).toEqual([
      [id, text],
    ]);
    const simulator = await play(portal);
    expect(await (await fetch(simulator.urlOf(portal.id))).text()).toContain(listed);
  });

  test('serves the export of data.gov.tw byte for byte, as the HTML that it is not', async () => {
    const csv = '\uFEFF資料集識別碼,資料集名稱\r\n1,甲\r\n';
    const files = { 'portal.json': '{"protocol": "data-gov-tw"}', 'records.csv': csv };
    const portal = await portalFromFolder(await folder(files));
    const simulator = await play(portal);
    const answer = await fetch(simulator.urlOf(portal.id));
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/u);
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(csv);
  });

  test('says what is wrong with a folder that is no portal', async () => {
    const made = await folder({ 'portal.json': '{"protocol": "gopher"}' });
    await expect(portalFromFolder(made)).rejects.toThrow(
      'protocol is "gopher"; expected one of ckan, csw, data-go-kr, data-gov-my',
    );
  });
});
