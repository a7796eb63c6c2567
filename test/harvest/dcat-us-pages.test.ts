import { afterEach, expect, test } from 'vitest';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const datasetOf = (index: number): PortalRecord => ({
  id: `d${index}`,
  bytes: Buffer.from(`{"identifier":"d${index}"}`),
});
const datasets = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => datasetOf(from + i));
const bodyOf = (records: readonly PortalRecord[]) =>
  `{"dataset":[${records.map(({ bytes }) => Buffer.from(bytes).toString()).join(',')}]}`;

async function serve(pages: Readonly<Record<string, { readonly body: string; readonly link?: string }>>) {
  const server = await loopbackServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (!page) return response.writeHead(404).end();
    if (page.link) response.setHeader('link', page.link);
    return response.end(page.body);
  });
  open.push(server);
  const harvested = await collect(testSource('dcat-us', `${server.origin}/data.json`));
  return { ...harvested, asked: server.requests.map(({ url }) => url).filter((url) => url !== '/robots.txt') };
}

test('op D2, field P-08: 100 + 30 + 0 by ?page= are 130', async () => {
  const simulator = await startSimulator({
    portals: [{ id: 'p', protocol: 'dcat-us', records: datasets(0, 130), pageSize: 100 }],
  });
  open.push(simulator);
  const { ids, end } = await collect(testSource('dcat-us', simulator.urlOf('p')));
  expect([ids.length, end?.complete]).toEqual([130, true]);
  expect(simulator.requests.map(({ pathAndQuery }) => pathAndQuery)).toEqual([
    'data.json',
    'data.json?page=2',
    'data.json?page=3',
  ]);
});

test('field P-08: a server that ignores ?page= is asked once more and gives its 100', async () => {
  const whole = { body: bodyOf(datasets(0, 100)) };
  const { ids, end, asked } = await serve({ '/data.json': whole, '/data.json?page=2': whole });
  expect([ids.length, end?.complete, asked]).toEqual([100, true, ['/data.json', '/data.json?page=2']]);
});

test('no page is tried when the source says paging: none', async () => {
  const simulator = await startSimulator({ portals: [{ id: 'p', protocol: 'dcat-us', records: datasets(0, 3) }] });
  open.push(simulator);
  const { ids, end } = await collect(testSource('dcat-us', simulator.urlOf('p'), { options: { paging: 'none' } }));
  expect([ids.length, end?.complete, simulator.requests.length]).toEqual([3, true, 1]);
});

test('DCAT-US 3.0: datasets of catalogues in the catalogue, of series and services, each once and verbatim', async () => {
  const one = '{"@id":"urn:a","title":"甲"}';
  const two = '{"identifier":[{"@type":"Identifier","notation":"b"}]}';
  const three = '{"identifier":["c","c2"]}';
  const inner = `{"catalog":[{"dataset":[${two}]}],"datasetSeries":[{"seriesMember":[${two},"urn:elsewhere"]}]}`;
  const body = `{"dataset":[${one}],"catalog":[${inner}],"service":[{"servesDataset":[${one},${three}]}]}`;
  const { raws, ids, rejected, end } = await serve({ '/data.json': { body } });
  expect([...raws]).toEqual([
    ['urn:a', one],
    ['b', two],
    ['c', three],
  ]);
  expect([ids.length, rejected, end?.complete]).toEqual([3, [], true]);
});

test('a catalogue of DCAT-US 3.0 that has only services is empty, not broken', async () => {
  const { ids, end } = await serve({ '/data.json': { body: '{"@type":"Catalog","service":[{"title":"a"}]}' } });
  expect([ids, end?.complete]).toEqual([[], true]);
});

