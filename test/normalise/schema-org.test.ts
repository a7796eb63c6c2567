/** schema.org Datasets in JSON-LD: one property after the other, every shape that the guides and the wild have. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/model/dataset.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { randomRuns } from '../support/random-runs.ts';
import { testSource } from '../support/test-source.ts';

const vocabulary = await loadVocabulary(join(import.meta.dirname, '../../vocab'));
const source = testSource('schema-org', 'https://data.example.jp/sitemap.xml', {
  country: 'JP',
  languages: ['ja', 'en'],
  timeZone: 'Asia/Tokyo',
  themes: { 環境: 'environment-climate' },
});

function read(record: unknown, nativeId = 'a') {
  const raw = typeof record === 'string' ? record : JSON.stringify(record);
  const fetchedAt = '2026-11-25T00:00:00Z';
  const input = {
    source,
    datasetId: 'd',
    nativeId,
    form: 'schema-org-dataset',
    raw: Buffer.from(raw),
    fetchedAt,
  } as const;
  const { dataset, problems } = normalise(input, vocabulary);
  return { dataset, slugs: problems.map(({ slug }) => slug), problems };
}

function datasetOf(members: Readonly<Record<string, unknown>>): Dataset {
  const { dataset } = read({ '@context': 'https://schema.org/', '@type': 'Dataset', name: '名前', ...members });
  if (dataset === undefined) throw new Error('no dataset');
  return dataset;
}

test('a whole Dataset, every property in its place', () => {
  const { dataset, problems } = read({
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': 'https://data.example.jp/dataset/air#it',
    identifier: ['a', { '@type': 'PropertyValue', propertyID: 'doi', value: '10.1/air' }],
    name: '大気環境測定結果',
    description: '<p>測定局ごとの<b>時間値</b>。</p>',
    url: 'https://data.example.jp/dataset/air',
    sameAs: 'https://elsewhere.example/air',
    keywords: ['大気', 'PM2.5, NOx', { '@type': 'DefinedTerm', name: '環境' }],
    category: '環境',
    inLanguage: { '@type': 'Language', name: 'Japanese', alternateName: 'ja' },
    license: 'https://creativecommons.org/licenses/by/4.0/',
    isAccessibleForFree: true,
    publisher: {
      '@type': 'GovernmentOrganization',
      '@id': 'https://data.example.jp/org/1',
      name: '環境局',
      url: 'https://env.example.jp',
      contactPoint: { '@type': 'ContactPoint', contactType: '窓口', email: 'mailto:air@env.example.jp' },
    },
    creator: { '@type': 'Person', name: 'Somebody', email: 'private@example.jp' },
    dateCreated: '2019',
    datePublished: '2020-04',
    dateModified: '2025-03-31T09:00:00',
    temporalCoverage: '2012-04/..',
    spatialCoverage: {
      '@type': 'Place',
      name: '東京都',
      geo: { '@type': 'GeoShape', box: '35.5 138.9 35.9 139.9' },
    },
    distribution: [
      {
        '@type': 'DataDownload',
        name: '2024年度',
        contentUrl: 'https://data.example.jp/air.csv',
        encodingFormat: 'text/csv',
        contentSize: '1.5 MB',
      },
      { '@type': 'DataDownload', url: 'https://data.example.jp/air/map', encodingFormat: 'HTML' },
    ],
    includedInDataCatalog: { '@type': 'DataCatalog', name: 'Example' },
    version: '3',
    citation: 'Somebody (2020)',
  });
  expect(problems).toEqual([]);
  expect(dataset).toMatchObject({
    nativeId: 'a',
    identifiers: ['10.1/air', 'https://elsewhere.example/air', 'https://data.example.jp/dataset/air#it'],
    title: [{ text: '大気環境測定結果', lang: 'und' }],
    description: [{ text: '測定局ごとの時間値。', lang: 'und' }],
    keywords: ['大気', 'PM2.5', 'NOx', '環境'].map((text) => ({ text, lang: 'und' })),
    publisher: {
      name: [{ text: '環境局', lang: 'und' }],
      nativeId: 'https://data.example.jp/org/1',
      homepage: 'https://env.example.jp',
    },
    contacts: [{ name: '窓口', email: 'air@env.example.jp' }],
    landingPage: 'https://data.example.jp/dataset/air',
    licence: { id: 'CC-BY-4.0', openness: 'open' },
    themes: [{ value: 'environment-climate' }],
    sourceCategories: ['環境'],
    languages: ['ja'],
    issued: { value: '2020-04', precision: 'month' },
    modified: { precision: 'second' },
    temporal: [{ start: { value: '2012-04' }, original: '2012-04/..' }],
    spatial: [{ name: [{ text: '東京都', lang: 'und' }], bbox: [138.9, 35.5, 139.9, 35.9] }],
    distributions: [
      { url: 'https://data.example.jp/air.csv', format: { id: 'CSV' }, access: 'download', sizeBytes: 1_500_000 },
      { url: 'https://data.example.jp/air/map', format: { id: 'HTML' }, access: 'page' },
    ],
  });
  expect(dataset?.temporal[0]?.end).toBeUndefined();
});

test('prefixed names, and nodes that stand beside the Dataset (flattened, as ckanext-dcat writes them)', () => {
  const graph = {
    '@context': { schema: 'http://schema.org/' },
    '@graph': [
      { '@id': '_:p', '@type': 'schema:Organization', 'schema:name': 'ศูนย์ข้อมูล' },
      { '@id': 'https://x/d1', '@type': 'schema:DataDownload', 'schema:url': 'https://x/1.csv' },
      { '@id': 'https://x/other', '@type': 'schema:Dataset', 'schema:name': 'another' },
      {
        '@id': 'https://x/dataset/9',
        '@type': ['schema:Dataset', 'Thing'],
        'schema:name': [
          { '@value': 'คุณภาพอากาศ', '@language': 'th' },
          { '@value': 'Air quality', '@language': 'en' },
        ],
        'http://schema.org/license': { '@id': 'https://creativecommons.org/licenses/by/4.0/' },
        'schema:publisher': { '@id': '_:p' },
        'schema:distribution': [{ '@id': 'https://x/d1' }],
      },
    ],
  };
  expect(read(graph, 'https://x/dataset/9').dataset).toMatchObject({
    title: [
      { text: 'คุณภาพอากาศ', lang: 'th' },
      { text: 'Air quality', lang: 'en' },
    ],
    publisher: { name: [{ text: 'ศูนย์ข้อมูล', lang: 'und' }] },
    licence: { id: 'CC-BY-4.0' },
    landingPage: 'https://x/dataset/9',
    distributions: [{ url: 'https://x/1.csv', format: { id: 'CSV' }, access: 'unknown' }],
  });
});

test('the language of the context is declared', () => {
  const context = { '@vocab': 'http://schema.org/', '@language': 'ja' };
  expect(datasetOf({ '@context': context }).title).toEqual([{ text: '名前', lang: 'ja' }]);
});

test.each([
  ['an address', 'https://creativecommons.org/licenses/by/4.0/', 'CC-BY-4.0'],
  ['a name', 'CC BY 4.0', 'CC-BY-4.0'],
  [
    'a CreativeWork',
    { '@type': 'CreativeWork', name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    'CC-BY-4.0',
  ],
  ['a CreativeWork with its name alone', { '@type': 'CreativeWork', name: 'CC BY 4.0' }, 'CC-BY-4.0'],
  ['the first of several', ['https://creativecommons.org/licenses/by/4.0/', 'other'], 'CC-BY-4.0'],
  ['nothing', undefined, 'unknown'],
])('licence: %s', (_, license, id) => {
  const { licence } = datasetOf({ license, isAccessibleForFree: true });
  expect([licence.id, licence.openness]).toEqual([id, id === 'unknown' ? 'unknown' : 'open']);
});

describe('field P-16: spatialCoverage in every shape', () => {
  const taipei = [121.4, 24.9, 121.7, 25.3];
  const shape = (geo: Readonly<Record<string, unknown>>) => ({
    '@type': 'Place',
    geo: { '@type': 'GeoShape', ...geo },
  });
  test.each<[string, unknown, unknown]>([
    ['box', shape({ box: '24.9 121.4 25.3 121.7' }), taipei],
    ['box with commas', shape({ box: '24.9,121.4 25.3,121.7' }), taipei],
    ['box from north to south', shape({ box: '25.3 121.4 24.9 121.7' }), taipei],
    ['polygon', shape({ polygon: '24.9 121.4 24.9 121.7 25.3 121.7 25.3 121.4 24.9 121.4' }), taipei],
    ['op F5: field P-17: longitude first', shape({ box: '121.4 24.9 121.7 25.3' }), taipei],
    [
      'point',
      { '@type': 'Place', geo: { '@type': 'GeoCoordinates', latitude: 24.9, longitude: '121.4' } },
      [121.4, 24.9, 121.4, 24.9],
    ],
    ['shape without a place', { '@type': 'GeoShape', box: '24.9 121.4 25.3 121.7' }, taipei],
    ['numbers that are no degrees', shape({ box: '2500 1214 2530 1217' }), undefined],
    ['half a box', shape({ box: '24.9 121.4 25.3' }), undefined],
    [
      'GeoJSON',
      {
        type: 'Polygon',
        coordinates: [
          [
            [121.4, 24.9],
            [121.7, 24.9],
            [121.7, 25.3],
            [121.4, 24.9],
          ],
        ],
      },
      taipei,
    ],
  ])('%s', (_, spatialCoverage, bbox) => {
    expect(datasetOf({ spatialCoverage }).spatial[0]?.bbox).toEqual(bbox);
  });

  test('a turned shape is said', () => {
    const { slugs } = read({ '@type': 'Dataset', name: 'a', spatialCoverage: shape({ box: '121.4 24.9 121.7 25.3' }) });
    expect(slugs).toContain('spatial-axes-swapped');
  });

  test('a circle is the box around it', () => {
    const [place] = datasetOf({ spatialCoverage: shape({ circle: '0 100 111320' }) }).spatial;
    expect(place?.bbox?.map((degrees) => Math.round(degrees * 10) / 10)).toEqual([99, -1, 101, 1]);
  });

  test('names', () => {
    const named = [
      '臺北市',
      { '@type': 'Place', name: '東京' },
      { '@type': 'Place', address: { addressLocality: 'Hà Nội', addressCountry: 'VN' } },
    ];
    expect(datasetOf({ spatialCoverage: named }).spatial.map(({ name }) => name[0]?.text)).toEqual([
      '臺北市',
      '東京',
      'Hà Nội, VN',
    ]);
  });
});

test.each([
  ['2010/2015', '2010', '2015'],
  ['2010-01-01/2015-12-31', '2010-01-01', '2015-12-31'],
  ['2010-05/..', '2010-05', undefined],
  ['../2015', undefined, '2015'],
  ['2010-01/', '2010-01', undefined],
  ['2012', '2012', '2012'],
  ['2020-01-01T00:00:00Z/2020-02-01T00:00:00Z', '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z'],
])('field N-05, op E10: temporalCoverage %s', (temporalCoverage, start, end) => {
  const [period] = datasetOf({ temporalCoverage }).temporal;
  expect([period?.start?.value, period?.end?.value, period?.original]).toEqual([start, end, temporalCoverage]);
});

test('field N-05, op E10: part of a date stays part of a date, and nothing is filled in', () => {
  expect(datasetOf({ dateModified: '2018-05' }).modified).toMatchObject({ value: '2018-05', precision: 'month' });
  expect(datasetOf({ dateModified: '' }).modified).toBeUndefined();
  expect(datasetOf({ dateModified: '2023-08-25T:17:42.901Z' }).modified).toMatchObject({
    value: '',
    precision: 'text',
  });
});

test.each([
  ['jp', ['ja']],
  [
    ['jp', 'en'],
    ['ja', 'en'],
  ],
  ['http://publications.europa.eu/resource/authority/language/JPN', ['ja']],
  [{ '@type': 'Language', name: 'Japanese' }, ['ja']],
  ['xx-nothing-at-all', []],
])('field N-11: inLanguage %s', (inLanguage, expected) => {
  expect(datasetOf({ inLanguage }).languages).toEqual(expected);
});

test('field P-02, P-03: NaN, commas too many, comments and line breaks in texts are mended and said', () => {
  const raw =
    '{"@type":"Dataset","name":"甲\n乙\u000b","n":NaN, // why\n "distribution":[{"contentUrl":"http://x/a",},],}';
  const { dataset, slugs } = read(raw);
  expect(slugs).toContain('record-mended');
  expect(dataset?.title).toEqual([{ text: '甲 乙', lang: 'und' }]);
  expect(dataset?.distributions).toHaveLength(1);
});

test('whatever is in it, normalising does not throw', () => {
  const keys = fc.constantFrom(
    '@type',
    '@id',
    '@graph',
    '@value',
    'name',
    'license',
    'distribution',
    'spatialCoverage',
    'geo',
    'box',
    'identifier',
    'schema:name',
    'temporalCoverage',
    'keywords',
    'publisher',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom('Dataset', '1 2 3 4', 'https://x/', '', '../2015'),
      fc.jsonValue(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keys, value), (record) => {
      expect(read(record).dataset?.title.length).toBeGreaterThan(0);
    }),
    randomRuns(300),
  );
});
