import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Harvest } from '../../src/harvest/harvest-contract.ts';
import type { Source } from '../../src/model/source.ts';
import { SourceError } from '../../src/model/source-error.ts';
import type { RunLimits } from '../../src/pipeline/run-options.ts';
import { type WatchEvent, type WatchOptions, watchSources } from '../../src/pipeline/watch-sources.ts';
import { SourceFileError } from '../../src/registry/source-file-error.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleRecord, littleSource, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

const stores: CatalogueStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

const one: Harvest = portalOf([littleRecord('a', { title: 'A' })]);
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

function sourceOf(id: string, more: Partial<Source> = {}): Source {
  return { ...littleSource, id, ...more };
}

interface Watched {
  readonly harvests: Readonly<Record<string, Harvest>>;
  readonly sources?: readonly Source[];
  readonly limits?: RunLimits;
  readonly more?: Partial<WatchOptions>;
  readonly store?: CatalogueStore;
}

async function watched({ harvests, sources, limits, more, store: given }: Watched) {
  const store = given ?? (await openStore(newHome()));
  if (given === undefined) stores.push(store);
  const events: WatchEvent[] = [];
  const all = sources ?? Object.keys(harvests).map((id) => sourceOf(id));
  const now = more?.now ?? (() => new Date());
  await watchSources({
    store,
    sources: async () => all,
    runOf: async (source, signal) => {
      const harvest = harvests[source.id];
      if (harvest === undefined) throw new Error(`no portal ${source.id}`);
      const options = runOptions(store, harvest, { source, signal, ...(limits && { limits }) });
      return { ...options, effects: { ...options.effects, now } };
    },
    parallel: 3,
    pollMs: 30,
    untilIdle: true,
    now,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
    signal: new AbortController().signal,
    tell: (event) => events.push(event),
    ...more,
  });
  const ended = events.flatMap((event) =>
    event.kind === 'ended' ? [`${event.sourceId} ${event.run.failure?.code ?? event.run.state}`] : [],
  );
  return { store, events, ended };
}

const limits: RunLimits = { totalMs: 60_000, idleMs: 150, graceMs: 50 };

test('op A9, op A2: one that breaks, one that throws and one that hangs never stop the others', async () => {
  const { ended, events, store } = await watched({
    limits,
    harvests: {
      'xx-broken': async function* () {
        yield* [];
        throw new SourceError('unreachable', 'xx-broken: no answer');
      },
      'xx-bug': async function* () {
        yield* [];
        throw new TypeError('a bug');
      },
      'xx-hangs': async function* (_source, _from, _effects, signal) {
        yield { kind: 'record', record: littleRecord('a', { title: 'A' }) };
        await never(signal);
      },
      'xx-well': one,
      'xx-well-too': one,
    },
  });
  expect(ended.sort()).toEqual(['xx-broken unreachable', 'xx-hangs timeout', 'xx-well done', 'xx-well-too done']);
  expect(events.filter(({ kind }) => kind === 'broke')).toHaveLength(1);
  const states = (await store.runs({ limit: 10 })).map(({ sourceId, state }) => `${sourceId} ${state}`);
  expect(states.filter((state) => state.endsWith('running'))).toEqual([]);
  const hung = (await store.runs({ sourceId: 'xx-hangs', limit: 1 }))[0];
  expect(hung).toMatchObject({ failure: { code: 'timeout', reason: 'run_idle' }, counts: { seen: 1, added: 1 } });
});

test('field O-06: an adapter that is deaf to its signal is left behind, and what it says later is not taken', async () => {
  let speak = (): void => undefined;
  const spoken = new Promise<void>((resolve) => {
    speak = resolve;
  });
  const { ended, store } = await watched({
    limits,
    harvests: {
      'xx-deaf': async function* () {
        await spoken;
        yield { kind: 'record', record: littleRecord('late', { title: 'Late' }) };
        yield { kind: 'end', complete: true };
      },
      'xx-well': one,
    },
  });
  expect(ended.sort()).toEqual(['xx-deaf timeout', 'xx-well done']);
  speak();
  await delay(20);
  expect(await store.datasetId('xx-deaf', 'late')).toBeUndefined();
});