test('op D2: the Link header is followed to its end', async () => {
  const { ids, end } = await serve({
    '/data.json': { body: bodyOf(datasets(0, 2)), link: '<data.json?cursor=x>; rel="next", </>; rel="first"' },
    '/data.json?cursor=x': { body: bodyOf(datasets(2, 4)), link: '</p3>; title=x; rel=next' },
    '/p3': { body: bodyOf(datasets(4, 5)) },
  });
  expect([ids, end?.complete]).toEqual([['d0', 'd1', 'd2', 'd3', 'd4'], true]);
});

test('field P-06: links that go round end at the first repeat, every record once', async () => {
  const { ids, end, asked } = await serve({
    '/data.json': { body: bodyOf(datasets(0, 2)), link: '</b>; rel="next"' },
    '/b': { body: bodyOf(datasets(2, 4)), link: '</data.json>; rel="next"' },
  });
  expect([ids.length, asked.length]).toEqual([4, 2]);
  expect(end).toMatchObject({ complete: false, why: expect.stringContaining('read before') });
});

test('field P-07: a link to an inner host is tried on the host that answered', async () => {
  const { ids, end } = await serve({
    '/data.json': { body: bodyOf(datasets(0, 2)), link: '<http://ckan:5000/data.json?after=1>; rel="next"' },
    '/data.json?after=1': { body: bodyOf(datasets(2, 3)) },
  });
  expect([ids.length, end?.complete]).toEqual([3, true]);
});

test.each([
  ['{"datasets":[]}', 'malformed', 'the keys datasets'],
  ['{"dataset":null}', 'malformed', 'the keys dataset'],
  ['[]', 'malformed', 'array dataset'],
  ['{"dataset":[{"identifier":"a"} {"identifier":"b"}]}', 'malformed', 'is not JSON (byte 31'],
])('%s is no catalogue: %s', async (body, code, words) => {
  const { failure } = await serve({ '/data.json': { body } });
  expect(failure).toMatchObject({ name: 'SourceError', code, message: expect.stringContaining(words) });
});

test('field P-01, P-03: a BOM and trailing commas cost nothing and are told', async () => {
  const { ids, log, end } = await serve({
    '/data.json': { body: '\uFEFF{"dataset":[{"identifier":7},{"identifier":"d1"},],}' },
  });
  expect([ids, end?.complete]).toEqual([['7', 'd1'], true]);
  expect(log.join('\n')).toContain('a comma before the closing bracket');
});

test('a huge data.json is never held', async () => {
  const filler = '水'.repeat(3_000);
  function* many(): Generator<PortalRecord> {
    for (let i = 0; i < 8_000; i++)
      yield { id: `d${i}`, bytes: Buffer.from(`{"identifier":"d${i}","description":"${filler}"}`) };
  }
  const simulator = await startSimulator({
    portals: [{ id: 'p', protocol: 'dcat-us', records: { [Symbol.iterator]: many } }],
  });
  open.push(simulator);
  const { adapters } = await import('../../src/harvest/adapters.ts');
  const { quickDoor } = await import('../support/quick-door.ts');
  const door = quickDoor();
  open.push(door);
  const source = testSource('dcat-us', simulator.urlOf('p'), { options: { paging: 'none' } });
  const effects = { now: () => new Date(), http: door, log: () => undefined };
  const before = process.memoryUsage().rss;
  let most = 0;
  let count = 0;
  for await (const event of adapters['dcat-us'](source, undefined, effects, new AbortController().signal)) {
    if (event.kind === 'record' && ++count % 500 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  expect(count).toBe(8_000);
  // 72 MB go by, the server is in this process too.
  expect(most - before).toBeLessThan(150_000_000);
}, 60_000);

test('field P-04: a data.json inside a function call is read, and nothing is run', async () => {
  for (const [before, after] of [
    ['callback(', ');'],
    ['/**/ my.cb (', ')\r\n'],
  ] as const) {
    const { ids, end } = await serve({ '/data.json': { body: `${before}${bodyOf(datasets(0, 300))}${after}` } });
    expect([ids.length, end?.complete]).toEqual([300, true]);
  }
});
