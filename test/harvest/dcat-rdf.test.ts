import { afterEach, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import type { DcatRdfPortal } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect, type Harvested } from './collect.ts';
import { rdfRecord } from './dcat-rdf-sides.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const prefixes =
  '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n';
const dataset = (id: string): string =>
  `<https://portal.example/d/${id}> a dcat:Dataset ; dct:identifier "${id}" ; dct:title "제목 ${id}"@ko .\n`;

type Pages = (path: string, origin: string) => { status?: number; link?: string; body: string } | undefined;

/** A portal that answers what the function says for a path with its query; 404 for nothing. */
async function harvestOf(
  pages: Pages,
  more: Partial<Source> = {},
): Promise<{ readonly harvested: Harvested; readonly asked: readonly string[]; readonly origin: string }> {
  const asked: string[] = [];
  let origin = '';
  const server = await loopbackServer((request, response) => {
    const path = request.url ?? '';
    if (path !== '/robots.txt') asked.push(path);
    const page = pages(path, origin);
    response.statusCode = page === undefined ? 404 : (page.status ?? 200);
    response.setHeader('content-type', 'text/turtle');
    if (page?.link !== undefined) response.setHeader('link', page.link);
    response.end(page?.body ?? '');
  });
  open.push(server);
  origin = server.origin;
  const source = testSource('dcat-rdf', `${origin}/catalog.ttl`, more);
  return { harvested: await collect(source), asked, origin };
}

const problems = ({ events }: Harvested): readonly string[] =>
  events.flatMap((event) => (event.kind === 'problem' ? [event.problem.slug] : []));

const next = (url: string): string => `<#page> a hydra:PagedCollection ; hydra:nextPage "${url}" .\n`;

test('field P-06: pages that name each other end after two, with a warning and no failure', async () => {
  const { harvested, asked } = await harvestOf((path, origin) => ({
    body: path.includes('page=2')
      ? prefixes + dataset('b') + next(`${origin}/catalog.ttl`)
      : prefixes + dataset('a') + next(`${origin}/catalog.ttl?page=2`),
  }));
  expect(asked).toEqual(['/catalog.ttl', '/catalog.ttl?page=2']);
  expect(harvested.failure).toBeUndefined();
  expect(harvested.ids).toEqual(['a', 'b']);
  expect(problems(harvested)).toEqual(['pagination-loop']);
  expect(harvested.end).toMatchObject({ complete: false, why: expect.stringContaining('which was read before') });
});

test('field P-06: a loop behind the last of all that the total claims is complete', async () => {
  const total = '<#page> hydra:totalItems 1 .\n';
  const { harvested } = await harvestOf((_, origin) => ({
    body: prefixes + dataset('a') + total + next(`${origin}/catalog.ttl`),
  }));
  expect(problems(harvested)).toEqual(['pagination-loop']);
  expect(harvested.end).toEqual({ kind: 'end', complete: true, claimedTotal: 1 });
});

test('field P-06: a last page that is given again for ever ends', async () => {
  const { harvested, asked } = await harvestOf((path, origin) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 1);
    return { body: prefixes + dataset(String(Math.min(page, 3))) + next(`${origin}/catalog.ttl?page=${page + 1}`) };
  });
  expect(harvested.ids).toEqual(['1', '2', '3']);
  expect(asked).toHaveLength(4);
  expect(harvested.end?.complete).toBe(true);
});

test('pages that go on without a new dataset end, and are not complete', async () => {
  const { harvested, asked } = await harvestOf((path, origin) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 1);
    return { body: prefixes + dataset(String(page % 2)) + next(`${origin}/catalog.ttl?page=${page + 1}`) };
  });
  expect(harvested.ids).toEqual(['1', '0']);
  expect(asked).toHaveLength(5);
  expect(harvested.end?.complete).toBe(false);
});

test('field P-07: a next page on an inner host is asked for on the source’s own, with a warning', async () => {
  const { harvested, asked } = await harvestOf((path) => ({
    body:
      prefixes + (path.includes('page=2') ? dataset('b') : dataset('a') + next('http://ckan:5000/catalog.ttl?page=2')),
  }));
  expect(asked).toEqual(['/catalog.ttl', '/catalog.ttl?page=2']);
  expect(harvested.ids).toEqual(['a', 'b']);
  expect(problems(harvested)).toEqual(['pagination-host-rewritten']);
  expect(harvested.end?.complete).toBe(true);
});

