/** A dataset that stands at several portals, on pages and in the API. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cataloguePlaces } from '../../src/enrich/catalogue-places.ts';
import { copyGroupFacts } from '../../src/enrich/copy-group-facts.ts';
import { copyTraits } from '../../src/enrich/copy-traits.ts';
import type { CatalogueRecord } from '../../src/model/dataset.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { indexDocumentFromRecord } from '../../src/search/index-document-from-record.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { SearchIndex } from '../../src/search/search-contract.ts';
import { createApp } from '../../src/serve/create-app.ts';
import { inTemporaryFolder, versions } from '../search/documents.ts';
import { faultsOf, readPage } from './html-check.ts';
import { baseUrl, type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
let pair: readonly [CatalogueRecord, CatalogueRecord];

beforeAll(async () => {
  served = await serveCatalogue();
  const { hits } = await served.options.index.search({
    text: '',
    filters: {},
    sort: 'title',
    offset: 0,
    limit: 200,
    facetLimit: 0,
  });
  const [first] = hits;
  const second = hits.find(({ stored }) => stored.sourceId !== first?.stored.sourceId);
  if (first === undefined || second === undefined) throw new Error('two portals expected');
  const places = cataloguePlaces(served.options.sources, []);
  const records = await served.store.records([first.id, second.id]);
  const traits = new Map([...records.values()].map(({ dataset }) => [dataset.id, copyTraits(dataset, places)]));
  const evidence = { a: first.id, b: second.id, score: 0.9, evidence: ['same-title', 'same-addresses'] } as const;
  const facts = copyGroupFacts({ ids: [first.id, second.id], decided: false, confidence: 0.9 }, traits, [evidence]);
  await served.store.putDerivedFacts(facts);
  const grouped = await served.store.records([first.id, second.id]);
  const members = [...grouped.values()].sort((a) => (a.dataset.id === a.group?.id ? -1 : 1));
  const [leading, other] = members;
  if (leading === undefined || other === undefined) throw new Error('two records expected');
  pair = [leading, other];
});
afterAll(() => served.close());

test('field D-05, op C2: each page names the other portal and the authoritative copy; both stay addressable', async () => {
  const [leading, other] = pair;
  for (const [record, elsewhere] of [
    [leading, other],
    [other, leading],
  ] as const) {
    const answer = await served.app.request(`/dataset/${record.dataset.id}`, { redirect: 'manual' });
    const page = await served.app.request(answer.headers.get('Location') ?? '');
    const html = await page.text();
    expect(page.status).toBe(200);
    const copies = html.slice(html.indexOf('id="copies"'), html.indexOf('</section>', html.indexOf('id="copies"')));
    expect(copies).toContain(`href="/dataset/${elsewhere.dataset.id}"`);
    expect(copies).not.toContain(`href="/dataset/${record.dataset.id}"`);
    expect(copies.match(/authoritative copy/gu)).toHaveLength(1);
    expect(copies).toContain('same files, same title');
    expect(faultsOf(readPage(html))).toEqual([]);
  }
});

test('the API tells the group, the copies and the native ids', async () => {
  const [leading, other] = pair;
  const body = await (await served.app.request(`/api/v1/datasets/${other.dataset.id}`)).json();
  expect(body).toMatchObject({
    group: { id: leading.dataset.id, by: 'rule', confidence: 0.9 },
    copies: [
      {
        id: leading.dataset.id,
        sourceId: leading.dataset.sourceId,
        authoritative: true,
        permanentAddress: `${baseUrl}/dataset/${leading.dataset.id}`,
        dataset: `${baseUrl}/api/v1/datasets/${leading.dataset.id}`,
      },
    ],
    nativeIds: [other.dataset.nativeId],
  });
});

test('a result names the other portals, on the page and in the API, and the counts are of datasets', async () => {
  const [leading, other] = pair;
  await inTemporaryFolder(async (folder) => {
    await buildIndex({
      folder,
      versions,
      changeNumber: 1,
      documents: pair.map((each) => indexDocumentFromRecord(each)),
    });
    const index: SearchIndex = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
    const app = createApp({ ...served.options, index });
    const body = await (await app.request('/api/v1/search?q=')).json();
    expect(body).toMatchObject({
      total: 1,
      hits: [
        { id: leading.dataset.id, group: leading.dataset.id, copies: [{ id: other.dataset.id, authoritative: false }] },
      ],
    });
    const html = await (await app.request('/en/search')).text();
    expect(html).toContain('Also at');
    expect(html).toContain(`href="/dataset/${other.dataset.id}"`);
    expect(faultsOf(readPage(html))).toEqual([]);
    await index.close();
  });
  const { datasets } = await served.store.totals();
  const home = await (await served.app.request('/en')).text();
  expect(home).toContain(`<strong>${datasets - 1}</strong> datasets, from ${datasets} records`);
});
