import { afterEach, expect, test } from 'vitest';
import { adapters } from '../../src/harvest/adapters.ts';
import type { Source } from '../../src/model/source.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { littleNormalise, littleVocabulary, newHome, openStore } from '../pipeline/little-portal.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testPace, testSource } from '../support/test-source.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A run at a CKAN of 30 packages with this robots.txt; the clock moves by the pauses alone. */
async function runWith(
  robots: string,
  more: Partial<Source> = {},
  refuse: (asked: number) => number | undefined = () => undefined,
) {
  let skippedMs = 0;
  const now = (): Date => new Date(1_764_000_000_000 + skippedMs);
  const starts: { readonly path: string; readonly atMs: number }[] = [];
  const server = await loopbackServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal.example');
    starts.push({ path: url.pathname, atMs: skippedMs });
    if (url.pathname === '/robots.txt') return response.end(robots);
    const status = refuse(starts.length);
    if (status !== undefined) return response.writeHead(status).end();
    const [start, rows] = [Number(url.searchParams.get('start') ?? 0), Number(url.searchParams.get('rows') ?? 10)];
    const all = Array.from({ length: 30 }, (_, i) => ({ id: `p${10 + i}`, name: `p${10 + i}`, title: `T ${i}` }));
    const result = { count: all.length, results: all.slice(start, start + rows) };
    return response.setHeader('content-type', 'application/json').end(JSON.stringify({ success: true, result }));
  });
  const http = quickDoor({
    now,
    sleep: async (ms) => {
      skippedMs += ms;
    },
  });
  const store = await openStore(newHome());
  open.push(server, http, store);
  const options = { pageSize: 10 };
  const source = testSource('ckan', `${server.origin}/api/3/action/`, {
    pace: { ...testPace, concurrency: 2 },
    options,
    ...more,
  });
  const log: string[] = [];
  const run = await runSource({
    source,
    harvest: adapters.ckan,
    effects: { now, http, log: (line) => void log.push(line) },
    store,
    vocabulary: littleVocabulary,
    normalise: littleNormalise,
    mappingVersion: 'm1',
    signal: new AbortController().signal,
  });
  return { run, starts, log };
}

const stock = 'User-agent: *\nDisallow: /dataset/rate/\nDisallow: /api/\nCrawl-Delay: 10\n';

test('field F-09: a harvest keeps the Crawl-delay of its portal, and says so', async () => {
  const { run, starts, log } = await runWith('User-agent: *\nCrawl-delay: 10\n');
  expect(run).toMatchObject({ state: 'done', counts: { seen: 30 }, pace: { refusals: 0, crawlDelayMs: 10_000 } });
  const gaps = starts.slice(1).map(({ atMs }, i) => atMs - (starts[i]?.atMs ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(3);
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(10_000);
  expect(log).toEqual([expect.stringContaining('requests to it now start 10 s apart')]);
});

test('field F-09: CKAN’s own robots.txt closes the API to crawlers: its delay holds, and the API is read', async () => {
  const { run, starts } = await runWith(stock);
  expect(run).toMatchObject({ state: 'done', counts: { seen: 30 }, pace: { crawlDelayMs: 10_000 } });
  expect(starts.map(({ path }) => path)).toContain('/robots.txt');
});

test.each<[string, string, Partial<Source>]>([
  ['the source says that robots.txt decides', stock, { robots: 'heed' }],
  ['its rules name Sampan', 'User-agent: sampan-tests\nDisallow: /api/\n', {}],
])('field F-09: the run fails with the reason and asks nothing else: %s', async (_, robots, more) => {
  const { run, starts } = await runWith(robots, more);
  expect(run).toMatchObject({ state: 'failed', failure: { code: 'refused', reason: 'robots' }, counts: { seen: 0 } });
  expect(run.why).toContain('robots.txt asks programs to stay away from it');
  expect(starts.map(({ path }) => path)).toEqual(['/robots.txt']);
});

test('field F-09: a source that says by which right does not heed it', async () => {
  const { run, starts } = await runWith(stock, { robots: 'ignore', robotsWhy: 'The terms of use name the API.' });
  expect(run).toMatchObject({ state: 'done', counts: { seen: 30 } });
  expect(starts.map(({ path }) => path)).not.toContain('/robots.txt');
});

test('op D4, op D6: a portal that refuses is asked more slowly, and the run counts it', async () => {
  const { run, log } = await runWith('', {}, (asked) => (asked === 3 || asked === 4 ? 429 : undefined));
  expect(run).toMatchObject({ state: 'done', counts: { seen: 30 } });
  expect(run.pace?.refusals).toBeGreaterThanOrEqual(1);
  expect(run.pace?.longestGapMs).toBeGreaterThanOrEqual(1_000);
  expect(log[0]).toMatch(/answered 429: requests to it now start 1 s apart/);
});
