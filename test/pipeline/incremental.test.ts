import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runHealth } from '../../src/model/source-health.ts';
import type { FaultRule } from '../../src/simulator/faults.ts';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { realVocabulary } from './real-run.ts';
import { ckanPortal, datedPackage, dayAt, incrementalCkan, type Reran, type RerunRig, rerunRig } from './rerun-rig.ts';

let vocabulary: Vocabulary;
let rig: RerunRig;

beforeAll(async () => {
  vocabulary = await realVocabulary();
});
beforeEach(async () => {
  rig = await rerunRig(incrementalCkan, vocabulary);
});
afterEach(() => rig.close());

/** Packages 0 to 39, changed long before the first run. */
const old: readonly PortalRecord[] = Array.from({ length: 40 }, (_, i) => datedPackage(i, dayAt(-100)));
const changedOn = (number: number, day: number, title = `Changed ${number}`): PortalRecord =>
  datedPackage(number, dayAt(day), title);
const withChanges = (...changed: readonly PortalRecord[]): readonly PortalRecord[] => [
  ...old.filter(({ id }) => !changed.some((each) => each.id === id)),
  ...changed,
];
const down: FaultRule = {
  path: 'package_search',
  times: Number.POSITIVE_INFINITY,
  fault: { kind: 'answer', status: 500 },
};
const first = (): Promise<Reran> => rig.harvest({ day: 0, portal: ckanPortal(old) });
const filters = ({ requests }: Reran): readonly (string | null)[] =>
  requests.flatMap(({ pathAndQuery }) =>
    pathAndQuery.includes('package_search') ? [new URL(pathAndQuery, 'http://x').searchParams.get('fq')] : [],
  );
const titleOf = async (number: number): Promise<string | undefined> => {
  const id = await rig.store.datasetId('xx-ckan-example', datedPackage(number, dayAt(0)).id);
  return id === undefined ? undefined : (await rig.store.records([id])).get(id)?.dataset.title[0]?.text;
};
const liveCount = async (): Promise<number> => (await rig.store.liveDatasetIds('', 100)).length;

test('asks only for what changed since the start of the whole run, less two days', async () => {
  expect((await first()).run).toMatchObject({ state: 'done', mode: 'full', complete: true, counts: { added: 40 } });
  const portal = ckanPortal(withChanges(changedOn(3, 0.5), changedOn(41, 0.7)));
  const second = await rig.harvest({ day: 1, portal });
  expect(new Set(filters(second))).toEqual(new Set([`metadata_modified:[${dayAt(-2)} TO *]`]));
  expect(second.run).toMatchObject({ state: 'done', mode: 'incremental', since: dayAt(-2), complete: false });
  expect(second.run.counts).toMatchObject({ seen: 2, added: 1, updated: 1, unchanged: 0, deleted: 0 });
  expect([second.run.why, runHealth(second.run)]).toEqual([undefined, 'ok']);
  expect([await titleOf(3), await titleOf(41)]).toEqual(['Changed 3', 'Changed 41']);
});

test('field O-05: two in a row ask since the same instant; the second finds all unchanged and writes nothing', async () => {
  await first();
  const portal = ckanPortal(withChanges(changedOn(3, 0.5)));
  await rig.harvest({ day: 1, portal });
  const before = await rig.store.latestChangeNumber();
  const third = await rig.harvest({ day: 2, portal });
  expect(third.run).toMatchObject({ since: dayAt(-2), counts: { seen: 1, unchanged: 1, updated: 0 } });
  expect(await rig.store.latestChangeNumber()).toBe(before);
});

test('deletes nothing; the whole run after seven days does, and finds what changed without its date', async () => {
  await first();
  const portal = ckanPortal([...old.slice(2), datedPackage(0, dayAt(-100), 'Changed in silence')]);
  for (const day of [1, 3, 6.9]) {
    expect((await rig.harvest({ day, portal })).run).toMatchObject({ mode: 'incremental', counts: { seen: 0 } });
  }
  expect([await liveCount(), await titleOf(0)]).toEqual([40, 'Package 0']);
  const whole = await rig.harvest({ day: 7, portal });
  expect(whole.run).toMatchObject({ mode: 'full', complete: true, counts: { updated: 1, seen: 39 } });
  expect(whole.run.since).toBeUndefined();
  expect(await titleOf(0)).toBe('Changed in silence');
  // Missing now; the incremental run between leaves the grace as it is, the next whole one ends it.
  expect((await rig.harvest({ day: 8, portal })).run.mode).toBe('incremental');
  expect((await rig.harvest({ day: 14, portal })).run.counts.deleted).toBe(1);
  expect(await liveCount()).toBe(39);
});

