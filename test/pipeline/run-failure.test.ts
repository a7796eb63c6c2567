/** What a failed run keeps, from the wire to the books: real servers, real certificates, the real CKAN adapter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import type { Source } from '../../src/model/source.ts';
import { sourceHealth } from '../../src/model/source-health.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';
import { onlyTls10, pem, tlsServer } from '../support/tls-server.ts';
import { openStore } from './little-portal.ts';
import { realRunOptions, realVocabulary } from './real-run.ts';

const home = mkdtempSync(join(tmpdir(), 'sampan-failure-'));
let store: CatalogueStore;
let http: HttpDoor;
beforeAll(async () => {
  store = await openStore(home);
  http = quickDoor();
});
afterAll(async () => {
  await http.close();
  await store.close();
  rmSync(home, { recursive: true });
});
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const page = JSON.stringify({
  success: true,
  result: { count: 1, results: [{ id: 'a', name: 'a', title: 'Air quality', resources: [] }] },
});

async function run(id: string, origin: string, more: Partial<Source> = {}) {
  const source = testSource('ckan', `${origin}/api/3/action/`, { id, ...more });
  return runSource(realRunOptions({ source, store, http, vocabulary: await realVocabulary() }));
}

async function stateOf(id: string) {
  const summary = (await store.sourceSummaries()).find(({ sourceId }) => sourceId === id);
  return { state: sourceHealth(summary?.recentRuns ?? []).state, datasets: summary?.datasets };
}

test('op D8, field F-02, F-03: the TLS reason is kept; with its CA and profile the source works, and the run says so', async () => {
  const id = 'xx-tls-example';
  const server = await tlsServer(['leaf'], (_request, response) => response.end(page), onlyTls10);
  opened.push(server);
  const certificateAuthority = pem('root.pem') + pem('intermediate.pem');
  expect(await run(id, server.origin)).toMatchObject({
    state: 'failed',
    failure: { code: 'tls', reason: 'tls_legacy' },
  });
  expect(await run(id, server.origin, { tls: 'legacy' })).toMatchObject({
    state: 'failed',
    failure: { code: 'tls', reason: 'tls_incomplete_chain' },
    tlsProfile: 'legacy',
  });
  expect(await stateOf(id)).toEqual({ state: 'tls-incomplete-chain', datasets: 0 });
  const good = await run(id, server.origin, { tls: 'legacy', certificateAuthority });
  expect(good).toMatchObject({ state: 'done', counts: { seen: 1, added: 1 }, tlsProfile: 'legacy' });
  expect(good).not.toHaveProperty('failure');
  expect(await stateOf(id)).toEqual({ state: 'ok', datasets: 1 });
});

test.each<[string, number, Record<string, string>, string, object, string]>([
  [
    'field F-05, op D7',
    403,
    { 'content-type': 'text/html', 'cf-mitigated': 'challenge' },
    '<html>',
    { code: 'blocked', reason: 'waf_challenge', status: 403 },
    'blocked',
  ],
  [
    'field F-06, F-08',
    200,
    { 'content-type': 'application/json' },
    '<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
    { code: 'key-refused', reason: '30' },
    'key-pending',
  ],
  [
    'field F-06',
    200,
    { 'content-type': 'application/json' },
    '<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>DEADLINE_HAS_EXPIRED_ERROR</returnAuthMsg><returnReasonCode>31</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
    { code: 'key-refused', reason: '31' },
    'key-refused',
  ],
  ['field F-06', 200, { 'content-type': 'text/html' }, '<html>maintenance', { code: 'soft-error' }, 'soft-error'],
  ['op D10', 404, { 'content-type': 'text/html' }, '<html>not found', { code: 'http-status', status: 404 }, 'gone'],
])(
  '%s: %i %j %s fails the run, never "no change", and deletes nothing [op A6]',
  async (_case, status, headers, body, failure, state) => {
    const id = `xx-${state}-example`;
    let isGood = true;
    const server = await loopbackServer((_request, response) =>
      isGood ? response.end(page) : response.writeHead(status, headers).end(body),
    );
    opened.push(server);
    expect(await run(id, server.origin)).toMatchObject({ state: 'done' });
    isGood = false;
    const failed = await run(id, server.origin);
    expect(failed).toMatchObject({ state: 'failed', complete: false, failure, counts: { deleted: 0 } });
    expect(failed.why).toContain('expected');
    expect(await stateOf(id)).toEqual({ state, datasets: 1 });
    isGood = true;
    const mended = await run(id, server.origin);
    expect([mended.state, mended.why, mended.failure]).toEqual(['done', undefined, undefined]);
  },
);
