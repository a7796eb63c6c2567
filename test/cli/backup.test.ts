import { existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { littleRecord, littleSource, newHome, openStore, portalOf, runOptions } from '../pipeline/little-portal.ts';
import { runCommand } from './run-command.ts';

let scratch: string;
let home: string;
let other: string;
let folder: string;

beforeEach(async () => {
  scratch = newHome();
  [home, other, folder] = [join(scratch, 'home'), join(scratch, 'other'), join(scratch, 'copy')];
  const store = await openStore(home);
  const listed = Array.from({ length: 30 }, (_, i) => littleRecord(`n${i}`, { title: `bus stop ${i}` }));
  await runSource(runOptions(store, portalOf(listed)));
  await store.close();
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

test('a backup restored elsewhere answers the same searches, with the decisions of people in force', async () => {
  const id = base32Id(littleSource.id, 'n7');
  await runCommand(home, ['decide', 'theme', id, 'health-care', '--by', 'Mei', '--why', 'clinics']);
  const written = await runCommand(home, ['backup', folder, '--json']);
  const summary = JSON.parse(written.out);
  expect(summary).toMatchObject({ folder, files: 2, counts: { datasets: 30, decisions: 1, runs: 1 } });
  const restored = await runCommand(other, ['restore', folder, '--json']);
  expect(JSON.parse(restored.out)).toEqual({ ...summary, folder: other });
  expect(restored.err).toContain('Index: 30 datasets');
  for (const args of [
    ['search', 'bus', '--theme', 'health-care', '--json'],
    ['decisions', '--json'],
    ['runs', '--json'],
  ]) {
    const there = await runCommand(other, args);
    expect(there.out).toContain(args[0] === 'runs' ? '"added":30' : id);
    const here = (await runCommand(home, args)).out;
    expect(there.out.replace(/"(tookMs|generation)":[\d.]+/g, '')).toBe(
      here.replace(/"(tookMs|generation)":[\d.]+/g, ''),
    );
  }
  expect((await runCommand(other, ['reindex', '--check'])).out).toContain('Index and store agree');
});

test('a truncated backup is refused, and the home stays empty', async () => {
  expect((await runCommand(home, ['backup', folder])).out).toMatch(
    /^Backup in .*: 2 files, [\d,]+ bytes; 30 datasets, 0 dec/,
  );
  truncateSync(join(folder, 'catalogue.db'), 4_096);
  await expect(runCommand(other, ['restore', folder])).rejects.toThrow(
    /catalogue\.db: truncated or altered: found 4096 b/,
  );
  expect(existsSync(other)).toBe(false);
});

test('stopped by a person: one sentence, nothing stays', async () => {
  await expect(runCommand(home, ['backup', folder], AbortSignal.abort())).rejects.toMatchObject({
    kind: 'interrupted',
    message: 'backup: stopped; what was copied was removed',
  });
  expect(readdirSync(folder)).toEqual([]);
});
