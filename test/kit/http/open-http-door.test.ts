import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isSourceError, type SourceError } from '../../../src/model/source-error.ts';
import { type LoopbackServer, loopbackServer } from '../../support/loopback-server.ts';
import { getOf, quickDoor, testUserAgent } from '../../support/quick-door.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(listener: Parameters<typeof loopbackServer>[0]): Promise<LoopbackServer> {
  const server = await loopbackServer(listener);
  open.push(server);
  return server;
}

function door(options: Parameters<typeof quickDoor>[0] = {}) {
  const made = quickDoor(options);
  open.push(made);
  return made;
}

async function failureOf(promise: Promise<unknown>): Promise<SourceError> {
  const outcome = await promise.then(
    (value) => value,
    (failure: unknown) => failure,
  );
  if (!isSourceError(outcome)) throw new Error(`expected a SourceError, got ${String(outcome)}`, { cause: outcome });
  return outcome;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('an answer', () => {
  test('comes with status, lower-case headers, its address and the body', async () => {
    const server = await serve((_, response) => response.writeHead(200, { 'X-Kind': 'a' }).end('空氣'));
    const { answer, bytes } = await door().fetchWhole(getOf(`${server.origin}/x?y=1`));
    expect([answer.status, answer.headers['x-kind'], answer.url, answer.redirects, text(bytes)]).toEqual([
      200,
      'a',
      `${server.origin}/x?y=1`,
      [],
      '空氣',
    ]);
  });

  test('is asked for with our honest User-Agent, once per request', async () => {
    const server = await serve((_, response) => response.end());
    await door().fetchWhole(getOf(server.origin));
    expect(server.requests.map((request) => request.headers['user-agent'])).toEqual([testUserAgent]);
  });

  test('of status 404 is an answer, not a failure, and is not asked for again', async () => {
    const server = await serve((_, response) => response.writeHead(404).end('gone'));
    const { answer } = await door().fetchWhole(getOf(server.origin, { attempts: 3 }));
    expect([answer.status, server.requests.length]).toEqual([404, 1]);
  });

  test('field F-12: an address with Big5 escapes is requested as it is written', async () => {
    const server = await serve((_, response) => response.end());
    await door().fetchWhole(getOf(`${server.origin}/%B8%EA.csv?q=日本`));
    expect(server.requests[0]?.url).toBe('/%B8%EA.csv?q=%E6%97%A5%E6%9C%AC');
  });

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['gzip, br', (plain: string) => brotliCompressSync(gzipSync(plain))],
  ] as const)('compressed with %s arrives plain', async (encoding, compress) => {
    const plain = '大気汚染 '.repeat(30_000);
    const server = await serve((_, response) => response.setHeader('content-encoding', encoding).end(compress(plain)));
    const { bytes } = await door().fetchWhole(getOf(server.origin));
    expect(text(bytes)).toBe(plain);
  });

  test('that is empty in spite of Content-Encoding: gzip is empty', async () => {
    const server = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end());
    expect((await door().fetchWhole(getOf(server.origin))).bytes).toHaveLength(0);
  });
});