test('field P-07: where the source’s own host has no such page, the run is not complete', async () => {
  const { harvested } = await harvestOf((path) =>
    path === '/catalog.ttl' ? { body: prefixes + dataset('a') + next('http://10.0.0.1/inner.ttl?page=2') } : undefined,
  );
  expect(harvested.failure).toBeUndefined();
  expect(harvested.ids).toEqual(['a']);
  expect(harvested.end).toMatchObject({ complete: false, why: expect.stringContaining('http://10.0.0.1/inner.ttl') });
});

test('op D2: a Link header, and a next link relative to the catalogue, are followed', async () => {
  const { harvested, asked } = await harvestOf((path) => {
    if (path.endsWith('page=3')) return { body: prefixes + dataset('c') };
    if (path.endsWith('page=2')) return { body: prefixes + dataset('b') + next('?page=3') };
    return { body: prefixes + dataset('a'), link: '</x>; rel="prev", <?page=2>; rel="next"' };
  });
  expect(asked).toHaveLength(3);
  expect(harvested.ids).toEqual(['a', 'b', 'c']);
});

test('field P-08: a full page without any link is not taken for the whole; a server without pages is asked once more', async () => {
  const all = Array.from({ length: 40 }, (_, at) => dataset(String(100 + at))).join('');
  const once = await harvestOf(() => ({ body: prefixes + all }));
  expect(once.harvested.ids).toHaveLength(40);
  expect(once.asked).toHaveLength(2);
  expect(once.harvested.end?.complete).toBe(true);
  const never = await harvestOf(() => ({ body: prefixes + all }), { options: { paging: 'none' } });
  expect(never.asked).toHaveLength(1);
});

test('a syntax error in the middle: what stands before it is kept, what it cuts is not read, nothing is deleted', async () => {
  const { harvested } = await harvestOf(() => ({
    body: `${prefixes}${dataset('a')}${dataset('b')}<https://portal.example/d/c> a dcat:Dataset ; dct:identifier "c" ; dct:title nonsense .\n${dataset('d')}`,
  }));
  expect(harvested.ids).toEqual(['a', 'b']);
  expect(harvested.rejected).toEqual(['record-cut-off c']);
  expect(harvested.end).toMatchObject({
    complete: false,
    why: expect.stringMatching(/could not be read to its end.*line 4/),
  });
});

test('a dataset whose files stand behind the error is not replaced by half of itself', async () => {
  const { harvested } = await harvestOf(() => ({
    body: `${prefixes}${dataset('a')}<https://portal.example/d/a> dcat:distribution <https://portal.example/f/1> .\n${dataset('b')}${dataset('c')} broken here .`,
  }));
  expect(harvested.ids).toEqual(['b']);
  expect(harvested.rejected).toEqual(['record-cut-off a', 'record-cut-off c']);
});

test('op I5: a document type in RDF/XML is refused as malformed, and a page is no catalogue', async () => {
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>';
  const { harvested } = await harvestOf(() => ({ body: bomb }));
  expect(harvested.failure).toMatchObject({ code: 'malformed', message: expect.stringContaining('DOCTYPE') });
  const other = await harvestOf(() => ({ body: '<http://a/> <http://b/> "RDF, but no catalogue" .' }));
  expect(other.harvested.failure).toMatchObject({ code: 'malformed', reason: 'no-catalogue' });
});

test('op E3: one broken IRI costs its statement; the record stays and says so', async () => {
  const { harvested } = await harvestOf(() => ({
    body: `${prefixes}${dataset('a')}${dataset('b')}<https://portal.example/d/b> dct:license <Creative Commons Attribution> ; <http://p q> "x" .`,
  }));
  expect(harvested.ids).toEqual(['a', 'b']);
  expect(harvested.raws.get('b')).toContain(
    '"Creative Commons Attribution"^^<http://www.w3.org/2001/XMLSchema#anyURI>',
  );
  const told = harvested.events.flatMap((event) => (event.kind === 'record' ? (event.record.problems ?? []) : []));
  expect(told).toMatchObject([{ slug: 'rdf-iri-broken', message: expect.stringContaining('http://p q') }]);
  expect(harvested.end?.complete).toBe(true);
});

