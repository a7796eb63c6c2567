import { beforeAll, expect, test } from 'vitest';
import { canonicalTriples } from '../../src/kit/rdf/canonical-triples.ts';
import { readRdf } from '../../src/kit/rdf/read-rdf.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Source } from '../../src/model/source.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { Normalised } from '../../src/normalise/normalise-contract.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { realVocabulary } from '../pipeline/real-run.ts';
import { testSource } from '../support/test-source.ts';

let vocabulary: Vocabulary;
beforeAll(async () => {
  vocabulary = await realVocabulary();
});

const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix schema: <http://schema.org/> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix locn: <http://www.w3.org/ns/locn#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> . @prefix euf: <http://publications.europa.eu/resource/authority/frequency/> .\n`;

/** What becomes of a dataset with these properties, in Turtle, and whatever stands behind it. */
async function made(
  properties: string,
  behind = '',
  more: Partial<Source> = {},
): Promise<Normalised & { dataset: Dataset }> {
  const text = `${prefixes}<https://portal.example/d/1> a dcat:Dataset ; ${properties} .\n${behind}`;
  const reading = await readRdf(text, {
    ...{ base: 'https://portal.example/catalog.ttl', prefixes: {}, contextAt: () => undefined },
    signal: new AbortController().signal,
  });
  expect(reading.failure).toBeUndefined();
  const raw = canonicalTriples({ kind: 'iri', value: 'https://portal.example/d/1' }, reading.triples);
  const source = testSource('dcat-rdf', 'https://portal.example/catalog.ttl', more);
  const input = {
    source,
    datasetId: 'dataset-1',
    nativeId: '1',
    form: 'dcat-rdf-dataset',
    raw: Buffer.from(raw),
  } as const;
  const { dataset, problems } = normalise({ ...input, fetchedAt: '2026-11-25T00:00:00Z' }, vocabulary);
  if (dataset === undefined) throw new Error(JSON.stringify(problems));
  return { dataset, problems };
}

const slugs = ({ problems }: Normalised): readonly string[] => problems.map(({ slug }) => slug);

test('op E5, op E7: every language is kept, its tag as BCP 47, the portal’s own first', async () => {
  const { dataset } = await made(
    'dct:title "Air"@en_GB, "空氣"@zh-tw, "대기질"@ko, "plain" ; dcat:keyword "a"@en, "b"@en, "가"@ko',
  );
  expect(dataset.title).toEqual([
    { text: '대기질', lang: 'ko' },
    { text: 'plain', lang: 'und' },
    { text: 'Air', lang: 'en-GB' },
    { text: '空氣', lang: 'zh-Hant-TW' },
  ]);
  expect(dataset.keywords.map(({ text, lang }) => `${text}@${lang}`).sort()).toEqual(['a@en', 'b@en', '가@ko']);
});

test('the fields of a dataset, from literals, IRIs and nodes', async () => {
  const { dataset } =
    await made(`dct:title "t" ; dct:description "<p>one</p><p>two</p>" ; dct:identifier "1" ; dct:issued "2024-05-01+08:00"^^xsd:date ;
    dct:modified "2024"^^xsd:gYear, "2024-06-02T03:04:05Z"^^xsd:dateTime ; dcat:landingPage "https://portal.example/page/1" ;
    dct:language <http://publications.europa.eu/resource/authority/language/KOR>, <http://id.loc.gov/vocabulary/iso639-1/en>, <http://lexvo.org/id/iso639-3/tha>, "zh_TW" ;
    dct:publisher [ a foaf:Agent ; foaf:name "기관"@ko, "Agency"@en ; foaf:homepage <https://agency.example/> ] ;
    dcat:contactPoint [ a vcard:Kind ; vcard:fn "Desk" ; vcard:hasEmail <mailto:desk@agency.example> ; vcard:hasTelephone [ vcard:hasValue <tel:+8221234567> ] ]`);
  expect(dataset).toMatchObject({
    description: [{ text: 'one\n\ntwo', lang: 'und' }],
    issued: { value: '2024-05-01', precision: 'day' },
    modified: { precision: 'second' },
    landingPage: 'https://portal.example/page/1',
    identifiers: ['https://portal.example/d/1'],
    publisher: {
      name: [
        { text: '기관', lang: 'ko' },
        { text: 'Agency', lang: 'en' },
      ],
      homepage: 'https://agency.example/',
    },
    contacts: [{ name: 'Desk', email: 'desk@agency.example', phone: '+8221234567' }],
  });
  expect([...dataset.languages].sort()).toEqual(['en', 'ko', 'th', 'zh-Hant-TW']);
});

