/** Every real record we have, and how much of what it says is recognised: measured shares as lower bounds. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { plainText } from '../../src/normalise/plain-text.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { capture, hasCaptures } from '../support/captures.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const vocabulary = await loadVocabulary(join(root, 'vocab'));

const unzipped = (...parts: string[]): string => gunzipSync(readFileSync(capture('data', ...parts))).toString('utf8');
const lines = (...parts: string[]): unknown[] =>
  unzipped(...parts)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
const share = <T>(items: readonly T[], isGood: (item: T) => boolean): number =>
  items.filter(isGood).length / items.length;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Native {
  readonly nativeId: string;
  readonly raw: Uint8Array;
  readonly context?: Uint8Array;
}

function normaliseAll(sourceId: string, form: NativeForm, natives: readonly Native[], fetchedAt: string) {
  const source = sourceFromYaml(readFileSync(join(root, 'sources', `${sourceId}.yaml`), 'utf8'), `${sourceId}.yaml`);
  const slugs: Record<string, number> = {};
  const datasets: Dataset[] = [];
  for (const native of natives) {
    const datasetId = base32Id(sourceId, native.nativeId);
    const { dataset, problems } = normalise({ source, datasetId, form, fetchedAt, ...native }, vocabulary);
    if (dataset !== undefined) datasets.push(dataset);
    for (const { slug } of problems) slugs[slug] = (slugs[slug] ?? 0) + 1;
  }
  return { datasets, slugs };
}

function expectCleanTexts(datasets: readonly Dataset[]): void {
  const ugly = datasets
    .flatMap(({ title, description, keywords }) => [...title, ...description, ...keywords])
    .filter(({ text }) =>
      /<\/?(?:p|br|b|div|span|a|li|table|td)\b[^<>]*>|&(?:amp|lt|gt|nbsp|quot|#\d+);|[\u0000-\u0008]|\r/i.test(text),
    );
  expect(ugly.slice(0, 5)).toEqual([]);
}

interface TokyoPackage {
  readonly id: string;
  readonly license_id: string;
  readonly resources: readonly { readonly format: string }[];
}

describe.skipIf(!hasCaptures)('Tokyo, 2022-09', () => {
  const packages = hasCaptures
    ? (lines('jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz') as { body?: { result?: TokyoPackage } }[])
        .map(({ body }) => body?.result)
        .filter((each) => each !== undefined)
    : [];
  const natives = packages.map((each) => ({ nativeId: each.id, raw: bytes(JSON.stringify(each)) }));
  const { datasets, slugs } = normaliseAll(
    'jp-catalog-data-metro-tokyo-lg-jp',
    'ckan-package',
    natives,
    '2022-10-01T00:00:00Z',
  );
  const distributions = datasets.flatMap((each) => each.distributions);

  test('5,077 packages are 5,077 datasets with 58,187 distributions, all ids distinct', () => {
    expect(datasets).toHaveLength(5077);
    expect(distributions).toHaveLength(58_187);
    expect(new Set(distributions.map(({ id }) => id)).size).toBe(58_187);
  });
  test('each has title, publisher, landing page, licence, and both dates', () => {
    expect(share(datasets, ({ title }) => !title[0]?.text.startsWith('(untitled)'))).toBe(1);
    expect(share(datasets, ({ publisher }) => publisher !== undefined)).toBe(1);
    expect(
      share(
        datasets,
        ({ landingPage }) => landingPage?.startsWith('https://catalog.data.metro.tokyo.lg.jp/dataset/') === true,
      ),
    ).toBe(1);
    expect(share(datasets, ({ licence }) => licence.openness === 'open')).toBe(5075 / 5077);
    expect(
      share(datasets, ({ issued, modified }) => issued?.precision === 'second' && modified?.precision === 'second'),
    ).toBe(1);
  });
  test('descriptions are as many as the portal wrote (961 of its notes are empty)', () => {
    expect(datasets.filter(({ description }) => description.length > 0)).toHaveLength(5077 - 961);
    expectCleanTexts(datasets);
  });
  test('of the formats all but one are known, of the frequencies that say anything 99.8 %', () => {
    expect(distributions.filter(({ format }) => format.id === undefined).map(({ format }) => format.original)).toEqual([
      '/DATASET/B_BUS_GTFS_RT-TOEI',
    ]);
    const said = datasets.filter(({ frequency }) => frequency !== undefined);
    expect(said.length).toBe(5077 - 69);
    expect(share(said, ({ frequency }) => frequency?.id !== undefined)).toBeGreaterThan(0.998);
  });
  test('groups give 39.8 % of the packages a theme; 生活 and その他 give none', () => {
    expect(share(datasets, ({ themes }) => themes.length > 0)).toBeGreaterThan(0.39);
  });
  test('nothing is reported that nobody looked at', () => {
    expect(Object.keys(slugs).sort()).toEqual([
      'category-unmapped',
      'description-missing',
      'format-conflict',
      'format-unknown-text',
      'frequency-unknown-text',
    ]);
  });
});

describe.skipIf(!hasCaptures)('Korea, the list of 2022', () => {
  const rows = hasCaptures ? (lines('kr', 'data.go.kr', 'openData.jsonl.gz') as Record<string, unknown>[]) : [];
  const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
  const context = bytes(Object.keys(rows[0] ?? {}).join(','));
  const natives = rows.map((row) => ({
    nativeId: String(row['목록키']),
    raw: bytes(Object.values(row).map(cell).join(',')),
    context,
  }));
  const { datasets, slugs } = normaliseAll('kr-data-go-kr', 'data-go-kr-row', natives, '2022-08-01T00:00:00Z');

  test('61,359 rows are 61,359 datasets, each with body, modified date and theme', () => {
    expect(datasets).toHaveLength(61_359);
    expect(
      datasets.filter(({ publisher, modified }) => publisher === undefined || modified?.precision !== 'day'),
    ).toEqual([]);
    expect(datasets.filter(({ themes }) => themes.length === 0)).toEqual([]);
  });
  test('descriptions are as many as the file has, without its markup', () => {
    const written = rows.filter((row) => plainText(String(row['목록설명'])) !== undefined && row['목록설명'] !== '-');
    expect(written.length).toBeGreaterThan(61_300);
    expect(datasets.filter(({ description }) => description.length > 0)).toHaveLength(written.length);
    expectCleanTexts(datasets);
  });
  test('services are services, and silence about licences stays unknown', () => {
    expect(datasets.filter(({ distributions: [first] }) => first?.access === 'service')).toHaveLength(9196);
    expect(datasets.filter(({ licence }) => licence.openness !== 'unknown')).toEqual([]);
    expect(slugs).toEqual({});
  });
});

describe.skipIf(!hasCaptures)('Korea, the list of 2025', () => {
  const records = hasCaptures
    ? (parse(unzipped('kr', 'data.go.kr', '목록개방현황_split_01.csv.gz'), { raw: true }) as unknown as {
        raw: string;
        record: string[];
      }[])
    : [];
  const context = bytes(records[0]?.raw ?? '');
  const natives = records.slice(1).map(({ raw, record }) => ({ nativeId: record[0] ?? '', raw: bytes(raw), context }));
  const { datasets, slugs } = normaliseAll('kr-data-go-kr', 'data-go-kr-row', natives, '2025-12-31T00:00:00Z');

  test('3,143 rows are 3,143 datasets; all licences, frequencies and categories are known, and all formats but two', () => {
    expect(datasets).toHaveLength(3143);
    expect(share(datasets, ({ licence }) => licence.id !== 'unknown')).toBe(1);
    expect(datasets.filter(({ licence }) => licence.openness === 'not-open')).toHaveLength(52 + 11 + 8);
    expect(share(datasets, ({ frequency }) => frequency?.id !== undefined)).toBe(1);
    expect(share(datasets, ({ themes }) => themes.length > 0)).toBe(1);
    expect(
      datasets.flatMap(({ distributions }) => distributions).filter(({ format }) => format.id === undefined),
    ).toHaveLength(2);
    expect(slugs).toEqual({ 'format-unknown-text': 2 });
    expectCleanTexts(datasets);
  });
  test('of the periods that are written 96 % are read', () => {
    const periods = datasets.flatMap(({ temporal }) => temporal);
    expect(periods.length).toBe(3143 - 3017);
    expect(share(periods, ({ start, end }) => start !== undefined || end !== undefined)).toBeGreaterThan(0.96);
  });
  test('no telephone number keeps its backtick', () => {
    expect(datasets.flatMap(({ contacts }) => contacts).filter(({ phone }) => phone?.includes('`'))).toEqual([]);
  });
});

describe.skipIf(!hasCaptures)('values of other portals', () => {
  const known = (values: readonly string[], isKnown: (value: string) => boolean): number => share(values, isKnown);

  test('Thailand: of the formats of 4,270 resources 97 % by name, the rest by their address', () => {
    const sql = unzipped('th', 'data.go.th', 'catalog-seed-11.sql.gz');
    const resources = [...sql.matchAll(/"format":"([^"]*)","url":"([^"]*)"/g)].map(([, format = '', url = '']) => ({
      format,
      url,
    }));
    expect(resources.length).toBeGreaterThan(4000);
    expect(
      share(resources, ({ format }) => vocabulary.formats(format, undefined)[0]?.id !== undefined),
    ).toBeGreaterThan(0.97);
    expect(share(resources, ({ format, url }) => vocabulary.formats(format, url)[0]?.id !== undefined)).toBeGreaterThan(
      0.99,
    );
  });

  test('Thailand: the whole package has licence, frequency, language, 14 resources and two themes', () => {
    const answer = JSON.parse(
      readFileSync(capture('data', 'th', 'data.go.th', 'package_search-covid-19-daily.json'), 'utf8'),
    ) as {
      result: { results: { id: string }[] };
    };
    const natives = answer.result.results.map((each) => ({ nativeId: each.id, raw: bytes(JSON.stringify(each)) }));
    const { datasets, slugs } = normaliseAll('th-data-go-th', 'ckan-package', natives, '2025-07-01T00:00:00Z');
    expect(datasets).toMatchObject([
      {
        licence: { id: 'CC-BY' },
        frequency: { id: 'DAILY' },
        languages: ['th'],
        themes: [{ value: 'science-digital' }, { value: 'health-care' }],
      },
    ]);
    expect(datasets[0]?.distributions).toHaveLength(14);
    expect(slugs).toEqual({});
  });

  test('Central Java: of what 2,485 packages say, 99.9 % of the licences and 96 % of the formats', () => {
    const packages = lines('id', 'data.jatengprov.go.id', 'datasets-2025.jsonl.gz') as {
      license?: string | null;
      format: string[];
    }[];
    const licences = packages
      .map(({ license }) => license)
      .filter((each) => typeof each === 'string' && each !== '') as string[];
    const formats = packages
      .flatMap(({ format }) => format)
      .filter((each) => typeof each === 'string' && each !== '' && each !== '-');
    expect(licences.length).toBeGreaterThan(1200);
    expect(known(licences, (title) => vocabulary.licence({ title }).id !== 'unknown')).toBeGreaterThan(0.999);
    expect(known(formats, (format) => vocabulary.formats(format, undefined)[0]?.id !== undefined)).toBeGreaterThan(
      0.96,
    );
  });

  test('Malaysia: all frequencies of 290 definitions', () => {
    const values = (lines('my', 'data.gov.my', 'data-catalogue.jsonl.gz') as { body: { frequency: string } }[]).map(
      ({ body }) => body.frequency,
    );
    expect(known(values, (value) => vocabulary.frequency(value).id !== undefined)).toBe(1);
  });

  test('the old national portal of Japan: all licences; all formats but those of programs', () => {
    for (const licence of ['CC-BY', '政府標準利用規約（第 2.0 版）'])
      expect(vocabulary.licence({ title: licence }).openness).toBe('open');
    const table = parse(readFileSync(capture('data', 'jp', 'data.go.jp', 'data_go_jp_format.csv'), 'utf8'), {
      bom: true,
      columns: true,
    }) as { name: string }[];
    const names = table.map(({ name }) => name).filter((name) => name !== '');
    expect(names.filter((name) => vocabulary.formats(name, undefined)[0]?.id === undefined)).toEqual(['php', 'jsp']);
  });
});

describe.skipIf(!hasCaptures)('DCAT-US', () => {
  test.each([
    ['id/satudata.acehprov.go.id/data.json', 4],
    ['kinds/dcat-us/ckanext-datajson/numerical-title.data.json', 1],
    ['kinds/dcat-us/ckanext-datajson/null-spatial.data.json', 1],
    ['kinds/dcat-us/ckanext-datajson/ny.data.json', 1],
    ['kinds/dcat-us/ckanext-datajson/many-resources.data.json', 1],
    ['kinds/dcat-us/ckanext-datajson/missing-dataset-fields.data.json', 1],
    ['kinds/dcat-us/datagov-harvester/dcatus.json', 7],
    ['kinds/dcat-us/datagov-harvester/dcatus_bad_license_uri.json', 1],
  ])('all entries of %s are datasets', (path, least) => {
    const { dataset: entries } = JSON.parse(readFileSync(capture('data', ...path.split('/')), 'utf8')) as {
      dataset: Record<string, unknown>[];
    };
    const natives = entries.map((entry, index) => ({
      nativeId: String(entry['identifier'] ?? index),
      raw: bytes(JSON.stringify(entry)),
    }));
    const { datasets } = normaliseAll('id-satudata-acehprov-go-id', 'dcat-us-dataset', natives, '2026-11-24T00:00:00Z');
    expect(datasets.length).toBe(entries.length);
    expect(datasets.length).toBeGreaterThanOrEqual(least);
    expect(datasets.map(({ distributions }) => distributions.length)).toEqual(
      entries.map(({ distribution }) => (Array.isArray(distribution) ? distribution.length : 0)),
    );
    expectCleanTexts(datasets);
  });
});
