/** Faults of records as portals send them, through the one door of `normalise`: what the reader of the record sees. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const vocabulary = await loadVocabulary(join(root, 'vocab'));
const source = (id: string): Source =>
  sourceFromYaml(readFileSync(join(root, 'sources', `${id}.yaml`), 'utf8'), `${id}.yaml`);
const tokyo = source('jp-catalog-data-metro-tokyo-lg-jp');
const taiwan = source('tw-data-gov-tw');
const thailand = source('th-data-go-th');
const korea = source('kr-data-go-kr');
const india = source('in-data-gov-in');

const base = { datasetId: 'aaaaaaaaaaaaaaaa', nativeId: 'n1', fetchedAt: '2026-11-24T00:00:00Z' };

function read(record: unknown, of: Source = tokyo, form: NativeForm = 'ckan-package') {
  const raw = new TextEncoder().encode(typeof record === 'string' ? record : JSON.stringify(record));
  const { dataset, problems } = normalise({ ...base, source: of, form, raw }, vocabulary);
  if (dataset === undefined) throw new Error(`no dataset: ${JSON.stringify(problems)}`);
  return { dataset, problems, slugs: problems.map(({ slug }) => slug) };
}

const dcatUs = (entry: object, of: Source = tokyo) => read({ title: 'x', ...entry }, of, 'dcat-us-dataset');

describe('texts', () => {
  test('field P-02: NaN and Infinity become nothing, the word NaN stays a word', () => {
    const { dataset, slugs } = read(
      '{"title":"NaN","notes":NaN,"resources":[{"url":"http://x.example/a","size":-Infinity}]}',
    );
    expect(dataset).toMatchObject({ title: [{ text: 'NaN' }], description: [] });
    expect(dataset.distributions[0]).not.toHaveProperty('sizeBytes');
    expect(JSON.stringify(dataset)).not.toMatch(/Infinity|:NaN/);
    expect(slugs).toContain('record-mended');
  });

  test.each([
    ['field P-05', { title: 'U+000B\u000b in a title' }, 'U+000B in a title'],
    ['field N-13', { title: '水質 &amp; 空氣' }, '水質 & 空氣'],
    ['field N-13', { title: '&lt;b&gt;人口&lt;/b&gt;' }, '人口'],
    ['field N-13', { title: '<b> </b>&nbsp;' }, '(untitled) n1'],
    ['field N-13', { title: { ja: '<br>' } }, '(untitled) n1'],
    ['field N-14', { title: '!!!' }, '!!!'],
  ])('%s: of %j the title is %j and the record is kept', (_, pkg, title) => {
    expect(read(pkg).dataset.title[0]?.text).toBe(title);
  });

  test('field N-13, C-02: a category written with an entity is two levels, each of them a theme', () => {
    const themes = { 일반행정: 'public-services', 정보통신: 'science-digital' };
    for (const text of ['일반행정&gt;정보통신', '일반행정>정보통신', '일반행정 > 정보통신', '일반행정 - 정보통신']) {
      const { dataset } = read({ title: 'x', category: text }, { ...tokyo, themes });
      expect(
        dataset.themes.map(({ value }) => value),
        text,
      ).toEqual(['public-services', 'science-digital']);
    }
  });

  test('field N-14, op F1, F2: keywords of two letters, with quotes and line ends stay; blank ones go', () => {
    const tags = ['防災', ' ', '\u3000', 'AI', '"A/B"\r\n', '', '-'].map((name) => ({ name }));
    expect(read({ title: 'x', tags }).dataset.keywords.map(({ text }) => text)).toEqual(['防災', 'AI', '"A/B"', '-']);
  });

  test('op F3: 34,866 keywords and one of 40,000 letters: the first 200 stay, with warnings, at once', () => {
    const tags = [...Array.from({ length: 34_866 }, (_, i) => ({ name: `k${i}` })), { name: 'x'.repeat(40_000) }];
    const { dataset, slugs } = read({ title: 'x', tags });
    expect(dataset.keywords).toHaveLength(200);
    expect(slugs).toEqual(expect.arrayContaining(['keywords-capped', 'keyword-dropped']));
  });

  test('op F4: 8,327 files are all kept, each under an id of its own', () => {
    const resources = Array.from({ length: 8_327 }, (_, i) => ({ url: `https://x.example/${i}.csv`, format: 'CSV' }));
    const { dataset } = read({ title: 'x', resources });
    expect(new Set(dataset.distributions.map(({ id }) => id)).size).toBe(8_327);
  });
});

describe('dates', () => {
  test('field N-03: one column of a Thai portal, value by value; what is not certain stays text', () => {
    const modified = (text: string) => {
      const { dataset, slugs } = read({ title: 'x', last_updated_date: text }, thailand);
      return [dataset.modified?.value, dataset.modified?.original, slugs.filter((slug) => slug.startsWith('date-'))];
    };
    expect(modified('7/9/2020')).toEqual(['2020-09-07', '7/9/2020', []]);
    expect(modified('18/9/2563')).toEqual(['2020-09-18', '18/9/2563', []]);
    expect(modified('๑ ม.ค. ๒๕๖๗')).toEqual(['2024-01-01', '๑ ม.ค. ๒๕๖๗', []]);
    expect(modified('1/1/64')).toEqual(['', '1/1/64', ['date-ambiguous']]);
    expect(modified('1/1/2064')).toEqual(['', '1/1/2064', ['date-in-future']]);
  });

  test('field N-04: a portal that counts by Bikram Sambat has its dates as written and its machine’s stamps read', () => {
    const nepal: Source = { ...tokyo, calendar: 'bikram-sambat', timeZone: 'Asia/Kathmandu' };
    const { dataset, slugs } = read(
      { title: 'x', issued: '2081-01-01', modified: '2082/02/32', metadata_modified: '2024-04-13T00:00:00' },
      nepal,
    );
    expect([dataset.issued, dataset.modified]).toEqual([
      { value: '', precision: 'text', original: '2081-01-01' },
      { value: '', precision: 'text', original: '2082/02/32' },
    ]);
    expect(slugs.filter((slug) => slug.startsWith('date-'))).toEqual(['date-other-calendar', 'date-other-calendar']);
    const stamped = read({ title: 'x', metadata_modified: '2024-04-13T00:00:00' }, nepal);
    expect(stamped.dataset.modified?.value).toBe('2024-04-13T00:00:00Z');
  });

  test.each([
    ['R/P1D', undefined, 'DAILY', []],
    ['R/P1Y', undefined, 'ANNUAL', []],
    ['2018-05', '2018-05', undefined, []],
    ['', undefined, undefined, []],
    ['2023-08-25T:17:42.901Z', '', undefined, []],
    ['2018-2022', '', undefined, [['2018', '2022']]],
    ['2020/2024', '', undefined, [['2020', '2024']]],
    ['令和5年度第1四半期', '', undefined, [['2023-04', '2023-06']]],
  ])(
    'field N-05, op E11: modified %j gives the date %j, the frequency %s, the time covered %j',
    (text, value, frequency, covered) => {
      for (const form of ['dcat-us-dataset', 'schema-org-dataset'] as const) {
        const record = { '@type': 'Dataset', title: 'x', name: 'x', modified: text, dateModified: text };
        const { dataset } = read(record, tokyo, form);
        expect(dataset.modified?.value, form).toBe(value);
        expect(dataset.frequency?.id, form).toBe(frequency);
        expect(
          dataset.temporal.map(({ start, end }) => [start?.value, end?.value]),
          form,
        ).toEqual(covered);
      }
    },
  );

  test('op E11: what the record says elsewhere is not written over', () => {
    const said = { modified: '2018-2022', issued: 'R/P1M', temporal: '2001/2002', accrualPeriodicity: 'R/P1Y' };
    const { dataset } = dcatUs(said);
    expect(dataset).toMatchObject({ frequency: { id: 'ANNUAL' }, temporal: [{ start: { value: '2001' } }] });
    expect(dataset).not.toHaveProperty('issued');
  });

  test('field N-06: the zone is the field’s: UTC for what CKAN stamps, the portal’s own for what people fill in', () => {
    const clock = '2024-01-01T00:30:00';
    const instant = (record: object, of: Source) => {
      const { modified } = read({ title: 'x', ...record }, of).dataset;
      return new Date(modified?.value ?? '').toISOString();
    };
    expect(instant({ metadata_modified: clock }, tokyo)).toBe('2024-01-01T00:30:00.000Z');
    expect(instant({ modified: clock }, tokyo)).toBe('2023-12-31T15:30:00.000Z');
    expect(instant({ modified: clock }, { ...tokyo, timeZone: 'Asia/Taipei' })).toBe('2023-12-31T16:30:00.000Z');
    expect(read({ title: 'x', modified: '2024-01-01' }).dataset.modified?.value).toBe('2024-01-01');
  });

  test('field N-07: without a date of the source there is none; that of the harvest never takes its place', () => {
    for (const record of [{ title: 'x' }, { title: 'x', modified: '', metadata_modified: null }]) {
      expect(read(record).dataset).not.toHaveProperty('modified');
      expect(read(record).dataset).not.toHaveProperty('issued');
    }
    expect(read({ title: 'x', modified: '2019-01-02' }).dataset.modified?.value).toBe('2019-01-02');
  });
});

describe('places', () => {
  const square = '121.4 24.9, 121.7 24.9, 121.7 25.3, 121.4 25.3, 121.4 24.9';
  const ring = square.split(', ').map((point) => point.split(' ').map(Number));
  const taipei = [{ name: [], bbox: [121.4, 24.9, 121.7, 25.3] }];

  test.each([
    {
      type: 'envelope',
      coordinates: [
        [121.4, 25.3],
        [121.7, 24.9],
      ],
    },
    [121.4, 24.9, 121.7, 25.3],
    ['121.4', '24.9', '121.7', '25.3'],
    '121.4,24.9,121.7,25.3',
    '[121.4, 24.9, 121.7, 25.3]',
    '121.4 24.9 121.7 25.3',
    '121.4;24.9;121.7;25.3',
    '(121.4, 24.9), (121.7, 25.3)',
    { type: 'Polygon', coordinates: [ring] },
    { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] } },
    { type: 'FeatureCollection', features: [{ geometry: { type: 'MultiPoint', coordinates: ring } }] },
    JSON.stringify({ type: 'MultiPolygon', coordinates: [[ring]] }),
    { type: 'GeometryCollection', geometries: [{ type: 'LineString', coordinates: ring }] },
    `POLYGON((${square}))`,
    `SRID=4326;POLYGON((${square}))`,
    'BOX(121.4 24.9,121.7 25.3)',
    { west: 121.4, south: '24.9', east: 121.7, north: 25.3 },
    { xmin: 121.4, ymin: 24.9, xmax: 121.7, ymax: 25.3, spatialReference: { wkid: 4326 } },
  ])('field P-16: %j is the box', (spatial) => {
    for (const written of [dcatUs({ spatial }, taiwan), read({ title: 'x', spatial }, taiwan)]) {
      expect(written.dataset.spatial).toEqual(taipei);
      expect(written.slugs.filter((slug) => slug.startsWith('spatial'))).toEqual([]);
    }
  });

  test.each([
    ['臺北市', [{ name: [{ text: '臺北市', lang: 'und' }] }], []],
    ['n/a', [], ['spatial-unreadable']],
    ['未指定', [], ['spatial-unreadable']],
    ['없음', [], ['spatial-unreadable']],
    ['-', [], ['spatial-unreadable']],
    ['0,0,0,0', [], ['spatial-unreadable']],
    [{ type: 'Point', coordinates: [0, 0] }, [], ['spatial-unreadable']],
    ['28.6,77.2', [], ['spatial-unreadable']],
    ['25.03,121.56', [{ name: [], bbox: [121.56, 25.03, 121.56, 25.03] }], ['spatial-axes-swapped']],
    ['24.9,121.4,25.3,121.7', taipei, ['spatial-axes-swapped']],
    [{ type: 'Polygon', coordinates: [ring.map((point) => point.toReversed())] }, taipei, ['spatial-axes-swapped']],
    [[306000, 2769500, 307000, 2770000], [], ['spatial-unreadable']],
    [{ xmin: 306000, ymin: 2769500, xmax: 307000, ymax: 2770000 }, [], ['spatial-unreadable']],
  ])('field P-16, P-17, N-18: %j is %j, with %j, and the record is kept', (spatial, places, slugs) => {
    const written = dcatUs({ spatial }, taiwan);
    expect(written.dataset.spatial).toEqual(places);
    expect(written.slugs.filter((slug) => slug.startsWith('spatial'))).toEqual(slugs);
  });

  test.each([
    ['in its country', india, [76.8, 28.4, 77.4, 28.9], []],
    ['partly beyond its border', india, [60, 20, 70, 30], []],
    ['the whole world', india, [-180, -90, 180, 90], []],
    ['far away', india, [-10, 40, 0, 50], ['spatial-outside-country']],
    ['latitudes first', india, [28.4, 76.8, 28.9, 77.4], ['spatial-outside-country']],
    ['the Pacific, over the antimeridian', india, [150, -10, -150, 10], ['spatial-outside-country']],
    ['the Pacific, from Japan', tokyo, [150, -10, -150, 25], []],
    ['Seoul at Taiwan’s portal', taiwan, [126.7, 37.4, 127.2, 37.7], ['spatial-outside-country']],
    ['Taiping at Taiwan’s portal', taiwan, [114.3, 10.3, 114.4, 10.4], []],
    ['at a portal of another country than the twelve', { ...taiwan, country: 'XX' }, [0, 50, 1, 51], []],
  ])('field P-17: a box %s', (_, of, spatial, slugs) => {
    const { dataset, problems } = dcatUs({ spatial }, of);
    expect(dataset.spatial[0]?.bbox).toEqual(spatial);
    expect(problems.flatMap(({ slug }) => (slug.startsWith('spatial') ? [slug] : []))).toEqual(slugs);
  });

  test('field P-17: where turned axes would lie in the country, the note says so and turns nothing', () => {
    // Latitude and longitude of India’s station on Svalbard.
    const { dataset, problems } = dcatUs({ spatial: { type: 'Point', coordinates: [11.93, 78.92] } }, india);
    expect(dataset.spatial).toEqual([{ name: [], bbox: [11.93, 78.92, 11.93, 78.92] }]);
    expect(problems.find(({ slug }) => slug === 'spatial-outside-country')?.message).toMatch(
      /axes turned it would be inside$/,
    );
  });

  test('op F5, F6: words are a name, four numbers a box', () => {
    expect(dcatUs({ spatial: 'Latitude/Longitude, County, State' }).dataset.spatial[0]).toEqual({
      name: [{ text: 'Latitude/Longitude, County, State', lang: 'und' }],
    });
    expect(dcatUs({ spatial: '-180.0 -90.0 180.0 90.0' }).dataset.spatial[0]?.bbox).toEqual([-180, -90, 180, 90]);
  });
});

describe('formats', () => {
  const formatOf = (format: string, url: string) =>
    read({ title: 'x', resources: [{ format, url }] }).dataset.distributions[0]?.format;

  test.each([
    ['CSV;JSON', 'https://x.example/a.json', 'JSON', ['CSV']],
    ['CSV;JSON', 'https://x.example/a', 'CSV', ['JSON']],
    ['xml, csv', 'https://x.example/a.csv', 'CSV', ['XML']],
    ['shp (zip)', 'https://x.example/a.zip', 'SHP', ['ZIP']],
    ['Zipped shapefile', 'https://x.example/a', 'SHP', ['ZIP']],
    ['CSV', 'https://x.example/a.zip', 'CSV', undefined],
    ['其他', 'https://x.example/a.csv', 'CSV', undefined],
    ['기타', 'https://x.example/a', 'other', undefined],
    ['ＣＳＶ', 'https://x.example/a.xlsx', 'CSV', undefined],
  ])('field N-09: %s at %s is %s and %j, the text kept', (original, url, id, also) => {
    expect(formatOf(original, url)).toMatchObject({ id, original, ...(also && { also }) });
    if (also === undefined) expect(formatOf(original, url)).not.toHaveProperty('also');
  });

  test('field N-10: a media type of the metadata stands before the ending of the address', () => {
    const resources = [
      {
        mimetype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        url: 'https://x.example/a.html',
      },
    ];
    expect(read({ title: 'x', resources }).dataset.distributions[0]?.format.id).toBe('XLSX');
  });
});

test('field N-12: null, nothing and words for nothing are one licence, in display and openness', () => {
  const licences = [null, '', ' ', 'License Not Specified', 'notspecified', '未指定', 'なし', '해당없음', '-'].map(
    (license_id) => read({ title: 'x', license_id }).dataset.licence,
  );
  for (const licence of licences) expect(licence).toEqual({ id: 'unknown', openness: 'unknown', original: {} });
  const unknown = read({ title: 'x', license_title: '市の規約による' }).dataset.licence;
  expect(unknown).toEqual({ id: 'unknown', openness: 'unknown', original: { title: '市の規約による' } });
});

describe('categories', () => {
  const themes = { 保健医療: 'health-care', 一般行政: 'public-services' };
  const id = '9f0c2a3e-0000-4000-8000-000000000000';

  test.each([
    { groups: [{ id, title: '保健医療' }] },
    { groups: [{ id, name: 'g1', display_name: '保健医療' }] },
    { category: [{ id, title: '保健医療' }] },
    { extras: [{ key: 'category', value: JSON.stringify([{ id, title: '保健医療' }]) }] },
    { theme: '保健医療' },
  ])('field C-01: %j is health care, with the label, never the id of the portal', (written) => {
    const { dataset } = read({ title: 'x', ...written }, { ...tokyo, themes });
    expect(dataset.themes).toEqual([
      { value: 'health-care', by: 'publisher', rule: `sources/${tokyo.id}.yaml`, confidence: 1 },
    ]);
    expect(dataset.sourceCategories).toEqual(['保健医療']);
    expect(JSON.stringify(dataset)).not.toContain(id);
  });

  test.each(['其他', 'ฟุตบอล', '保健', '一般行政以外', '__proto__', 'constructor'])(
    'field C-02: %s is none of the themes, and listed for those who keep the map',
    (category) => {
      const { dataset, slugs } = read({ title: 'x', category }, { ...tokyo, themes });
      expect(dataset.themes).toEqual([]);
      expect(dataset.sourceCategories).toEqual([category]);
      expect(slugs).toContain('category-unmapped');
    },
  );

  test('field C-01, C-02: the maps of the sources name themes of the twelve only', () => {
    for (const each of [tokyo, taiwan, thailand, korea, india]) {
      expect(Object.keys(each.themes).length, each.id).toBeGreaterThan(0);
      for (const theme of Object.values(each.themes)) expect(vocabularyThemes).toContain(theme);
    }
  });
});

const vocabularyThemes = (
  JSON.parse(readFileSync(join(root, 'vocab/themes.json'), 'utf8')) as { themes: { id: string }[] }
).themes.map((theme) => theme.id);