describe('field W-06: addresses', () => {
  test.each([
    ['http://127.0.0.1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://10.0.0.1/'],
    ['http://[::1]/'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://[64:ff9b::a00:1]/'],
    ['http://0/'],
    ['http://2130706433/'],
    ['http://0x7f.1/'],
    ['http://017700000001/'],
    ['http://localhost/'],
    ['file:///etc/passwd'],
    ['ftp://data.example/a.csv'],
    ['http://8.8.8.8:22/'],
    ['http://user:secret@8.8.8.8/'],
  ])('%s is refused before any connection', async (url) => {
    const failure = await failureOf(door({ allowLoopback: false }).request(getOf(url, { attempts: 3 })));
    expect(failure.code).toBe('not-allowed-address');
    expect(failure.message).not.toContain('secret');
  });

  test('loopback is open to whom the composition root allows it, other closed ranges stay closed', async () => {
    expect((await failureOf(door().request(getOf('http://192.168.0.1/')))).code).toBe('not-allowed-address');
  });

  test.each([['http://10.1.2.3/'], ['http://169.254.169.254/'], ['file:///etc/passwd']])(
    'op I2: a redirect to %s is refused too',
    async (target) => {
      const server = await serve((_, response) => response.writeHead(302, { location: target }).end());
      expect((await failureOf(door().request(getOf(server.origin)))).code).toBe('not-allowed-address');
    },
  );
});

describe('redirects', () => {
  test('op D9, field F-10: are followed; the first address stays first in the list', async () => {
    const server = await serve((request, response) =>
      request.url === '/new' ? response.end('here') : response.writeHead(301, { location: '/new' }).end(),
    );
    const { answer, bytes } = await door().fetchWhole(getOf(`${server.origin}/old`));
    expect([answer.url, answer.redirects, text(bytes)]).toEqual([
      `${server.origin}/new`,
      [`${server.origin}/old`],
      'here',
    ]);
  });

  test('in a circle end at once, endless ones after ten', async () => {
    const circle = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    );
    const endless = await serve((request, response) => response.writeHead(302, { location: `${request.url}x` }).end());
    expect((await failureOf(door().request(getOf(`${circle.origin}/a`)))).code).toBe('too-many-redirects');
    expect(circle.requests).toHaveLength(2);
    expect((await failureOf(door().request(getOf(`${endless.origin}/x`)))).code).toBe('too-many-redirects');
    expect(endless.requests).toHaveLength(11);
  });

  test('to another host take no credentials along', async () => {
    const other = await serve((_, response) => response.end());
    const first = await serve((_, response) => response.writeHead(302, { location: other.origin }).end());
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'application/json' };
    await door().fetchWhole(getOf(first.origin, { headers }));
    expect(first.requests[0]?.headers.authorization).toBe('Bearer x');
    const arrived = other.requests[0]?.headers ?? {};
    expect([arrived.authorization, arrived.cookie, arrived['x-api-key'], arrived.accept]).toEqual([
      undefined,
      undefined,
      undefined,
      'application/json',
    ]);
  });

  test('303 after POST becomes GET without a body; 307 stays POST', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/303') response.writeHead(303, { location: '/seen' }).end();
      else if (request.url === '/307') response.writeHead(307, { location: '/seen' }).end();
      else response.end(request.method);
    });
    const post = { method: 'POST', body: '{}' } as const;
    expect(text((await door().fetchWhole(getOf(`${server.origin}/303`, post))).bytes)).toBe('GET');
    expect(text((await door().fetchWhole(getOf(`${server.origin}/307`, post))).bytes)).toBe('POST');
  });
});

