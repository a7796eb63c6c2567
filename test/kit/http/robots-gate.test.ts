import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { PaceEvent } from '../../../src/kit/http/http-door.ts';
import { isSourceError } from '../../../src/model/source-error.ts';
import { loopbackServer } from '../../support/loopback-server.ts';
import { getOf, quickDoor } from '../../support/quick-door.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A portal with this robots.txt (or what answers for it) and `ok` behind every other address. */
async function portal(
  robots: string | Answer,
  other: Answer = (_, response) => response.end('ok'),
  how: 'heed' | 'pace' = 'heed',
) {
  const server = await loopbackServer((request, response) => {
    if (request.url !== '/robots.txt') return other(request, response);
    return typeof robots === 'string' ? response.end(robots) : robots(request, response);
  });
  open.push(server);
  let skippedMs = 0;
  const startsMs: number[] = [];
  const now = () => new Date(1_000_000 + skippedMs);
  const advance = (ms: number): void => {
    skippedMs += ms;
  };
  const door = quickDoor({ now, sleep: async (ms) => advance(ms) });
  open.push(door);
  const events: PaceEvent[] = [];
  const get = async (path: string, attempts = 1) => {
    const paced = (event: PaceEvent): void => void events.push(event);
    const request = { ...getOf(`${server.origin}${path}`), attempts, paced, robots: how };
    const outcome = await door.fetchWhole(request).catch((failure: unknown) => failure);
    startsMs.push(skippedMs);
    if (isSourceError(outcome)) return `${outcome.code} ${outcome.reason}`;
    if (outcome instanceof Error) throw outcome;
    return 'read';
  };
  const paths = () => server.requests.map(({ url }) => url);
  return { server, get, paths, events, startsMs, advance };
}

const rules = 'User-agent: *\nCrawl-delay: 10\nDisallow: /private/\n';

test('field F-09: requests start at least the Crawl-delay apart, by the clock; the file is read once', async () => {
  const { get, paths, startsMs, events } = await portal(rules);
  for (const path of ['/a', '/b', '/c']) expect(await get(path)).toBe('read');
  expect(paths()).toEqual(['/robots.txt', '/a', '/b', '/c']);
  expect(startsMs).toEqual([10_000, 20_000, 30_000]);
  expect(events[0]).toMatchObject({ kind: 'crawl-delay', gapMs: 10_000 });
});

test('field F-09: what is disallowed is not fetched, and asking again does not help', async () => {
  const { get, paths } = await portal(rules);
  expect(await get('/private/x.csv', 4)).toBe('refused robots');
  expect(await get('/public/x.csv')).toBe('read');
  expect(paths()).toEqual(['/robots.txt', '/public/x.csv']);
});

test('field F-09: rules for our own name go before those for everybody', async () => {
  const { get } = await portal('User-agent: *\nDisallow: /\n\nUser-agent: sampan-tests\nAllow: /\n');
  expect(await get('/a')).toBe('read');
});

