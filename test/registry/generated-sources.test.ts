import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endpointOf } from '../../scripts/registry/endpoint-of-record.ts';
import { namesOf } from '../../scripts/registry/names-of-record.ts';
import { parseRegistry, type RegistryRecord } from '../../scripts/registry/registry-record.ts';
import { cswGeoportals, sourcesOfRegistry } from '../../scripts/registry/sources-of-registry.ts';
import { unsupportedPage } from '../../scripts/registry/unsupported-page.ts';
import { loadSources } from '../../src/registry/load-sources.ts';
import { readSourceFiles } from '../../src/registry/source-files.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { capture, hasCaptures } from '../support/captures.ts';

const root = join(import.meta.dirname, '../..');

const record = (more: Partial<RegistryRecord>): RegistryRecord => ({
  uid: 'cdi1',
  name: 'Example',
  country: 'JP',
  subdivision: undefined,
  catalogType: 'Open data portal',
  software: 'ckan',
  link: 'https://data.example.jp',
  status: 'active',
  endpoints: [],
  languages: ['JA'],
  ...more,
});

const endpoints = (...pairs: readonly (readonly [string, string])[]) => ({
  endpoints: pairs.map(([type, url]) => ({ type, url })),
});

describe('the endpoint of a registry record', () => {
  test.each([
    [
      'CKAN',
      {},
      [['ckan:package-search', 'https://a.jp/api/3/action/package_search']],
      'ckan',
      'https://a.jp/api/3/action/',
    ],
    ['CKAN by its root', {}, [['ckan', 'https://a.jp/data/api/3']], 'ckan', 'https://a.jp/data/api/3/action/'],
    [
      'CKAN by its list',
      {},
      [['ckan', 'https://a.jp/api/3/action/package_list']],
      'ckan',
      'https://a.jp/api/3/action/',
    ],
    [
      'dataeye',
      { software: 'dataeye' },
      [['ckan:package-search', 'https://a.jp/ckan_api/package_search']],
      'ckan',
      'https://a.jp/ckan_api/',
    ],
    [
      'DKAN that imitates CKAN',
      { software: 'dkan' },
      [
        ['ckan:package-list', 'https://a.jp/api/3/action/package_list'],
        ['dcatus11', 'https://a.jp/data.json'],
      ],
      'dcat-us',
      'https://a.jp/data.json',
    ],
    [
      'DKAN under the name of CKAN',
      {},
      [
        ['ckan:package-list', 'https://a.jp/api/3/action/package_list'],
        ['dcatus11', 'https://a.jp/data.json'],
      ],
      'dcat-us',
      'https://a.jp/data.json',
    ],
  ] as const)('%s', (_, more, pairs, protocol, endpoint) => {
    expect(endpointOf(record({ ...more, ...endpoints(...pairs) }))).toMatchObject({ protocol, endpoint });
  });

  test('BODIK: one CKAN, asked for one organisation', () => {
    const bodik = endpoints([
      'ckan:package-search',
      'https://data.bodik.jp/api/3/action/package_search?q=organization:090000',
    ]);
    expect(endpointOf(record(bodik))).toMatchObject({
      endpoint: 'https://data.bodik.jp/api/3/action/',
      options: { query: 'organization:090000' },
    });
  });

  test('a site of OGD India: the listing of its own pages', () => {
    const site = { software: 'ogdindia', ...endpoints(['ogdindia:catalog', 'https://ap.data.gov.in']) };
    expect(endpointOf(record(site))).toMatchObject({
      ...{ protocol: 'ogd-india', options: { listing: 'dmspublic' } },
      endpoint: 'https://ap.data.gov.in/backend/dmspublic/v1/resources',
    });
  });

  test('CSW: the service without the request that the registry names', () => {
    const service = endpoints(['csw202', 'https://a.jp/csw?SERVICE=CSW&map=/a&VERSION=2.0.2&REQUEST=GetCapabilities']);
    expect(endpointOf(record({ software: 'pycsw', ...service }))).toEqual({
      ...{ protocol: 'csw', endpoint: 'https://a.jp/csw?map=%2Fa', options: {} },
    });
  });

  test('a sitemap proves nothing: the source is unproven', () => {
    const sitemap = endpoints(['sitemap', 'https://a.jp/sitemap.xml'], ['rss', 'https://a.jp/rss']);
    expect(endpointOf(record({ software: 'custom', ...sitemap }))).toEqual({
      ...{ protocol: 'schema-org', endpoint: 'https://a.jp/sitemap.xml', options: {}, unproven: true },
    });
  });

  test('only the list was seen: the list is read', () => {
    const list = endpoints(['ckan:package-list', 'https://a.jp/api/3/action/package_list']);
    expect(endpointOf(record(list))).toMatchObject({ protocol: 'ckan', options: { listing: 'list' } });
  });

  test.each([
    ['nothing is known', { software: 'custom' }, 'no-interface'],
    [
      'a protocol without an adapter',
      { software: 'opendatasoft', ...endpoints(['opendatasoftapi', 'https://a.jp/api']) },
      'no-adapter',
    ],
    ['gone', { status: 'inactive', ...endpoints(['ckan', 'https://a.jp/api/3']) }, 'gone'],
  ] as const)('%s', (_, more, state) => {
    expect(endpointOf(record(more))).toMatchObject({ state });
  });
});