describe('trying again', () => {
  test('op D6: 429 with Retry-After in seconds is waited out', async () => {
    const server = await serve((_, response) =>
      server.requests.length === 1 ? response.writeHead(429, { 'retry-after': '7' }).end() : response.end('ok'),
    );
    const quick = door();
    expect(text((await quick.fetchWhole(getOf(server.origin, { attempts: 2 }))).bytes)).toBe('ok');
    expect(Math.max(...quick.pausesMs)).toBe(7_000);
  });

  test('503 with Retry-After as a date is waited out', async () => {
    const at = new Date(Date.now() + 30_000).toUTCString();
    const server = await serve((_, response) =>
      server.requests.length === 1 ? response.writeHead(503, { 'retry-after': at }).end() : response.end('ok'),
    );
    const quick = door();
    await quick.fetchWhole(getOf(server.origin, { attempts: 2 }));
    expect(Math.max(...quick.pausesMs)).toBeGreaterThan(25_000);
    expect(Math.max(...quick.pausesMs)).toBeLessThanOrEqual(30_000);
  });

  test('a Retry-After beyond what we wait makes the 429 the answer', async () => {
    const server = await serve((_, response) => response.writeHead(429, { 'retry-after': '86400' }).end());
    const { answer } = await door().fetchWhole(getOf(server.origin, { attempts: 5 }));
    expect([answer.status, server.requests.length]).toEqual([429, 1]);
  });

  test('500s are retried with pauses that double, and the last one is the answer', async () => {
    const server = await serve((_, response) => response.writeHead(500).end());
    const quick = door();
    const { answer } = await quick.fetchWhole(getOf(server.origin, { attempts: 4 }));
    expect([answer.status, server.requests.length, quick.pausesMs]).toEqual([500, 4, [375, 750, 1_500]]);
  });

  test('a body that breaks off is fetched whole on the next try', async () => {
    const server = await serve((request, response) => {
      if (server.requests.length > 1) return response.end('whole');
      response.writeHead(200, { 'content-length': '100' });
      response.write('who');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(text((await door().fetchWhole(getOf(server.origin, { attempts: 2 }))).bytes)).toBe('whole');
  });
});

describe('failures of the world', () => {
  test('nobody listens: unreachable', async () => {
    const server = await loopbackServer((_, response) => response.end());
    await server.close();
    const failure = await failureOf(door().request(getOf(server.origin)));
    expect([failure.code, failure.message]).toEqual(['unreachable', expect.stringContaining('refused')]);
  });

  test('a host name that does not exist: unreachable', async () => {
    expect((await failureOf(door().request(getOf('http://nowhere.invalid/')))).code).toBe('unreachable');
  });

  test('a connection that breaks off before the answer: unreachable, after all tries', async () => {
    const server = await serve((request) => request.socket.destroy());
    expect((await failureOf(door().request(getOf(server.origin, { attempts: 3 })))).code).toBe('unreachable');
    expect(server.requests).toHaveLength(3);
  });

  test('no first byte in time: timeout', async () => {
    const server = await serve(() => undefined);
    expect((await failureOf(door().request(getOf(server.origin, { timeoutMs: 60 })))).code).toBe('timeout');
  });

  test('a body that stands still: timeout', async () => {
    const server = await serve((_, response) => response.writeHead(200).write('a'));
    expect((await failureOf(door().fetchWhole(getOf(server.origin, { timeoutMs: 60 })))).code).toBe('timeout');
  });

  test('a body that drips for ever: timeout by the sum of waiting', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write('a'), 15);
      response.on('close', () => clearInterval(timer));
    });
    const failure = await failureOf(door({ maxWaitMs: 120 }).fetchWhole(getOf(server.origin, { timeoutMs: 60 })));
    expect([failure.code, failure.message]).toEqual(['timeout', expect.stringContaining('in sum')]);
  });

  test('a body shorter than its Content-Length: truncated', async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc');
      setTimeout(() => request.socket.end(), 20);
    });
    const failure = await failureOf(door().fetchWhole(getOf(server.origin)));
    expect([failure.code, failure.message]).toEqual(['truncated', expect.stringContaining('3 bytes')]);
  });

  test('a compressed body that ends early: truncated; one that is not compressed: malformed', async () => {
    const packed = gzipSync('x'.repeat(10_000));
    const early = await serve((_, response) =>
      response.setHeader('content-encoding', 'gzip').end(packed.subarray(0, packed.length - 12)),
    );
    const lying = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end('{"a":1}'));
    expect((await failureOf(door().fetchWhole(getOf(early.origin)))).code).toBe('truncated');
    expect((await failureOf(door().fetchWhole(getOf(lying.origin)))).code).toBe('malformed');
  });

  test('a body longer than allowed: too-large, by its announced and by its real size', async () => {
    const long = await serve((_, response) => response.end(Buffer.alloc(3_000)));
    const unannounced = await serve((_, response) => {
      response.write(Buffer.alloc(1_500));
      response.end(Buffer.alloc(1_500));
    });
    for (const { origin } of [long, unannounced]) {
      expect((await failureOf(door().fetchWhole(getOf(origin, { maxBodyBytes: 2_000 })))).code).toBe('too-large');
    }
  });

  test('field W-07: a small compressed body that would become 64 MiB stops at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    const before = process.memoryUsage().arrayBuffers;
    expect((await failureOf(door().fetchWhole(getOf(server.origin)))).code).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  test('something that is not HTTP: malformed', async () => {
    const server = await serve((request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect((await failureOf(door().request(getOf(server.origin)))).code).toBe('malformed');
  });

  test('field F-05, op D7: a wall against bots is blocked, not dead and not retried', async () => {
    const challenge = await serve((_, response) =>
      response.writeHead(503, { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }).end('<html>'),
    );
    const forbidden = await serve((_, response) =>
      response.writeHead(403, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
    );
    const plain = await serve((_, response) =>
      response.writeHead(403, { 'content-type': 'application/json' }).end('{}'),
    );
    const first = await failureOf(door().request(getOf(challenge.origin, { attempts: 3 })));
    expect([first.code, first.reason, first.status]).toEqual(['blocked', 'waf_challenge', 503]);
    expect(challenge.requests).toHaveLength(1);
    expect((await failureOf(door().request(getOf(forbidden.origin)))).reason).toBe('forbidden');
    expect((await door().fetchWhole(getOf(plain.origin))).answer.status).toBe(403);
  });

  test('field F-07: no message holds the key of the address', async () => {
    const server = await serve((request) => request.socket.destroy());
    const failure = await failureOf(door().request(getOf(`${server.origin}/x?serviceKey=ab%2Bcd&page=1`)));
    expect(failure.message).toContain('serviceKey=***&page=1');
    expect(failure.message).not.toContain('ab%2Bcd');
  });
});

describe('politeness', () => {
  test('starts at one host are as far apart as asked, also over concurrent requests', async () => {
    const server = await serve((_, response) => response.end());
    const quick = door();
    const ask = () => quick.fetchWhole(getOf(server.origin, { minGapMs: 1_000 }));
    await Promise.all([ask(), ask(), ask()]);
    const waited = quick.pausesMs.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(1_900);
  });

  test('no more requests at a time than allowed; the turn is held until the body is read', async () => {
    let active = 0;
    let most = 0;
    const server = await serve((_, response) => {
      active += 1;
      most = Math.max(most, active);
      setTimeout(() => {
        active -= 1;
        response.end('x');
      }, 15);
    });
    const quick = door();
    await Promise.all(Array.from({ length: 9 }, () => quick.fetchWhole(getOf(server.origin, { concurrency: 3 }))));
    expect(most).toBe(3);
  });

  test('discarding an answer gives the turn back', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(500_000)));
    const quick = door();
    for (let i = 0; i < 3; i++) await (await quick.request(getOf(server.origin, { concurrency: 1 }))).discard();
    expect(server.requests).toHaveLength(3);
  });

  test('a reader that stops early gives the turn back', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(500_000)));
    const quick = door();
    for (let i = 0; i < 3; i++) {
      const answer = await quick.request(getOf(server.origin, { concurrency: 1 }));
      for await (const chunk of answer.body) if (chunk.length > 0) break;
    }
    expect(server.requests).toHaveLength(3);
  });
});

describe('cancelling', () => {
  test.each([
    ['before the answer', () => undefined],
    ['while the body comes', (_: unknown, response: { write(text: string): unknown }) => response.write('a')],
  ] as const)('%s throws the reason of the signal, at once and without another try', async (_, listener) => {
    const server = await serve(listener);
    const stop = new AbortController();
    const reason = new Error('stopped by the operator');
    const asked = door().fetchWhole(getOf(server.origin, { signal: stop.signal, attempts: 5 }));
    setTimeout(() => stop.abort(reason), 40);
    await expect(asked).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});