test('a missing record that changes is live again', async () => {
  await first();
  await rig.harvest({ day: 7, portal: ckanPortal(old.slice(1)) });
  const back = await rig.harvest({ day: 8, portal: ckanPortal(withChanges(changedOn(0, 7.5))) });
  expect(back.run).toMatchObject({ mode: 'incremental', counts: { seen: 1, updated: 1, restored: 1 } });
});

test('--full, and a cadence of whole runs that is shorter, read the whole list', async () => {
  await first();
  expect((await rig.harvest({ day: 1, portal: ckanPortal(old), isWhole: true })).run).toMatchObject({
    mode: 'full',
    counts: { seen: 40, unchanged: 40 },
  });
  const source = { harvest: { incremental: true, fullEveryMs: 86_400_000, overlapMs: 3_600_000 } };
  const soon = await rig.harvest({ day: 1.5, portal: ckanPortal(old), source });
  expect(soon.run).toMatchObject({ mode: 'incremental', since: dayAt(1 - 1 / 24) });
  expect((await rig.harvest({ day: 2, portal: ckanPortal(old), source })).run.mode).toBe('full');
});

test('a source whose file does not ask for it, or asks for another list, is read whole', async () => {
  await first();
  expect((await rig.harvest({ day: 1, portal: ckanPortal(old), source: { harvest: {} } })).run.mode).toBe('full');
  const options = { pageSize: 6, query: 'organization:x' };
  expect((await rig.harvest({ day: 2, portal: ckanPortal(old), source: { options } })).run.mode).toBe('full');
});

describe('op D13: the watermark is that of a whole run that ended well, never of another', () => {
  const half = ckanPortal(old.slice(20));
  test.each([
    ['failed', 'failed', { portal: ckanPortal(old), faults: [{ ...down, from: 3 }] }],
    ['suspicious', 'suspicious', { portal: half }],
    ['incomplete', 'done-with-problems', { portal: ckanPortal(old, { claimedCount: 60 }) }],
  ] as const)('after a whole run that is %s the next one is whole too', async (_, state, rerun) => {
    await first();
    expect((await rig.harvest({ day: 1, ...rerun, isWhole: true })).run.state).toBe(state);
    const next = await rig.harvest({ day: 2, portal: ckanPortal(old) });
    expect(next.run).toMatchObject({ state: 'done', mode: 'full', complete: true });
    expect((await rig.harvest({ day: 3, portal: ckanPortal(old) })).run.since).toBe(dayAt(0));
  });

  test('a failed incremental run moves nothing: what it missed is asked for again', async () => {
    await first();
    const portal = ckanPortal(withChanges(...[1, 2, 3, 4, 5, 6, 7, 8].map((i) => changedOn(i, 0.5))));
    const failed = await rig.harvest({ day: 1, portal, faults: [{ ...down, from: 2 }] });
    expect(failed.run).toMatchObject({ state: 'failed', mode: 'incremental', since: dayAt(-2) });
    const next = await rig.harvest({ day: 5, portal });
    expect(next.run).toMatchObject({ state: 'done', mode: 'incremental', since: dayAt(-2), counts: { seen: 8 } });
    expect(await titleOf(8)).toBe('Changed 8');
  });

  test('an incremental run that fell short says so, and deletes nothing', async () => {
    await first();
    const portal = ckanPortal(withChanges(changedOn(3, 0.5)), { claimedCount: 9 });
    const { run } = await rig.harvest({ day: 1, portal });
    expect(run).toMatchObject({ state: 'done-with-problems', mode: 'incremental', complete: false });
    expect([runHealth(run), run.why]).toEqual(['incomplete', expect.stringContaining('expected the 9')]);
    expect(await liveCount()).toBe(40);
  });
});

describe('clocks', () => {
  test.each([
    ['behind', -14],
    ['ahead', 14],
  ])(
    'field N-06: what changes right after the whole run is found though the portal is 14 hours %s',
    async (_, hours) => {
      await first();
      const portal = ckanPortal(withChanges(changedOn(3, 0.01 + hours / 24)));
      expect((await rig.harvest({ day: 0.1, portal })).run.counts).toMatchObject({ seen: 1, updated: 1 });
    },
  );

  test('field N-08: a date in the future moves no watermark, and hides nothing', async () => {
    const slip = datedPackage(50, '2064-01-01T00:00:00.000Z');
    await rig.harvest({ day: 0, portal: ckanPortal([...old, slip]) });
    const second = await rig.harvest({ day: 1, portal: ckanPortal([...withChanges(changedOn(3, 0.5)), slip]) });
    expect(second.run).toMatchObject({ since: dayAt(-2), counts: { seen: 2, updated: 1, unchanged: 1 } });
  });

  test('a last whole run in the future is no ground to stand on', async () => {
    await first();
    expect((await rig.harvest({ day: -3, portal: ckanPortal(old) })).run.mode).toBe('full');
  });
});