test.each([
  ['euf:MONTHLY', 'MONTHLY'],
  ['<http://purl.org/cld/freq/threeTimesAYear>', 'ANNUAL_3'],
  ['<http://purl.org/cld/freq/daily>', 'DAILY'],
  ['<http://purl.org/linked-data/sdmx/2009/code#freq-Q>', 'QUARTERLY'],
  ['<http://inspire.ec.europa.eu/metadata-codelist/MaintenanceFrequency/asNeeded>', 'AS_NEEDED'],
  ['"매월"', 'MONTHLY'],
  ['[ rdf:value [ time:years 1.0 ] ]', 'ANNUAL'],
  ['[ time:months 3 ]', 'QUARTERLY'],
  ['[ rdfs:label "weekly" ]', 'WEEKLY'],
])('accrualPeriodicity %s is %s', async (written, code) => {
  expect((await made(`dct:accrualPeriodicity ${written}`)).dataset.frequency?.id).toBe(code);
});

test.each([
  ['[ dcat:startDate "2020-01-01"^^xsd:date ; dcat:endDate "2020-12-31"^^xsd:date ]', '2020-01-01', '2020-12-31'],
  ['[ schema:startDate "2020"^^xsd:gYear ]', '2020', undefined],
  [
    '[ time:hasBeginning [ time:inXSDDate "2019-02-03"^^xsd:date ] ; time:hasEnd [ time:inXSDgYear "2021"^^xsd:gYear ] ]',
    '2019-02-03',
    '2021',
  ],
  ['"2013-01-01/2014-12-31"', '2013-01-01', '2014-12-31'],
  ['"start=2000-01-27; end=2000-02-02; scheme=W3C-DTF"', '2000-01-27', '2000-02-02'],
])('temporal %s is from %s to %s', async (written, start, end) => {
  const [period] = (await made(`dct:temporal ${written}`)).dataset.temporal;
  expect([period?.start?.value, period?.end?.value]).toEqual([start, end]);
});

const box = [121.4, 24.9, 121.7, 25.3];
const wkt = '((121.4 24.9, 121.7 24.9, 121.7 25.3, 121.4 25.3, 121.4 24.9))';

test.each([
  [`[ dcat:bbox "POLYGON${wkt}"^^geo:wktLiteral ]`],
  [`[ locn:geometry "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> Polygon ${wkt}" ]`],
  ['[ locn:geometry "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON((24.9 121.4, 25.3 121.7))" ]'],
  [`[ geo:hasGeometry [ geo:asWKT "MULTIPOLYGON(${wkt})" ] ]`],
  [`[ locn:geometry '{"type":"Polygon","coordinates":[[[121.4,24.9],[121.7,25.3]]]}' ]`],
  [
    '[ locn:geometry "<gml:Envelope srsName=\\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\\"><gml:lowerCorner>121.4 24.9</gml:lowerCorner><gml:upperCorner>121.7 25.3</gml:upperCorner></gml:Envelope>" ]',
  ],
  [`"POLYGON${wkt}"`],
  ['"121.4,24.9,121.7,25.3"'],
])('field P-16, P-17: the place %s has its box', async (written) => {
  const normalised = await made(`dct:spatial ${written}`);
  expect(normalised.dataset.spatial).toEqual([{ name: [], bbox: box }]);
});

test('field P-16: names and codes of places, and a shape that is none', async () => {
  const spatial = async (written: string) => (await made(`dct:spatial ${written}`)).dataset.spatial;
  expect(await spatial('"臺北市"')).toEqual([{ name: [{ text: '臺北市', lang: 'und' }] }]);
  expect(await spatial('<http://publications.europa.eu/resource/authority/country/TWN>')).toMatchObject([
    { code: 'TWN' },
  ]);
  expect(await spatial('[ skos:prefLabel "서울"@ko, "Seoul"@en ]')).toEqual([
    {
      name: [
        { text: '서울', lang: 'ko' },
        { text: 'Seoul', lang: 'en' },
      ],
    },
  ]);
  const broken = await made('dct:spatial "POLYGON((x y))"');
  expect([broken.dataset.spatial, slugs(broken)]).toMatchObject([[], expect.arrayContaining(['spatial-unreadable'])]);
});

test('themes: the source’s map first, then the EU data themes', async () => {
  const eu = 'http://publications.europa.eu/resource/authority/data-theme';
  const written = `dcat:theme <${eu}/ENVI>, <${eu}/HEAL>, "교통", <https://portal.example/theme/9>`;
  const more = { themes: { 교통: 'transport', [`${eu}/HEAL`]: 'society-population' } };
  const { dataset, problems } = await made(
    written,
    '<https://portal.example/theme/9> skos:prefLabel "기타"@ko .',
    more,
  );
  expect(dataset.themes.map(({ value }) => value).sort()).toEqual([
    'environment-climate',
    'society-population',
    'transport',
  ]);
  expect([...dataset.sourceCategories].sort()).toEqual(['ENVI', 'HEAL', '교통', '기타'].sort());
  expect(problems.filter(({ slug }) => slug === 'category-unmapped')).toHaveLength(1);
});

