import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { NormaliseInput } from '../../src/normalise/normalise-contract.ts';
import { problemSeverity } from '../../src/normalise/problem-slugs.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { randomRuns } from '../support/random-runs.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const vocabulary = await loadVocabulary(join(root, 'vocab'));
const source = (id: string): Source =>
  sourceFromYaml(readFileSync(join(root, 'sources', `${id}.yaml`), 'utf8'), `${id}.yaml`);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const tokyo = source('jp-catalog-data-metro-tokyo-lg-jp');
const thailand = source('th-data-go-th');
const korea = source('kr-data-go-kr');
const aceh = source('id-satudata-acehprov-go-id');

const base = { datasetId: 'aaaaaaaaaaaaaaaa', nativeId: 'n1', fetchedAt: '2026-11-24T00:00:00Z' };
const ckan = (pkg: unknown, of: Source = tokyo): NormaliseInput => ({
  ...base,
  source: of,
  form: 'ckan-package',
  raw: bytes(JSON.stringify(pkg)),
});
const dcatUs = (entry: unknown): NormaliseInput => ({
  ...base,
  source: aceh,
  form: 'dcat-us-dataset',
  raw: bytes(JSON.stringify(entry)),
});
const row = (header: string, cells: string): NormaliseInput => ({
  ...base,
  source: korea,
  form: 'data-go-kr-row',
  context: bytes(header),
  raw: bytes(cells),
});

function read(input: NormaliseInput) {
  const { dataset, problems } = normalise(input, vocabulary);
  if (dataset === undefined) throw new Error(`no dataset: ${JSON.stringify(problems)}`);
  return { dataset, slugs: problems.map(({ slug, path }) => `${slug} ${path}`.trim()) };
}

