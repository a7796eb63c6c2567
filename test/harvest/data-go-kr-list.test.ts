import { afterEach, expect, test } from 'vitest';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function harvest(csv: string | Uint8Array, contentType = 'text/csv') {
  const server = await loopbackServer((_, response) => response.setHeader('content-type', contentType).end(csv));
  open.push(server);
  return collect(testSource('data-go-kr', `${server.origin}/list.csv`));
}

const header = '목록키,목록명,등록일';

test('a list without a line break at its end is read, but is not proof of a complete list', async () => {
  const { ids, end } = await harvest(`${header}\r\n1,가,2022-07-01\r\n2,나,2022-0`);
  expect(ids).toEqual(['1', '2']);
  expect(end).toMatchObject({ complete: false, why: expect.stringContaining('without a line break') });
});

test.each([
  ['in a row', `${header}\r\n1,가,2022\r\n2,나`],
  ['in a quoted field', `${header}\r\n1,가,2022\r\n2,"나`],
])('a list that ends %s is truncated', async (_, csv) => {
  const { ids, failure } = await harvest(csv);
  expect([ids, failure]).toMatchObject([['1'], { name: 'SourceError', code: 'truncated' }]);
});

test('a row with too few or too many fields is rejected with its bytes; blank lines are nothing', async () => {
  const { ids, rejected, end } = await harvest(`${header}\n\n1,가\n2,나,2022\n3,다,2022,더\n`);
  expect([ids, rejected, end?.complete]).toEqual([['2'], ['row-field-count 1', 'row-field-count 3'], true]);
});

test.each([
  ['번호,제목\r\n1,가\r\n', 'malformed', 'the first line is "번호, 제목"'],
  ['<html>점검</html>', 'soft-error', 'expected the list as CSV'],
  ['', 'soft-error', 'the list is empty'],
])('%j is no list: %s', async (csv, code, words) => {
  expect((await harvest(csv)).failure).toMatchObject({ code, message: expect.stringContaining(words) });
});

test('characters that CP949 does not have are told with the record', async () => {
  // 목록키,목록명 / 1,가<FF>
  const list = Buffer.concat([Buffer.from('b8f1b7cfc5b02cb8f1b7cfb8ed0a', 'hex'), Buffer.from('312cb0a1ff0a', 'hex')]);
  const { events } = await harvest(list);
  const problems = events.flatMap((event) =>
    event.kind === 'record' ? [event.record.problems?.map(({ slug }) => slug)] : [],
  );
  expect(problems).toEqual([['characters-lost']]);
});
