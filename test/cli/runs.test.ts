import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sparkline } from '../../src/cli/run-trend.ts';
import { SourceError } from '../../src/model/source-error.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { databasePath } from '../../src/store/open-catalogue-store.ts';
import { openSqlDatabase } from '../../src/store/sqlite-driver.ts';
import {
  eventsOf,
  littleRecord,
  littleSource,
  newHome,
  openStore,
  portalOf,
  runOptions,
} from '../pipeline/little-portal.ts';
import { runCommand } from './run-command.ts';

let home: string;
const otherSource = { ...littleSource, id: 'xx-other-example' };

beforeEach(async () => {
  home = newHome();
  const store = await openStore(home);
  for (let run = 1; run <= 5; run += 1) {
    const records = Array.from({ length: run }, (_, i) => littleRecord(`n${i}`, { title: 'T' }));
    await runSource(runOptions(store, portalOf(records)));
  }
  await runSource(runOptions(store, eventsOf(new SourceError('timeout', 'no answer')), { source: otherSource }));
  await store.close();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const ids = (out: string): number[] => out.split('\n').map((line) => (JSON.parse(line) as { id: number }).id);

test('op A10: runs come in pages, each told how to go on', async () => {
  expect(ids((await runCommand(home, ['runs', '--limit', '2', '--json'])).out)).toEqual([6, 5]);
  expect(ids((await runCommand(home, ['runs', '--limit', '2', '--before', '5', '--json'])).out)).toEqual([4, 3]);
  const page = await runCommand(home, ['runs', littleSource.id, '--limit', '2']);
  expect(page.out).toContain(`sampan runs ${littleSource.id} --before 4`);
  expect((await runCommand(home, ['runs', '--before', '1'])).out).toBe('No run older than run 1.');
  await expect(runCommand(home, ['runs', '--before', 'x'])).rejects.toThrow('--before: found "x"');
});

test('op A10: the trend of a source is one line, of good runs alone', async () => {
  const lines = (await runCommand(home, ['runs', '--trend', '--json'])).out.split('\n').map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({ sourceId: littleSource.id, runs: 5, good: 5, failed: 0, seen: [1, 2, 3, 4, 5] }),
  );
  expect(lines).toContainEqual({ sourceId: otherSource.id, runs: 1, good: 0, failed: 1, seen: [] });
  expect((await runCommand(home, ['runs', '--trend'])).out).toMatch(/xx-portal-example\s+5\s+5\s+0 .*▂▄▅▇█/u);
  expect(sparkline([0, 4, 8])).toBe('▁▅█');
});

test('op A10: a page of 50,000 runs comes as quickly as one of five', async () => {
  const db = openSqlDatabase(databasePath(home), 'write');
  db.write(() =>
    db.run(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
       INSERT INTO run (source, state, started_at, touched_at, tally, resumable)
       SELECT 1 + i % 2, state, started_at, touched_at, tally, 0 FROM n JOIN run ON run.id = 1`,
    ),
  );
  db.close();
  const store = await openStore(home);
  const began = performance.now();
  for (let page = 0; page < 20; page += 1) {
    const beforeId = 50_000 - page * 2_000;
    expect(await store.runs({ sourceId: littleSource.id, limit: 20, beforeId })).toHaveLength(20);
    expect(await store.runs({ limit: 20, beforeId })).toHaveLength(20);
  }
  // 40 pages; read through and sorted, each would take tens of milliseconds.
  expect(performance.now() - began).toBeLessThan(400);
  expect(await store.endInterruptedRuns('2026-11-25T00:00:00.000Z')).toEqual([]);
  await store.close();
});

test('a watch without an enabled source is idle, not an error', async () => {
  const ran = await runCommand(home, ['harvest', '--watch', '--until-idle', '--json']);
  expect(ran.out.split('\n').map((line) => JSON.parse(line).kind)).toEqual(['watching', 'stopped']);
  expect(ran.code).toBe(0);
});

test.each([
  [['--every', 'sometimes'], /--every: found "sometimes", expected hourly, daily/],
  [['--every', 'PT1S'], /--every: found "PT1S"/],
])('%s is refused with a sentence', async (options, sentence) => {
  await expect(runCommand(home, ['harvest', '--watch', '--until-idle', ...options])).rejects.toThrow(sentence);
});
