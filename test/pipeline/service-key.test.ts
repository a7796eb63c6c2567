/** Case `field F-07` from end to end: a keyed portal with failures is harvested, and everything written is searched. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseServiceKey } from '../../src/kit/service-key.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';
import { openStore } from './little-portal.ts';
import { realRunOptions, realVocabulary } from './real-run.ts';

const forms = ['ab+cd/==', 'ab%2Bcd%2F%3D%3D', 'ab%2bcd%2f%3d%3d', 'ab%252Bcd', 'ab+cd\\/'];

/** A portal that repeats the key wherever it can: in records, messages, headers and redirects. */
function answer(call: number, url: string): { readonly status: number; readonly body: string } {
  const said = `your key ab+cd/== (${url}) is not allowed here`;
  const record = {
    id: `id-${call}`,
    name: `n-${call}`,
    title: `Echo ${said}`,
    notes: url,
    resources: [{ id: 'r', url }],
  };
  if (call === 1)
    return { status: 200, body: JSON.stringify({ success: true, result: { count: 1, results: [record] } }) };
  if (call === 2) return { status: 200, body: JSON.stringify({ success: false, error: { message: said } }) };
  if (call === 3) return { status: 403, body: JSON.stringify({ success: false, error: { message: said } }) };
  return {
    status: 200,
    body: `<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>${said}</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>`,
  };
}

test('field F-07: no store file, archive, backup, log or run holds the key, in any form', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sampan-key-'));
  const calls: string[] = [];
  let run = 0;
  const server = await loopbackServer((request, response) => {
    calls.push(request.url ?? '');
    const { status, body } = answer(run, request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', 'x-echo': request.url ?? '' }).end(body);
  });
  const http = quickDoor();
  const store = await openStore(home);
  const logged: string[] = [];
  try {
    const source = testSource('ckan', `${server.origin}/api/3/action/`, {
      serviceKey: { name: 'SAMPAN_KEY_TEST', in: { parameter: 'serviceKey' } },
    });
    const vocabulary = await realVocabulary();
    const serviceKey = parseServiceKey('ab%2Bcd%2F%3D%3D');
    if (serviceKey === undefined) throw new Error('the key of the test is malformed');
    const options = realRunOptions({ source, store, http, vocabulary });
    const effects = { ...options.effects, log: (line: string) => logged.push(line) };
    const runs = [];
    for (run = 1; run <= 4; run += 1) runs.push(await runSource({ ...options, effects, serviceKey }));
    runs.push(await runSource({ ...options, effects }));
    expect(runs.map((each) => [each.state, each.failure?.code, each.failure?.reason])).toEqual([
      ['done', undefined, undefined],
      ['failed', 'soft-error', 'answer-unsuccessful'],
      ['failed', 'key-refused', 'http_403'],
      ['failed', 'key-refused', '30'],
      ['failed', 'key-refused', 'key_missing'],
    ]);
    // It was sent, encoded once, with each request but those of the last run, which had none.
    const asked = calls.filter((url) => url !== '/robots.txt');
    expect(asked.length).toBeGreaterThanOrEqual(4);
    for (const url of asked) expect(url).toMatch(/[?&]serviceKey=ab%2Bcd%2F%3D%3D$/);
    const kept = [...(await store.newest(5)).map((record) => JSON.stringify(record)), JSON.stringify(runs), ...logged];
    expect(kept.join('\n')).toContain('your key *** ');
    const still = { signal: new AbortController().signal, progress: () => undefined };
    await writeBackup({ home, folder: join(home, 'backup'), sampan: '0.0.0', at: new Date().toISOString(), ...still });
    const files = [...filesBelow(home)];
    expect(files.length).toBeGreaterThan(1);
    for (const text of [...kept, ...files.map(readWhole)]) for (const form of forms) expect(text).not.toContain(form);
  } finally {
    await http.close();
    await store.close();
    await server.close();
    rmSync(home, { recursive: true });
  }
});

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** The bytes of a file, and what its gzip blocks hold. */
function readWhole(path: string): string {
  const bytes = readFileSync(path);
  const texts = [bytes.toString('latin1')];
  for (
    let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')
  ) {
    texts.push(gunzipSync(bytes.subarray(at), { finishFlush: 2 }).toString('latin1'));
  }
  return texts.join('\n');
}
