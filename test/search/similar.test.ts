import { describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { IndexDocument, SearchIndex, SimilarRequest } from '../../src/search/search-contract.ts';
import { documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';

type Field = IndexDocument['terms'][number]['field'];

function about(id: string, country: string, terms: readonly string[], field: Field = 'titles'): IndexDocument {
  const document = documentOf({ id, title: `Title of ${id}`, description: 'what it holds', country });
  const recognised = terms.map((each) => {
    const [kind, name = ''] = each.split(':');
    return { kind: kind === 'place' ? ('place' as const) : ('concept' as const), id: name, field, words: name };
  });
  return { ...document, terms: recognised, stored: { ...document.stored, terms: [] } };
}

async function withIndex<T>(documents: readonly IndexDocument[], work: (index: SearchIndex) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, documents, changeNumber: 1, versions });
    const index = await openSearchIndex({ folder, versions, workers: 1, pollMs: 0 });
    try {
      return await work(index);
    } finally {
      await index.close();
    }
  });
}

const documents = [
  about('tw1', 'TW', ['concept:air-quality', 'concept:monitoring']),
  about('jp1', 'JP', ['concept:air-quality', 'concept:monitoring']),
  about('jp2', 'JP', ['concept:air-quality']),
  about('jp3', 'JP', ['concept:monitoring']),
  about('kr1', 'KR', ['concept:pm25']),
  about('th1', 'TH', ['concept:air-quality'], 'descriptions'),
  ...Array.from({ length: 12 }, (_, i) => about(`sg${i}`, 'SG', ['concept:monitoring'])),
];

function request(rest: Partial<SimilarRequest> = {}): SimilarRequest {
  const concepts = [
    { id: 'air-quality', weight: 1, kin: [{ id: 'pm25', weight: 0.6 }] },
    { id: 'monitoring', weight: 1, kin: [] },
  ];
  return { concepts, except: ['tw1'], perCountry: 3, ...rest };
}

describe('datasets about the same', () => {
  test('the best of each country, rare concepts counting most, a common one alone is not the same topic', async () => {
    const { byCountry } = await withIndex(documents, (index) => index.similar(request()));
    expect(
      Object.fromEntries(Object.entries(byCountry).map(([code, hits]) => [code, hits.map(({ id }) => id)])),
    ).toEqual({
      JP: ['jp1', 'jp2'],
      KR: ['kr1'],
      TH: ['th1'],
    });
    expect(byCountry['JP']?.[0]?.concepts).toEqual(['air-quality', 'monitoring']);
    expect(byCountry['KR']?.[0]?.concepts).toEqual(['air-quality']);
  });

  test('not the dataset itself, and no more than asked for', async () => {
    const { byCountry } = await withIndex(documents, (index) =>
      index.similar(request({ except: ['tw1', 'jp1'], perCountry: 1 })),
    );
    expect(byCountry['JP']?.map(({ id }) => id)).toEqual(['jp2']);
    expect(byCountry['TW']).toBeUndefined();
  });

  test('copies of one dataset are there once', async () => {
    const group = {
      id: 'jp1',
      members: [
        { id: 'jp1', sourceId: 'a' },
        { id: 'kr1', sourceId: 'b' },
      ],
    };
    const copies = ['jp1', 'kr1'].map((id) => {
      const document = about(id, id.slice(0, 2).toUpperCase(), ['concept:air-quality', 'concept:monitoring']);
      return { ...document, stored: { ...document.stored, group } };
    });
    const { byCountry } = await withIndex(copies, (index) => index.similar(request()));
    expect(Object.values(byCountry).flat()).toHaveLength(1);
  });

  test('nothing is like what no concept was found in', async () => {
    const { byCountry } = await withIndex(documents, (index) => index.similar(request({ concepts: [] })));
    expect(byCountry).toEqual({});
  });
});

describe('the place as a filter', () => {
  const places = [
    about('a', 'TW', ['place:tw-taipei', 'place:tw']),
    about('b', 'TW', ['place:tw-tainan', 'place:tw']),
    about('c', 'JP', []),
  ];

  test.each([
    [['tw-taipei'], ['a']],
    [
      ['tw-taipei', 'tw-tainan'],
      ['a', 'b'],
    ],
    [['tw'], ['a', 'b']],
    [['nowhere'], []],
  ])('%j leaves what is about it', async (place, expected) => {
    const { hits, total } = await withIndex(places, (index) => index.search(requestOf('', { filters: { place } })));
    expect(hits.map(({ id }) => id).sort()).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  test('facets count what is left, and a facet of its own filter still only that', async () => {
    const filters = { place: ['tw'], publisher: ['Office'] };
    const { facets } = await withIndex(places, (index) => index.search(requestOf('', { filters })));
    expect(facets.publisher).toEqual([{ value: 'Office', count: 2 }]);
    expect(facets.country).toEqual([{ value: 'TW', count: 2 }]);
  });
});
