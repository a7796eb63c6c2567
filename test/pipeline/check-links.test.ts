import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkStates } from '../../src/model/link-check.ts';
import { encodeBig5 } from '../support/encode-big5.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { onlyTls10, pem, tlsServer } from '../support/tls-server.ts';
import { type LinkRig, linkRig, linkSource } from './link-rig.ts';

const csv = 'a,b\n1,2\n';
const page = { access: 'page' as const, format: { id: 'HTML' } };

let rig: LinkRig;
const servers: LoopbackServer[] = [];
beforeEach(async () => {
  rig = await linkRig();
});
afterEach(async () => {
  await rig.close();
  for (const each of servers.splice(0)) await each.close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A host without robots.txt whose other addresses are answered by path. */
async function host(paths: Readonly<Record<string, Handler>>, robots: Handler = missing): Promise<LoopbackServer> {
  const server = await loopbackServer((request, response) => {
    const path = request.url ?? '';
    const handler = path === '/robots.txt' ? robots : (paths[path] ?? missing);
    return handler(request, response);
  });
  servers.push(server);
  return server;
}

const missing: Handler = (_, response) => response.writeHead(404).end('<html>not here</html>');
const good: Handler = (_, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end(csv);
const hang: Handler = () => undefined;
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Handler =>
  (_, response) =>
    response.writeHead(code, headers).end(body);
const byMethod =
  (head: Handler, get: Handler): Handler =>
  (request, response) =>
    request.method === 'HEAD' ? head(request, response) : get(request, response);

const asked = (server: LoopbackServer): string[] =>
  server.requests.filter(({ url }) => url !== '/robots.txt').map(({ method, url }) => `${method} ${url}`);

describe('how it is asked', () => {
  test.each<[string, Handler]>([
    ['405', status(405)],
    ['500', status(500)],
    ['403', status(403, { 'content-type': 'text/html' }, '<html>')],
    ['nothing, for ever', hang],
    ['a broken connection', (request) => request.socket.destroy()],
  ])('field F-04, op H1: HEAD is answered with %s, GET is fine: the link is ok', async (_title, head) => {
    const { origin } = await host({ '/d.csv': byMethod(head, good), '/p': byMethod(head, good) });
    await rig.publish('a', [`${origin}/d.csv`, { url: `${origin}/p`, ...page }]);
    const report = await rig.check();
    expect([report.checked, report.byState.ok]).toEqual([2, 2]);
    expect((await rig.stateOf('a'))?.lastOk).toMatchObject({ status: 200, contentType: 'text/csv' });
  });

  test('field F-04: a GET asks for the first kibibyte, reads no more of an endless file, and lets it go', async () => {
    let sent = 0;
    const closed: Promise<unknown>[] = [];
    const { origin, requests } = await host({
      '/big.csv': (request, response) => {
        closed.push(new Promise((resolve) => response.on('close', resolve)));
        response.writeHead(200, { 'content-length': '9000000000' });
        const chunk = Buffer.alloc(65_536, 'x');
        const write = (): void => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length;
          response.once('drain', write);
        };
        write();
        return request;
      },
    });
    await rig.publish('a', [`${origin}/big.csv`]);
    await rig.check();
    await Promise.all(closed);
    expect(requests.at(-1)?.headers.range).toBe('bytes=0-1023');
    expect(sent).toBeLessThan(20_000_000);
    expect((await rig.stateOf('a'))?.lastOk?.bytes).toBe(9_000_000_000);
  });

  test('a part (206) tells the length of the whole; a server without ranges (416) is asked without one', async () => {
    const { origin } = await host({
      '/part.csv': status(206, { 'content-range': 'bytes 0-1023/52431', 'content-type': 'text/csv' }, csv),
      '/whole.csv': (request, response) =>
        request.headers.range === undefined ? good(request, response) : status(416)(request, response),
    });
    await rig.publish('a', [`${origin}/part.csv`, `${origin}/whole.csv`]);
    expect((await rig.check()).byState.ok).toBe(2);
    expect((await rig.stateOf('a', 0))?.lastOk?.bytes).toBe(52_431);
  });

  test('a link that was looked at is asked with its ETag: 304 keeps what is known', async () => {
    const server = await host({
      '/d.csv': (request, response) =>
        request.headers['if-none-match'] === '"v1"'
          ? status(304)(request, response)
          : status(200, { etag: '"v1"', 'content-type': 'text/csv', 'content-length': '8' }, csv)(request, response),
    });
    await rig.publish('a', [`${server.origin}/d.csv`]);
    await rig.check();
    rig.pass(24);
    await rig.check();
    expect(asked(server)).toEqual(['GET /d.csv', 'HEAD /d.csv']);
    expect(await rig.stateOf('a')).toMatchObject({
      state: 'ok',
      status: 304,
      intervalDays: 2,
      lastOk: { at: rig.now().toISOString(), status: 200, etag: '"v1"', bytes: 8 },
    });
  });

  test('field F-12: one check for an address in two spellings and many datasets, requested as it was published', async () => {
    const server = await host({ '/%E6%97%A5%E6%9C%AC%E8%AA%9E.csv': good, '/%B8%EA.csv': good, '/a%20b.csv': good });
    await rig.publish('a', [`${server.origin}/日本語.csv`, `${server.origin}/%B8%EA.csv`]);
    await rig.publish('b', [`${server.origin}/%e6%97%a5%E6%9C%AC%E8%AA%9E.csv`, `${server.origin}/a b.csv`]);
    const report = await rig.check();
    expect([report.checked, report.byState.ok]).toEqual([3, 3]);
    expect(asked(server).sort()).toEqual(['GET /%B8%EA.csv', 'GET /%E6%97%A5%E6%9C%AC%E8%AA%9E.csv', 'GET /a%20b.csv']);
    expect((await rig.stateOf('b'))?.state).toBe('ok');
  });
});

describe('what an answer means', () => {
  test.each<[string, Handler, object]>([
    ['op D10: 404 with a page: the status first', missing, { state: 'failing', reason: 'http_404', status: 404 }],
    ['410', status(410), { state: 'failing', reason: 'http_410' }],
    ['500', status(500), { state: 'failing', reason: 'http_500' }],
    ['418', status(418), { state: 'failing', reason: 'http_418' }],
    ['401', status(401), { state: 'blocked', reason: 'login_required' }],
    ['field F-05: 403', status(403), { state: 'blocked', reason: 'forbidden' }],
    [
      'field F-05: a challenge for browsers',
      status(403, { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }, '<html>'),
      { state: 'blocked', reason: 'waf_challenge' },
    ],
    ['429', status(429, { 'retry-after': '60' }), { state: 'blocked', reason: 'rate_limited' }],
    ['no answer', hang, { state: 'timeout', reason: 'no_answer' }],
    [
      'a slow drip',
      (_, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(drip));
      },
      { state: 'timeout', reason: 'slow_body' },
    ],
    [
      'a connection that breaks',
      (request) => request.socket.destroy(),
      { state: 'failing', reason: 'connection_reset' },
    ],
    [
      'field P-33: a page in a 200 that says text/csv',
      status(200, { 'content-type': 'text/csv' }, '<!DOCTYPE html><html><head><title>系統維護中</title>'),
      { state: 'soft-error', reason: 'html_instead_of_data', detail: '系統維護中' },
    ],
    ['an empty 200', status(200), { state: 'soft-error', reason: 'empty_body' }],
    [
      'field F-06: the envelope of a gateway',
      status(
        200,
        { 'content-type': 'application/json' },
        '<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
      ),
      { state: 'soft-error', reason: 'error_envelope', detail: 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR, 30' },
    ],
    [
      'field F-13: a CSV with BOM that says text/html',
      status(200, { 'content-type': 'text/html' }, `\uFEFF${csv}`),
      { state: 'ok' },
    ],
    [
      'a redirect to a private address',
      status(302, { location: 'http://10.0.0.1/x' }),
      { state: 'not-checked', reason: 'address_not_allowed' },
    ],
    [
      'a redirect to a file of ours',
      status(302, { location: 'file:///etc/passwd' }),
      { state: 'not-checked', reason: 'scheme' },
    ],
    ['a circle', status(302, { location: '/d.csv' }), { state: 'failing', reason: 'too_many_redirects' }],
  ])('%s', async (_title, handler, expected) => {
    const { origin } = await host({ '/d.csv': handler });
    await rig.publish('a', [`${origin}/d.csv`]);
    const report = await rig.check();
    const state = await rig.stateOf('a');
    expect(state).toMatchObject(expected);
    expect(state?.checkedAt).toBeDefined();
    expect(report.checked).toBe(1);
    expect(Object.values(report.byState).reduce((sum, each) => sum + each)).toBe(1);
    expect(Object.keys(report.byState)).toEqual([...linkStates]);
  });

  test('field F-10: the published address stays; a permanent redirect is noted beside it, a signed one is evidence only', async () => {
    const { origin } = await host({
      '/d/1.csv': status(302, { location: '/blob/1.csv?sig=abc&exp=1' }),
      '/blob/1.csv?sig=abc&exp=1': good,
      '/old.csv': status(301, { location: '/new.csv' }),
      '/new.csv': good,
      '/raw.csv': status(308, { location: Buffer.from('/資料.csv').toString('latin1') }),
      '/%E8%B3%87%E6%96%99.csv': good,
    });
    const id = await rig.publish('a', [`${origin}/d/1.csv`, `${origin}/old.csv`, `${origin}/raw.csv`]);
    expect((await rig.check()).byState.ok).toBe(3);
    const [signed, moved, asian] = [await rig.stateOf('a', 0), await rig.stateOf('a', 1), await rig.stateOf('a', 2)];
    expect(signed?.finalAddress).toBe(`${origin}/blob/1.csv?sig=abc&exp=1`);
    expect(signed?.movedTo).toBeUndefined();
    expect(moved?.movedTo).toBe(`${origin}/new.csv`);
    expect(asian?.movedTo).toBe(`${origin}/%E8%B3%87%E6%96%99.csv`);
    const { dataset } = (await rig.store.records([id])).get(id) ?? {};
    expect(dataset?.distributions[0]?.url).toBe(`${origin}/d/1.csv`);
  });

  test('field F-11: a file name in UTF-8, in Big5 and escaped is one name', async () => {
    const named =
      (value: string | Buffer): Handler =>
      (request, response) => {
        const head = Buffer.from(
          'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\nContent-Disposition: attachment; ',
        );
        request.socket.end(Buffer.concat([head, Buffer.from(value), Buffer.from('\r\n\r\na,b')]));
        return response;
      };
    const big5 = Buffer.concat([Buffer.from('filename="'), encodeBig5('資料'), Buffer.from('.csv"')]);
    const { origin } = await host({
      '/1': named('filename="資料.csv"'),
      '/2': named(big5),
      '/3': named(`filename="__.csv"; filename*=UTF-8''%E8%B3%87%E6%96%99.csv`),
    });
    await rig.publish('a', [`${origin}/1`, `${origin}/2`, `${origin}/3`]);
    await rig.check();
    const names = await Promise.all([0, 1, 2].map(async (n) => (await rig.stateOf('a', n))?.lastOk?.fileName));
    expect(names).toEqual(['資料.csv', '資料.csv', '資料.csv']);
  });

  test('what is no web address is not asked, and says why', async () => {
    await rig.publish('a', [
      { urlText: 'ftp://x.example/a.csv' },
      { urlText: '檔案請洽承辦人' },
      { url: 'http://10.0.0.1/a.csv' },
      {},
    ]);
    const report = await rig.check();
    const reasons = await Promise.all([0, 1, 2, 3].map(async (n) => (await rig.stateOf('a', n))?.reason));
    expect(reasons).toEqual(['scheme', 'not_an_address', 'address_not_allowed', undefined]);
    expect([report.checked, report.byState['not-checked'], report.due]).toEqual([3, 3, 0]);
  });
});

describe('TLS', () => {
  const chain = ['leaf', 'intermediate'];
  const serve = async (certificates: readonly string[], more = {}): Promise<string> => {
    const server = await tlsServer(
      certificates,
      (request, response) => (request.url === '/robots.txt' ? missing : good)(request, response),
      more,
    );
    servers.push(server);
    return server.origin;
  };

  test.each<[string, readonly string[], object, string]>([
    ['field F-01: an unknown root', chain, {}, 'tls_untrusted_root'],
    ['field F-02: no intermediate', ['leaf'], {}, 'tls_incomplete_chain'],
    ['field F-03: TLS 1.0 only', chain, onlyTls10, 'tls_legacy'],
  ])('%s: unverifiable, never dead, however often', async (_title, certificates, more, reason) => {
    const origin = await serve(certificates, more);
    await rig.publish('a', [`${origin}/d.csv`]);
    for (let night = 0; night < 3; night += 1) {
      await rig.check();
      expect(await rig.stateOf('a')).toMatchObject({ state: 'unverifiable', reason });
      rig.pass(24 * 64);
    }
  });

  test('field F-01: an authority that one source brings makes its link ok, and leaves the same link of another as it was', async () => {
    const address = `${await serve(chain)}/d.csv`;
    const trusting = { ...linkSource, id: 'xx-trusting-example' };
    await rig.publish('a', [address]);
    await rig.publish('a', [address], trusting);
    await rig.check({ sources: [linkSource, trusting] });
    expect((await rig.stateOf('a', 0, trusting))?.state).toBe('unverifiable');
    const certificateAuthority = pem('root.pem');
    const report = await rig.check({ sources: [linkSource, { ...trusting, certificateAuthority }] });
    expect([report.checked, report.byState.ok]).toEqual([1, 1]);
    expect((await rig.stateOf('a', 0, trusting))?.state).toBe('ok');
    expect((await rig.stateOf('a'))?.state).toBe('unverifiable');
  });
});

describe('robots.txt and pace', () => {
  test('field F-09: a closed address is not fetched, a Crawl-delay is kept between all starts, robots.txt among them', async () => {
    const starts: number[] = [];
    const note =
      (handler: Handler): Handler =>
      (request, response) => {
        starts.push(rig.now().getTime());
        return handler(request, response);
      };
    const rules = 'User-agent: *\nCrawl-delay: 10\nDisallow: /private/';
    const server = await host(
      { '/private/x.csv': good, '/1.csv': note(good), '/2.csv': note(good) },
      note((_, response) => response.end(rules)),
    );
    await rig.publish(
      'a',
      ['/private/x.csv', '/1.csv', '/2.csv'].map((path) => `${server.origin}${path}`),
    );
    const report = await rig.check();
    expect(await rig.stateOf('a')).toMatchObject({ state: 'not-checked', reason: 'robots' });
    expect([report.byState.ok, report.byState['not-checked']]).toEqual([2, 1]);
    expect(asked(server)).not.toContain('GET /private/x.csv');
    const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? 0));
    expect(gaps.every((gap) => gap >= 10_000)).toBe(true);
    expect(gaps.length).toBe(2);
  });

  test('field F-09: a robots.txt that fails (5xx) means wait: nothing is asked, the links stay due', async () => {
    const server = await host({ '/1.csv': good, '/2.csv': good }, status(503));
    await rig.publish('a', [`${server.origin}/1.csv`, `${server.origin}/2.csv`]);
    const report = await rig.check();
    expect(asked(server)).toEqual([]);
    expect([report.checked, report.due, report.hostsLeftAlone.length]).toEqual([0, 2, 1]);
  });

  test('field F-09: markup in place of robots.txt forbids nothing', async () => {
    const server = await host({ '/1.csv': good }, status(200, { 'content-type': 'text/html' }, '<html>Disallow: /'));
    await rig.publish('a', [`${server.origin}/1.csv`]);
    expect((await rig.check()).byState.ok).toBe(1);
  });

  test('a Crawl-delay too long for a run leaves the host alone instead of waiting a day', async () => {
    const server = await host({ '/1.csv': good }, status(200, {}, 'User-agent: *\nCrawl-delay: 86400'));
    await rig.publish('a', [`${server.origin}/1.csv`]);
    const before = rig.now().getTime();
    const report = await rig.check();
    expect([report.checked, report.due]).toEqual([0, 1]);
    expect(rig.now().getTime() - before).toBeLessThan(300_000);
  });

  test('429 and 503 hold the host back, not the others; a long Retry-After leaves its rest due', async () => {
    const busy = await host({ '/1.csv': status(429, { 'retry-after': '3600' }), '/2.csv': good });
    const calm = await host({ '/1.csv': good, '/2.csv': good });
    await rig.publish(
      'a',
      ['/1.csv', '/2.csv'].flatMap((path) => [`${busy.origin}${path}`, `${calm.origin}${path}`]),
    );
    const report = await rig.check();
    expect(asked(busy)).toEqual(['GET /1.csv']);
    expect([report.byState.ok, report.byState.blocked, report.due]).toEqual([2, 1, 1]);
  });

  test('a host that answers nothing is left alone after four links; the others are all checked meanwhile', async () => {
    const paths = Array.from({ length: 9 }, (_, n) => `/${n}.csv`);
    const dumb = await host(Object.fromEntries(paths.map((path) => [path, hang])));
    const quick = await host(Object.fromEntries(paths.map((path) => [path, good])));
    await rig.publish(
      'a',
      paths.flatMap((path) => [`${dumb.origin}${path}`, `${quick.origin}${path}`]),
    );
    const report = await rig.check({ concurrency: 2 });
    expect([report.byState.ok, report.byState.timeout, report.due]).toEqual([9, 4, 5]);
    expect(report.hostsLeftAlone.map(({ host: name }) => `http://${name}`)).toEqual([dumb.origin]);
  });

  test('one host never gets two requests at once', async () => {
    let open = 0;
    let most = 0;
    const slow: Handler = async (request, response) => {
      open += 1;
      most = Math.max(most, open);
      await delay(5);
      open -= 1;
      return good(request, response);
    };
    const paths = Array.from({ length: 12 }, (_, n) => `/${n}.csv`);
    const { origin } = await host(Object.fromEntries(paths.map((path) => [path, slow])));
    await rig.publish(
      'a',
      paths.map((path) => `${origin}${path}`),
    );
    expect((await rig.check()).checked).toBe(12);
    expect(most).toBe(1);
  });
});
