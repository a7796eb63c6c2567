/** What becomes of a link's state: first alone, then over days with a real server, and through everything a catalogue does. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LinkCheck } from '../../src/model/link-check.ts';
import { deadSpacingHours, type LinkFinding, nextLinkCheck } from '../../src/pipeline/link-history.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { noTally } from '../store/sample-records.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { type LinkRig, linkRig, linkSource } from './link-rig.ts';

const ok: LinkFinding = { state: 'ok', status: 200, facts: { status: 200, etag: '"1"', lastModified: 'Mon' } };
const gone: LinkFinding = { state: 'gone', reason: 'http_404', status: 404 };
const noHost: LinkFinding = { state: 'gone', reason: 'host_not_found' };
const late: LinkFinding = { state: 'timeout', reason: 'no_answer' };
const blocked: LinkFinding = { state: 'blocked', reason: 'forbidden' };
const robots: LinkFinding = { state: 'not-checked', reason: 'robots' };

const hour = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString();

/** The checks after these findings, each at its hour. */
function checkAfter(...findings: readonly (readonly [number, LinkFinding])[]): LinkCheck {
  let check: LinkCheck | undefined;
  for (const [at, found] of findings) check = nextLinkCheck(check, found, hour(at));
  if (check === undefined) throw new Error('no finding given');
  return check;
}

describe('death needs two findings with time between them', () => {
  test.each<[string, readonly (readonly [number, LinkFinding])[], string]>([
    ['field F-04: one 404', [[0, gone]], 'failing'],
    [
      'two at once',
      [
        [0, gone],
        [1, gone],
      ],
      'failing',
    ],
    [
      'a little too soon',
      [
        [0, gone],
        [deadSpacingHours - 0.1, gone],
      ],
      'failing',
    ],
    [
      'field F-04: two, spaced',
      [
        [0, gone],
        [deadSpacingHours, gone],
      ],
      'dead',
    ],
    [
      'no such host, then 404',
      [
        [0, noHost],
        [24, gone],
      ],
      'dead',
    ],
    [
      'a good answer between',
      [
        [0, gone],
        [24, ok],
        [48, gone],
      ],
      'failing',
    ],
    [
      'a refusal between: the address is there',
      [
        [0, gone],
        [24, blocked],
        [48, gone],
      ],
      'failing',
    ],
    [
      'a passing failure between takes nothing back',
      [
        [0, gone],
        [24, late],
        [48, gone],
      ],
      'dead',
    ],
    [
      'many passing failures and no 404',
      [
        [0, late],
        [24, late],
        [48, late],
        [999, late],
      ],
      'timeout',
    ],
    [
      'refusals for ever (field F-05)',
      [
        [0, blocked],
        [24, blocked],
        [99, blocked],
      ],
      'blocked',
    ],
    [
      'a dead link that does not answer stays dead',
      [
        [0, gone],
        [24, gone],
        [48, late],
      ],
      'dead',
    ],
    [
      'robots.txt closed meanwhile: what was found stands',
      [
        [0, gone],
        [24, gone],
        [48, robots],
      ],
      'dead',
    ],
    [
      'a dead link that answers',
      [
        [0, gone],
        [24, gone],
        [48, ok],
      ],
      'ok',
    ],
  ])('%s', (_title, findings, state) => {
    expect(checkAfter(...findings).state).toBe(state);
  });
});

test('op H2, op D11: no failure, however often, overwrites what a good check saw', () => {
  const known = { at: hour(0), status: 200, etag: '"1"', lastModified: 'Mon' };
  for (const found of [late, gone, blocked, robots, { state: 'failing', reason: 'http_500' } as const]) {
    expect(checkAfter([0, ok], [24, found]).lastOk).toEqual(known);
    expect(checkAfter([0, ok], [24, found], [48, found], [72, late]).lastOk).toEqual(known);
  }
  expect(checkAfter([0, ok], [24, late], [48, late])).toMatchObject({ failingSince: hour(24), failures: 2 });
  expect(checkAfter([0, ok], [24, late], [48, ok])).not.toHaveProperty('failures');
  expect(checkAfter([0, ok], [24, { state: 'ok', status: 304, notModified: true }]).lastOk).toEqual({
    ...known,
    at: hour(24),
  });
});

describe('when it is looked at again', () => {
  const intervals = (...findings: readonly LinkFinding[]): (number | undefined)[] =>
    findings.map(
      (_, n) => checkAfter(...findings.slice(0, n + 1).map((each, at) => [at * 9_999, each] as const)).intervalDays,
    );

  test('a stable link ever more rarely, up to 64 days', () => {
    expect(intervals(ok, ok, ok, ok, ok, ok, ok, ok, ok)).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64]);
    expect(intervals(blocked, blocked, blocked)).toEqual([1, 2, 4]);
  });
  test('a change begins anew: another state, another file', () => {
    const other: LinkFinding = { ...ok, facts: { status: 200, etag: '"2"' } };
    expect(intervals(ok, ok, late, ok, ok, other, other)).toEqual([1, 2, 1, 1, 2, 1, 2]);
  });
  test('an unconfirmed death as soon as it may count', () => {
    const check = checkAfter([0, ok], [30, ok], [99, gone]);
    expect([check.intervalDays, check.nextCheckAt]).toEqual([1, hour(99 + deadSpacingHours)]);
    expect(intervals(gone, gone, gone, gone)).toEqual([1, 1, 2, 4]);
  });
});

