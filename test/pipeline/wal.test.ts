import { spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runSource } from '../../src/pipeline/run-source.ts';
import { databasePath } from '../../src/store/open-catalogue-store.ts';
import { littleNormalise, littleRecord, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

const records = 6_000;
const mebibyte = 1024 * 1024;

test('while another process reads without rest, 150 MB are written and the WAL stays below 64 MB', async () => {
  const home = newHome();
  const store = await openStore(home);
  const reader = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./reader-child.ts', import.meta.url)), home],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let out = '';
  const begun = new Promise<void>((resolve) => {
    reader.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      resolve();
    });
  });
  const ended = new Promise((resolve) => reader.once('close', resolve));
  await begun;
  const description = 'x'.repeat(25_000);
  let largest = 0;
  const run = await runSource(
    runOptions(
      store,
      portalOf(
        Array.from({ length: records }, (_, i) => littleRecord(`n${i}`, { title: `T ${i}`, i })),
        {},
        100,
      ),
      {
        normalise: (input, vocabulary) => {
          const { dataset, problems } = littleNormalise(input, vocabulary);
          return { problems, dataset: dataset && { ...dataset, description: [{ text: description, lang: 'en' }] } };
        },
        progress: () => {
          largest = Math.max(largest, statSync(`${databasePath(home)}-wal`).size);
        },
      },
    ),
  );
  reader.stdin.end();
  await ended;
  expect(run.counts.added).toBe(records);
  expect(Number(out.trimEnd().split('\n').at(-1))).toBeGreaterThan(20);
  expect(statSync(databasePath(home)).size).toBeGreaterThan(100 * mebibyte);
  expect(largest).toBeGreaterThan(0);
  expect(largest).toBeLessThan(64 * mebibyte);
  await store.close();
  rmSync(home, { recursive: true, force: true });
});
