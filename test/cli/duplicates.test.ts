import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { type Made, madeDataset, tainan as madeTainan, national } from '../enrich/made-copies.ts';
import { littleRecord, newHome, openStore, portalOf, runOptions } from '../pipeline/little-portal.ts';
import { type Ran, runCommand } from './run-command.ts';

/** As the built-in source is called, so that the commands know its city. */
const tainan = { ...madeTainan, id: 'tw-data-tainan-gov-tw' };
const normalise: Normalise = ({ source, datasetId, nativeId, raw }) => ({
  dataset: { ...madeDataset({ ...JSON.parse(Buffer.from(raw).toString()), source, nativeId }), id: datasetId },
  problems: [],
});

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function harvest(source: Made['source'], ...records: readonly Omit<Made, 'source'>[]): Promise<void> {
  const store = await openStore(home);
  const listed = records.map((record) => littleRecord(record.nativeId, record));
  await runSource(runOptions(store, portalOf(listed), { source, normalise }));
  await store.close();
}

const lines = ({ out }: Ran): readonly unknown[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const last = (ran: Ran): unknown => lines(ran).at(-1);
const word = ['--by', 'Mei', '--why', 'I read both', '--json'];
const [city, nation] = [base32Id(tainan.id, 'dengue'), base32Id(national.id, '9')];

async function found(text: string): Promise<{ readonly total: number; readonly ids: readonly string[] }> {
  const { total, hits } = last(await runCommand(home, ['search', text, '--json'])) as {
    readonly total: number;
    readonly hits: readonly { readonly id: string }[];
  };
  return { total, ids: hits.map(({ id }) => id) };
}

test('field D-05, op C9: one result after a harvest; people part and join records, and the index follows', async () => {
  await harvest(tainan, { nativeId: 'dengue', title: '臺南市登革熱病例統計', publisher: '衛生局' });
  await harvest(
    national,
    { nativeId: '9', title: '台南市登革熱病例統計', publisher: '臺南市政府' },
    { nativeId: '10', title: '登革熱地圖' },
  );
  expect((await runCommand(home, ['reindex'])).err).toContain('Copies: 1 datasets at several portals, 1 copies');
  expect(await found('登革熱')).toMatchObject({ total: 2 });
  expect(lines(await runCommand(home, ['duplicates', '--json']))).toMatchObject([
    {
      id: city,
      by: 'rule',
      members: [
        { id: city, sourceId: tainan.id, nativeId: 'dengue', title: '臺南市登革熱病例統計' },
        { id: nation, sourceId: national.id, evidence: ['agency-within', 'same-title'] },
      ],
    },
  ]);
  expect(last(await runCommand(home, ['duplicates', '--group', `${national.id}/9`, '--json']))).toMatchObject({
    id: city,
  });
  expect((await runCommand(home, ['duplicates'])).out).toContain(`${tainan.id}, ${national.id}`);

  expect(last(await runCommand(home, ['decide', 'unmerge', nation, ...word]))).toMatchObject({
    kind: 'unmerge',
    datasetId: nation,
  });
  expect(await found('登革熱')).toMatchObject({ total: 3 });
  expect(last(await runCommand(home, ['duplicates', '--rebuild', '--json']))).toMatchObject({
    records: 3,
    datasets: 3,
    groups: 0,
    copies: 0,
  });
  await expect(runCommand(home, ['duplicates', '--group', nation])).rejects.toThrow(/has no copies/);

  const merged = last(await runCommand(home, ['decide', 'merge', nation, city, `${national.id}/10`, ...word]));
  expect(merged).toMatchObject({ kind: 'merge', datasetIds: [city, nation, base32Id(national.id, '10')].sort() });
  expect(await found('登革熱')).toMatchObject({ total: 1 });
  await runCommand(home, ['decide', 'undo', 'merge', city, ...word]);
  expect(await found('登革熱')).toMatchObject({ total: 3 });
  await runCommand(home, ['decide', 'undo', 'unmerge', nation, ...word]);
  expect(await found('登革熱')).toMatchObject({ total: 2, ids: expect.arrayContaining([city]) });
  const kinds = lines(await runCommand(home, ['decisions', '--json'])).map((each) => (each as { kind: string }).kind);
  expect(kinds).toEqual(['unmerge', 'merge', 'merge', 'merge', 'undo', 'undo', 'undo', 'undo']);
});

test.each([
  [['decide', 'merge', 'one'], /expected merge <dataset> <dataset>…/],
  [['decide', 'unmerge'], /expected unmerge <dataset>/],
  [['decide', 'undo', 'merge'], /expected undo theme\|merge\|unmerge\|restore/],
])('%s is refused before the store is opened', async (words, message) => {
  await expect(runCommand(home, [...words, ...word])).rejects.toThrow(message);
});