describe('a CKAN package', () => {
  const whole = {
    id: 'n1',
    name: 'hinanjo',
    title: '避難所 &amp; 広場',
    notes: '一覧です。<br>毎年更新\r\n',
    license_id: 'CC-BY-4.0',
    license_title: 'クリエイティブ・コモンズ 表示（CC BY）',
    metadata_created: '2022-04-01T15:00:00.123456',
    metadata_modified: '2022-05-01T00:30:00',
    maintainer: '防災課',
    maintainer_email: 'bosai@example.jp',
    organization: { id: 'o1', name: 'minato', title: '港区' },
    tags: [{ name: '防災' }, { name: ' 防災 ' }, { name: '避難\r\n' }, 'x'],
    groups: [
      { name: 'c001', title: '防災・災害計画' },
      { name: 'c014', title: 'その他' },
    ],
    extras: [{ key: '更新頻度', value: '年１回（３月頃）' }],
    resources: [
      {
        id: 'r1',
        name: '避難所',
        format: '_2CSV',
        url: 'https://x.example/a.csv',
        size: '1.2 MB',
        created: '2022-04-01T15:00:00',
        last_modified: null,
      },
      { id: 'r2', name: 'API', format: 'API', url: 'https://x.example/api' },
      { id: 'r3', format: 'CSV', url: '檔案請洽承辦人' },
      { id: 'r1', format: 'JPEG', url: 'https://x.example/photo.png' },
    ],
  };

  test('becomes a dataset with all that it says', () => {
    const { dataset } = read(ckan(whole));
    expect(dataset).toMatchObject({
      id: base.datasetId,
      sourceId: tokyo.id,
      country: 'JP',
      identifiers: ['hinanjo'],
      title: [{ text: '避難所 & 広場', lang: 'und' }],
      description: [{ text: '一覧です。\n毎年更新', lang: 'und' }],
      keywords: ['防災', '避難', 'x'].map((text) => ({ text, lang: 'und' })),
      publisher: { name: [{ text: '港区', lang: 'und' }], nativeId: 'o1' },
      contacts: [{ name: '防災課', email: 'bosai@example.jp' }],
      landingPage: 'https://catalog.data.metro.tokyo.lg.jp/dataset/hinanjo',
      licence: { id: 'CC-BY-4.0', openness: 'open' },
      themes: [{ value: 'disaster-safety', by: 'publisher', rule: `sources/${tokyo.id}.yaml`, confidence: 1 }],
      sourceCategories: ['防災・災害計画', 'その他'],
      issued: { value: '2022-04-01T15:00:00Z', precision: 'second', original: '2022-04-01T15:00:00.123456' },
      modified: { value: '2022-05-01T00:30:00Z' },
      frequency: { id: 'ANNUAL', original: '年１回（３月頃）' },
    });
  });

  test('keeps every resource, each with an id of its own', () => {
    const { dataset } = read(ckan(whole));
    expect(
      dataset.distributions.map(({ access, format, url, urlText }) => [access, format.id, url ?? urlText]),
    ).toEqual([
      ['download', 'CSV', 'https://x.example/a.csv'],
      ['service', 'API', 'https://x.example/api'],
      ['unknown', 'CSV', '檔案請洽承辦人'],
      ['download', 'JPEG', 'https://x.example/photo.png'],
    ]);
    expect(dataset.distributions[0]).toMatchObject({
      format: { original: '_2CSV', mediaType: 'text/csv' },
      sizeBytes: 1_200_000,
    });
    expect(new Set(dataset.distributions.map(({ id }) => id)).size).toBe(4);
  });

  test('reports what is wrong, with its place', () => {
    expect(read(ckan(whole)).slugs).toEqual([
      'category-unmapped groups',
      'distribution-id-repeated resources[3].id',
      'url-is-text resources[2].url',
      'format-conflict resources[3].format',
    ]);
  });

  test('in several languages keeps all of them, the portal’s own first', () => {
    const fluent = {
      title_translated: { en: 'Parks', zh_TW: '公園', JP: '公園' },
      notes_translated: '{"en":"All parks"}',
      tags_translated: { en: ['park'], th: ['สวน'] },
    };
    expect(read(ckan({ ...whole, ...fluent })).dataset).toMatchObject({
      title: [
        { text: '公園', lang: 'ja' },
        { text: 'Parks', lang: 'en' },
        { text: '公園', lang: 'zh-Hant-TW' },
      ],
      description: [{ text: 'All parks', lang: 'en' }],
      keywords: [
        { text: 'park', lang: 'en' },
        { text: 'สวน', lang: 'th' },
      ],
    });
  });

  test('of thai_gdc gives frequency, language and place', () => {
    const thai = {
      title: 'ข้อมูล',
      data_language: ['ไทย'],
      geo_coverage: 'ประเทศ',
      update_frequency_unit: 'เดือน',
      update_frequency_interval: '3',
      telephone_number: '1422',
      license_id: 'Creative Commons Attributions',
    };
    expect(read(ckan(thai, thailand)).dataset).toMatchObject({
      languages: ['th'],
      spatial: [{ name: [{ text: 'ประเทศ', lang: 'und' }] }],
      frequency: { id: 'QUARTERLY' },
      contacts: [{ phone: '1422' }],
      licence: { id: 'CC-BY', openness: 'open' },
    });
  });

  test.each([
    ['ปี', '1', 'ANNUAL'],
    ['ครึ่งปี', '1', 'ANNUAL_2'],
    ['ไตรมาส', undefined, 'QUARTERLY'],
    ['เดือน', '2', 'BIMONTHLY'],
    ['ไม่ทราบ', undefined, 'UNKNOWN'],
  ])('of thai_gdc renewed each %s × %s is %s', (update_frequency_unit, update_frequency_interval, id) => {
    const pkg = { title: 'x', update_frequency_unit, update_frequency_interval };
    expect(read(ckan(pkg, thailand)).dataset.frequency?.id).toBe(id);
  });

  test('of Open Development Mekong gives languages, places, period, dates, keywords and topics', () => {
    const { dataset } = read(
      ckan(
        {
          ...{ id: 'n1', title: 'Dengue', title_translated: { en: 'Dengue', km: 'ជំងឺគ្រុនឈាម', vi: '' } },
          ...{ notes_translated: { en: 'Cases.', km: 'ករណី' }, tags: [{ name: 'dengue' }], resources: [] },
          ...{ odm_language: ['km', 'en'], odm_spatial_range: ['kh', 'global'], odm_copyright: ['Yes'] },
          ...{
            odm_temporal_range: '2019-01-01/2019-12-31',
            odm_date_created: '2019-11',
            odm_date_modified: '2025-02-26',
          },
          ...{ odm_keywords: { en: ['dengue', 'mosquito'], km: 'មូស' }, taxonomy: ['Health care', 'Diseases'] },
          ...{ odm_contact: { en: 'Office', km: 'ការិយាល័យ' }, odm_contact_email: 'a@office.example' },
          ...{ license_id: '', metadata_created: '2020-01-01T00:00:00' },
        },
        source('kh-data-opendevelopmentcambodia-net'),
      ),
    );
    expect(dataset).toMatchObject({
      title: [{ lang: 'km' }, { text: 'Dengue', lang: 'en' }],
      description: [{ lang: 'km' }, { lang: 'en' }],
      languages: ['km', 'en'],
      spatial: [{ name: [], code: 'KH' }, { name: [{ text: 'global', lang: 'und' }] }],
      temporal: [{ start: { value: '2019-01-01' }, end: { value: '2019-12-31' } }],
      issued: { value: '2019-11', precision: 'month' },
      modified: { value: '2025-02-26', precision: 'day' },
      keywords: [
        { text: 'dengue', lang: 'und' },
        { text: 'dengue', lang: 'en' },
        { text: 'mosquito', lang: 'en' },
        { text: 'មូស', lang: 'km' },
      ],
      sourceCategories: ['Health care', 'Diseases'],
      contacts: [{ name: 'ការិយាល័យ', email: 'a@office.example' }],
      licence: { id: 'unknown', openness: 'unknown' },
    });
  });

  test.each([
    [[{ key: 'guid', value: 'g-1' }], { identifier: 'g-1' }],
    [
      [
        { key: 'harvest_object_id', value: 'own' },
        { key: 'harvest_source_title', value: 'City of X' },
        { key: 'harvest_catalogue_url', value: 'https://x.example' },
        { key: 'harvest_dataset_url', value: 'https://x.example/dataset/1' },
      ],
      { catalogue: 'https://x.example', address: 'https://x.example/dataset/1' },
    ],
    [[{ key: 'harvest_dataset_url', value: 'javascript:alert(1)' }], undefined],
    [[{ key: 'harvest_object_id', value: 'own' }], undefined],
    [[], undefined],
  ])('says where it was harvested from: %j', (extras, expected) => {
    expect(read(ckan({ id: 'n1', title: 't', extras })).dataset.harvestedFrom).toEqual(expected);
  });

  test('without a title is kept under its id', () => {
    const { dataset, slugs } = read(ckan({ title: '<br/> ' }));
    expect(dataset.title).toEqual([{ text: '(untitled) n1', lang: 'und' }]);
    expect(slugs).toContain('title-missing title');
  });

  test.each([null, '', 'License not specified', 'notspecified', '未指定'])(
    'whose licence is %j is unknown, never open',
    (license_id) => {
      const { dataset, slugs } = read(ckan({ ...whole, license_id, license_title: null }));
      expect(dataset.licence).toEqual({ id: 'unknown', openness: 'unknown', original: {} });
      expect(slugs).toContain('licence-missing license_id');
    },
  );

  test('with 500 broken addresses lists ten and counts the rest', () => {
    const resources = Array.from({ length: 500 }, (_, index) => ({
      id: `r${index}`,
      format: 'CSV',
      url: 'javascript:alert(1)',
    }));
    const { problems } = normalise(ckan({ ...whole, resources }), vocabulary);
    const of = problems.filter(({ slug }) => slug === 'url-scheme-not-allowed');
    expect(of).toHaveLength(11);
    expect(of[10]?.message).toContain('490 times more');
  });

  test('with 34,866 keywords keeps 200 and says so (F3)', () => {
    const tags = Array.from({ length: 34_866 }, (_, index) => ({ name: `k${index}` }));
    const { dataset, slugs } = read(ckan({ ...whole, tags: [...tags, { name: 'x'.repeat(40_000) }] }));
    expect(dataset.keywords).toHaveLength(200);
    expect(slugs).toEqual(expect.arrayContaining(['keywords-capped tags', 'keyword-dropped tags']));
  });

  test('keeps a keyword of two letters and one with quotes and slashes (F1, F2)', () => {
    const { dataset } = read(ckan({ ...whole, tags: [{ name: 'AI' }, { name: '"A/B"\r\n' }] }));
    expect(dataset.keywords.map(({ text }) => text)).toEqual(['AI', '"A/B"']);
  });
});