test.each<[string, Answer]>([
  ['404', (_, response) => response.writeHead(404).end('Disallow: /')],
  ['403', (_, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<p>no')],
  ['a page', (_, response) => response.end('<!doctype html>\nUser-agent: *\nDisallow: /')],
  ['a redirect without end', (_, response) => response.writeHead(302, { location: '/robots.txt' }).end()],
])('field F-09: %s in place of robots.txt closes nothing', async (_, robots) => {
  expect(await (await portal(robots)).get('/a')).toBe('read');
});

describe('field F-09: a robots.txt that answers 5xx or 429 means "wait"', () => {
  test.each([500, 503, 429])('%d: the address is not fetched', async (status) => {
    const { get, paths } = await portal((_, response) => response.writeHead(status).end());
    expect(await get('/a', 3)).toBe('http-status robots_unknown');
    expect(paths()).toEqual(['/robots.txt', '/robots.txt', '/robots.txt']);
  });

  test('when it is well again, the same request goes on', async () => {
    let asked = 0;
    const { get, paths } = await portal((_, response) => {
      asked += 1;
      return asked === 1 ? response.writeHead(503, { 'retry-after': '20' }).end() : response.end('');
    });
    expect(await get('/a', 2)).toBe('read');
    expect(paths()).toEqual(['/robots.txt', '/robots.txt', '/a']);
  });
});

test('the rules are read again after a day', async () => {
  const { get, paths, advance } = await portal('');
  await get('/a');
  advance(86_400_001);
  await get('/b');
  expect(paths()).toEqual(['/robots.txt', '/a', '/robots.txt', '/b']);
});

test('a redirect into a closed part is not followed', async () => {
  const { get, paths } = await portal(rules, (_, response) =>
    response.writeHead(302, { location: '/private/x' }).end(),
  );
  expect(await get('/a')).toBe('refused robots');
  expect(paths()).toEqual(['/robots.txt', '/a']);
});

test('requests that begin together share one reading; one that gives up does not take it from the others', async () => {
  const server = await loopbackServer((request, response) => {
    if (request.url === '/robots.txt') setTimeout(() => response.end(''), 50);
    else response.end('ok');
  });
  open.push(server);
  const door = quickDoor();
  open.push(door);
  const quitter = new AbortController();
  const ask = (path: string, signal?: AbortSignal) =>
    door.fetchWhole({ ...getOf(`${server.origin}${path}`), robots: 'heed', ...(signal && { signal }) });
  const given = ask('/a', quitter.signal).catch((failure: unknown) => failure);
  const others = [ask('/b'), ask('/c')];
  setTimeout(() => quitter.abort(), 10);
  expect(await given).toMatchObject({ name: 'AbortError' });
  expect((await Promise.all(others)).map(({ answer }) => answer.status)).toEqual([200, 200]);
});

test('op D6: refusals without Retry-After make all requests to the host slower, and are told', async () => {
  let asked = 0;
  const { get, events, startsMs } = await portal('', (_, response) => {
    asked += 1;
    return asked <= 2 ? response.writeHead(asked === 1 ? 429 : 503).end() : response.end('ok');
  });
  expect(await get('/a', 4)).toBe('read');
  expect(events.map(({ kind, status, gapMs }) => [kind, status, gapMs])).toEqual([
    ['refusal', 429, 1_000],
    ['refusal', 503, 2_000],
  ]);
  await get('/b');
  const [first = 0, second = 0] = startsMs;
  expect(second - first).toBeGreaterThanOrEqual(2_000);
});

describe('field F-09: a request for which robots.txt sets the pace only', () => {
  const ok: Answer = (_, response) => response.end('ok');

  test('keeps the Crawl-delay, and is not closed out by rules for everybody', async () => {
    const { get, startsMs } = await portal(rules, ok, 'pace');
    expect([await get('/private/x'), await get('/private/y')]).toEqual(['read', 'read']);
    expect(startsMs).toEqual([10_000, 20_000]);
  });

  test('is closed out by rules that name us', async () => {
    const { get } = await portal('User-agent: sampan-tests\nDisallow: /private/\n', ok, 'pace');
    expect([await get('/private/x'), await get('/a')]).toEqual(['refused robots', 'read']);
  });

  test.each([503, 429])('takes a %d for no file, and leaves it alone for an hour', async (status) => {
    const { get, paths, advance } = await portal((_, response) => response.writeHead(status).end(), ok, 'pace');
    expect([await get('/a'), await get('/b')]).toEqual(['read', 'read']);
    expect(paths()).toEqual(['/robots.txt', '/a', '/b']);
    advance(3_600_001);
    await get('/c');
    expect(paths().slice(3)).toEqual(['/robots.txt', '/c']);
  });

  test('and a file whose connection is cut', async () => {
    const { get } = await portal((_, response) => response.destroy(), ok, 'pace');
    expect(await get('/a')).toBe('read');
  });
});