describe('portals that do not play along', () => {
  test('a filter that is refused: the whole list is read, and what is gone is missing', async () => {
    await first();
    const portal = ckanPortal(old.slice(1), { refusesFilter: true });
    const { run } = await rig.harvest({ day: 1, portal });
    expect(run).toMatchObject({ state: 'done', mode: 'full', complete: true, counts: { seen: 39 } });
    expect(run.since).toBeUndefined();
    expect((await rig.harvest({ day: 2, portal })).run.counts.deleted).toBe(1);
  });

  test('an order that is refused: asked in another one, still only for what changed', async () => {
    await first();
    const portal = ckanPortal(withChanges(changedOn(3, 0.5)), { refusedSorts: ['id asc'] });
    expect((await rig.harvest({ day: 1, portal })).run).toMatchObject({ mode: 'incremental', counts: { seen: 1 } });
  });

  test.each([
    [
      'a record changes and another goes',
      (records: readonly PortalRecord[]) => [...records.slice(1), changedOn(60, 1)],
    ],
    ['the order is turned round', (records: readonly PortalRecord[]) => records.toReversed()],
    [
      'a record of a later page is changed again',
      (records: readonly PortalRecord[]) =>
        records.map((each) => (each.id === changedOn(19, 1).id ? changedOn(19, 1, 'Changed twice') : each)),
    ],
  ])('%s between two pages: nothing is missed, doubled or deleted', async (_, edit) => {
    await first();
    const portal = ckanPortal(withChanges(...Array.from({ length: 20 }, (__, i) => changedOn(i, 0.5))));
    const faults: readonly FaultRule[] = [{ path: 'package_search', from: 2, fault: { kind: 'edit', edit } }];
    const { run } = await rig.harvest({ day: 1, portal, faults });
    expect(run).toMatchObject({ mode: 'incremental', counts: { deleted: 0, repeated: 0 } });
    const { seen, added, updated, unchanged, rejected } = run.counts;
    expect(seen).toBe(added + updated + unchanged + rejected);
    const after = await rig.harvest({ day: 2, portal: ckanPortal(edit(portal.records as readonly PortalRecord[])) });
    expect(after.run.counts.deleted).toBe(0);
    for (const number of [5, 12, 18]) expect(await titleOf(number)).toBe(`Changed ${number}`);
    expect(await liveCount()).toBeGreaterThanOrEqual(40);
  });
});

describe('a run that was stopped goes on with what it was begun with', () => {
  const portal = ckanPortal(withChanges(...Array.from({ length: 30 }, (_, i) => changedOn(i, 0.5))));
  const stop = () =>
    rig.harvest({
      day: 1,
      portal,
      stopAtRequest: 3,
      faults: [{ from: 4, times: 99, fault: { kind: 'delay', ms: 50 } }],
    });

  test('since, cursor and counts survive', async () => {
    await first();
    expect((await stop()).run).toMatchObject({ state: 'failed', mode: 'incremental', failure: { code: 'stopped' } });
    const next = await rig.harvest({ day: 1.1, portal });
    expect(next.run).toMatchObject({ state: 'done', since: dayAt(-2), counts: { seen: 30, updated: 30, deleted: 0 } });
    expect(filters(next)[0]).toBe(`metadata_modified:[${dayAt(-2)} TO *]`);
    expect(next.requests.some(({ pathAndQuery }) => pathAndQuery.includes('start=0'))).toBe(false);
  });

  test('unless the whole list is wanted, or the source is another one', async () => {
    await first();
    await stop();
    const whole = await rig.harvest({ day: 1.1, portal, isWhole: true });
    expect(whole.run).toMatchObject({ state: 'done', mode: 'full', counts: { seen: 40 } });
    await rig.harvest({
      day: 2,
      portal,
      stopAtRequest: 2,
      faults: [{ from: 2, times: 99, fault: { kind: 'delay', ms: 50 } }],
    });
    const other = await rig.harvest({ day: 2.1, portal, source: { options: { pageSize: 7 } } });
    expect(other.run).toMatchObject({ state: 'done', mode: 'full', counts: { seen: 40 } });
  });
});