describe('a row of data.go.kr', () => {
  const header2022 =
    '목록키,목록유형,목록명,목록설명,조회수,분류체계,기관코드,기관명,국가중점여부,표준데이터여부,목록.등록일,목록.수정일,목록.URL';
  const header2025 =
    '\ufeff목록키,목록유형,목록명,파일데이터명,분류체계,제공기관코드,제공기관,관리 부서명,관리부서 전화번호,업데이트 주기,확장자(데이터포맷),키워드,등록일,수정일,설명,공간범위,시간범위,이용허락범위,목록 URL';

  test('of 2022 has its title, body, dates and theme; what the list leaves out is unknown and no fault', () => {
    const cells =
      'n1,API,기관_서비스,"설명 &lt;1&gt;<br/>둘째, 줄",10,교통물류,B1,기관,N,N,2012-12-06,2018-12-04,https://www.data.go.kr/data/1/openapi.do';
    const { dataset, slugs } = read(row(header2022, cells));
    expect(slugs).toEqual([]);
    expect(dataset).toMatchObject({
      title: [{ text: '기관_서비스' }],
      description: [{ text: '설명 <1>\n둘째, 줄' }],
      publisher: { name: [{ text: '기관' }], nativeId: 'B1' },
      landingPage: 'https://www.data.go.kr/data/1/openapi.do',
      licence: { id: 'unknown', openness: 'unknown', original: {} },
      themes: [{ value: 'transport' }],
      issued: { value: '2012-12-06', precision: 'day' },
      modified: { value: '2018-12-04' },
      distributions: [{ access: 'service', format: { id: 'API' } }],
    });
  });

  test('of 2025 has all the rest: a dash is nothing, the phone loses its backtick, the category its second level', () => {
    const cells =
      'n1,FILE,목록,파일_20250115,공공행정 - 법제,1170000,법제처,혁신팀,`0442006788,연간,PDF,"법령,심사,법령",2018-08-25,2025-11-07,설명,-,2024년,공공저작물_출처표시 + 변경금지,https://www.data.go.kr/data/2/fileData.do\r\n';
    const { dataset, slugs } = read(row(header2025, cells));
    expect(slugs).toEqual([]);
    expect(dataset).toMatchObject({
      keywords: [{ text: '법령' }, { text: '심사' }],
      contacts: [{ name: '혁신팀', phone: '0442006788' }],
      licence: { id: 'KOGL-3', openness: 'not-open' },
      frequency: { id: 'ANNUAL', original: '연간' },
      spatial: [],
      temporal: [{ start: { value: '2024' }, end: { value: '2024' }, original: '2024년' }],
      themes: [{ value: 'public-services' }],
      sourceCategories: ['공공행정 - 법제'],
      distributions: [{ title: [{ text: '파일_20250115' }], access: 'page', format: { id: 'PDF' } }],
    });
  });

  test.each([
    ['산업고용 - 고용노동', 'society-population'],
    ['산업고용 - 관광', 'finance-economy'],
    ['환경기상&gt;대기', 'environment-climate'],
    ['없는분류', undefined],
  ])('finds the theme of %s: %s', (category, theme) => {
    const { dataset } = read(row('목록명,분류체계', `이름,${category}`));
    expect(dataset.themes[0]?.value).toBe(theme);
  });

  test('with another number of columns than the header is rejected', () => {
    const { dataset, problems } = normalise(row('목록명,설명', 'a,b,c'), vocabulary);
    expect(dataset).toBeUndefined();
    expect(problems).toMatchObject([
      { slug: 'record-unreadable', severity: 'error', message: 'found 3 columns; expected 2 as in the header' },
    ]);
  });

  test('without its header is a bug of the caller', () => {
    const { context: _, ...bare } = row('a', 'b');
    expect(() => normalise(bare, vocabulary)).toThrow(/a row came without its header line/);
  });
});

