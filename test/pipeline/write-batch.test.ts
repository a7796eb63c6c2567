import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { HarvestEvent, SourceRecord } from '../../src/model/source-record.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import { renormalise } from '../../src/pipeline/renormalise.ts';
import type { RunOptions } from '../../src/pipeline/run-options.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import {
  eventsOf,
  littleNormalise,
  littleRecord,
  littleSource,
  littleVocabulary,
  newHome,
  openStore,
  portalOf,
  runOptions,
} from './little-portal.ts';

let home: string;
let store: CatalogueStore;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const idOf = (nativeId: string): string => base32Id(littleSource.id, nativeId);
const harvest = (records: readonly SourceRecord[], more: Partial<RunOptions> = {}): Promise<HarvestRun> =>
  runSource(runOptions(store, portalOf(records), more));
const titles = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, i) => littleRecord(`n${i}`, { title: `Title ${i}` }));

/** A later mapping: a `name` does where there is no title. */
const generous: Normalise = (input, vocabulary) => {
  const body = JSON.parse(Buffer.from(input.raw).toString());
  const raw = Buffer.from(JSON.stringify({ title: body.title ?? body.name }));
  return littleNormalise({ ...input, raw }, vocabulary);
};
const m2 = { normalise: generous, mappingVersion: 'm2' };

test('bytes that one mapping rejected and the next accepts become a dataset, without a new version', async () => {
  const records = [...titles(3), littleRecord('late', { name: 'Late' })];
  expect((await harvest(records)).counts).toMatchObject({ added: 3, rejected: 1 });
  const run = await harvest(records, m2);
  expect(run).toMatchObject({ state: 'done', counts: { seen: 4, added: 1, unchanged: 3, rejected: 0, restored: 0 } });
  expect((await store.records([idOf('late')])).get(idOf('late'))?.dataset.title[0]?.text).toBe('Late');
  expect(await store.history(idOf('late'))).toHaveLength(1);
  expect((await harvest(records, m2)).counts).toMatchObject({ added: 0, unchanged: 4, rejected: 0 });
});

test('an accepted record whose newer bytes were rejected is updated by the mapping that accepts them', async () => {
  await harvest([littleRecord('n', { title: 'Old' })]);
  await harvest([littleRecord('n', { name: 'New' })]);
  const run = await harvest([littleRecord('n', { name: 'New' })], m2);
  expect(run.counts).toMatchObject({ seen: 1, added: 0, updated: 1, unchanged: 0, rejected: 0 });
  expect((await store.records([idOf('n')])).get(idOf('n'))?.dataset.title[0]?.text).toBe('New');
});

test('rejected newcomers are not restored, in the first run or in a later one', async () => {
  const records = [...titles(3), littleRecord('bad', {})];
  expect((await harvest(records)).counts).toMatchObject({ added: 3, rejected: 1, restored: 0 });
  const more = [...records, littleRecord('bad too', {})];
  expect((await harvest(more)).counts).toMatchObject({ unchanged: 3, rejected: 2, restored: 0 });
});

const problem = { slug: 'answer-html', severity: 'error', path: '', message: 'n: HTML; expected JSON' } as const;
const errorPage = (nativeId: string): HarvestEvent => {
  return { kind: 'rejected', nativeId, problem, raw: Buffer.from('<html>502</html>') };
};
const end = { kind: 'end', complete: true } as const;
const rawOf = async (nativeId: string): Promise<string> =>
  Buffer.from((await store.archived(idOf(nativeId)))?.raw ?? []).toString();

test('an error page is no version of an accepted record: raw, renormalise and the next run do not see it', async () => {
  const good = littleRecord('n', { title: 'Good' });
  await harvest([good]);
  const run = await runSource(runOptions(store, eventsOf(errorPage('n'), end)));
  expect(run).toMatchObject({ counts: { rejected: 1 }, rejections: [{ nativeId: 'n', problem }] });
  expect(await rawOf('n')).toBe('{"title":"Good"}');
  const signal = new AbortController().signal;
  const made = await renormalise({ sources: [littleSource], store, vocabulary: littleVocabulary, signal, ...m2 });
  expect(made).toMatchObject({ records: 1, rejected: 0 });
  expect((await harvest([good], m2)).counts).toMatchObject({ unchanged: 1, updated: 0, rejected: 0 });
  expect(await store.history(idOf('n'))).toHaveLength(1);
});

test('of a record that was never accepted, the bytes the adapter rejected are kept', async () => {
  await runSource(runOptions(store, eventsOf(errorPage('n'), end)));
  expect(await rawOf('n')).toBe('<html>502</html>');
  expect((await harvest([littleRecord('n', { title: 'Good' })])).counts).toMatchObject({ added: 1 });
  expect(await rawOf('n')).toBe('{"title":"Good"}');
});
