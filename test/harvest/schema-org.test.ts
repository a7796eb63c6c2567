/** Portals with nothing but pages: what sitemaps and pages may be like, beyond the cases that all adapters share. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { datasetsOfPage } from '../../src/harvest/schema-org/page-datasets.ts';
import { parseSitemap } from '../../src/harvest/schema-org/sitemap-text.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

type Body = string | Uint8Array;
type Answers = Readonly<
  Record<string, Body | ((origin: string) => Body) | { readonly status: number; readonly to?: string }>
>;

async function site(answers: Answers): Promise<LoopbackServer> {
  let origin = '';
  const server = await loopbackServer((request, response) => {
    const found = answers[request.url ?? ''];
    const answer = typeof found === 'function' ? found(origin) : found;
    if (answer === undefined) response.writeHead(404).end('<html><body>nothing</body></html>');
    else if (typeof answer === 'object' && 'status' in answer) {
      response.writeHead(answer.status, answer.to === undefined ? {} : { location: answer.to }).end('<html>!</html>');
    } else response.writeHead(200, { 'content-type': 'text/html' }).end(answer);
  });
  origin = server.origin;
  open.push(server);
  return server;
}

const urlset =
  (...paths: readonly string[]) =>
  (origin: string) => {
    const urls = paths.map(
      (path) => `<url><loc>${/^\w+:/.test(path) ? path : origin + path}</loc><lastmod>2026</lastmod></url>`,
    );
    return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
  };
const index =
  (...paths: readonly string[]) =>
  (origin: string) =>
    `<sitemapindex>${paths.map((path) => `<sitemap><loc>${origin}${path}</loc></sitemap>`).join('')}</sitemapindex>`;

const page = (jsonLd: string) =>
  `<!doctype html><html><head><script type="application/ld+json">${jsonLd}</script></head><body></body></html>`;
const dataset = (id: string) => page(`{"@type":"Dataset","identifier":"${id}","name":"자료 ${id}"}`);
const plainPage = '<!doctype html><html><head></head><body>About us</body></html>';

const harvest = (server: LoopbackServer, path = '/sitemap.xml', options = {}, more = {}) =>
  collect(testSource('schema-org', `${server.origin}${path}`, { options, ...more }), {});
const asked = (server: LoopbackServer): readonly string[] => server.requests.map(({ url }) => url ?? '');

describe('sitemaps', () => {
  test('field P-06: an index of indexes, gzipped ones, and loops: each is read once', async () => {
    const server = await site({
      '/sitemap.xml': index('/a.xml', '/b.xml.gz', '/sitemap.xml'),
      '/a.xml': index('/b.xml.gz', '/a.xml', '/c.xml'),
      '/b.xml.gz': (origin) => gzipSync(urlset('/1', '/2')(origin)),
      '/c.xml': urlset('/2', '/3#part'),
      ...{ '/1': dataset('1'), '/2': dataset('2'), '/3': dataset('3') },
    });
    const { ids, end } = await harvest(server);
    expect([ids, end]).toEqual([['1', '2', '3'], { kind: 'end', complete: true }]);
    expect(asked(server).filter((path) => path.endsWith('.xml') || path.endsWith('.gz'))).toHaveLength(4);
  });

  test('robots.txt names them, whether it is the endpoint or the endpoint is gone', async () => {
    const answers = {
      '/robots.txt': 'User-agent: *\nDisallow: /private/\nSitemap: /map.xml',
      '/map.xml': urlset('/1'),
      '/1': dataset('1'),
    };
    for (const endpoint of ['/robots.txt', '/sitemap.xml', '/']) {
      const { ids, end } = await harvest(await site(answers), endpoint);
      expect([endpoint, ids, end?.complete]).toEqual([endpoint, ['1'], true]);
    }
  });

  test('robots.txt is heeded: pages that it closes are not read, and nothing may disappear', async () => {
    const server = await site({
      '/robots.txt': 'User-agent: *\nDisallow: /private/',
      '/sitemap.xml': urlset('/1', '/private/2'),
      ...{ '/1': dataset('1'), '/private/2': dataset('2') },
    });
    const { ids, end } = await harvest(server);
    expect([ids, end?.complete]).toEqual([['1'], false]);
    expect(end?.why).toContain('robots.txt closes 1 of the listed pages');
    expect(asked(server)).not.toContain('/private/2');
  });

  test('a robots.txt that cannot be had stops the run', async () => {
    const { failure } = await harvest(await site({ '/robots.txt': { status: 503 }, '/sitemap.xml': urlset() }));
    expect(failure).toMatchObject({ name: 'SourceError', code: 'http-status', status: 503 });
  });

  test('addresses of other hosts are left out', async () => {
    const server = await site({
      '/sitemap.xml': urlset('https://evil.example/1', 'http://127.0.0.1:1/2', 'ftp://x/3', '/1'),
      '/1': dataset('1'),
    });
    const { ids, end, log } = await harvest(server);
    expect([ids, end?.complete]).toEqual([['1'], true]);
    expect(log.join()).toContain('3 addresses of other hosts');
  });

  test('nothing but other hosts is a mistake, not an empty catalogue', async () => {
    const { failure } = await harvest(await site({ '/sitemap.xml': urlset('https://elsewhere.example/1') }));
    expect(failure).toMatchObject({ code: 'malformed' });
  });

  test.each([
    ['/dataset/', ['/dataset/1']],
    ['set/', ['/about?x=/dataset/', '/dataset/1', '/old-set/2']],
  ])('pageMatch %s', async (pageMatch, expected) => {
    const pages = { '/dataset/1': dataset('1'), '/old-set/2': dataset('2'), '/about?x=/dataset/': plainPage };
    const server = await site({ '/sitemap.xml': urlset(...Object.keys(pages)), ...pages });
    await harvest(server, '/sitemap.xml', { pageMatch });
    expect(asked(server).filter((path) => !/^\/(?:robots|sitemap)/.test(path))).toEqual(expected);
  });

  test('one sitemap of an index that is missing makes the list incomplete, not the run a failure', async () => {
    const server = await site({
      '/sitemap.xml': index('/a.xml', '/gone.xml'),
      '/a.xml': urlset('/1'),
      '/1': dataset('1'),
    });
    const { ids, end } = await harvest(server);
    expect([ids, end?.complete]).toEqual([['1'], false]);
    expect(end?.why).toContain('/gone.xml answered status 404');
  });

  test('a sitemap that breaks off is a failure', async () => {
    const server = await site({ '/sitemap.xml': (origin) => urlset('/1', '/2')(origin).slice(0, -20) });
    expect((await harvest(server)).failure).toMatchObject({ code: 'truncated' });
    const packed = await site({ '/sitemap.xml': (origin) => gzipSync(urlset('/1')(origin)).subarray(0, 40) });
    expect((await harvest(packed)).failure).toMatchObject({ code: 'truncated' });
  });

  test('a gzip bomb is refused', async () => {
    const server = await site({ '/sitemap.xml': gzipSync(Buffer.alloc(4_000_000, 0x20)) });
    const pace = { minGapMs: 0, concurrency: 1, maxBodyBytes: 1_000_000, timeoutMs: 5_000, attempts: 1 };
    expect((await harvest(server, '/sitemap.xml', {}, { pace })).failure).toMatchObject({ code: 'too-large' });
  });

  test.each([
    ['without a namespace', '<urlset><url><loc>http://x/1</loc></url></urlset>', ['http://x/1']],
    [
      'of another namespace',
      '<s:urlset xmlns:s="urn:x"><s:url><s:loc>\n http://x/1 </s:loc></s:url></s:urlset>',
      ['http://x/1'],
    ],
    [
      'with images',
      '<urlset><url><loc>http://x/1</loc><image:image><image:loc>http://x/i.png</image:loc></image:image></url></urlset>',
      ['http://x/1'],
    ],
    [
      'with CDATA and entities',
      '<urlset><url><loc><![CDATA[http://x/?a=1&b=2]]></loc></url><url><loc>http://x/?a=1&amp;b=3</loc></url></urlset>',
      ['http://x/?a=1&b=2', 'http://x/?a=1&b=3'],
    ],
    ['with a bare ampersand', '<urlset><url><loc>http://x/?a=1&b=2</loc></url></urlset>', ['http://x/?a=1&b=2']],
    ['with a BOM', '\uFEFF\n<?xml version="1.0"?><urlset><url><loc>http://x/1</loc></url></urlset>', ['http://x/1']],
    ['as plain text', '\uFEFFhttp://x/1\r\nhttp://x/2\n\n', ['http://x/1', 'http://x/2']],
  ])('a sitemap %s', (_, text, addresses) => {
    const entries = addresses.map((address) => ({ address }));
    expect(parseSitemap(text)).toEqual({ kind: 'pages', entries, isWhole: true });
  });
});

describe('pages', () => {
  const pages = (more: Answers) => site({ '/sitemap.xml': urlset('/1', '/2'), '/1': dataset('1'), ...more });

  test.each<[string, Answers]>(
    [
      ['is gone', {}],
      ['is gone for ever', { '/2': { status: 410 } }],
      ['has no dataset', { '/2': plainPage }],
      ['has other descriptions only', { '/2': page('{"@type":"WebPage","name":"x"}') }],
    ].slice(0, 4) as [string, Answers][],
  )('a page that %s is no error, and the run is complete', async (_, more) => {
    const { ids, rejected, end } = await harvest(await pages(more));
    expect([ids, rejected, end?.complete]).toEqual([['1'], [], true]);
  });

  test('a page that went to another host is gone from here', async () => {
    const other = await site({ '/2': dataset('2') });
    const { ids, end } = await harvest(await pages({ '/2': { status: 302, to: `${other.origin}/2` } }));
    expect([ids, end?.complete]).toEqual([['1'], true]);
  });

  test.each<[string, Answers, string]>([
    ['fails', { '/2': { status: 500 } }, 'answer-status'],
    ['is forbidden', { '/2': { status: 403 } }, 'answer-status'],
    ['is empty', { '/2': ' ' }, 'answer-empty'],
    ['breaks off', { '/2': '<!doctype html><html><head><title>x' }, 'answer-malformed'],
    [
      'breaks off in its description',
      { '/2': '<!doctype html><script type="application/ld+json">{"@type":' },
      'answer-malformed',
    ],
  ])('field P-05: a page that %s is told apart, and nothing may disappear', async (_, more, slug) => {
    const server = await pages(more);
    const { ids, rejected, end } = await harvest(server);
    expect([ids, rejected, end?.complete]).toEqual([['1'], [`${slug} ${server.origin}/2`], false]);
  });

  test('a description that is no JSON is kept and told', async () => {
    const { ids, rejected, events, end } = await harvest(
      await pages({ '/2': page('{"@type":"Dataset","name":oops}') }),
    );
    expect([ids, rejected, end?.complete]).toEqual([['1'], ['answer-malformed'], false]);
    const raw = events.flatMap((event) => (event.kind === 'rejected' ? [String(Buffer.from(event.raw ?? []))] : []));
    expect(raw).toEqual(['{"@type":"Dataset","name":oops}']);
  });

  test('a portal whose pages all lost their descriptions lost no data', async () => {
    const { end } = await harvest(await site({ '/sitemap.xml': urlset('/1', '/2'), '/1': plainPage, '/2': plainPage }));
    expect(end).toMatchObject({ complete: false, why: expect.stringContaining('none of 2 pages') });
  });

  test('the catalogue on the first page names the datasets; their own pages tell them', async () => {
    const teaser = '{"@type":"Dataset","name":"teaser"';
    const server = await pages({
      '/1': (origin) =>
        page(`{"@type":"DataCatalog","dataset":[${teaser},"url":"${origin}/2"},${teaser},"url":"${origin}/9"}]}`),
      '/2': (origin) => page(`{"@type":"Dataset","name":"whole","url":"${origin}/2"}`),
    });
    const { raws, end } = await harvest(server);
    expect([...raws.keys()].sort()).toEqual([`${server.origin}/2`, `${server.origin}/9`]);
    expect(raws.get(`${server.origin}/2`)).toContain('whole');
    expect(end?.complete).toBe(true);
  });

  test('mostPages reads so many, from all over the list, and says so', async () => {
    const paths = Array.from({ length: 30 }, (_, at) => `/${100 + at}`);
    const server = await site({
      '/sitemap.xml': urlset(...paths),
      ...Object.fromEntries(paths.map((path) => [path, dataset(path)])),
    });
    const { ids, end } = await harvest(server, '/sitemap.xml', { mostPages: 3 });
    expect([ids, end?.complete]).toEqual([['/100', '/110', '/120'], false]);
  });
});

describe('descriptions', () => {
  const at = 'https://data.example/dataset/x';
  const found = (html: string) =>
    datasetsOfPage(html, at).datasets.map(({ nativeId, raw, mended }) => [nativeId, raw, mended]);
  const one = '{"@type":"Dataset","identifier":"a","name":"甲"}';

  test.each([
    ['alone', page(one), undefined],
    [
      'with a parameter, in capitals',
      page(one).replace('"application/ld+json"', "'Application/LD+JSON; charset=utf-8'"),
      undefined,
    ],
    ['field P-01, op E1: behind a BOM', page(`\uFEFF${one}`), 'a byte order mark'],
    ['in an HTML comment', page(`\n<!--\n${one}\n//-->\n`), 'an HTML comment'],
    ['in CDATA', page(`//<![CDATA[\n${one}\n//]]>`), 'a CDATA section'],
    ['in CDATA within comments', page(`/*<![CDATA[*/ ${one} /*]]>*/`), 'a CDATA section'],
    ['with HTML entities', page(one.replaceAll('"', '&quot;')), 'HTML entities'],
    ['field P-04: behind another value', page(`{"@type":"WebSite"}\n${one}`), '2 values in one element'],
    ['in a list', page(`[{"@type":"WebSite"}, ${one}]`), undefined],
    [
      'in a graph',
      page(`{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"#o"},${one}]}`),
      undefined,
    ],
    ['as the main thing of a page', page(`{"@type":"WebPage","mainEntity":${one}}`), undefined],
    ['in a catalogue', page(`{"@type":"DataCatalog","dataset":[${one}]}`), undefined],
    ['field P-03: behind commas too many', page(`[{"a":[1,],},${one},]`), undefined],
    ['as JSON-LD without a page', one, undefined],
  ])('%s: the Dataset is cut out verbatim', (_, html, mended) => {
    expect(found(html)).toEqual([['a', one, mended]]);
  });

  test.each([
    ['"Dataset"', true],
    ['"http://schema.org/Dataset"', true],
    ['"https://schema.org/Dataset"', true],
    ['"schema:Dataset"', true],
    ['["Thing","Dataset"]', true],
    ['"DataCatalog"', false],
    ['"dcat:Dataset"', false],
  ])('the type %s', (type, isDataset) => {
    expect(found(page(`{"@type":${type},"name":"x"}`))).toHaveLength(isDataset ? 1 : 0);
  });

  test.each([
    ['"identifier":" 水質-台東/1 "', ' 水質-台東/1 '],
    ['"identifier":17,"@id":"https://x/1"', '17'],
    ['"identifier":{"@type":"PropertyValue","value":"v"}', 'v'],
    ['"identifier":["","b","c"]', 'b'],
    ['"@id":"#it","url":"/u"', `${at}#it`],
    ['"@id":"_:b0","url":"/u"', 'https://data.example/u'],
    ['"@id":"urn:uuid:1"', 'urn:uuid:1'],
    ['"name":"y"', at],
    ['"schema:identifier":"p"', 'p'],
  ])('field P-05: the id of a Dataset with %s', (members, id) => {
    expect(found(page(`{"@type":"Dataset","name":"x",${members}}`))[0]?.[0]).toBe(id);
  });

  test('two that nothing tells apart have no id', () => {
    expect(found(page(`[{"@type":"Dataset","name":"x"},{"@type":"Dataset","name":"y"}]`)).map(([id]) => id)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('what a Dataset refers to in its graph comes with it; a Dataset inside a Dataset is a part', () => {
    const graph =
      '{"@graph":[{"@id":"#f","@type":"DataDownload"},{"@type":"Dataset","name":"x","distribution":{"@id":"#f"},"hasPart":{"@type":"Dataset","name":"p"}}]}';
    expect(found(page(graph))).toEqual([[at, graph, undefined]]);
  });

  test('a mere reference to a Dataset is none', () => {
    expect(found(page('{"@type":"DataDownload","isPartOf":{"@type":"Dataset","@id":"#d"}}'))).toEqual([]);
  });

  test('broken text about something else costs nothing', () => {
    const html = page('{"@type":"BreadcrumbList",oops}').replace(
      '</head>',
      `<script type="application/ld+json">${one}</script></head>`,
    );
    expect(datasetsOfPage(html, at)).toMatchObject({ faults: [], datasets: [{ nativeId: 'a' }] });
  });

  test('hostile depth and unclosed wrappers end at once', () => {
    const started = performance.now();
    for (const text of [
      '['.repeat(500_000),
      `<![CDATA[${' '.repeat(500_000)}`,
      `<!--${'/*'.repeat(250_000)}`,
      '"'.repeat(99_999),
    ]) {
      datasetsOfPage(page(`${text}"Dataset"`), at);
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