describe('a dataset of DCAT-US', () => {
  test('becomes a dataset', () => {
    const entry = {
      '@type': 'dcat:Dataset',
      identifier: 'n1',
      title: 'Volume Ekspor',
      description: 'Data ekspor\n\n',
      publisher: { '@type': 'org:Organization', name: 'DISPERINDAG' },
      contactPoint: { fn: 'Diskominfo Aceh', hasEmail: 'mailto:diskominfo@example.id' },
      kategori: 'Perdagangan',
      keyword: ['Perdagangan', 'Perdagangan'],
      license: 'https://creativecommons.org/licenses/by/4.0/',
      issued: '2025-03-20T06:11:30.000Z',
      modified: 'R/P1Y',
      language: ['id-ID', 'in'],
      temporal: '2018-01-01/2022-12-31',
      spatial: '95.0,2.0,98.3,6.1',
      landingPage: 'https://x.example/d/1',
      distribution: [
        { title: 'Tabel', downloadURL: 'https://x.example/a.csv', mediaType: 'text/csv' },
        { accessURL: 'https://x.example/page', format: 'html', mediaType: 'text/html' },
      ],
    };
    const { dataset, slugs } = read(dcatUs(entry));
    expect(dataset).toMatchObject({
      publisher: { name: [{ text: 'DISPERINDAG' }] },
      contacts: [{ name: 'Diskominfo Aceh', email: 'diskominfo@example.id' }],
      themes: [{ value: 'finance-economy' }],
      keywords: [{ text: 'Perdagangan' }],
      licence: { id: 'CC-BY-4.0', openness: 'open' },
      issued: { value: '2025-03-20T06:11:30Z' },
      frequency: { id: 'ANNUAL', original: 'R/P1Y' },
      languages: ['id-ID'],
      temporal: [{ start: { value: '2018-01-01' }, end: { value: '2022-12-31' } }],
      spatial: [{ bbox: [95, 2, 98.3, 6.1] }],
      distributions: [
        { access: 'download', format: { id: 'CSV' } },
        { access: 'page', format: { id: 'HTML' } },
      ],
    });
    expect(dataset).not.toHaveProperty('modified');
    expect(slugs).toEqual(['language-unknown-code language', 'date-is-interval modified']);
  });

  test('of version 3.0 has objects where 1.1 has texts, and texts by language', () => {
    const { dataset, slugs } = read(
      dcatUs({
        ...{
          '@type': 'Dataset',
          '@id': 'urn:d',
          identifier: ['n1'],
          title: 'Ekspor',
          titleMap: { id: 'Ekspor', en: 'Exports' },
        },
        otherIdentifier: [{ '@type': 'Identifier', '@id': 'https://doi.org/10.1/x', notation: '10.1/x' }],
        ...{
          description: 'Data',
          descriptionMap: { en: 'Data in English' },
          keywordMap: { en: ['trade, export'], id: 'ekspor' },
        },
        publisher: { '@type': 'Organization', '@id': 'urn:org', prefLabel: 'Dinas', prefLabelMap: { en: 'Office' } },
        contactPoint: [{ '@type': 'Kind', fn: 'A', hasEmail: { '@id': 'mailto:a@x.example' }, tel: 'tel:+62' }],
        landingPage: { '@type': 'Document', '@id': 'https://x.example/d', title: 'Page' },
        kategori: 'Perdagangan',
        created: '2024',
        accrualPeriodicity: { '@id': 'http://publications.europa.eu/resource/authority/frequency/MONTHLY' },
        language: [
          { '@type': 'LinguisticSystem', '@id': 'http://publications.europa.eu/resource/authority/language/IND' },
        ],
        temporal: [{ '@type': 'PeriodOfTime', startDate: '2018-01', endDate: '2018-12' }],
        spatial: [{ '@type': 'Location', prefLabel: 'Aceh', bbox: 'POLYGON((95 2, 98.3 2, 98.3 6.1, 95 6.1, 95 2))' }],
        geographicBoundingBox: [
          {
            ...{ westBoundingLongitude: '95.0', eastBoundingLongitude: '96' },
            ...{ southBoundingLatitude: '2', northBoundingLatitude: '3.5' },
          },
        ],
        distribution: [
          {
            ...{ '@type': 'Distribution', downloadURL: { '@id': 'https://x.example/a' }, byteSize: '1024' },
            mediaType: { '@type': 'MediaType', '@id': 'https://www.iana.org/assignments/media-types/text/csv' },
            license: { '@type': 'LicenseDocument', '@id': 'https://creativecommons.org/licenses/by/4.0/' },
          },
          {
            ...{ accessService: [{ '@type': 'DataService', endpointURL: ['https://x.example/api'] }], format: 'API' },
            license: 'https://creativecommons.org/licenses/by/4.0/',
          },
        ],
      }),
    );
    expect(slugs).toEqual([]);
    expect(dataset).toMatchObject({
      identifiers: ['10.1/x', 'https://doi.org/10.1/x'],
      title: [
        { text: 'Ekspor', lang: 'id' },
        { text: 'Exports', lang: 'en' },
      ],
      description: [
        { text: 'Data', lang: 'und' },
        { text: 'Data in English', lang: 'en' },
      ],
      keywords: [{ text: 'trade' }, { text: 'export', lang: 'en' }, { text: 'ekspor', lang: 'id' }],
      publisher: {
        name: [
          { text: 'Dinas', lang: 'und' },
          { text: 'Office', lang: 'en' },
        ],
        nativeId: 'urn:org',
      },
      contacts: [{ name: 'A', email: 'a@x.example', phone: '+62' }],
      landingPage: 'https://x.example/d',
      licence: { id: 'CC-BY-4.0' },
      issued: { value: '2024', precision: 'year' },
      frequency: { id: 'MONTHLY' },
      languages: ['id'],
      temporal: [{ start: { value: '2018-01' }, end: { value: '2018-12' } }],
      spatial: [{ name: [{ text: 'Aceh' }], bbox: [95, 2, 98.3, 6.1] }, { bbox: [95, 2, 96, 3.5] }],
      distributions: [
        { url: 'https://x.example/a', access: 'download', format: { id: 'CSV' }, sizeBytes: 1024 },
        { url: 'https://x.example/api', access: 'service' },
      ],
    });
  });

  test('whose title is a number shows its digits', () => {
    const { dataset, slugs } = read(dcatUs({ title: 123 }));
    expect(dataset.title).toEqual([{ text: '123', lang: 'und' }]);
    expect(slugs).toContain('title-not-text title');
  });

  test.each([
    ['-180.0 -90.0 180.0 90.0', [{ name: [], bbox: [-180, -90, 180, 90] }]],
    ['Latitude/Longitude, County, State', [{ name: [{ text: 'Latitude/Longitude, County, State', lang: 'und' }] }]],
    [{ type: 'Point', coordinates: [121.5, 25] }, [{ name: [], bbox: [121.5, 25, 121.5, 25] }]],
    ['{"type":"Polygon","coordinates":[[[100,5],[101,5],[101,6],[100,5]]]}', [{ name: [], bbox: [100, 5, 101, 6] }]],
    [
      {
        type: 'envelope',
        coordinates: [
          [-77, 39],
          [-76, 38],
        ],
      },
      [{ name: [], bbox: [-77, 38, -76, 39] }],
    ],
    ['[[{"West":-54.185}],"CARTESIAN"]', []],
    [[1, 2, 3, 400], []],
    [null, []],
  ])('reads the place %j (F5, F6)', (spatial, places) =>
    expect(read(dcatUs({ title: 'x', spatial })).dataset.spatial).toEqual(places),
  );
});

