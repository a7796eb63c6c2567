import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleRecord, littleSource, newHome, openStore, portalOf, runOptions } from '../pipeline/little-portal.ts';
import { type Ran, runCommand } from './run-command.ts';

let home: string;
const word = ['--by', 'Mei', '--why', 'I read it'];
const idOf = (nativeId: string): string => base32Id(littleSource.id, nativeId);
const last = (ran: Ran): unknown => JSON.parse(ran.out.split('\n').at(-1) ?? '');
const decide = (...what: string[]): Promise<Ran> => runCommand(home, ['decide', ...what, ...word, '--json']);
const records = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, i) => littleRecord(`n${i}`, { title: `bus stop ${i}` }));

beforeEach(() => {
  home = newHome();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Each command opens and closes the store itself, as separate processes do. */
async function withStore<T>(work: (store: CatalogueStore) => Promise<T>): Promise<T> {
  const store = await openStore(home);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const harvest = (listed: readonly SourceRecord[]) =>
  withStore((store) => runSource(runOptions(store, portalOf(listed))));

async function found(...more: string[]): Promise<readonly string[]> {
  const ran = await runCommand(home, ['search', 'bus', ...more, '--limit', '200', '--json']);
  return (last(ran) as { hits: { id: string }[] }).hits.map((hit) => hit.id);
}

test('a theme decided is found at once under it, stands through harvests, and goes with an undo', async () => {
  await harvest(records(3));
  expect(last(await decide('theme', `${littleSource.id}/n1`, 'health-care'))).toEqual({
    kind: 'theme',
    datasetId: idOf('n1'),
    theme: { value: 'health-care', by: 'person', confidence: 1 },
    state: 'live',
    by: 'Mei',
    why: 'I read it',
    at: '2026-11-25T00:00:00.000Z',
  });
  expect(await found('--theme', 'health-care')).toEqual([idOf('n1')]);
  await harvest([littleRecord('n1', { title: 'bus stop anew' }), ...records(1), ...records(3).slice(2)]);
  expect((await decide('theme', idOf('n2'), 'unclassified')).err).toContain('Index: 3 datasets');
  expect(await found('--theme', 'health-care')).toEqual([idOf('n1')]);
  expect(last(await decide('undo', 'theme', idOf('n1')))).toMatchObject({ theme: { value: 'transport' } });
  expect(await found('--theme', 'health-care')).toEqual([]);
  await expect(decide('undo', 'theme', idOf('n1'))).rejects.toThrow(/no theme decision is in force/);
});

test('a restored tombstone is searched again and stays through complete runs that do not list it', async () => {
  await harvest(records(3));
  for (let i = 0; i < 2; i += 1) await harvest(records(2));
  await expect(decide('restore', idOf('n1'))).rejects.toThrow(/it is live; expected a tombstone/);
  expect(last(await decide('restore', idOf('n2')))).toMatchObject({ datasetId: idOf('n2'), state: 'missing' });
  for (let i = 0; i < 3; i += 1) expect((await harvest(records(2))).counts.deleted).toBe(0);
  await runCommand(home, ['reindex']);
  expect(await found()).toContain(idOf('n2'));
  expect((await harvest(records(3))).counts.restored).toBe(1);
  expect(last(await decide('undo', 'restore', idOf('n2')))).toMatchObject({ state: 'live' });
  await expect(decide('undo', 'restore', idOf('n2'))).rejects.toThrow(/no restore decision is in force/);
});

test('a suspicious run accepted, taken back, and suspicious again at the next harvest', async () => {
  await harvest(records(20));
  const run = await harvest(records(10));
  expect(run.state).toBe('suspicious');
  const told = async () => JSON.parse((await runCommand(home, ['runs', '--json', '--limit', '1'])).out);
  expect(await told()).toMatchObject({ state: 'suspicious', health: 'suspicious' });
  expect(last(await decide('accept-run', String(run.id)))).toMatchObject({ runId: run.id, changed: 10 });
  expect(await told()).toMatchObject({ state: 'suspicious', accepted: true, health: 'ok' });
  expect((await runCommand(home, ['runs'])).out).toMatch(/suspicious, accepted +ok/);
  expect(await found()).toHaveLength(10);
  expect(last(await decide('undo', 'accept-run', String(run.id)))).toMatchObject({ of: 'accept-run', changed: 10 });
  expect(await told()).toMatchObject({ health: 'suspicious' });
  expect(await told()).not.toHaveProperty('accepted');
  expect(await found()).toHaveLength(20);
  expect(await harvest(records(10))).toMatchObject({ state: 'suspicious', counts: { deleted: 0, heldDeletions: 10 } });
  await expect(decide('accept-run', String(run.id))).rejects.toThrow(/holds no deletions back/);
});

test('decisions are exported one a line, in the order they were made, those about runs too', async () => {
  await harvest(records(20));
  const run = await harvest(records(10));
  expect((await runCommand(home, ['decisions'])).out).toContain('No decision yet');
  await decide('theme', idOf('n0'), 'land-cities');
  await decide('accept-run', String(run.id));
  await decide('undo', 'theme', idOf('n0'));
  const lines = (await runCommand(home, ['decisions', '--json'])).out.split('\n').map((line) => JSON.parse(line));
  expect(lines.map((each) => [each.number, each.kind, each.datasetId])).toEqual([
    [1, 'theme', idOf('n0')],
    [2, 'accept-run', ''],
    [3, 'undo', idOf('n0')],
  ]);
  expect(lines[1]).toMatchObject({ by: 'Mei', why: 'I read it', value: { runId: run.id, deletions: 10 } });
  expect((await runCommand(home, ['decisions'])).out).toMatch(/land-cities +Mei +I read it/);
});

test('while another process writes the index, the decision is kept and that is said', async () => {
  await harvest(records(2));
  const other = await openStore(home, 'other');
  await other.takeLease('indexer', '2026-11-25T00:00:00.000Z');
  const ran = await decide('theme', idOf('n1'), 'health-care');
  expect(ran.err).toMatch(/the decision is kept, the index was not updated \(indexer: other is at work on it/);
  await other.releaseLease('indexer');
  await other.close();
  await runCommand(home, ['reindex']);
  expect(await found('--theme', 'health-care')).toEqual([idOf('n1')]);
});

test.each([
  [['theme', 'x', 'helth'], word, /no theme "helth"; expected public-services/],
  [['theme', 'x'], word, /found "theme x", expected theme <dataset> <theme>/],
  [['restore'], word, /found "restore", expected restore <dataset>/],
  [['accept-run', 'seven'], word, /found "seven", expected a whole number/],
  [['undo', 'split', 'x'], word, /found "undo split x", expected undo theme\|merge\|unmerge\|restore/],
  [['split', 'a', 'b'], word, /found "split a b", expected theme <dataset> <theme>; merge/],
  [['restore', 'x'], ['--by', ' ', '--why', 'y'], /--by is empty; expected a name/],
  [['restore', 'x'], ['--by', 'Mei'], /required option '--why <text>' not specified/],
  [['restore', 'x'], word, /has no store yet; expected one: run `sampan harvest` first/],
])('decide %j is refused in one sentence, and no home is made', async (what, by, sentence) => {
  await expect(runCommand(`${home}/none`, ['decide', ...what, ...by])).rejects.toThrow(sentence);
});
