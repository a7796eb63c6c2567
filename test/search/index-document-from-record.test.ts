import { expect, test } from 'vitest';
import type { CatalogueRecord, Dataset } from '../../src/model/dataset.ts';
import { indexDocumentFromRecord } from '../../src/search/index-document-from-record.ts';

const dataset: Dataset = {
  id: 'abcdefghijklmnop',
  sourceId: 'jp-test',
  nativeId: 'n-1',
  country: 'JP',
  identifiers: ['t000001d0001', 'n-1'],
  title: [
    { text: '避難所', lang: 'ja' },
    { text: 'Shelters', lang: 'en' },
  ],
  description: [],
  keywords: [
    { text: '防災', lang: 'ja' },
    { text: '防災', lang: 'und' },
  ],
  publisher: { name: [{ text: '東京都', lang: 'ja' }] },
  contacts: [],
  licence: { id: 'CC-BY-4.0', openness: 'open', original: {} },
  themes: [],
  sourceCategories: [],
  languages: [],
  issued: { value: '2018-05', precision: 'month', original: '2018年5月' },
  temporal: [],
  spatial: [],
  distributions: ['CSV', 'XLSX', 'CSV', undefined].map((id, i) => ({
    id: `d${i}`,
    title: [],
    description: [],
    access: 'download',
    format: id === undefined ? {} : { id },
  })),
};

function recordOf(change: Partial<Dataset>): CatalogueRecord {
  return {
    dataset: { ...dataset, ...change },
    changeNumber: 1,
    state: 'live',
    firstSeen: '2026-01-01T00:00:00Z',
    lastSeen: '2026-01-01T00:00:00Z',
    lastChanged: '2026-01-01T00:00:00Z',
    theme: { value: 'disaster-safety', by: 'person', confidence: 1 },
    problems: [],
  };
}

test('a record is shown and counted in its first language, the portal’s own, and found in all', () => {
  const document = indexDocumentFromRecord(recordOf({}));
  expect(document.titles).toEqual(['避難所', 'Shelters']);
  expect(document.keywords).toEqual(['防災']);
  expect(document.stored).toMatchObject({ title: '避難所', titleLang: 'ja', publisher: '東京都', distributions: 4 });
  expect(document.facets).toEqual({
    country: ['JP'],
    theme: ['disaster-safety'],
    format: ['CSV', 'XLSX'],
    licence: ['open'],
    publisher: ['東京都'],
    language: ['ja', 'en'],
  });
  expect(document.identifiers).toEqual(['abcdefghijklmnop', 'n-1', 't000001d0001']);
});

test.each([
  ['a date of issue does not stand in for a change', {}, undefined],
  [
    'the date of change is taken as precise as it is',
    { modified: { value: '2020-01-02', precision: 'day', original: '2020/1/2' } },
    '2020-01-02',
  ],
  ['a date that could not be read is none', { modified: { value: '', precision: 'text', original: '?' } }, undefined],
] as const)('%s', (_, change, expected) => {
  expect(indexDocumentFromRecord(recordOf(change)).modified).toBe(expected);
});

test('nothing is made up where nothing is said', () => {
  const document = indexDocumentFromRecord(recordOf({ publisher: { name: [] }, title: [], distributions: [] }));
  expect(document.facets).toMatchObject({ publisher: [], language: ['und'], format: [] });
  expect(document.stored).toMatchObject({ title: 'n-1', titleLang: 'und', publisher: '' });
});

test('field N-09: each format is one facet value, those named beside it and the container too; the unknown are none', () => {
  const file = (id: string, also?: readonly string[]) => ({
    ...{ id: `d-${id}`, title: [], description: [], access: 'download' as const },
    format: { id, original: id, ...(also && { also }) },
  });
  const { facets } = indexDocumentFromRecord(
    recordOf({ distributions: [file('CSV', ['JSON']), file('SHP', ['ZIP']), file('JSON'), file('CSV')] }),
  );
  expect(facets.format).toEqual(['CSV', 'JSON', 'SHP', 'ZIP']);
});

test.each([
  ['2025-12-31', '2025-12-31', 'the past'],
  ['2026-01-02T10:00:00+09:00', '2026-01-01T00:00:00Z', 'a day ahead: as new as the last version'],
  ['2026-01-01T08:59:59+09:00', '2026-01-01T08:59:59+09:00', 'a zone ahead of the clock, not of the time'],
  ['2026', '2026', 'a year has begun'],
])('field N-08: modified %s is in the order at %s: %s', (value, order) => {
  const modified = { value, precision: 'day' as const, original: value };
  const { modified: inOrder, stored } = indexDocumentFromRecord(recordOf({ modified }));
  expect([inOrder, stored.modified]).toEqual([order, value]);
});

test('field N-07, N-08: a date that was not read has no place in the order, and the harvest gives it none', () => {
  const modified = { value: '', precision: 'text' as const, original: '2064-01-01' };
  expect(indexDocumentFromRecord(recordOf({ modified }))).not.toHaveProperty('modified');
  expect(indexDocumentFromRecord(recordOf({})).stored).not.toHaveProperty('modified');
});
