import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { encodeBig5 } from '../support/encode-big5.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: LoopbackServer[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const exported = `\uFEFF${readFileSync(join(import.meta.dirname, '../fixtures/data-gov-tw/made-export.csv'), 'utf8')}`;

/** Answers the export, and details by id: a body, or a status. */
async function serve(body: string | Uint8Array, details: Readonly<Record<string, string | number>> = {}) {
  const server = await loopbackServer((request, response) => {
    const id = /\/detail\/(\d+)$/u.exec(request.url ?? '')?.[1];
    const detail = id === undefined ? body : (details[id] ?? 404);
    response.writeHead(typeof detail === 'number' ? detail : 200, { 'content-type': 'text/html; charset=UTF-8' });
    response.end(typeof detail === 'number' ? '{"success": false, "error": {"message": "no"}}' : detail);
  });
  open.push(server);
  return testSource('data-gov-tw', `${server.origin}/export?format=csv`, { languages: ['zh-Hant'] });
}

test('the export calls itself HTML and begins with a BOM; its rows are kept as they are', async () => {
  const { ids, raws, events, end } = await collect(await serve(exported));
  expect([ids, end]).toEqual([['900001', '900002'], { kind: 'end', complete: true }]);
  expect(raws.get('900002')).toBe(
    '900002,尚無檔案,檔案資料,公共資訊,,,,,系統介接,說明,,港城市政府,不定期,1,,免費,,,2013/03/18,2024/05/01,,',
  );
  const [first] = events.flatMap((event) => (event.kind === 'record' ? [event.record] : []));
  expect(new TextDecoder().decode(first?.context)).toMatch(/^資料集識別碼,資料集名稱,/u);
});

test('field F-13, op E2: an export in Big5 that calls itself UTF-8 is decoded by the language of the portal', async () => {
  const source = await serve(encodeBig5(exported));
  const { raws, end } = await collect(source);
  expect(raws.get('900001')).toContain('公園座標');
  expect(end?.complete).toBe(true);
});

test('field F-06: success=false with status 200 in place of the export is an error with what was said', async () => {
  const { failure, events } = await collect(await serve('{"success": false, "error": {"error_type": "ER0001"}}'));
  expect(failure).toMatchObject({ code: 'soft-error', message: expect.stringContaining('ER0001') });
  expect(events).toEqual([]);
});

test('details: one that is gone is not listed, one that refuses is rejected under its id, the others are records', async () => {
  const source = await serve(
    exported.replace(/900002,.*\n/u, (row) => `${row}900003,丙${row.slice(7)}`),
    {
      900001: '{"success": true, "result": {"datasetId": 900001, "title": "公園座標"}}',
      900003: '{"success": false, "error": {"message": "ER0002"}}',
    },
  );
  const details = `${new URL(source.endpoint).origin}/detail/`;
  const { ids, rejected, raws, end } = await collect({ ...source, options: { details } });
  expect([ids, rejected]).toEqual([['900001'], ['answer-unsuccessful 900003']]);
  expect(raws.get('900001')).toBe('{"datasetId": 900001, "title": "公園座標"}');
  expect(end).toEqual({ kind: 'end', complete: true, claimedTotal: 3 });
});