describe('over days', () => {
  let rig: LinkRig;
  let server: LoopbackServer;
  let answer: { status: number; headers?: Record<string, string>; body?: string };
  const asked: string[] = [];

  beforeEach(async () => {
    rig = await linkRig();
    answer = { status: 200, headers: { etag: '"1"', 'content-type': 'text/csv' }, body: 'a,b\n' };
    asked.length = 0;
    server = await loopbackServer((request, response) => {
      if (request.url === '/robots.txt') return response.writeHead(404).end();
      asked.push(request.url ?? '');
      return response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  afterEach(async () => {
    await server.close();
    await rig.close();
  });

  const linkState = async (): Promise<string | undefined> => (await rig.stateOf('a'))?.state;

  test('field F-04: 404 tonight and 404 tomorrow is dead, 404 twice tonight is not; what was known stays', async () => {
    await rig.publish('a', [`${server.origin}/d.csv`]);
    await rig.check();
    answer = { status: 404 };
    rig.pass(24);
    expect((await rig.check()).byState.failing).toBe(1);
    expect((await rig.check()).checked).toBe(0);
    rig.pass(24);
    expect((await rig.check()).byState.dead).toBe(1);
    const dead = await rig.stateOf('a');
    expect(dead).toMatchObject({ state: 'dead', reason: 'http_404', lastOk: { etag: '"1"', contentType: 'text/csv' } });
    answer = { status: 200, body: 'a,b\n' };
    rig.pass(24);
    await rig.check();
    expect(await linkState()).toBe('ok');
  });

  test('a host name that does not exist is not dead at once', async () => {
    await rig.publish('a', ['http://no-such-host.invalid/d.csv']);
    await rig.check();
    const first = await rig.stateOf('a');
    // Without a resolver at hand the look-up itself fails, which proves nothing and never will.
    const isProof = first?.reason === 'host_not_found';
    expect(first?.state).toBe('failing');
    rig.pass(24);
    await rig.check();
    expect(await linkState()).toBe(isProof ? 'dead' : 'failing');
  });

  test('op H3: an address that the portal changed is looked at at once, and the old state is not shown for it', async () => {
    await rig.publish('a', [`${server.origin}/old.csv`]);
    await rig.check();
    await rig.publish('a', [`${server.origin}/new.csv`]);
    expect(await rig.stateOf('a')).toBeUndefined();
    const report = await rig.check();
    expect([report.checked, asked]).toEqual([1, ['/old.csv', '/new.csv']]);
    expect(await linkState()).toBe('ok');
    rig.pass(9_999);
    await rig.check();
    expect(asked.filter((path) => path === '/old.csv')).toHaveLength(1);
  });

  test('op H4, design 2.1: renormalise, tombstone, restore and another harvest leave the state alone', async () => {
    const id = await rig.publish('a', [`${server.origin}/d.csv`]);
    await rig.check();
    const known = await rig.stateOf('a');
    expect(known?.state).toBe('ok');

    const record = (await rig.store.records([id])).get(id);
    if (record === undefined) throw new Error('a: not in the store');
    const dataset = { ...record.dataset, title: [{ text: 'better', lang: 'en' }] };
    expect(await rig.store.rewriteDatasets([{ datasetId: id, version: 1, dataset, problems: [] }], 'm2')).toBe(1);
    expect(await rig.stateOf('a')).toEqual(known);

    const at = rig.now().toISOString();
    const run = await rig.store.startRun({ sourceId: linkSource.id, country: 'KR', at });
    await rig.store.applyAbsences(run, { missing: [], tombstones: [id], at });
    await rig.store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at });
    rig.pass(24 * 400);
    const report = await rig.check();
    expect([report.checked, report.due]).toEqual([0, 0]);
    expect(await rig.stateOf('a')).toEqual(known);

    await rig.publish('a', [`${server.origin}/d.csv`]);
    expect(await rig.stateOf('a')).toEqual(known);
    const store = await openCatalogueStore({ home: rig.home, owner: { name: 'other', isGone: () => false } });
    expect([...(await store.linkChecks(id)).values()]).toEqual([known]);
    await store.close();
    expect((await rig.check()).checked).toBe(1);
  });

  test('--limit takes the longest due; a stop keeps what was checked; the rest is done by the next run', async () => {
    const paths = Array.from({ length: 30 }, (_, n) => `${server.origin}/${n}.csv`);
    await rig.publish('a', paths);
    const first = await rig.check({ limit: 10 });
    expect([first.checked, first.due]).toEqual([10, 20]);
    const stop = new AbortController();
    const second = await rig.check({
      signal: stop.signal,
      progress: (told) => {
        if (told.kind === 'links' && told.done === 5) stop.abort();
      },
    });
    expect([second.interrupted, second.checked, second.due]).toEqual([true, 5, 15]);
    const third = await rig.check();
    expect([third.interrupted, third.checked, third.due, third.byState.ok]).toEqual([false, 15, 0, 15]);
    expect(new Set(asked).size).toBe(30);
    expect(await rig.store.linkFigures(linkSource.id)).toEqual({ ok: 30 });
  });

  test('only links of the named sources are asked, and a second process waits its turn', async () => {
    const other = { ...linkSource, id: 'xx-other-example' };
    await rig.publish('a', [`${server.origin}/a.csv`]);
    await rig.publish('b', [`${server.origin}/b.csv`], other);
    const report = await rig.check({ sources: [linkSource, other], onlySources: [other.id] });
    expect([report.checked, report.due, asked]).toEqual([1, 0, ['/b.csv']]);
    const store = await openCatalogueStore({ home: rig.home, owner: { name: 'somebody', isGone: () => false } });
    await store.takeLease('check-links', rig.now().toISOString());
    await expect(rig.check()).rejects.toMatchObject({ code: 'lease-held' });
    await store.close();
  });
});
