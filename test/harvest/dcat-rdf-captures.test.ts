import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { capture, hasCaptures } from '../support/captures.ts';
import { loopbackServer } from '../support/loopback-server.ts';
import { testSource } from '../support/test-source.ts';
import { collect, type Harvested } from './collect.ts';

/** Real documents, each served as it is by a portal that says nothing of their type. */
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function harvestOf(...files: readonly (readonly string[])[]): Promise<Harvested> {
  const bodies = files.map((file) => readFileSync(capture('data', ...file)));
  const server = await loopbackServer((request, response) => {
    const page = Number(/page=(\d+)/.exec(request.url ?? '')?.[1] ?? 1);
    const body = request.url?.startsWith('/catalog') ? bodies[page - 1] : undefined;
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/octet-stream');
    response.end(body === undefined || body[0] !== 0x1f ? body : gunzipSync(body));
  });
  open.push(server);
  return collect(testSource('dcat-rdf', `${server.origin}/catalog.ttl`, { languages: ['en'] }));
}

const ckan = (name: string): readonly string[] => ['kinds', 'dcat-rdf', 'ckanext-dcat', name];
const udata = (name: string): readonly string[] => ['kinds', 'dcat-rdf', 'udata', name];
const csw = (name: string): readonly string[] => ['kinds', 'csw', 'udata', name];

describe.skipIf(!hasCaptures)('captures of catalogues in RDF', () => {
  test.each([
    [ckan('catalog.rdf'), 2],
    [ckan('catalog_datasets_list.rdf'), 2],
    [ckan('catalog_pod.jsonld'), 1],
    [ckan('catalog_with_at_graph.jsonld'), 1],
    [ckan('dataset.rdf'), 1],
    [ckan('dataset_afs.ttl'), 1],
    [ckan('dataset_deri.ttl'), 1],
    [ckan('dataset_gob_es.ttl'), 1],
    [ckan('dataset_gov_de.rdf'), 1],
    [ckan('dataset_health.ttl'), 1],
    [ckan('dataset_health_multilingual.ttl'), 1],
    [ckan('dataset_health_no_blank.ttl'), 1],
    [ckan('dataset_multilingual.ttl'), 1],
    [ckan('dataset_sweden.rdf'), 1],
    [udata('bnodes.jsonld'), 3],
    [udata('bnodes.xml'), 3],
    [udata('catalog.xml'), 4],
    [udata('datara--5a26b0f6-0ccf-46ad-ac58-734054b91977.rdf.xml'), 1],
    [udata('datara--f40c3860-7236-4b30-a141-23b8ae33f7b2.rdf.xml'), 1],
    [udata('evian.json'), 8],
    [udata('flat.jsonld'), 3],
    [udata('geonetwork.xml'), 1],
    [udata('nested.jsonld'), 1],
    [udata('series.xml'), 1],
    [udata('sig.oreme.rdf'), 1],
    [udata('udata.xml'), 2],
    ...[1, 3, 5].map((page) => [csw(`geonetwork-dcat-page-${page}.xml`), 2] as const),
    ...[1, 3, 5].map((page) => [csw(`geonetwork-geodcatap-page-${page}.xml`), 2] as const),
    [['id', 'data.go.id', 'data.ukp.go.id-cube.ttl.gz'], 1],
  ] as const)('%s: every dataset, whole', async (file, datasets) => {
    const harvested = await harvestOf(file);
    expect(harvested.failure).toBeUndefined();
    expect([harvested.ids.length, harvested.rejected, harvested.end?.complete]).toEqual([datasets, [], true]);
  });

  test.each(['paged-collection', 'partial-collection'])(
    'op D2: both pages of %s, which names the second on a host of its own',
    async (name) => {
      const harvested = await harvestOf(udata(`${name}-1.jsonld`), udata(`${name}-2.jsonld`));
      expect([...harvested.ids].sort()).toEqual(['1', '2', '3', '4']);
      expect(harvested.events.flatMap((event) => (event.kind === 'problem' ? [event.problem.slug] : []))).toEqual([
        'pagination-host-rewritten',
      ]);
      expect(harvested.end).toEqual({ kind: 'end', complete: true, claimedTotal: 4 });
    },
  );

  test('a document with a syntax error in its last part (^^<<…) keeps the dataset that it cuts as it was', async () => {
    const { ids, rejected, end } = await harvestOf(ckan('dataset.ttl'));
    expect([ids, rejected]).toEqual([[], ['record-cut-off http://example.com/dataset/1234567890']]);
    expect(end).toMatchObject({ complete: false, why: expect.stringContaining('line 154') });
  });

  test('JSON that is none (a comma too many) and schema.org instead of DCAT is malformed', async () => {
    expect((await harvestOf(ckan('full_croissant_dataset.jsonld'))).failure).toMatchObject({ code: 'malformed' });
  });

  test('op E3: of data.go.id, <Creative Commons Attribution> and dates as IRIs stay as texts', async () => {
    const { raws } = await harvestOf(['id', 'data.go.id', 'data.ukp.go.id-cube.ttl.gz']);
    const raw = [...raws.values()].join('');
    expect(raw).toContain('"Creative Commons Attribution"^^');
    expect(raw).toContain('"2014-05-02T03:13:52.840396"^^');
  });
});
