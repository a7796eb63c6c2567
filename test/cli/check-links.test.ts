import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkStates } from '../../src/model/link-check.ts';
import { type LinkRig, linkRig, linkSource } from '../pipeline/link-rig.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { type Ran, runCommand } from './run-command.ts';

let rig: LinkRig;
let server: LoopbackServer;
beforeEach(async () => {
  rig = await linkRig();
  server = await loopbackServer((_, response) => response.end('a,b\n'));
});
afterEach(async () => {
  await server.close();
  await rig.close();
});

const run = (...args: string[]): Promise<Ran> => runCommand(rig.home, args);

test('counts by state that add up; loopback and other schemes are never asked from the command line', async () => {
  await rig.publish('a', [`${server.origin}/a.csv`, { urlText: 'ftp://x.example/a.csv' }, {}]);
  const ran = await run('check-links', '--json');
  const report = JSON.parse(ran.out) as { checked: number; due: number; byState: Record<string, number> };
  expect([ran.code, report.checked, report.due]).toEqual([0, 2, 0]);
  expect(report.byState).toEqual({ ...Object.fromEntries(linkStates.map((state) => [state, 0])), 'not-checked': 2 });
  expect(server.requests).toEqual([]);
  expect((await run('check-links')).out).toBe('0 links checked; 0 still due');
});

test('show tells what is known of each distribution, to people and to programs', async () => {
  await rig.publish('a', [`${server.origin}/a.csv`, 'https://portal.example/new.csv', {}]);
  await rig.check({ limit: 1 });
  const shown = (await run('show', `${linkSource.id}/a`)).out;
  expect(shown).toContain('link ok, checked 2026-01-01 00:00');
  expect(shown).toContain('link not-checked (not_yet)');
  expect(shown).toContain('link not-checked (no_address)');
  const { links } = JSON.parse((await run('show', `${linkSource.id}/a`, '--json')).out) as { links: object[] };
  expect(links).toMatchObject([
    { state: 'ok', lastOk: { status: 200 } },
    { state: 'not-checked', reason: 'not_yet' },
    { state: 'not-checked', reason: 'no_address' },
  ]);
});

test('only sources that exist, and a bound that is a number', async () => {
  await rig.publish('a', ['https://portal.example/a.csv']);
  await expect(run('check-links', 'xx-unknown')).rejects.toThrow(/no source "xx-unknown"/);
  await expect(run('check-links', '--country', 'ZZ')).rejects.toThrow(/no source of ZZ/);
  await expect(run('check-links', '--limit', '-1')).rejects.toThrow(/--limit/);
  const ran = await run('check-links', '--country', 'jp', '--json');
  expect(JSON.parse(ran.out)).toMatchObject({ checked: 0, due: 0 });
});

test('a stop before anything was asked ends as interrupted and leaves everything due', async () => {
  await rig.publish('a', ['https://portal.example/a.csv']);
  const stopped = new AbortController();
  stopped.abort();
  await expect(runCommand(rig.home, ['check-links'], stopped.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect((await rig.check({ limit: 0 })).due).toBe(1);
});