describe('whatever a portal sends', () => {
  test.each(['', '[]', '"text"', 'null', '<html>502</html>', '{"a":'])('%j is rejected with a problem', (raw) => {
    const { dataset, problems } = normalise({ ...ckan({}), raw: bytes(raw) }, vocabulary);
    expect(dataset).toBeUndefined();
    expect(problems).toMatchObject([{ slug: 'record-unreadable', severity: 'error' }]);
  });

  test('bytes that are not UTF-8 are read as far as they go, and reported', () => {
    const raw = Uint8Array.from([...bytes('{"title":"a'), 0xff, ...bytes('b"}')]);
    expect(read({ ...ckan({}), raw }).slugs).toContain('record-encoding');
  });

  const names = fc.constantFrom(
    ...'id name title title_translated notes notes_translated tags tags_translated groups extras organization resources license_id url license metadata_modified modified temporal spatial language theme key value format mimetype size identifier description publisher contactPoint keyword distribution accessURL downloadURL mediaType landingPage hasEmail fn coordinates frequency __proto__ constructor hasOwnProperty'.split(
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
      '',
      ' ',
      '-',
      'R/P1Y',
      '2024-13-45',
      '113/02/29',
      'http://',
      'CSV;JSON',
      '[1,2',
      '{"en":"x"}',
      '\ud800',
      '<b',
      '&#0;',
      '1 2 3 4',
      '[[[]]]',
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

  test.each(['ckan-package', 'dcat-us-dataset'] as const)(
    'a %s of any shape gives a whole dataset or a problem, never a throw',
    (form) => {
      fc.assert(
        fc.property(fc.dictionary(names, json, { minKeys: 3, maxKeys: 20, noNullPrototype: true }), (record) => {
          const { dataset, problems } = normalise({ ...ckan(record, thailand), form }, vocabulary);
          expect(dataset?.title.length).toBeGreaterThan(0);
          expect(JSON.parse(JSON.stringify(dataset))).toEqual(dataset);
          for (const each of dataset?.distributions ?? [])
            if (each.url !== undefined) expect(each.url).toMatch(/^https?:/i);
          for (const { slug, severity } of problems) expect(problemSeverity).toHaveProperty(slug, severity);
        }),
        randomRuns(1500),
      );
    },
  );

  test('nesting of any depth is no trouble', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const name of ['spatial', 'title', 'tags', 'groups', 'extras', 'resources', 'organization']) {
      expect(normalise({ ...ckan({}), raw: bytes(`{"${name}":${deep}}`) }, vocabulary).dataset).toBeDefined();
    }
  });

  test('a row of any text gives a dataset or a problem', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (header, cells) => {
          const { dataset, problems } = normalise(row(header, cells), vocabulary);
          expect(dataset !== undefined || problems.some(({ severity }) => severity === 'error')).toBe(true);
        },
      ),
      randomRuns(1000),
    );
  });
});

describe('docs/problems.md', () => {
  const [, section = ''] = readFileSync(join(root, 'docs/problems.md'), 'utf8').split(/^## .*$/m);
  const rows = [...section.matchAll(/^\| `([a-z-]+)` \| (\w+) \|/gm)];
  test('names every slug with its severity, and no other', () => {
    expect(Object.fromEntries(rows.map(([, slug, severity]) => [slug, severity]))).toEqual(problemSeverity);
  });
  test('every slug is reported somewhere', () => {
    const folder = join(root, 'src/normalise');
    const code = readdirSync(folder)
      .filter((name) => name !== 'problem-slugs.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    for (const slug of Object.keys(problemSeverity)) {
      const isFromReading = ['date-unreadable', 'date-ambiguous', 'date-invalid'].includes(slug);
      expect(code, slug).toContain(isFromReading ? `'${slug.slice('date-'.length)}'` : `'${slug}'`);
    }
  });
});