test('field O-06: a run has a limit for all of it, however busily its portal answers', async () => {
  const { ended, store } = await watched({
    limits: { totalMs: 200, idleMs: 60_000 },
    harvests: {
      'xx-endless': async function* (_source, from, _effects, signal) {
        for (let i = Number(from ?? 0); ; i += 1) {
          yield { kind: 'record', record: littleRecord(`r${i}`, { title: 'R' }) };
          yield { kind: 'checkpoint', cursor: String(i + 1) };
          await delay(2, undefined, { signal });
        }
      },
    },
  });
  expect(ended).toEqual(['xx-endless timeout']);
  const [run] = await store.runs({ limit: 1 });
  expect(run).toMatchObject({ failure: { reason: 'run_limit' } });
  expect(run?.counts.added).toBeGreaterThan(10);
});

test('op A8: a small source with a priority is done while twenty slow ones are not', async () => {
  const order: string[] = [];
  const slow: Harvest = async function* (...given) {
    await delay(150);
    yield* one(...given);
  };
  const ids = Array.from({ length: 20 }, (_, i) => `xx-slow-${i}`);
  const harvests = Object.fromEntries([...ids.map((id) => [id, slow] as const), ['xx-small', one] as const]);
  const sources = [...ids.map((id) => sourceOf(id)), sourceOf('xx-small', { harvest: { priority: 1 } })];
  const tell = (event: WatchEvent): void => {
    if (event.kind === 'ended') order.push(event.sourceId);
  };
  await watched({ harvests, sources, more: { tell } });
  expect(order).toHaveLength(21);
  expect(order[0]).toBe('xx-small');
});

test('op A5, op A6: a portal that is mended leaves the errors of its old run behind; a broken run is never "no change"', async () => {
  const store = await openStore(newHome());
  stores.push(store);
  let aheadMs = 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  let isMended = false;
  const harvests: Record<string, Harvest> = {
    'xx-a': async function* (...given) {
      if (!isMended) throw new SourceError('malformed', 'xx-a: answered no JSON; expected a list');
      yield* one(...given);
    },
  };
  expect((await watched({ harvests, store, more: { now } })).ended).toEqual(['xx-a malformed']);
  expect((await watched({ harvests, store, more: { now } })).ended).toEqual([]);
  isMended = true;
  aheadMs = 3_601_000;
  expect((await watched({ harvests, store, more: { now } })).ended).toEqual(['xx-a done']);
  const [good, broken] = await store.runs({ limit: 2 });
  expect(good).toMatchObject({ state: 'done', counts: { added: 1 } });
  expect([good?.why, good?.failure]).toEqual([undefined, undefined]);
  expect(broken).toMatchObject({ state: 'failed', why: expect.stringContaining('answered no JSON') });
});

test('op A11: a record that cannot be read costs its record, not the run', async () => {
  const records = Array.from({ length: 2_000 }, (_, i) => littleRecord(`r${i}`, i % 2 === 0 ? { title: 'R' } : {}));
  const { store } = await watched({ harvests: { 'xx-a': portalOf(records) } });
  expect((await store.runs({ limit: 1 }))[0]).toMatchObject({ counts: { seen: 2_000, added: 1_000, rejected: 1_000 } });
});

test('source files are read anew: one that is broken meanwhile leaves the others in force, and is told once', async () => {
  const stop = new AbortController();
  let looks = 0;
  const events: WatchEvent[] = [];
  const sources = async (): Promise<readonly Source[]> => {
    looks += 1;
    if (looks === 6) stop.abort();
    if (looks > 2) throw new SourceFileError('sources/xx-a.yaml: found no "id"; expected one');
    return [sourceOf('xx-a')];
  };
  const tell = (event: WatchEvent): void => void events.push(event);
  await watched({ harvests: { 'xx-a': one }, more: { sources, tell, untilIdle: false, signal: stop.signal } });
  expect(events.map(({ kind }) => kind).filter((kind) => kind === 'sources-unreadable')).toHaveLength(1);
  expect(events.at(-1)).toEqual({ kind: 'stopped' });
});

test('a source that cannot even begin is not tried in a circle', async () => {
  const { events } = await watched({ harvests: {}, sources: [sourceOf('xx-a')] });
  expect(events.map(({ kind }) => kind)).toEqual(['watching', 'started', 'broke', 'stopped']);
});
