import { afterEach, describe, expect, test } from 'vitest';
import { sourceDoor } from '../../src/harvest/source-door.ts';
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import { maskedChunks, parseServiceKey, type SecretKey } from '../../src/kit/service-key.ts';
import { isSourceError } from '../../src/model/source-error.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { getOf, quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const keyOf = (text: string): SecretKey => {
  const key = parseServiceKey(text);
  if (key === undefined) throw new Error('the key of the test is malformed');
  return key;
};
const key = keyOf('ab+cd/==');

async function serve(listener: Parameters<typeof loopbackServer>[0]) {
  const server = await loopbackServer(listener);
  const door = quickDoor();
  opened.push(server, door);
  const source = testSource('ckan', `${server.origin}/api/`, {
    serviceKey: { name: 'SAMPAN_KEY_TEST', in: { parameter: 'serviceKey' } },
  });
  return { server, door, source };
}

async function failureOf(work: Promise<unknown>) {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSourceError(failure)) throw new Error(`found ${String(failure)}; expected a SourceError`);
  return { code: failure.code, reason: failure.reason, status: failure.status, message: failure.message };
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

const askBoth = (door: HttpDoor, url: string) => [door.fetchWhole(getOf(url)), door.request(getOf(url))] as const;

describe('field F-07: the key', () => {
  test.each(['ab%2Bcd%2F%3D%3D', 'ab+cd/==', ' ab%2bcd%2f%3d%3d\n'])('%j is sent encoded once', async (given) => {
    const { server, door, source } = await serve((_request, response) => response.end('{}'));
    const keyed = sourceDoor(source, door, keyOf(given));
    await keyed.fetchWhole(getOf(`${server.origin}/api/list?q=a%20b&serviceKey=old&page=1`));
    await keyed.fetchWhole(getOf(`${server.origin}/api/list`));
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/list?q=a%20b&page=1&serviceKey=ab%2Bcd%2F%3D%3D',
      '/api/list?serviceKey=ab%2Bcd%2F%3D%3D',
    ]);
  });

  test.each(['ab%G0x', '%', '', 'abc', 'ab cd ef', 'ab%0Acdef', 'schlüssel'])('%j is malformed', (given) => {
    expect(parseServiceKey(given)).toBeUndefined();
  });

  test('goes into a header where the source says so, and to no other origin', async () => {
    const { server, door, source } = await serve((_request, response) => response.end('{}'));
    const other = await loopbackServer((_request, response) => response.end('{}'));
    opened.push(other);
    const header = { header: 'Authorization', prefix: 'Infuser ' };
    const keyed = sourceDoor({ ...source, serviceKey: { name: 'SAMPAN_KEY_TEST', in: header } }, door, key);
    await keyed.fetchWhole(getOf(`${server.origin}/api/`));
    await keyed.fetchWhole(getOf(`${other.origin}/api/`));
    expect(server.requests[0]?.headers.authorization).toBe('Infuser ab+cd/==');
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('is masked in what comes back: body, headers, address', async () => {
    const { server, door, source } = await serve((request, response) => {
      response.setHeader('link', `<${request.url}>; rel="next"`);
      response.end(`{"you":"ab+cd/==","url":"${request.url}","json":"ab+cd\\/==","lower":"ab%2bcd%2f%3d%3d"}`);
    });
    const keyed = sourceDoor(source, door, key);
    const whole = await keyed.fetchWhole(getOf(`${server.origin}/api/x`));
    const streamed = await keyed.request(getOf(`${server.origin}/api/x`));
    const text = await textOf(streamed.body);
    for (const body of [text, Buffer.from(whole.bytes).toString()]) {
      expect(body).toBe('{"you":"***","url":"/api/x?serviceKey=***","json":"***","lower":"***"}');
    }
    expect([streamed.url, streamed.headers['link']]).toEqual([
      `${server.origin}/api/x?serviceKey=***`,
      '</api/x?serviceKey=***>; rel="next"',
    ]);
  });

  test('is masked wherever the chunks are cut', async () => {
    const text = `x${key.plain}y${key.encoded}${key.plain}z`;
    for (let size = 1; size <= text.length; size += 1) {
      async function* chunks() {
        for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
      }
      const masked = await textOf(maskedChunks(chunks(), key));
      expect(masked).toBe('x***y******z');
    }
  });

  test('that is missing ends in a sentence with its name, before anything is asked', async () => {
    const { server, door, source } = await serve((_request, response) => response.end('{}'));
    for (const asked of askBoth(sourceDoor(source, door, undefined), `${server.origin}/api/x`)) {
      expect(await failureOf(asked)).toMatchObject({
        code: 'key-refused',
        reason: 'key_missing',
        message: expect.stringContaining('found no key SAMPAN_KEY_TEST; expected it in the environment'),
      });
    }
    expect(server.requests).toHaveLength(0);
  });

  test.each([401, 403])('that is answered with %i is refused', async (status) => {
    const { server, door, source } = await serve((_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"message":"no"}'),
    );
    for (const asked of askBoth(sourceDoor(source, door, key), `${server.origin}/api/x`)) {
      expect(await failureOf(asked)).toMatchObject({ code: 'key-refused', reason: `http_${status}`, status });
    }
  });

  test('does not show when the portal breaks off or is not there', async () => {
    const { server, door, source } = await serve((request) => request.socket.destroy());
    const keyed = sourceDoor(source, door, key);
    const failure = await failureOf(keyed.fetchWhole(getOf(`${server.origin}/api/x`)));
    expect(failure.message).toContain('/api/x?serviceKey=***');
    expect(JSON.stringify(failure)).not.toMatch(/ab(?:\+|%2B)cd/i);
  });
});

