import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { WatchEvent } from '../../src/pipeline/watch-sources.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { openCatalogueReader } from '../../src/store/open-catalogue-store.ts';
import { newHome } from './little-portal.ts';

const ids = Array.from({ length: 6 }, (_, i) => `kr-portal-${i}`);
const slowId = 'kr-slow';
const homes: string[] = [];
const children: ChildProcess[] = [];
let simulator: Simulator;

function packagesOf(portal: string, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const id = `${portal}-${String(i).padStart(3, '0')}`;
    return { id, bytes: Buffer.from(JSON.stringify({ id, name: id, title: `Title ${i}`, resources: [] })) };
  });
}

beforeAll(async () => {
  simulator = await startSimulator({
    portals: [
      ...ids.map((id) => ({ id, protocol: 'ckan' as const, records: packagesOf(id, 60) })),
      { id: slowId, protocol: 'ckan', records: packagesOf(slowId, 100) },
    ],
    faults: [{ portal: slowId, path: 'package_search', from: 3, times: 1_000, fault: { kind: 'delay', ms: 400 } }],
  });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await simulator.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

function home(): string {
  const made = newHome();
  homes.push(made);
  return made;
}

interface Watcher {
  readonly child: ChildProcess;
  readonly events: WatchEvent[];
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

function startWatcher(folder: string, portals: readonly string[], aheadMs = 0): Watcher {
  const script = fileURLToPath(new URL('./watch-child.ts', import.meta.url));
  const args = ['--import', 'tsx', script, folder, simulator.origin, String(aheadMs), ...portals];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const events: WatchEvent[] = [];
  let rest = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as WatchEvent));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stderr })),
  );
  return { child, events, ended };
}

async function runsOf(folder: string): Promise<readonly HarvestRun[]> {
  const reader = await openCatalogueReader(folder);
  try {
    return await reader.runs({ limit: 100 });
  } finally {
    await reader.close();
  }
}

async function requestsSeen(portal: string, count: number): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (simulator.requests.filter((request) => request.portal === portal).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${portal}: fewer than ${count} requests within 12 s`);
}

test('op A1: two watchers on one store harvest each source once, by the requests that the portals saw', async () => {
  const alone = home();
  await startWatcher(alone, ids).ended;
  const needed = simulator.requests.length;
  const shared = home();
  const watchers = [startWatcher(shared, ids), startWatcher(shared, ids)];
  for (const { ended } of watchers) expect(await ended).toEqual({ code: 0, stderr: '' });
  expect(simulator.requests.length - needed).toBe(needed);
  const runs = await runsOf(shared);
  expect(runs.map(({ sourceId }) => sourceId).sort()).toEqual(ids);
  expect(runs.map(({ state, counts }) => `${state} ${counts.seen}`)).toEqual(ids.map(() => 'done 60'));
  const ended = watchers.flatMap(({ events }) => events.filter(({ kind }) => kind === 'ended'));
  expect(ended).toHaveLength(ids.length);
});

test('op A3, field O-03: a watcher that is killed: its run ends as interrupted, the next watcher goes on with it', async () => {
  const folder = home();
  const before = simulator.requests.length;
  const first = startWatcher(folder, [slowId]);
  await requestsSeen(slowId, 4);
  first.child.kill('SIGKILL');
  await first.ended;
  expect((await runsOf(folder))[0]?.state).toBe('running');

  const second = startWatcher(folder, [slowId]);
  expect((await second.ended).code).toBe(0);
  expect(second.events.map(({ kind }) => kind)).toEqual(['watching', 'interrupted', 'stopped']);
  expect((await runsOf(folder))[0]).toMatchObject({ state: 'failed', failure: { code: 'interrupted' } });

  const third = startWatcher(folder, [slowId], 120_000);
  expect(await third.ended).toEqual({ code: 0, stderr: '' });
  const runs = await runsOf(folder);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ state: 'done', counts: { seen: 100, added: 100 } });
  expect(runs[0]?.failure).toBeUndefined();
  expect(simulator.requests.length).toBeGreaterThan(before);
});

test('op A3: SIGTERM ends a watcher at once, its run keeps its checkpoint and is gone on with', async () => {
  const folder = home();
  const first = startWatcher(folder, [slowId]);
  const before = simulator.requests.filter(({ portal }) => portal === slowId).length;
  await requestsSeen(slowId, before + 4);
  const toldAt = Date.now();
  first.child.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, stderr: '' });
  expect(Date.now() - toldAt).toBeLessThan(5_000);
  expect((await runsOf(folder))[0]).toMatchObject({ state: 'failed', failure: { code: 'stopped' } });

  const second = startWatcher(folder, [slowId]);
  expect((await second.ended).code).toBe(0);
  const runs = await runsOf(folder);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ state: 'done', counts: { seen: 100, added: 100 } });
});