test('field P-15, op E6: other blank-node labels, another order, another serialisation: the same bytes', async () => {
  const file = (label: string, ending: string): string =>
    `<https://portal.example/d/a> dcat:distribution _:${label} . _:${label} dcat:downloadURL <https://portal.example/a.${ending}> .\n`;
  const bodies = [
    prefixes + dataset('a') + file('x', 'csv') + file('y', 'json'),
    prefixes + file('n1', 'json') + file('n0', 'csv') + dataset('a'),
    `${prefixes}<https://portal.example/d/a> dcat:distribution [ dcat:downloadURL <https://portal.example/a.json> ], [ dcat:downloadURL <https://portal.example/a.csv> ] .\n${dataset('a')}`,
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="https://portal.example/d/a"><dct:identifier>a</dct:identifier><dcat:distribution><rdf:Description><dcat:downloadURL rdf:resource="https://portal.example/a.json"/></rdf:Description></dcat:distribution><dct:title xml:lang="ko">제목 a</dct:title><dcat:distribution><rdf:Description><dcat:downloadURL rdf:resource="https://portal.example/a.csv"/></rdf:Description></dcat:distribution></dcat:Dataset></rdf:RDF>`,
    JSON.stringify({
      '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
      'dct:title': { '@value': '제목 a', '@language': 'KO' },
      'dcat:distribution': ['csv', 'json'].map((ending) => ({
        'dcat:downloadURL': { '@id': `https://portal.example/a.${ending}` },
      })),
      'dct:identifier': 'a',
      '@type': 'dcat:Dataset',
      '@id': 'https://portal.example/d/a',
    }),
  ];
  const raws = await Promise.all(
    bodies.map(async (body) => (await harvestOf(() => ({ body }))).harvested.raws.get('a')),
  );
  expect(raws[0]?.match(/dcat#distribution/g)).toHaveLength(2);
  expect(new Set(raws).size).toBe(1);
});

test('ids: the one identifier, else the IRI; several identifiers of a blank node, the first; nobody’s is rejected', async () => {
  const body = `${prefixes}
    <https://portal.example/d/1> a dcat:Dataset ; dct:title "no identifier" .
    <https://portal.example/d/2> a dcat:Dataset ; dct:title "two" ; dct:identifier "z", "y" .
    [] a dcat:Dataset ; dct:title "blank" ; dct:identifier "q", "p" .
    [] a dcat:Dataset ; dct:title "nameless" .
    <https://portal.example/d/3> a dcat:Dataset ; dct:title "one" ; dct:identifier "三" .`;
  const { harvested } = await harvestOf(() => ({ body }));
  expect([...harvested.ids].sort()).toEqual(['https://portal.example/d/1', 'https://portal.example/d/2', 'p', '三']);
  expect(harvested.rejected).toEqual(['record-without-id']);
  const byIri = await harvestOf(() => ({ body }), { options: { nativeId: 'iri' } });
  expect(byIri.harvested.ids).toContain('https://portal.example/d/3');
});

test('a catalogue that only lists its datasets: each is asked for at its own address', async () => {
  const { harvested, asked } = await harvestOf((path, origin) => {
    const id = /^\/d\/(\w+)$/.exec(path)?.[1];
    if (id === 'gone') return undefined;
    if (id !== undefined)
      return { body: `${prefixes}<${origin}/d/${id}> a dcat:Dataset ; dct:title "t" ; dct:identifier "${id}" .` };
    const listed = ['a', 'b', 'gone'].map((each) => `<${origin}/d/${each}>`);
    return { body: `${prefixes}<#c> a dcat:Catalog ; dcat:dataset ${listed.join(', ')}, <http://10.0.0.1/d/x> .` };
  });
  expect(harvested.ids).toEqual(['a', 'b']);
  expect(asked.filter((path) => path.startsWith('/d/')).sort()).toEqual(['/d/a', '/d/b', '/d/gone']);
  expect(harvested.rejected).toEqual(['record-not-described']);
});

test('datasets that are listed here and described on other pages are no loss', async () => {
  const list = '<#c> a dcat:Catalog ; dcat:dataset <https://portal.example/d/a>, <https://portal.example/d/b> .\n';
  const { harvested } = await harvestOf((path) => ({
    body: prefixes + list + (path.includes('page=2') ? dataset('b') : dataset('a') + next('?page=2')),
  }));
  expect([harvested.ids, harvested.rejected, harvested.end?.complete]).toEqual([['a', 'b'], [], true]);
});

test.each(['turtle', 'rdf-xml', 'json-ld', 'n-triples'] as const)(
  'field P-10: a total that claims too little in %s stops nothing',
  async (serialisation) => {
    const records = Array.from({ length: 12 }, (_, at) => rdfRecord(String(at), `제목 ${at}`));
    const portal: DcatRdfPortal = {
      id: 'p',
      protocol: 'dcat-rdf',
      serialisation,
      paging: 'hydra-view',
      pageSize: 5,
      records,
      claimedCount: 7,
    };
    const simulator = await startSimulator({ portals: [portal] });
    open.push(simulator);
    const { ids, end } = await collect(testSource('dcat-rdf', simulator.urlOf('p')));
    expect(ids).toHaveLength(12);
    expect(end).toMatchObject({ complete: true, claimedTotal: 7 });
  },
);
