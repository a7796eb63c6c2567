/** What the door makes of real certificates on a real wire (cases `field F-01` to `F-03`, `op D8`). */

import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { answerFailure } from '../../../src/kit/http/classify-failure.ts';
import type { HttpRequest } from '../../../src/kit/http/http-door.ts';
import { isSourceError } from '../../../src/model/source-error.ts';
import { type LoopbackServer, loopbackServer } from '../../support/loopback-server.ts';
import { getOf, quickDoor } from '../../support/quick-door.ts';
import { onlyTls10, pem, tlsServer } from '../../support/tls-server.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function openedOf<T extends { close(): Promise<void> }>(each: T): T {
  opened.push(each);
  return each;
}

async function serve(chain: readonly string[], options?: ServerOptions): Promise<LoopbackServer> {
  return openedOf(await tlsServer(chain, (_request, response) => response.end('ok'), options));
}

async function outcome(door: ReturnType<typeof quickDoor>, request: HttpRequest) {
  try {
    const { answer } = await door.fetchWhole(request);
    return { status: answer.status };
  } catch (failure) {
    if (!isSourceError(failure)) throw failure;
    const { code, reason } = failure;
    return { code, reason, cause: nodeCode(failure.cause), pauses: door.pausesMs.length };
  }
}

function nodeCode(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

const untrusted = { code: 'tls', pauses: 0, reason: 'tls_untrusted_root' };
const chain = ['leaf', 'intermediate'];

describe('without a CA of its own, a source is told why it cannot be verified, and is asked once', () => {
  test.each<[string, readonly string[], object]>([
    ['field F-01: leaf and intermediate', chain, { ...untrusted, cause: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }],
    ['field F-01: the root sent too', [...chain, 'root'], { ...untrusted, cause: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['field F-01: self-signed', ['self-signed'], { ...untrusted, cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    [
      'field F-02: the leaf only',
      ['leaf'],
      { code: 'tls', reason: 'tls_incomplete_chain', cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', pauses: 0 },
    ],
  ])('%s', async (_title, certificates, expected) => {
    const { origin } = await serve(certificates);
    const door = openedOf(quickDoor());
    expect(await outcome(door, getOf(origin, { attempts: 4 }))).toEqual(expected);
  });
});

describe('with the CA of the source', () => {
  test.each<[string, readonly string[], string, object]>([
    ['field F-01: leaf and intermediate, the root as CA', chain, pem('root.pem'), { status: 200 }],
    ['field F-01: self-signed, itself as CA', ['self-signed'], pem('self-signed.pem'), { status: 200 }],
    [
      'op D8, field F-02: the leaf only, root as CA: the chain has a gap',
      ['leaf'],
      pem('root.pem'),
      { code: 'tls', reason: 'tls_incomplete_chain', cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', pauses: 0 },
    ],
    [
      'op D8, field F-02: root and intermediate as CA',
      ['leaf'],
      pem('root.pem') + pem('intermediate.pem'),
      { status: 200 },
    ],
    ['op D8, field F-02: the intermediate alone as CA', ['leaf'], pem('intermediate.pem'), { status: 200 }],
    [
      'field F-02: the certificate of another host',
      ['wrong-name', 'intermediate'],
      pem('root.pem'),
      { code: 'tls', reason: 'tls_host_mismatch', cause: 'ERR_TLS_CERT_ALTNAME_INVALID', pauses: 0 },
    ],
    [
      'field F-02: out of date',
      ['expired', 'intermediate'],
      pem('root.pem'),
      { code: 'tls', reason: 'tls_expired', cause: 'CERT_HAS_EXPIRED', pauses: 0 },
    ],
  ])('%s', async (_title, certificates, certificateAuthority, expected) => {
    const { origin } = await serve(certificates);
    const door = openedOf(quickDoor());
    expect(await outcome(door, getOf(origin, { attempts: 4, certificateAuthority }))).toEqual(expected);
  });

  test('field F-01: no other request is touched, before, beside and after it', async () => {
    const { origin } = await serve(chain);
    const door = openedOf(quickDoor());
    const plain = getOf(origin);
    const trusting = getOf(origin, { certificateAuthority: pem('root.pem') });
    expect(await outcome(door, plain)).toMatchObject(untrusted);
    const beside = await Promise.all([outcome(door, trusting), outcome(door, plain), outcome(door, trusting)]);
    expect(beside).toMatchObject([{ status: 200 }, untrusted, { status: 200 }]);
    expect(await outcome(door, getOf(origin, { certificateAuthority: pem('self-signed.pem') }))).toMatchObject(
      untrusted,
    );
    expect(await outcome(door, plain)).toMatchObject(untrusted);
    expect(process.env['NODE_TLS_REJECT_UNAUTHORIZED']).toBeUndefined();
  });
});

describe('field F-03: a server that speaks TLS 1.0 only', () => {
  const certificateAuthority = pem('root.pem');

  test('is legacy TLS, asked once', async () => {
    const { origin } = await serve(chain, onlyTls10);
    const door = openedOf(quickDoor());
    const found = await outcome(door, getOf(origin, { certificateAuthority, attempts: 4 }));
    expect(found).toMatchObject({ code: 'tls', reason: 'tls_legacy', pauses: 0 });
  });

  test('answers a source that allows it for this host, and the certificate is verified all the same', async () => {
    const { origin } = await serve(chain, onlyTls10);
    const legacyTlsHost = new URL(origin).host;
    const door = openedOf(quickDoor());
    expect(await outcome(door, getOf(origin, { certificateAuthority, legacyTlsHost }))).toEqual({ status: 200 });
    expect(await outcome(door, getOf(origin, { legacyTlsHost }))).toMatchObject(untrusted);
    expect(await outcome(door, getOf(origin, { certificateAuthority }))).toMatchObject({ reason: 'tls_legacy' });
  });

  test('the allowance does not follow a redirect to another host', async () => {
    const legacy = await serve(chain, onlyTls10);
    const modern = openedOf(
      await tlsServer(chain, (_request, response) => response.writeHead(302, { location: legacy.origin }).end()),
    );
    const door = openedOf(quickDoor());
    const request = getOf(modern.origin, { certificateAuthority, legacyTlsHost: new URL(modern.origin).host });
    expect(await outcome(door, request)).toMatchObject({ code: 'tls', reason: 'tls_legacy' });
  });
});

test('a bare EPROTO is told apart by what OpenSSL says', () => {
  const eproto = (message: string) => Object.assign(new Error(message), { code: 'EPROTO' });
  const alert = eproto('write EPROTO 0:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version');
  const plain = eproto('write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number');
  expect(answerFailure(alert, 'https://data.example/')).toMatchObject({ reason: 'tls_legacy' });
  expect(answerFailure(plain, 'https://data.example/')).toMatchObject({ reason: 'tls_other' });
});

test('a port that speaks plain HTTP, or nothing known, is a failed handshake and no old TLS', async () => {
  const plain = openedOf(await loopbackServer((_request, response) => response.end('ok')));
  const door = openedOf(quickDoor());
  const https = plain.origin.replace('http:', 'https:');
  expect(await outcome(door, getOf(https))).toMatchObject({ code: 'tls', reason: 'tls_other' });
  const garbage = createServer((socket) => socket.on('error', () => undefined).end('garbage that is no TLS record'));
  await new Promise<void>((resolve) => garbage.listen(0, '127.0.0.1', resolve));
  openedOf({ close: async () => void garbage.close() });
  const { port } = garbage.address() as AddressInfo;
  expect(await outcome(door, getOf(`https://127.0.0.1:${port}/`))).toMatchObject({ code: 'tls', reason: 'tls_other' });
});