const xml = (code: string, message: string) =>
  `<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>${message}</returnAuthMsg><returnReasonCode>${code}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>`;

describe('field F-06: what a gateway says in place of an answer, whatever status and content type say', () => {
  test.each([
    [xml('30', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR'), 200, 'key-refused', '30'],
    [`\uFEFF<?xml version="1.0"?>\n${xml('31', 'DEADLINE_HAS_EXPIRED_ERROR')}`, 200, 'key-refused', '31'],
    [xml('22', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR'), 200, 'quota', '22'],
    [xml('10', 'INVALID_REQUEST_PARAMETER_ERROR'), 200, 'soft-error', '10'],
    [
      '{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"errMsg":"SERVICE ERROR","returnAuthMsg":"SERVICE_KEY_IS_NOT_REGISTERED_ERROR","returnReasonCode":"30"}}}',
      403,
      'key-refused',
      '30',
    ],
    ['{"response":{"header":{"resultCode":"22","resultMsg":"LIMITED"}}}', 200, 'quota', '22'],
    [
      '<response><header><resultCode>99</resultCode><resultMsg>UNKNOWN_ERROR</resultMsg></header></response>',
      200,
      'soft-error',
      '99',
    ],
    ['{"code":-401,"msg":"유효하지 않은 인증키 입니다."}', 401, 'key-refused', '-401'],
  ])('%s', async (body, status, code, reason) => {
    const { server, door, source } = await serve((_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    );
    const { serviceKey, ...keyless } = source;
    for (const asked of askBoth(sourceDoor(keyless, door, undefined), `${server.origin}/api/x`)) {
      expect(await failureOf(asked)).toMatchObject({ code, reason, status });
    }
  });

  test.each([
    '<response><header><resultCode>000</resultCode><resultMsg>OK</resultMsg></header><body/></response>',
    '{"response": {"header": { "resultCode": "0000", "resultMsg": "OK" }, "body": {}}}',
    '{"result":[{"title":"What returnReasonCode 30 means: <OpenAPI_ServiceResponse>"}]}',
    '{"code":200,"msg":"ok"}',
    '',
  ])('is not found in %j, which comes through unchanged', async (body) => {
    const { server, door, source } = await serve((_request, response) => response.end(body));
    const { serviceKey, ...keyless } = source;
    const guarded = sourceDoor(keyless, door, undefined);
    const streamed = await guarded.request(getOf(`${server.origin}/api/x`));
    expect(await textOf(streamed.body)).toBe(body);
    expect(Buffer.from((await guarded.fetchWhole(getOf(`${server.origin}/api/x`))).bytes).toString()).toBe(body);
  });
});