test.each([
  ['Chiba City Open Data', 'ja', { en: 'Chiba City Open Data' }],
  ['千葉市オープンデータ (Chiba City Open Data)', 'ja', { en: 'Chiba City Open Data', ja: '千葉市オープンデータ' }],
  ['Open Assembly Information (열린국회정보)', 'ko', { en: 'Open Assembly Information', ko: '열린국회정보' }],
  ['真岡市オープンデータカタログサイト - Dateno', 'ja', { ja: '真岡市オープンデータカタログサイト' }],
  ['Satu Data Kota Palu', 'id', { id: 'Satu Data Kota Palu' }],
  ['Cổng dữ liệu mở Việt Nam (data.gov.vn)', 'vi', { vi: 'Cổng dữ liệu mở Việt Nam (data.gov.vn)' }],
])('the name %s', (given, main, expected) => {
  expect(namesOf(given, main, 'cdi1')).toEqual(expected);
});

describe('sources of a registry', () => {
  const ckan = (host: string) => endpoints(['ckan', `https://${host}/api/3`]);
  const bodik = (code: string, uid: string) =>
    record({
      ...{ uid, link: `https://odcs.bodik.jp/${code}` },
      ...endpoints(['ckan:package-search', `https://data.bodik.jp/api/3/action/package_search?q=organization:${code}`]),
    });

  test('several catalogues of one host have their path in the id', () => {
    const { files } = sourcesOfRegistry([bodik('090000', 'cdi2'), bodik('231002', 'cdi3')], []);
    expect([...files.keys()]).toEqual(['jp/jp-odcs-bodik-jp-090000.yaml', 'jp/jp-odcs-bodik-jp-231002.yaml']);
  });

  test('a file is whole, off, and says where it is from', () => {
    const balinese = record({
      ...{
        uid: 'cdi4',
        name: 'Satu Data: Bali, "Pulau"',
        country: 'ID',
        subdivision: 'ID-BA',
        languages: ['ID', 'EN'],
      },
      ...{ link: 'http://www.data.example.id:8080/', ...ckan('data.example.id:8080') },
    });
    const { files } = sourcesOfRegistry([balinese], []);
    const [path = '', yaml = ''] = [...files][0] ?? [];
    expect(sourceFromYaml(yaml, path.slice(3))).toMatchObject({
      id: 'id-data-example-id-8080',
      name: { id: 'Satu Data: Bali, "Pulau"' },
      ...{ country: 'ID', subdivision: 'ID-BA', enabled: false, languages: ['id', 'en'], timeZone: 'Asia/Makassar' },
      ...{ pace: { minGapMs: 1000, concurrency: 1 }, from: 'dataportals-registry cdi4' },
    });
  });

  test('English alone is not believed of a Japanese portal', () => {
    const { files } = sourcesOfRegistry([record({ languages: ['EN'], ...ckan('a.jp') })], []);
    expect([...files.values()][0]).toContain('languages: [ja]\n');
  });

  test('a geoportal is taken when it speaks CSW, is of the kind geo, and changes no id of another', () => {
    const geo = { catalogType: 'Geoportal', software: 'geonetwork' };
    const portals = [
      record({ uid: 'cdi1', link: 'https://a.jp', ...ckan('a.jp') }),
      record({
        uid: 'cdi2',
        link: 'https://a.jp/geonetwork',
        ...geo,
        ...endpoints(['csw202', 'https://a.jp/geonetwork/srv/eng/csw']),
      }),
      record({ uid: 'cdi3', link: 'https://b.jp', ...geo, ...endpoints(['wms130', 'https://b.jp/wms']) }),
      record({ uid: 'cdi4', link: 'https://c.jp', ...geo, ...ckan('c.jp') }),
    ];
    const { files } = sourcesOfRegistry(portals, []);
    expect([...files.keys()]).toEqual(['jp/jp-a-jp.yaml', 'jp/jp-a-jp-geonetwork.yaml']);
    expect(files.get('jp/jp-a-jp-geonetwork.yaml')).toContain('kind: geo\nprotocol: csw\n');
  });

  test('the same catalogue twice, or written by hand, is generated once or not at all', () => {
    const twice = [
      record({ uid: 'cdi1', link: 'https://a.jp', ...ckan('a.jp') }),
      record({ uid: 'cdi2', link: 'https://portal.a.jp', ...ckan('a.jp') }),
    ];
    const first = sourcesOfRegistry(twice, []);
    expect([...first.files.keys()]).toEqual(['jp/jp-a-jp.yaml']);
    expect(first.doubled).toMatchObject([{ sourceId: 'jp-a-jp' }]);
    const byHand = [sourceFromYaml(first.files.get('jp/jp-a-jp.yaml') ?? '', 'jp-a-jp.yaml')];
    expect(sourcesOfRegistry(twice, byHand).files.size).toBe(0);
  });

  test('the page of the unsupported escapes what the registry says', () => {
    const records = [record({ name: 'A | B <script> [x](y)', software: 'custom' })];
    expect(unsupportedPage(records, sourcesOfRegistry(records, []))).toContain(
      '| JP | [A \\| B \\<script\\> \\[x\\](y)](<https://data.example.jp>) | no interface is known |',
    );
  });
});

