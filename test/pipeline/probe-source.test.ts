import { describe, expect, test } from 'vitest';
import { adapters } from '../../src/harvest/adapters.ts';
import type { Source } from '../../src/model/source.ts';
import { probeSource } from '../../src/pipeline/probe-source.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';

const packages = Array.from({ length: 12 }, (_, i) => {
  const id = `p${String(i).padStart(2, '0')}`;
  return { id, bytes: Buffer.from(JSON.stringify({ id, name: id, title: `Title ${i}` })) };
});

async function probe(source: Source) {
  const http = quickDoor();
  const effects = { now: () => new Date('2026-11-25T00:00:00Z'), http, log: () => undefined };
  const options = { harvest: adapters[source.protocol], effects, signal: new AbortController().signal };
  try {
    return await probeSource(source, options);
  } finally {
    await http.close();
  }
}

/** A CKAN of `packages` records with the robots.txt given, or its status. */
async function ckanWithRobots(robots: string | number) {
  const body = {
    success: true,
    result: { count: packages.length, results: packages.map(({ bytes }) => JSON.parse(String(bytes))) },
  };
  const server = await loopbackServer((request, response) => {
    if (request.url !== '/robots.txt')
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (typeof robots === 'number') return response.writeHead(robots).end();
    return response.end(robots);
  });
  return { server, source: testSource('ckan', `${server.origin}/api/3/action/`) };
}

test('a CKAN that answers: its real adapter reads a record, its count is told, few are asked for', async () => {
  const simulator = await startSimulator({ portals: [{ id: 'a', protocol: 'ckan', records: packages }] });
  const report = await probe(testSource('ckan', simulator.urlOf('a'), { id: 'xx-a' }));
  await simulator.close();
  expect(report).toEqual({
    ...{ sourceId: 'xx-a', protocol: 'ckan', probedAt: '2026-11-25T00:00:00.000Z' },
    ...{ state: 'ok', tls: 'plain', robots: { state: 'none' }, records: 12 },
  });
  expect(simulator.requests.length).toBeLessThanOrEqual(2);
  expect(
    simulator.requests.map(({ pathAndQuery }) => new URLSearchParams(pathAndQuery.split('?')[1]).get('rows')),
  ).toEqual(['5', '0']);
});

test.each(['dcat-us', 'data-go-kr'] as const)(
  'a %s answers with its first record, the rest is not read',
  async (protocol) => {
    const row = (i: number): Buffer => Buffer.from(`${i},Title ${i}`);
    const json = (i: number): Buffer => Buffer.from(JSON.stringify({ identifier: `d${i}`, title: `Title ${i}` }));
    let made = 0;
    function* records() {
      for (; made < 200_000; made += 1) yield { id: `d${made}`, bytes: json(made) };
    }
    const portal =
      protocol === 'dcat-us'
        ? ({ id: 'a', protocol, records: { [Symbol.iterator]: records } } as const)
        : ({
            id: 'a',
            protocol,
            header: Buffer.from('목록키,목록명'),
            records: [1, 2, 3].map((i) => ({ id: String(i), bytes: row(i) })),
          } as const);
    const simulator = await startSimulator({ portals: [portal] });
    const report = await probe(testSource(protocol, simulator.urlOf('a')));
    await simulator.close();
    expect(report).toMatchObject({ state: 'ok' });
    expect(report.records).toBeUndefined();
    expect(made).toBeLessThan(200_000);
  },
);

test('an empty catalogue is empty, not broken', async () => {
  const simulator = await startSimulator({ portals: [{ id: 'a', protocol: 'ckan', records: [] }] });
  expect(await probe(testSource('ckan', simulator.urlOf('a')))).toMatchObject({ state: 'empty', records: 0 });
  await simulator.close();
});

describe('robots.txt', () => {
  test.each([
    ['User-agent: *\nDisallow: /api/\nCrawl-delay: 10\n', { state: 'disallows', crawlDelayMs: 10_000 }],
    ['User-agent: *\nDisallow: /admin\n', { state: 'allows' }],
    ['<html>home</html>', { state: 'allows' }],
    [404, { state: 'none' }],
    [503, { state: 'unknown' }],
  ])('%j', async (robots, expected) => {
    const { server, source } = await ckanWithRobots(robots);
    const report = await probe(source);
    await server.close();
    expect(report).toMatchObject({ state: 'ok', robots: expected });
  });

  test('its delay is kept by the probe itself', async () => {
    const { server, source } = await ckanWithRobots('User-agent: *\nCrawl-delay: 10\n');
    const http = quickDoor();
    const effects = { now: () => new Date(), http, log: () => undefined };
    await probeSource(source, { harvest: adapters.ckan, effects, signal: new AbortController().signal });
    await http.close();
    await server.close();
    expect(Math.max(...http.pausesMs)).toBeGreaterThan(9_000);
  });
});

describe('what stands in the way is the report', () => {
  test.each([
    ['a home page in place of the API', { kind: 'html' } as const, /answer|HTML|page/i],
    ['an answer that says no', { kind: 'no' } as const, /success=false/],
  ])('%s', async (_, { kind }, message) => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/robots.txt') return response.writeHead(404).end();
      if (kind === 'html')
        return response.setHeader('content-type', 'text/html').end('<html><body>Welcome</body></html>');
      return response
        .setHeader('content-type', 'application/json')
        .end('{"success":false,"error":{"message":"Access denied"}}');
    });
    const report = await probe(testSource('ckan', `${server.origin}/api/3/action/`));
    await server.close();
    expect(report.state).not.toBe('ok');
    expect(report.message).toMatch(message);
    expect(report.robots).toEqual({ state: 'none' });
  });

  test('nobody listens', async () => {
    const { server, source } = await ckanWithRobots(404);
    await server.close();
    expect(await probe(source)).toMatchObject({ state: 'unreachable', tls: 'unknown', robots: { state: 'unknown' } });
  });
});