test('licences of the dataset, of its files, of nodes and of labels', async () => {
  const licence = async (properties: string) => (await made(properties)).dataset.licence;
  expect(await licence('dct:license <https://creativecommons.org/licenses/by/4.0/>')).toMatchObject({
    id: 'CC-BY-4.0',
    openness: 'open',
  });
  expect(
    await licence('dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>'),
  ).toMatchObject({ id: 'CC-BY-4.0' });
  expect(await licence('dct:license [ rdfs:label "CC-BY-4.0" ]')).toMatchObject({ id: 'CC-BY-4.0' });
  expect(
    await licence('dct:rights <http://publications.europa.eu/resource/authority/access-right/PUBLIC>'),
  ).toMatchObject({ id: 'unknown', original: {} });
  const files = (second: string) =>
    `dcat:distribution [ dcat:accessURL <https://h/a.csv> ; dct:license <https://creativecommons.org/licenses/by/4.0/> ], [ dcat:accessURL <https://h/b.csv> ${second} ]`;
  expect(await licence(files('; dct:license "CC-BY-4.0"'))).toMatchObject({ id: 'CC-BY-4.0' });
  const mixed = await made(files(''));
  expect([mixed.dataset.licence.id, mixed.dataset.distributions.map((each) => each.licence?.id).sort()]).toEqual([
    'unknown',
    ['CC-BY-4.0', undefined],
  ]);
});

test('field P-15, op E6: files without an IRI are files of their own, with ids that hold', async () => {
  const first = await made(
    'dcat:distribution _:x, _:y',
    '_:x dcat:downloadURL <https://h/a.csv> . _:y dcat:downloadURL <https://h/a.json> .',
  );
  const again = await made(
    'dcat:distribution _:n2, _:n1',
    '_:n1 dcat:downloadURL <https://h/a.csv> . _:n2 dcat:downloadURL <https://h/a.json> .',
  );
  const ids = ({ dataset }: { dataset: Dataset }) =>
    Object.fromEntries(dataset.distributions.map(({ id, url }) => [url, id]));
  expect(Object.keys(ids(first)).sort()).toEqual(['https://h/a.csv', 'https://h/a.json']);
  expect(new Set(Object.values(ids(first))).size).toBe(2);
  expect(ids(again)).toEqual(ids(first));
});

test.each([
  ['dct:format <http://publications.europa.eu/resource/authority/file-type/CSV>', 'CSV'],
  ['dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>', 'CSV'],
  ['dct:format <file:///srv/app/CSV>', 'CSV'],
  ['dct:format <CSV>', 'CSV'],
  ['dct:format "csv"', 'CSV'],
  ['dct:format [ a dct:IMT ; rdf:value "text/csv" ; rdfs:label "CSV" ]', 'CSV'],
])('op E9: %s is %s', async (written, id) => {
  const { dataset } = await made(`dcat:distribution [ dcat:accessURL <https://h/x> ; ${written} ]`);
  expect(dataset.distributions[0]?.format.id).toBe(id);
});

test('a distribution: address, size, dates, services, and what is nothing but an address', async () => {
  const { dataset } = await made(`dcat:distribution <https://h/only.csv>,
    [ dct:title "file" ; dcat:downloadURL "https://h/b.csv" ; dcat:accessURL <https://h/page> ; dcat:byteSize "43008.0"^^xsd:decimal ; dct:issued "2018-05" ],
    [ dcat:accessService [ dcat:endpointURL <https://h/api> ] ]`);
  const byUrl = new Map(dataset.distributions.map((each) => [each.url, each]));
  expect(byUrl.get('https://h/only.csv')).toMatchObject({ format: { id: 'CSV' } });
  expect(byUrl.get('https://h/b.csv')).toMatchObject({
    access: 'download',
    sizeBytes: 43008,
    issued: { value: '2018-05', precision: 'month' },
  });
  expect(byUrl.get('https://h/api')).toMatchObject({ access: 'service' });
});

test('op E3: an IRI that was none is told, and its text still says what it said', async () => {
  const normalised = await made(
    'dct:license <Creative Commons Attribution> ; dct:modified <2014-05-02T03:13:52.840396>',
  );
  expect(normalised.dataset.licence.id).toBe('CC-BY');
  expect(normalised.dataset.modified?.value.slice(0, 10)).toBe('2014-05-02');
  expect(slugs(normalised)).toContain('rdf-iri-broken');
});

test('bytes that are no N-Triples are rejected with a sentence', () => {
  const source = testSource('dcat-rdf', 'https://portal.example/catalog.ttl');
  const input = {
    source,
    datasetId: 'd',
    nativeId: '1',
    form: 'dcat-rdf-dataset',
    raw: Buffer.from('nonsense'),
  } as const;
  expect(normalise(input, vocabulary)).toMatchObject({
    dataset: undefined,
    problems: [{ slug: 'record-unreadable', severity: 'error' }],
  });
});
