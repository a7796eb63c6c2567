import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import { type ReindexOptions, reindex, updateIndex } from '../../src/pipeline/reindex.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { FacetName } from '../../src/search/search-contract.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import {
  littleNormalise,
  littleRecord,
  littleSource,
  newHome,
  openStore,
  portalOf,
  runOptions,
} from './little-portal.ts';

let home: string;
let store: CatalogueStore;
let options: ReindexOptions;

beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
  options = {
    store,
    folder: join(home, 'index'),
    versions: { analysis: 'test', icu: '', knowledge: littleKnowledge.version },
    knowledge: littleKnowledge,
    now: () => new Date(),
    signal: new AbortController().signal,
  };
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

const titles = { bus: 'Bus stops of the city', hospital: 'Hospital beds by year', nothing: '2024' };
const idOf = (name: string): string => base32Id(littleSource.id, name);

/** A portal that says nothing of themes. */
const withoutThemes: Normalise = (input, vocabulary) => {
  const { dataset, problems } = littleNormalise(input, vocabulary);
  return { dataset: dataset && { ...dataset, themes: [] }, problems };
};

async function harvest(normalise: Normalise, mappingVersion: string): Promise<void> {
  const records = Object.entries(titles).map(([name, title]) => littleRecord(name, { title, mappingVersion }));
  await runSource(runOptions(store, portalOf(records), { normalise, mappingVersion }));
  await updateIndex(options);
}

async function recordOf(name: string) {
  return (await store.records([idOf(name)])).get(idOf(name));
}

async function themeOf(name: string) {
  return (await recordOf(name))?.theme;
}

async function foundWith(facet: FacetName, value: string): Promise<readonly string[]> {
  const index = await openSearchIndex({ folder: options.folder, versions: options.versions, workers: 0, pollMs: 0 });
  const page = { sort: 'relevance', offset: 0, limit: 10, facetLimit: 0 } as const;
  const answer = await index.search({ text: '', filters: { [facet]: [value] }, ...page });
  await index.close();
  return answer.hits.map(({ id }) => id);
}

test('where the portal is silent, a theme is found with its author, and index and store say the same', async () => {
  await harvest(withoutThemes, 'm1');
  expect(await themeOf('bus')).toMatchObject({ value: 'transport', by: 'rule', rule: 'concepts' });
  expect(await themeOf('hospital')).toMatchObject({ value: 'health-care', by: 'model', rule: 'theme-model' });
  expect(await themeOf('nothing')).toMatchObject({ value: 'unclassified', by: 'rule', rule: 'no-known-words' });
  expect(await foundWith('theme', 'transport')).toEqual([idOf('bus')]);
  expect(await foundWith('theme', 'health-care')).toEqual([idOf('hospital')]);
  expect(await foundWith('theme', 'unclassified')).toEqual([idOf('nothing')]);
});

test('a person outranks it, an undo brings it back, and a publisher who speaks later is believed', async () => {
  await harvest(withoutThemes, 'm1');
  const word = { datasetId: idOf('bus'), by: 'Mei', why: 'read', decidedAt: '2026-01-02T00:00:00Z' };
  await store.recordDecisions([{ ...word, kind: 'theme', value: 'education-culture' }]);
  await updateIndex(options);
  expect(await foundWith('theme', 'education-culture')).toEqual([idOf('bus')]);
  await reindex(options);
  expect(await themeOf('bus')).toMatchObject({ value: 'education-culture', by: 'person' });
  await store.recordDecisions([{ ...word, kind: 'undo', value: 'theme' }]);
  await updateIndex(options);
  expect(await foundWith('theme', 'transport')).toEqual([idOf('bus')]);
  await harvest(littleNormalise, 'm2');
  expect(await themeOf('hospital')).toMatchObject({ value: 'transport', by: 'publisher' });
  expect((await foundWith('theme', 'transport')).toSorted()).toEqual(Object.keys(titles).map(idOf).sort());
});

test('the language of a text that declares none is found, and the dataset still declares none', async () => {
  await harvest(withoutThemes, 'm1');
  const record = await recordOf('hospital');
  expect(record?.detectedLanguages).toMatchObject({ value: ['en'], by: 'model', rule: 'eld' });
  expect(record?.dataset.title).toEqual([{ text: titles.hospital, lang: 'und' }]);
  expect((await foundWith('language', 'en')).toSorted()).toEqual([idOf('bus'), idOf('hospital')].sort());
  expect(await foundWith('language', 'und')).toEqual([idOf('nothing')]);
});