test('sources/ covers twelve countries and 570 open data portals, none switched on', async () => {
  const sources = await loadSources(join(root, 'sources'));
  expect(new Set(sources.map(({ country }) => country)).size).toBe(12);
  const proven = sources.filter(({ kind = 'open-data', unproven }) => kind === 'open-data' && unproven !== true);
  expect(proven.length).toBeGreaterThanOrEqual(570);
  expect(sources.filter(({ enabled }) => enabled)).toEqual([]);
});

test.skipIf(!hasCaptures)(
  'the committed files are what the generator writes (npx tsx scripts/generate-sources.ts)',
  async () => {
    const files = readSourceFiles(join(root, 'sources'));
    const byHand = files.filter(({ path }) => !path.includes('/')).map(({ yaml, name }) => sourceFromYaml(yaml, name));
    const records = parseRegistry(await readFile(capture('data/registry/asia-catalogs.json'), 'utf8'));
    const generated = sourcesOfRegistry(records, byHand);
    const committed = new Map(files.filter(({ path }) => path.includes('/')).map(({ path, yaml }) => [path, yaml]));
    expect(committed).toEqual(new Map([...generated.files].sort(([a], [b]) => (a < b ? -1 : 1))));
    const page = await readFile(join(root, 'docs/sources/unsupported.md'), 'utf8');
    expect(page).toBe(unsupportedPage(records, generated));
    const openData = records.filter(({ catalogType }) => catalogType === 'Open data portal').length;
    const portals = openData + cswGeoportals(records).length;
    expect(generated.files.size + generated.unspoken.length + generated.doubled.length).toBe(portals);
  },
);
