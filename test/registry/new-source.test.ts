import { afterEach, describe, expect, test } from 'vitest';
import { newSource } from '../../src/registry/new-source.ts';
import { switchedYaml } from '../../src/registry/own-source-file.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';

const http = quickDoor();
const signal = new AbortController().signal;
const asked = { http, signal, country: 'TH', known: [] };
const servers: { close(): Promise<void> }[] = [];
const records = [{ id: 'a', bytes: Buffer.from('{"id":"a","identifier":"a","name":"a","title":"A"}') }];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function portal(answers: Readonly<Record<string, string>>): Promise<LoopbackServer> {
  const server = await loopbackServer((request, response) => {
    const body = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (body === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not here</html>');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  servers.push(server);
  return server;
}

const ckanAnswer = '{"help":"x","success":true,"result":{"count":41236,"results":[]}}';

describe('a portal becomes a file', () => {
  test('CKAN below a path, found from one of its pages, with its own title', async () => {
    const { origin } = await portal({
      '/data/api/3/action/package_search': ckanAnswer,
      '/data/api/3/action/status_show':
        '{"success":true,"result":{"site_title":"\\u0e02\\u0e49\\u0e2d\\u0e21\\u0e39\\u0e25: \\"เปิด\\"","locale_default":"th"}}',
    });
    const made = await newSource(`${origin}/data/dataset/air-quality`, asked);
    if (made.kind !== 'made') throw new Error(made.kind);
    expect(made.records).toBe(41_236);
    expect(made.source).toMatchObject({
      ...{ country: 'TH', protocol: 'ckan', endpoint: `${origin}/data/api/3/action/`, homepage: `${origin}/data` },
      ...{
        name: { th: 'ข้อมูล: "เปิด"' },
        enabled: false,
        languages: ['th'],
        timeZone: 'Asia/Bangkok',
        calendar: 'buddhist',
      },
      recordPage: `${origin}/data/dataset/{name}`,
    });
    expect(made.source.id).toBe(`th-127-0-0-1-${new URL(origin).port}`);
    expect(made.yaml.split('\n').length).toBeLessThanOrEqual(14);
    expect(sourceFromYaml(made.yaml, `${made.source.id}.yaml`)).toEqual(made.source);
  });

  test('dataeye: CKAN in another folder', async () => {
    const { origin } = await portal({ '/ckan_api/package_search': ckanAnswer });
    const made = await newSource(origin, { ...asked, country: 'JP' });
    expect(made).toMatchObject({ kind: 'made', source: { protocol: 'ckan', endpoint: `${origin}/ckan_api/` } });
  });

  test.each([['ckan'], ['csw'], ['dcat-us']] as const)('the simulator speaks %s', async (protocol) => {
    const simulator = await startSimulator({ portals: [{ id: 'a', protocol, records }] });
    servers.push(simulator);
    const made = await newSource(`${simulator.origin}/a/`, asked);
    expect(made).toMatchObject({ kind: 'made', source: { protocol, endpoint: simulator.urlOf('a') } });
  });

  test('an OGD India site, by the list of its own pages', async () => {
    const rows = [{ id: 'r-1', bytes: Buffer.from('{"uuid":["r-1"],"title":["Rainfall"]}') }];
    const portals = [{ id: 'a', protocol: 'ogd-india', listing: 'dmspublic', records: rows }] as const;
    const simulator = await startSimulator({ portals });
    servers.push(simulator);
    const made = await newSource(`${simulator.origin}/a/`, { ...asked, country: 'IN' });
    const source = { protocol: 'ogd-india', endpoint: simulator.urlOf('a') };
    expect(made).toMatchObject({ kind: 'made', records: 1, source: { ...source, options: { listing: 'dmspublic' } } });
  });

  test('a listing without a row or a total is not taken for OGD India', async () => {
    const { origin } = await portal({ '/backend/dmspublic/v1/resources': '{"total":3,"data":{"rows":[]}}' });
    expect((await newSource(origin, asked)).kind).toBe('unknown');
  });

  test.each([
    ['dcat-rdf', '/open/all-datasets.ttl', '@prefix dcat: <http://www.w3.org/ns/dcat#> . <x> a dcat:Catalog .'],
    ['dcat-rdf', '/catalog.n3', '@prefix dcat: <http://www.w3.org/ns/dcat#> . <x> a dcat:Dataset .'],
    ['dcat-us', '/files/catalogue.json', '{"conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[]}'],
  ])('a catalogue in one document, given by its own address: %s at %s', async (protocol, path, body) => {
    const { origin } = await portal({ [path]: body });
    const made = await newSource(`${origin}${path}`, asked);
    expect(made).toMatchObject({ kind: 'made', source: { protocol, endpoint: `${origin}${path}`, homepage: origin } });
  });

  test('a document that is no catalogue is none', async () => {
    const { origin } = await portal({ '/package.json': '{"name":"x"}' });
    expect((await newSource(`${origin}/package.json`, asked)).kind).toBe('unknown');
  });

  test.each([
    ['/csw', '/'],
    ['/geonetwork/srv/eng/csw', '/'],
    ['/geonetwork/srv/eng/csw', '/geonetwork/srv/eng/csw?SERVICE=CSW&REQUEST=GetCapabilities'],
    ['/geonetwork/srv/eng/csw', '/geonetwork/srv/kor/catalog.search'],
    ['/catalogue/csw', '/'],
  ])('a CSW at %s, from %s', async (path, given) => {
    const { origin } = await portal({ [path]: '<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>' });
    const made = await newSource(`${origin}${given}`, asked);
    expect(made).toMatchObject({ kind: 'made', source: { protocol: 'csw', endpoint: `${origin}${path}` } });
  });

  test('the capabilities of another service are no CSW', async () => {
    const { origin } = await portal({ '/csw': '<wcs:Capabilities xmlns:wcs="http://www.opengis.net/wcs/2.0"/>' });
    expect((await newSource(origin, asked)).kind).toBe('unknown');
  });

  test('pages that describe datasets, of which the sitemap alone would prove nothing', async () => {
    const jsonLd = '{"@context":"https://schema.org/","@type":"Dataset","identifier":"a","name":"A"}';
    const pages = ['a', 'b'].map((id) => ({ id, bytes: Buffer.from(jsonLd) }));
    for (const sitemapSize of [10, 1]) {
      const simulator = await startSimulator({
        portals: [{ id: 'a', protocol: 'schema-org', records: pages, sitemapSize }],
      });
      servers.push(simulator);
      const made = await newSource(`${simulator.origin}/a/`, asked);
      expect(made).toMatchObject({
        ...{ kind: 'made', source: { protocol: 'schema-org', endpoint: simulator.urlOf('a') } },
      });
    }
    const plain = {
      id: 'b',
      protocol: 'schema-org',
      records: [{ id: 'b', bytes: Buffer.from('{"@type":"WebPage"}') }],
    } as const;
    const simulator = await startSimulator({ portals: [plain] });
    servers.push(simulator);
    expect(await newSource(`${simulator.origin}/b/`, asked)).toMatchObject({ kind: 'recognised', name: 'sitemap' });
  });

  test.each([
    ['/catalog.ttl', '@prefix dcat: <http://www.w3.org/ns/dcat#> . <x> a dcat:Catalog .'],
    ['/catalog.rdf', '<rdf:RDF xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Catalog/></rdf:RDF>'],
    ['/catalog.jsonld', '[{"@type": ["http://www.w3.org/ns/dcat#Catalog"]}]'],
  ])('a catalogue in RDF is recognised at %s', async (path, body) => {
    const { origin } = await portal({ [path]: body });
    const made = await newSource(origin, asked);
    expect(made).toMatchObject({ kind: 'made', source: { protocol: 'dcat-rdf', endpoint: `${origin}${path}` } });
  });

  test('a hostile title stays a title', async () => {
    const { origin } = await portal({
      '/api/3/action/package_search': ckanAnswer,
      '/api/3/action/status_show':
        '{"result":{"site_title":"A }\\nenabled: true\\n# \\u0007","locale_default":"x_evil_"}}',
    });
    const made = await newSource(origin, asked);
    expect(made).toMatchObject({ kind: 'made', source: { enabled: false, name: { en: 'A } enabled: true #' } } });
  });
});

describe('no file', () => {
  test.each([
    ['OpenDataSoft', '/api/explore/v2.1/catalog/datasets', '{"total_count":3,"results":[]}'],
    ['OAI-PMH', '/oai', '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"></OAI-PMH>'],
    ['sitemap', '/sitemap.xml', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'],
  ])('recognised, not supported yet: %s', async (name, path, body) => {
    const { origin } = await portal({ [path]: body });
    expect(await newSource(origin, asked)).toMatchObject({ kind: 'recognised', name });
  });

  test('a site that answers anything with its home page speaks nothing', async () => {
    const server = await loopbackServer((_, response) => response.end('<!doctype html><title>dataset success</title>'));
    servers.push(server);
    const outcome = await newSource(server.origin, asked);
    expect(outcome.kind).toBe('unknown');
    expect(server.requests.length).toBeLessThanOrEqual(20);
  });

  test('CKAN that refuses is not CKAN that answers', async () => {
    const { origin } = await portal({
      '/api/3/action/package_search': '{"success":false,"error":{"message":"Access denied"}}',
    });
    expect((await newSource(origin, asked)).kind).toBe('unknown');
  });

  test('a catalogue that a source asks already is named', async () => {
    const { origin } = await portal({ '/api/3/action/package_search': ckanAnswer });
    const first = await newSource(origin, asked);
    if (first.kind !== 'made') throw new Error(first.kind);
    expect(await newSource(`${origin}/`, { ...asked, known: [first.source] })).toEqual({
      kind: 'known',
      sourceId: first.source.id,
    });
  });

  test('a host that tells no country is not asked', async () => {
    const server = await portal({});
    expect(await newSource(server.origin, { ...asked, country: undefined })).toEqual({ kind: 'no-country' });
    expect(server.requests).toHaveLength(0);
  });

  test('nobody there is a SourceError', async () => {
    const server = await loopbackServer((_, response) => response.end());
    await server.close();
    await expect(newSource(server.origin, asked)).rejects.toMatchObject({ name: 'SourceError', code: 'unreachable' });
  });
});

describe('switching on', () => {
  test('what was tried is unproven no longer', () => {
    const unproven = `${yaml}unproven: true\n`;
    expect(sourceFromYaml(unproven, 'jp-data-example-jp.yaml').unproven).toBe(true);
    const text = switchedYaml(unproven, { enabled: true, note: 'x' });
    expect(sourceFromYaml(text, 'jp-data-example-jp.yaml').unproven).toBeUndefined();
  });

  const yaml = `id: jp-data-example-jp
name: { en: Example }
country: JP
protocol: ckan
endpoint: https://data.example.jp/api/3/action/
enabled: false # never tried live
languages: [ja]
timeZone: Asia/Tokyo
# Groups of the portal.
themes:
  環境: environment-climate
`;

  test('keeps everything else, comments too, and says who tried it', () => {
    const text = switchedYaml(yaml, { enabled: true, note: 'Probed 2026-11-25:\nckan answers.' });
    expect(text.split('\n')[0]).toBe('# Probed 2026-11-25: ckan answers.');
    expect(text).toContain('# Groups of the portal.');
    expect(text).not.toContain('never tried live');
    const before = sourceFromYaml(yaml, 'jp-data-example-jp.yaml');
    expect(sourceFromYaml(text, 'jp-data-example-jp.yaml')).toEqual({ ...before, enabled: true });
  });

  test.each([
    ['no pace', yaml],
    ['a pace', `${yaml}pace: { minGapMs: 1000, concurrency: 1 }\n`],
  ])('raises the gap to what robots.txt asks: %s', (_, given) => {
    const text = switchedYaml(given, { enabled: true, minGapMs: 10_000, note: 'x' });
    const { pace } = sourceFromYaml(given, 'jp-data-example-jp.yaml');
    expect(sourceFromYaml(text, 'jp-data-example-jp.yaml').pace).toEqual({ ...pace, minGapMs: 10_000 });
  });
});
