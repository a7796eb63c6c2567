/** A list that was replaced by a shorter one between a stop and its resumption is read from the beginning. */
import { afterEach, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

type Answer = (url: URL) => string | undefined;

/** Harvests the first list up to a checkpoint, then goes on from there on the second one. */
async function resumeOn(
  lists: { readonly first: Answer; readonly second: Answer },
  sourceAt: (origin: string) => Source,
  stopAfterCheckpoint: number,
) {
  let list = lists.first;
  const server = await loopbackServer((request, response) => {
    const body = list(new URL(request.url ?? '/', 'http://portal.example'));
    return body === undefined ? response.writeHead(404).end() : response.end(body);
  });
  open.push(server);
  const source = sourceAt(server.origin);
  const cursor = (await collect(source, { stopAfterCheckpoint })).cursors.at(-1);
  list = lists.second;
  return collect(source, cursor === undefined ? {} : { from: cursor });
}

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${1_000 + i}`);
const csv = (keys: readonly string[]) => `목록키,목록명\n${keys.map((key) => `${key},이름\n`).join('')}`;
const elements = (keys: readonly string[]) => `{"dataset":[${keys.map((key) => `{"identifier":"${key}"}`).join(',')}]}`;

test('rows of a CSV', async () => {
  const renewed = ids('2', 300);
  const lists = { first: () => csv(ids('1', 2_500)), second: () => csv(renewed) };
  const read = await resumeOn(lists, (origin) => testSource('data-go-kr', `${origin}/list.csv`), 1);
  expect([read.ids, read.end?.complete]).toEqual([renewed, true]);
});

test('elements of a data.json', async () => {
  const renewed = ids('b', 300);
  const lists = { first: () => elements(ids('a', 1_200)), second: () => elements(renewed) };
  const sourceAt = (origin: string) => testSource('dcat-us', `${origin}/data.json`, { options: { paging: 'none' } });
  const read = await resumeOn(lists, sourceAt, 1);
  expect([read.ids, read.end?.complete]).toEqual([renewed, true]);
});

/** 100 elements a page; behind the last one nothing (404), or a page without elements. */
const paged = (keys: readonly string[], behind: string | undefined) => (url: URL) => {
  const page = Number(url.searchParams.get('page') ?? 1);
  const here = keys.slice((page - 1) * 100, page * 100);
  return here.length > 0 ? elements(here) : behind;
};

test.each([
  ['404', undefined],
  ['no elements', elements([])],
])('pages of a data.json, with %s behind the last', async (_, behind) => {
  const renewed = ids('b', 250);
  const lists = { first: paged(ids('a', 1_000), behind), second: paged(renewed, behind) };
  const read = await resumeOn(lists, (origin) => testSource('dcat-us', `${origin}/data.json`), 5);
  expect([read.ids, read.end?.complete]).toEqual([renewed, true]);
});

test('pages of package_search, whose new ids all come before those that were read', async () => {
  const search = (keys: readonly string[]) => (url: URL) => {
    const start = Number(url.searchParams.get('start'));
    const results = keys.slice(start, start + 50).map((id) => ({ id }));
    return JSON.stringify({ success: true, result: { count: keys.length, results } });
  };
  const renewed = ids('a', 120);
  const sourceAt = (origin: string) => testSource('ckan', `${origin}/api/3/action/`, { options: { pageSize: 50 } });
  const read = await resumeOn({ first: search(ids('b', 500)), second: search(renewed) }, sourceAt, 3);
  expect([read.ids, read.end?.complete]).toEqual([renewed, true]);
});

test('a list of names that was turned round meanwhile is no proof of having read all', async () => {
  const names = ids('n', 250);
  const listed = (order: readonly string[]) => (url: URL) => {
    const id = url.searchParams.get('id');
    return JSON.stringify({ success: true, result: id === null ? order : { id } });
  };
  const sourceAt = (origin: string) => testSource('ckan', `${origin}/api/3/action/`, { options: { listing: 'list' } });
  const read = await resumeOn({ first: listed(names), second: listed(names.toReversed()) }, sourceAt, 0);
  expect(read.end).toMatchObject({ complete: false, why: expect.stringContaining('changed before n1099') });
});
