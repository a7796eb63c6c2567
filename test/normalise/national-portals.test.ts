/** The native forms of Malaysia, India, Taiwan and Singapore: one field after the other, then every record we have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Source } from '../../src/model/source.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { capture, hasCaptures } from '../support/captures.ts';
import { indiaPortal, malaysiaCatalogue, malaysiaPublications } from '../support/national-portals.ts';
import { randomRuns } from '../support/random-runs.ts';
import { testSource } from '../support/test-source.ts';

const vocabulary = await loadVocabulary(join(import.meta.dirname, '../../vocab'));

const malaysia = testSource('data-gov-my', 'https://api.github.example/trees', {
  country: 'MY',
  languages: ['ms', 'en'],
  timeZone: 'Asia/Kuala_Lumpur',
  defaultLicence: 'CC-BY-4.0',
  recordPage: 'https://data.gov.example/data-catalogue/{id}',
  themes: { Environment: 'environment-climate', Tourism: 'education-culture', bci: 'finance-economy' },
});
const openDosm: Source = {
  ...malaysia,
  recordPage: 'https://open.dosm.example/publications/{publication}',
  options: { publisher: 'Jabatan Perangkaan Malaysia' },
};
const india = testSource('ogd-india', 'https://api.data.example/lists?filters[active]=1', {
  country: 'IN',
  languages: ['en'],
  timeZone: 'Asia/Kolkata',
  homepage: 'https://www.data.example',
  defaultLicence: 'GODL-India',
  themes: { Health: 'health-care' },
});
const taiwan = testSource('data-gov-tw', 'https://data.example/export', {
  country: 'TW',
  languages: ['zh-Hant'],
  timeZone: 'Asia/Taipei',
  calendar: 'roc',
  recordPage: 'https://data.example/dataset/{id}',
  themes: { 公共資訊: 'public-services' },
});
const singapore = testSource('data-gov-sg', 'https://api.example/v2/public/api/datasets', {
  country: 'SG',
  languages: ['en'],
  timeZone: 'Asia/Singapore',
  recordPage: 'https://data.example/datasets/{datasetId}/view',
});

interface Native {
  readonly source: Source;
  readonly form: NativeForm;
  readonly nativeId?: string;
}

function read({ source, form, nativeId = 'n1' }: Native, entry: unknown, context?: string) {
  const raw = new TextEncoder().encode(typeof entry === 'string' ? entry : JSON.stringify(entry));
  const base = { source, datasetId: 'aaaaaaaaaaaaaaaa', nativeId, form, raw, fetchedAt: '2026-11-24T00:00:00Z' };
  const input = context === undefined ? base : { ...base, context: new TextEncoder().encode(context) };
  const { dataset, problems } = normalise(input, vocabulary);
  if (dataset === undefined) throw new Error(`no dataset: ${JSON.stringify(problems)}`);
  return { dataset, slugs: problems.map(({ slug, path }) => `${slug} ${path}`.trim()) };
}

describe('a definition of data.gov.my', () => {
  const definition = { source: malaysia, form: 'data-gov-my-definition', nativeId: 'udara' } as const;
  const whole = {
    title_en: 'Air Quality ',
    title_ms: 'Kualiti Udara',
    description_en: 'See the [dashboard](https://x.example/a_(b)) with **hourly** values.',
    description_ms: '—',
    last_updated: '2026-04-01 16:11:00.000 +08:00',
    frequency: 'YEARLY',
    geography: ['NATIONAL'],
    dataset_begin: 2017,
    dataset_end: '2022',
    data_source: ['JAS', 'DOSM'],
    site_category: [
      { site: 'datagovmy', category_en: 'Environment', category_ms: 'Alam Sekitar', subcategory_en: 'Pollution' },
      { site: 'opendosm', category_en: 'Environment', category_ms: 'Alam Sekitar', subcategory_ms: 'Pencemaran' },
    ],
    link_csv: 'https://storage.example/udara.csv',
    link_parquet: 'https://storage.example/udara.parquet',
    link_preview: 'https://storage.example/udara_preview.parquet',
  };

  test('a portal whose main language is English has it first', () => {
    const { dataset } = read({ ...definition, source: { ...malaysia, languages: ['en', 'ms'] } }, whole);
    expect(dataset.title.map(({ lang }) => lang)).toEqual(['en', 'ms']);
  });

  test('says everything in the languages it stands in, once', () => {
    const { dataset, slugs } = read(definition, whole);
    expect(dataset).toMatchObject({
      title: [
        { text: 'Kualiti Udara', lang: 'ms' },
        { text: 'Air Quality', lang: 'en' },
      ],
      description: [{ text: 'See the dashboard with hourly values.', lang: 'en' }],
      keywords: [
        { text: 'Pollution', lang: 'en' },
        { text: 'Pencemaran', lang: 'ms' },
      ],
      publisher: { name: [{ text: 'JAS', lang: 'und' }] },
      landingPage: 'https://data.gov.example/data-catalogue/udara',
      licence: { id: 'CC-BY-4.0', openness: 'open', original: {} },
      themes: [{ value: 'environment-climate' }],
      sourceCategories: ['Environment'],
      modified: { value: '2026-04-01T16:11:00+08:00' },
      frequency: { id: 'ANNUAL', original: 'YEARLY' },
      temporal: [{ start: { value: '2017' }, end: { value: '2022' } }],
    });
    expect(dataset.distributions.map(({ url, access, format }) => [url, access, format.id])).toEqual([
      ['https://storage.example/udara.csv', 'download', 'CSV'],
      ['https://storage.example/udara.parquet', 'download', 'PARQUET'],
    ]);
    expect(slugs).toEqual([]);
  });

  test.each([
    [{ last_updated: '-' }, 'modified', undefined, []],
    [{ last_updated: '2024-10' }, 'modified', { value: '2024-10', precision: 'month', original: '2024-10' }, []],
    [{ data_source: [] }, 'publisher', undefined, ['publisher-missing data_source']],
    [{ link_csv: '', link_parquet: 'n/a' }, 'distributions', [], ['distributions-missing link_csv']],
    [{ dataset_begin: null, dataset_end: '—' }, 'temporal', [], []],
  ])('with %j has the %s %j', (change, field, expected, problems) => {
    const { dataset, slugs } = read(definition, { ...whole, ...change });
    expect(Reflect.get(dataset, field)).toEqual(expected);
    expect(slugs).toEqual(problems);
  });
});

describe('a publication of OpenDOSM', () => {
  const publication = { source: openDosm, form: 'data-gov-my-publication', nativeId: 'bci_2024-01' } as const;
  const file = (name: string, link: string, type: string) => {
    return {
      resource_id: 1,
      resource_type: type,
      resource_name: name,
      resource_link: `https://storage.example/${link}`,
    };
  };
  const whole = {
    publication: 'bci_2024-01',
    publication_type: 'bci',
    release_date: '2024-02-13',
    frequency: 'ONE_OFF',
    en: {
      title: '[Jan 2024] Building Costs',
      publication_type_title: 'Building Costs Index',
      description: 'Costs.',
      resources: [file('Steel', 'a.xlsx', 'excel'), file('Steel', 'en.pdf', 'pdf')],
    },
    bm: {
      title: '[Jan 2024] Kos Binaan',
      publication_type_title: 'Indeks Kos Binaan',
      description: 'Kos.',
      resources: [file('Besi', 'a.xlsx', 'excel'), file('Besi', 'bm.pdf', 'pdf')],
    },
  };

  test('lists a file that both languages name once, with two titles, and the others apart', () => {
    const { dataset, slugs } = read(publication, whole);
    expect(dataset).toMatchObject({
      title: [{ text: '[Jan 2024] Kos Binaan', lang: 'ms' }, { lang: 'en' }],
      publisher: { name: [{ text: 'Jabatan Perangkaan Malaysia' }] },
      landingPage: 'https://open.dosm.example/publications/bci_2024-01',
      themes: [{ value: 'finance-economy' }],
      sourceCategories: ['Building Costs Index'],
      issued: { value: '2024-02-13' },
    });
    expect(dataset.distributions.map(({ title, format }) => [title.map(({ text }) => text), format.id])).toEqual([
      [['Besi', 'Steel'], 'XLSX'],
      [['Steel'], 'PDF'],
      [['Besi'], 'PDF'],
    ]);
    expect(slugs).toEqual([]);
  });

  test('without a language is read all the same', () => {
    const { dataset } = read(publication, { ...whole, bm: null });
    expect([dataset.title.length, dataset.distributions.length]).toEqual([1, 2]);
  });
});

describe('a resource of /lists', () => {
  const list = { source: india, form: 'ogd-india-list' } as const;
  const whole = {
    index_name: 'n1',
    title: 'Hospital beds of Odisha',
    desc: 'Hospital beds of  Odisha ',
    created: 1_687_417_944_120,
    updated: 1_772_527_039,
    created_date: '2023-06-22T12:43:06Z',
    updated_date: '2026-03-03T08:37:19Z',
    org: ['Ministry of Health', 'Department of Hospitals'],
    sector: ['Health', 'All'],
  };

  test('has milliseconds in one date and seconds in the other; its description is the title once more', () => {
    const { dataset, slugs } = read(list, whole);
    expect(dataset).toMatchObject({
      title: [{ text: 'Hospital beds of Odisha' }],
      publisher: { name: [{ text: 'Department of Hospitals' }] },
      issued: { value: '2023-06-22T07:12:24Z', precision: 'second', original: '1687417944120' },
      modified: { value: '2026-03-03T08:37:19Z', original: '1772527039' },
      themes: [{ value: 'health-care' }],
      licence: { id: 'GODL-India' },
      distributions: [{ url: 'https://api.data.example/resource/n1', access: 'service', format: { id: 'API' } }],
    });
    expect(slugs).toEqual(['category-unmapped sector', 'description-missing desc']);
  });

  test('has its service where the source says, if it does', () => {
    const source = { ...india, options: { service: 'https://dienst.example/resource/{index_name}?format=json' } };
    const url = (record: object) => read({ ...list, source }, record).dataset.distributions[0]?.url;
    expect(url(whole)).toBe('https://dienst.example/resource/n1?format=json');
    expect(url({ title: 'without a name' })).toMatch('https://api.data.example/resource/');
  });

  test.each([
    [
      { org: 'Ministry of Health|Department of Beds ' },
      'publisher',
      { name: [{ text: 'Department of Beds', lang: 'und' }] },
    ],
    [{ org: null }, 'publisher', undefined],
    [{ sector: 'Health|Food' }, 'sourceCategories', ['Health', 'Food']],
    [{ desc: 'Beds by district.' }, 'description', [{ text: 'Beds by district.', lang: 'und' }]],
    [{ created: null, created_date: null }, 'issued', undefined],
    [
      { created: null },
      'issued',
      { value: '2023-06-22T12:43:06Z', precision: 'second', original: '2023-06-22T12:43:06Z' },
    ],
    [{ updated: 0, updated_date: '1970-01-01T00:00:00Z' }, 'modified', undefined],
    [{ updated: 'yesterday' }, 'modified', { value: '', precision: 'text', original: 'yesterday' }],
  ])('with %j has the %s %j', (change, field, expected) => {
    expect(Reflect.get(read(list, { ...whole, ...change }).dataset, field)).toEqual(expected);
  });
});

describe('a resource of dmspublic', () => {
  const fixture = readFileSync(join(import.meta.dirname, '../fixtures/ogd-india/made-dmspublic-resource.json'), 'utf8');

  test('has every value in a list', () => {
    const { dataset, slugs } = read({ source: india, form: 'ogd-india-resource' }, fixture);
    expect(dataset).toMatchObject({
      identifiers: ['604953507'],
      title: [{ text: 'Rainfall of the coast' }],
      description: [],
      publisher: { name: [{ text: 'India Meteorological Department' }] },
      landingPage: 'https://www.data.example/resource/rainfall-coast',
      sourceCategories: ['Rain', 'Weather'],
      issued: { value: '2023-06-22T07:12:24Z' },
      modified: { value: '2026-03-03T08:37:19Z' },
      frequency: { id: 'ANNUAL' },
      temporal: [{ start: { value: '2013-01-01' }, end: { value: '2022-12-31' } }],
      distributions: [
        {
          url: 'https://www.data.example/files/rainfall.csv',
          access: 'download',
          format: { id: 'CSV' },
          sizeBytes: 4398,
        },
      ],
    });
    expect(slugs).toEqual(['category-unmapped sector', 'category-unmapped sector']);
  });
});

describe('a row of the export of data.gov.tw', () => {
  const fixture = readFileSync(join(import.meta.dirname, '../fixtures/data-gov-tw/made-export.csv'), 'utf8');
  const [header = '', ...rows] = fixture.trimEnd().split('\n');
  const row = (index: number) => read({ source: taiwan, form: 'data-gov-tw-row' }, rows[index], header);

  test('joins files with semicolons, dates in the calendar of the Republic, charsets file by file', () => {
    const { dataset, slugs } = row(0);
    expect(dataset).toMatchObject({
      title: [{ text: '公園座標', lang: 'und' }],
      publisher: { name: [{ text: '港城市政府' }] },
      contacts: [{ name: '林小姐', phone: '02-23456789' }],
      landingPage: 'https://data.example/dataset/n1',
      licence: { id: 'OGDL-Taiwan-1.0', openness: 'open' },
      themes: [{ value: 'public-services' }],
      issued: { value: '2020-03-18' },
      modified: { value: '2024-05-01T09:30:00+08:00' },
      frequency: { id: 'MONTHLY' },
    });
    expect(dataset.distributions.map(({ url, format }) => [url, format.id, format.mediaType])).toEqual([
      ['https://x.example/a.csv?b=1;c=2', 'CSV', 'text/csv;charset=big5'],
      ['https://x.example/a.xml', 'XML', expect.stringContaining('xml')],
      ['https://x.example/b.csv', 'CSV', 'text/csv'],
    ]);
    expect(slugs).toEqual([]);
  });

  test('without files, with licence 1', () => {
    const { dataset, slugs } = row(1);
    expect([dataset.licence.id, dataset.licence.original, dataset.distributions]).toEqual([
      'OGDL-Taiwan-1.0',
      { id: '1' },
      [],
    ]);
    expect(slugs).toContain('distributions-missing 資料下載網址');
  });
});

describe('a detail of data.gov.tw', () => {
  const detail = { source: taiwan, form: 'data-gov-tw-detail', nativeId: '130111' } as const;
  const whole = {
    datasetId: 130_111,
    title: '路口監視器',
    publisher: '港城市政府警察局',
    publisherOID: '2.16.886.101.90027',
    license: '1',
    modifiedDate: '2026-03-10 16:46:13',
    updateFrequency: { regularupdate: '1', Frequency: '1', unittime: '日' },
    distribution: [
      {
        resourceDescription: '路口清冊',
        resourceFormat: 'CSV',
        resourceCharacterEncoding: 'BIG5',
        resourceDownloadUrl: 'https://x.example/cameras',
        resourceNotes: '',
      },
    ],
  };

  test('names files one by one, its frequency in three members', () => {
    const { dataset } = read(detail, whole);
    expect(dataset).toMatchObject({
      publisher: { name: [{ text: '港城市政府警察局' }], nativeId: '2.16.886.101.90027' },
      licence: { id: 'OGDL-Taiwan-1.0', original: { id: '1' } },
      modified: { value: '2026-03-10T16:46:13+08:00' },
      frequency: { id: 'DAILY', original: '每1日' },
      distributions: [
        {
          title: [{ text: '路口清冊' }],
          url: 'https://x.example/cameras',
          format: { id: 'CSV', mediaType: 'text/csv;charset=big5', original: 'CSV' },
        },
      ],
    });
  });

  test.each([
    [{ updateFrequency: { regularupdate: '0' } }, '不定期'],
    [{ updateFrequency: { regularupdate: '1', Frequency: 3, unittime: '月' } }, '每3月'],
    [{ updateFrequency: '每年' }, '每年'],
  ])('with %j is renewed %s', (change, expected) => {
    const { frequency } = read(detail, { ...whole, ...change }).dataset;
    expect([frequency?.original, frequency?.id === undefined]).toEqual([expected, false]);
  });

  test.skipIf(!hasCaptures)('as excerpted from the portal is read', () => {
    const path = capture('data', 'kinds', 'data.gov.tw', 'rest-v2', 'dataset_6100_excerpt.json');
    const { result } = JSON.parse(readFileSync(path, 'utf8')) as { readonly result: unknown };
    const { dataset } = read({ ...detail, nativeId: '6100' }, result);
    expect(dataset.distributions).toMatchObject([{ access: 'download', format: { id: 'CSV', mediaType: 'text/csv' } }]);
  });
});

describe('data.gov.sg', () => {
  const entry = {
    datasetId: 'd_1',
    name: 'Hawker Centres',
    description: 'Places.',
    format: 'GEOJSON',
    createdAt: '2018-11-07T19:04:51+08:00',
    lastUpdatedAt: '2024-06-06T15:06:15+08:00',
    managedByAgencyName: 'National Environment Agency',
    coverageStart: '2018-01-01T00:00:00+08:00',
    coverageEnd: null,
  };

  test('a dataset is taken from its page: files have no lasting address', () => {
    const { dataset, slugs } = read({ source: singapore, form: 'data-gov-sg-dataset' }, entry);
    expect(dataset).toMatchObject({
      title: [{ text: 'Hawker Centres' }],
      publisher: { name: [{ text: 'National Environment Agency' }] },
      issued: { value: '2018-11-07T19:04:51+08:00' },
      temporal: [{ start: { value: '2018-01-01T00:00:00+08:00' } }],
      distributions: [{ url: 'https://data.example/datasets/d_1/view', access: 'page', format: { id: 'GeoJSON' } }],
    });
    expect(slugs).toEqual([]);
  });

  test('metadata adds contacts and size, and calls the agency managedBy', () => {
    const { managedByAgencyName, ...rest } = entry;
    const metadata = { ...rest, managedBy: managedByAgencyName, contactEmails: ['a@x.example'], datasetSize: 1465 };
    const { dataset } = read({ source: singapore, form: 'data-gov-sg-dataset' }, metadata);
    expect(dataset).toMatchObject({
      publisher: { name: [{ text: 'National Environment Agency' }] },
      contacts: [{ email: 'a@x.example' }],
      distributions: [{ sizeBytes: 1465 }],
    });
  });

  test.skipIf(!hasCaptures)('the captured collection is known by its two datasets', () => {
    const text = readFileSync(capture('data', 'sg', 'data.gov.sg', 'v2-collections-item.json'), 'utf8');
    const source = { ...singapore, options: { childPage: 'https://data.example/datasets/{datasetId}/view' } };
    const { dataset } = read({ source, form: 'data-gov-sg-collection', nativeId: '471' }, text);
    expect(dataset.frequency?.id).toBe('AS_NEEDED');
    expect(dataset.distributions.map(({ nativeId, access }) => [nativeId, access])).toEqual([
      ['d_b35e13da57bb6303224e03f0b86238fb', 'page'],
      ['d_ea81d312239b3337316b887a7dfe665f', 'page'],
    ]);
  });
});

describe('whatever a portal sends', () => {
  const names = fc.constantFrom(
    ...'title title_en title_ms description_en site_category category_en data_source dataset_begin last_updated link_csv en bm resources resource_link resource_name resource_type publication_type_title frequency org sector desc created updated created_date updated_date uuid nid node_alias datafile file_format file_size ministry_department data_time_period_from name description format createdAt managedBy contactEmails datasetSize childDatasets coverageStart updateFrequency unittime regularupdate license distribution resourceDownloadUrl resourceFormat resourceCharacterEncoding __proto__ constructor'.split(
      ' ',
    ),
  );
  const scalars = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e308,
      1e15,
      '',
      '-',
      '1',
      '\ud800',
      '<b',
      'http://',
      '//x',
      'a|b',
      '[x](y)',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.double(),
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalars,
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(names, tie('json'), { maxKeys: 8, noNullPrototype: true }),
    ),
  }));
  const records = fc.dictionary(names, json, { minKeys: 3, maxKeys: 20, noNullPrototype: true });

  test.each([
    ['data-gov-my-definition', malaysia],
    ['data-gov-my-publication', openDosm],
    ['ogd-india-list', india],
    ['ogd-india-resource', india],
    ['data-gov-tw-detail', taiwan],
    ['data-gov-sg-dataset', singapore],
    ['data-gov-sg-collection', singapore],
  ] as const)('a %s of any shape gives a whole dataset, never a throw', (form, source) => {
    fc.assert(
      fc.property(records, fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), (record, nativeId) => {
        const { dataset } = read({ source, form, nativeId }, record);
        expect(dataset.title.length).toBeGreaterThan(0);
        expect(JSON.parse(JSON.stringify(dataset))).toEqual(dataset);
        for (const { url } of dataset.distributions) if (url !== undefined) expect(url).toMatch(/^https?:/i);
      }),
      randomRuns(500),
    );
  });

  test('half a character in an id is no trouble', () => {
    const { dataset } = read({ source: india, form: 'ogd-india-list', nativeId: 'a\ud800' }, { title: 'x' });
    expect(dataset.distributions[0]?.url).toBe('https://api.data.example/resource/a%EF%BF%BD');
  });

  test('markup in Markdown of any length is read in linear time (case W-03)', () => {
    const started = performance.now();
    for (const part of ['[', '[a](', '**', '`', '[a](('] as const) {
      read(
        { source: malaysia, form: 'data-gov-my-definition' },
        { title_en: 'x', description_en: part.repeat(50_000) },
      );
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe.skipIf(!hasCaptures)('every record that was captured', () => {
  function readAll(source: Source, form: NativeForm, records: readonly PortalRecord[]) {
    const slugs: Record<string, number> = {};
    const datasets: Dataset[] = [];
    for (const { id, bytes } of records) {
      const input = { source, datasetId: 'aaaaaaaaaaaaaaaa', nativeId: id, form, raw: bytes };
      const { dataset, problems } = normalise({ ...input, fetchedAt: '2026-11-24T00:00:00Z' }, vocabulary);
      if (dataset !== undefined) datasets.push(dataset);
      for (const { slug } of problems) slugs[slug] = (slugs[slug] ?? 0) + 1;
    }
    return { datasets, slugs };
  }

  test('data.gov.my: 290 definitions in two languages, with body, licence, frequency, period and two files each', () => {
    const { datasets, slugs } = readAll(malaysia, 'data-gov-my-definition', malaysiaCatalogue().records);
    expect(datasets).toHaveLength(290);
    const isWhole = ({ title, description, publisher, frequency, temporal, distributions }: Dataset) =>
      [title.length, description.length, distributions.length, temporal.length].join() === '2,2,2,1' &&
      publisher !== undefined &&
      frequency?.id !== undefined;
    expect(datasets.filter((each) => !isWhole(each)).map(({ nativeId }) => nativeId)).toEqual([]);
    expect(datasets.filter(({ modified }) => modified === undefined)).toHaveLength(1);
    expect(Object.keys(slugs)).toEqual(['category-unmapped']);
  });

  test('OpenDOSM: 1,475 publications; no file is lost and none is listed twice', () => {
    const { records } = malaysiaPublications();
    const { datasets, slugs } = readAll(openDosm, 'data-gov-my-publication', records);
    const links = records.map(({ bytes }) => {
      const body = JSON.parse(new TextDecoder().decode(bytes)) as Record<
        'en' | 'bm',
        { readonly resources: readonly { readonly resource_link: string }[] }
      >;
      return new Set([...body.en.resources, ...body.bm.resources].map((each) => each.resource_link)).size;
    });
    expect(datasets.map(({ distributions }) => distributions.length)).toEqual(links);
    expect(datasets.filter(({ issued, title }) => issued?.precision !== 'day' || title.length !== 2)).toEqual([]);
    const formats = new Set(datasets.flatMap(({ distributions }) => distributions.map(({ format }) => format.id)));
    expect(formats).toEqual(new Set(['XLSX', 'PDF']));
    expect(Object.keys(slugs)).toEqual(['category-unmapped']);
  });

  test('India: 82,754 resources, all but one with a body; 2,899 have no date of issue', () => {
    const { datasets, slugs } = readAll(india, 'ogd-india-list', indiaPortal().records);
    expect(datasets).toHaveLength(82_754);
    expect(datasets.filter(({ issued }) => issued === undefined)).toHaveLength(2_899);
    expect(datasets.filter(({ modified }) => modified?.precision !== 'second')).toEqual([]);
    expect(datasets.filter(({ description }) => description.length > 0)).toHaveLength(3);
    expect(slugs['publisher-missing']).toBe(1);
    expect(Object.keys(slugs).sort()).toEqual([
      'category-unmapped',
      'description-missing',
      'publisher-missing',
      'record-encoding',
    ]);
  });
});
