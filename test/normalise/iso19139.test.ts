import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/harvest/csw/answer.ts';
import { XmlSliceScanner } from '../../src/kit/xml-slices.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { realVocabulary } from '../pipeline/real-run.ts';
import { capture, hasCaptures } from '../support/captures.ts';
import { randomRuns } from '../support/random-runs.ts';
import { testSource } from '../support/test-source.ts';

let vocabulary: Vocabulary;
beforeAll(async () => {
  vocabulary = await realVocabulary();
});

const source = testSource('csw', 'https://geo.example/csw', {
  country: 'TW',
  languages: ['zh-Hant-TW'],
  timeZone: 'Asia/Taipei',
  recordPage: 'https://geo.example/record/{id}',
});

function read(xml: string, form: NativeForm = 'iso19139-record', more = {}) {
  const input = { datasetId: 'd', nativeId: 'tw-wra-gauges', form, raw: Buffer.from(xml) };
  return normalise({ source: { ...source, ...more }, fetchedAt: '2026-11-25T00:00:00Z', ...input }, vocabulary);
}

const slugs = ({ problems }: ReturnType<typeof read>) => problems.map(({ slug }) => slug);
const gauges = readFileSync(new URL('../fixtures/csw/made-river-gauges.xml', import.meta.url), 'utf8');
/** The fixture with one piece of it replaced; the piece has to be there. */
function changed(from: string, to: string): string {
  expect(gauges).toContain(from);
  return gauges.replace(from, to);
}
const box = (...bounds: readonly [west: string, south: string, east: string, north: string]) =>
  ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'].reduce(
    (xml, name, at) => xml.replace(new RegExp(`(<gmd:${name}><gco:Decimal>)[^<]*`, 'u'), `$1${bounds[at]}`),
    gauges,
  );

describe('ISO 19139', () => {
  test('a record is mapped field by field', () => {
    const { dataset, problems } = read(gauges);
    expect(problems).toEqual([]);
    expect(dataset).toMatchObject({
      nativeId: 'tw-wra-gauges',
      identifiers: ['10.1/x', 'WRA_GAUGE'],
      title: [
        { text: '河川水位站', lang: 'zh-Hant-TW' },
        { text: 'River gauges', lang: 'en' },
        { text: '河川水位観測所', lang: 'ja' },
        { text: 'x', lang: 'und' },
      ],
      description: [{ text: '第一行 & 說明\n第二行', lang: 'zh-Hant-TW' }],
      publisher: { name: [{ text: '水利署', lang: 'zh-Hant-TW' }], homepage: 'https://wra.example.tw/' },
      contacts: [{ name: '第一河川局' }, { name: '水利署', email: 'open@wra.example.tw', phone: '02-1234-5678' }],
      landingPage: 'https://geo.example/record/tw-wra-gauges',
      licence: { id: 'CC-BY-4.0', openness: 'open', original: { title: 'see the terms' } },
      themes: [{ value: 'environment-climate', by: 'rule', rule: 'ISO 19115 topic category' }],
      sourceCategories: ['inlandWaters'],
      languages: ['zh-Hant-TW'],
      issued: { value: '2019-05', precision: 'month' },
      modified: { value: '2024-03-01T08:00:00+08:00', precision: 'second' },
      frequency: { id: 'ANNUAL_2', original: 'biannually' },
      temporal: [{ start: { value: '1990', precision: 'year' }, original: '1990/now' }],
      spatial: [{ name: [{ text: '臺灣', lang: 'zh-Hant-TW' }], bbox: [121.4, 24.9, 121.7, 25.3] }],
    });
    expect(dataset?.temporal[0]).not.toHaveProperty('end');
    expect(dataset?.keywords.map(({ text, lang }) => `${lang} ${text}`)).toEqual([
      'zh-Hant-TW 水位',
      'en water level',
      'zh-Hant-TW Hydrography',
      'zh-Hant-TW 水位站 位置圖',
    ]);
    const files = dataset?.distributions.map(({ access, format, sizeBytes }) => [access, format.id, sizeBytes]);
    expect(files).toEqual([
      ['download', 'SHP', 1_500_000],
      ['service', 'WMS', undefined],
      ['page', undefined, undefined],
      ['download', 'CSV', undefined],
    ]);
  });

  test('the source’s own map decides about a topic before the table does', () => {
    const { dataset } = read(gauges, undefined, { themes: { inlandWaters: 'energy-resources' } });
    expect(dataset?.themes).toMatchObject([{ value: 'energy-resources', by: 'publisher', confidence: 1 }]);
    const unmapped = read(changed('>inlandWaters<', '>utilitiesCommunication<'));
    expect([unmapped.dataset?.themes, slugs(unmapped)]).toEqual([[], ['category-unmapped']]);
  });

  test.each<[string, string, Partial<Dataset['licence']>]>([
    [
      'a text that names one',
      '<gco:CharacterString>CC BY-SA 4.0</gco:CharacterString>',
      { id: 'CC-BY-SA-4.0', openness: 'open' },
    ],
    [
      'an address in a text',
      '<gco:CharacterString>Terms: https://creativecommons.org/licenses/by-nc/4.0/.</gco:CharacterString>',
      { id: 'CC-BY-NC-4.0', openness: 'not-open' },
    ],
    [
      '"no conditions apply"',
      '<gco:CharacterString>no conditions apply</gco:CharacterString>',
      { id: 'unknown', openness: 'unknown' },
    ],
    ['nothing', '', { id: 'unknown', openness: 'unknown' }],
  ])('a licence is what is written and known, never inferred: %s', (_, written, licence) => {
    const anchor = '<gmx:Anchor xlink:href="https://creativecommons.org/licenses/by/4.0/">see the terms</gmx:Anchor>';
    expect(read(changed(anchor, written)).dataset?.licence).toMatchObject(licence);
  });

  test('constraints on access alone are no licence', () => {
    const from = gauges.indexOf('<gmd:resourceConstraints><gmd:MD_Constraints>');
    const to = gauges.lastIndexOf('</gmd:resourceConstraints>') + '</gmd:resourceConstraints>'.length;
    const anchor = /<gmx:Anchor xlink:href="http:\/\/inspire[^>]*LimitationsOnPublicAccess[^>]*>(.*?)<\/gmx:Anchor>/u;
    const accessOnly = (gauges.slice(0, from) + gauges.slice(to)).replace(
      anchor,
      '<gco:CharacterString>$1</gco:CharacterString>',
    );
    const result = read(accessOnly);
    expect([result.dataset?.licence, slugs(result)]).toEqual([
      { id: 'unknown', openness: 'unknown', original: {} },
      ['licence-missing'],
    ]);
  });

  test.each([
    ['op F7: longitudes counted from 0 to 360', ['170', '-10', '190', '10'], [170, -10, -170, 10], 'spatial-repaired'],
    ['op F7: longitude 257', ['257', '10', '260', '20'], [-103, 10, -100, 20], 'spatial-repaired'],
    [
      'op F8: west and east changed',
      ['121.7', '24.9', '121.4', '25.3'],
      [121.4, 24.9, 121.7, 25.3],
      'spatial-repaired',
    ],
    [
      'op F8: south and north changed',
      ['121.4', '25.3', '121.7', '24.9'],
      [121.4, 24.9, 121.7, 25.3],
      'spatial-repaired',
    ],
    [
      'field P-17: latitude and longitude changed',
      ['24.9', '121.4', '25.3', '121.7'],
      [121.4, 24.9, 121.7, 25.3],
      'spatial-axes-swapped',
    ],
    ['a decimal comma', ['121,4', '24,9', '121,7', '25,3'], [121.4, 24.9, 121.7, 25.3], undefined],
    ['op F6: the whole world', ['-180.0', '-90.0', '180.0', '90.0'], [-180, -90, 180, 90], undefined],
    ['the whole world from 0 to 360', ['0', '-90', '360', '90'], [-180, -90, 180, 90], 'spatial-repaired'],
    ['a box over the antimeridian', ['178', '-18', '-178', '-16'], [178, -18, -178, -16], undefined],
    ['a point', ['121.5', '25', '121.5', '25'], [121.5, 25, 121.5, 25], undefined],
    ['op F8: 433°', ['433', '24', '434', '25'], undefined, 'spatial-unreadable'],
    ['op F8: 118.00.0000', ['118.00.0000', '24', '119', '25'], undefined, 'spatial-unreadable'],
    ['op F5: a text', ['Latitude/Longitude', 'County', 'State', '25'], undefined, 'spatial-unreadable'],
    ['latitudes beyond the pole both ways', ['121', '95', '122', '99'], undefined, 'spatial-unreadable'],
    ['a form that nobody filled in', ['0', '0', '0', '0'], undefined, 'spatial-unreadable'],
    ['numbers without end', ['9'.repeat(5_000), '1'.repeat(5_000), '1e99', '25'], undefined, 'spatial-unreadable'],
  ] as const)('%s', (_, [west, south, east, north], bbox, slug) => {
    const started = performance.now();
    const result = read(box(west, south, east, north));
    expect(performance.now() - started).toBeLessThan(500);
    expect(result.dataset?.spatial[0]?.bbox).toEqual(bbox);
    expect(result.dataset?.spatial[0]?.name[0]?.text).toBe('臺灣');
    const repairs = slugs(result).filter((each) => each !== 'spatial-outside-country');
    expect(repairs).toEqual(slug === undefined ? [] : [slug]);
  });

  test.each([
    ['urn:ogc:def:crs:EPSG::4326', '24.9 121.4 25.3 121.4 25.3 121.7 24.9 121.4'],
    ['http://www.opengis.net/def/crs/EPSG/0/4326', '24.9 121.4 25.3 121.4 25.3 121.7 24.9 121.4'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', '121.4 24.9 121.4 25.3 121.7 25.3 121.4 24.9'],
  ])('field P-16, P-17: a polygon has the axes of its reference system (%s)', (crs, points) => {
    const polygon = `<gmd:EX_BoundingPolygon><gmd:polygon><gml:Polygon srsName="${crs}"><gml:exterior><gml:LinearRing><gml:posList>${points}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gmd:polygon></gmd:EX_BoundingPolygon>`;
    const whole = /<gmd:EX_GeographicBoundingBox>[\s\S]*<\/gmd:EX_GeographicBoundingBox>/u;
    const result = read(gauges.replace(whole, polygon));
    expect([result.dataset?.spatial[0]?.bbox, slugs(result)]).toEqual([[121.4, 24.9, 121.7, 25.3], []]);
  });

  test('op E4: a control character in a text is a note, and not shown', () => {
    const result = read(changed('>水利署<', '>水利\u0003署 & co<'));
    expect(result.dataset?.publisher?.name[0]?.text).toBe('水利 署 & co');
    expect(slugs(result)).toEqual(['record-mended']);
  });

  test.each([
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><MD_Metadata>&x;</MD_Metadata>', 'document type'],
    ['<gmd:MD_Metadata xmlns:gmd="x"><gmd:a>', 'broken'],
    ['<rdf:RDF xmlns:rdf="x"/>', 'the element RDF'],
    ['{"title": 1}', 'broken'],
    ['', 'broken'],
  ])('op I5: %s is unreadable and says so', (xml, found) => {
    const { dataset, problems } = read(xml);
    expect(dataset).toBeUndefined();
    expect(problems).toMatchObject([
      { slug: 'record-unreadable', severity: 'error', message: expect.stringContaining(found) },
    ]);
  });

  test('an element in any place never throws', () => {
    const places = [...gauges.matchAll(/<(gmd|gco|gml|gmx):\w+/gu)].map(({ index }) => index);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom('<x/>', 'text', '<gmd:a><gmd:b/></gmd:a>', '&#0;'),
        (at, more) => {
          const { dataset } = read(gauges.slice(0, at) + more + gauges.slice(at));
          expect(dataset?.title.length ?? 1).toBeGreaterThan(0);
        },
      ),
      randomRuns(100),
    );
  });
});

describe('Dublin Core of a CSW', () => {
  const record = (inner: string) =>
    `<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows">${inner}</csw:Record>`;
  const dc = (inner: string) => read(record(inner), 'csw-dc-record');

  test('a record is mapped field by field', () => {
    const { dataset } = dc(`<dc:identifier>tw-wra-gauges</dc:identifier><dc:identifier>doi:1</dc:identifier>
      <dc:title xml:lang="zh-TW">河川</dc:title><dc:title xml:lang="en">Rivers</dc:title><dct:abstract>說明</dct:abstract>
      <dc:subject>水</dc:subject><dc:publisher>水利署</dc:publisher><dct:license>https://creativecommons.org/licenses/by/4.0/</dct:license>
      <dc:language>zho</dc:language><dct:modified>2024-03-01</dct:modified><dct:spatial>臺北市</dct:spatial><dc:format>CSV</dc:format>
      <dct:references scheme="OGC:WMS">https://maps.example.tw/wms</dct:references>
      <dct:references scheme="WWW:DOWNLOAD-1.0-http--download">https://data.example.tw/get?id=1</dct:references>
      <dc:relation>other-record</dc:relation><dc:URI protocol="WWW:LINK" name="Page">https://data.example.tw/p</dc:URI>`);
    expect(dataset).toMatchObject({
      identifiers: ['doi:1'],
      title: [
        { text: '河川', lang: 'zh-Hant-TW' },
        { text: 'Rivers', lang: 'en' },
      ],
      publisher: { name: [{ text: '水利署' }] },
      licence: { id: 'CC-BY-4.0' },
      languages: ['zh-Hant-TW'],
      modified: { value: '2024-03-01' },
      spatial: [{ name: [{ text: '臺北市' }] }],
    });
    expect(dataset?.distributions.map(({ access, format }) => [access, format.id])).toEqual([
      ['service', 'WMS'],
      ['download', 'CSV'],
      ['page', undefined],
    ]);
  });

  const corners = (low: string, high: string) =>
    `<ows:LowerCorner>${low}</ows:LowerCorner><ows:UpperCorner>${high}</ows:UpperCorner>`;
  test.each([
    `<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::4326">${corners('24.9 121.4', '25.3 121.7')}</ows:BoundingBox>`,
    `<ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326">${corners('24.9 121.4', '25.3 121.7')}</ows:BoundingBox>`,
    `<ows:BoundingBox crs="urn:ogc:def:crs:OGC:1.3:CRS84">${corners('121.4 24.9', '121.7 25.3')}</ows:BoundingBox>`,
    `<ows:WGS84BoundingBox>${corners('121.4 24.9', '121.7 25.3')}</ows:WGS84BoundingBox>`,
  ])('field P-17: axes by the reference system: %s', (xml) => {
    const result = dc(`<dc:title>t</dc:title>${xml}`);
    expect(result.dataset?.spatial).toEqual([{ name: [], bbox: [121.4, 24.9, 121.7, 25.3] }]);
    expect(slugs(result).filter((slug) => slug.startsWith('spatial'))).toEqual([]);
  });

  test('field P-17: an order that gives latitudes over 90 is turned, and noted', () => {
    const xml = `<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::4326">${corners('121.4 24.9', '121.7 25.3')}</ows:BoundingBox>`;
    const result = dc(xml);
    expect(result.dataset?.spatial[0]?.bbox).toEqual([121.4, 24.9, 121.7, 25.3]);
    expect(slugs(result)).toContain('spatial-axes-swapped');
  });
});

describe.skipIf(!hasCaptures)('recorded answers', () => {
  const folder = (...parts: string[]) => capture('data', 'kinds', ...parts);
  const text = (path: string) => {
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  const inFolder = (path: string, pattern: RegExp) =>
    readdirSync(path)
      .filter((name) => pattern.test(name))
      .map((name) => join(path, name));
  const pages = hasCaptures ? inFolder(folder('csw', 'udata'), /iso19139/u) : [];

  test.each(pages)('%s: every record is cut out whole and mapped', (path) => {
    const page = text(path);
    const answer = readAnswer(
      { status: 200, contentType: 'text/xml', text: page, length: page.length },
      { url: '', fetchedAt: '' },
    );
    const slices = answer.kind === 'page' ? answer.page.slices : [];
    expect(slices).toHaveLength((page.match(/<gmd:MD_Metadata[\s>]/gu) ?? []).length);
    for (const slice of slices) {
      // All of it stood there, but for the one namespace that the answer's root declares.
      const bare = slice.text?.replace(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', '') ?? '';
      expect(page.includes(bare) || page.includes(slice.text ?? '')).toBe(true);
      const { dataset, problems } = read(slice.text ?? '', 'iso19139-record', { languages: ['fr'] });
      expect(dataset?.title[0]?.lang).toBe('fr');
      expect(dataset?.publisher?.name[0]?.text).toMatch(/^(?:DDTM|Institut national)/u);
      expect(dataset?.spatial.flatMap(({ bbox }) => (bbox === undefined ? [] : [bbox[0] <= bbox[2]]))).not.toContain(
        false,
      );
      expect(dataset?.distributions.length).toBeGreaterThan(5);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test('GeoNode: a record of GetRecordById', () => {
    const scanner = new XmlSliceScanner({ path: ['GetRecordByIdResponse'], maxSliceLength: 1_000_000 });
    const [slice] = scanner.push(text(folder('geonode', 'qgis_geonode', 'layer_detail_response2.xml')));
    const { dataset } = read(slice?.text ?? '');
    expect(dataset).toMatchObject({ title: [{ text: 'tejo0', lang: 'en' }], themes: [{ value: 'land-cities' }] });
    const access = dataset?.distributions.map((each) => each.access);
    expect([access?.includes('service'), access?.includes('download')]).toEqual([true, true]);
  });

  test.each([
    ['valid_iso1.xml', 'Demographics for US Census Tracts', 'U.S. EPA Office'],
    ['valid_iso2.xml', 'Bringing Wetlands to Market', 'Office for Coastal Management'],
    ['invalid_iso2.xml', 'Assessing How Climate Change', 'Office for Coastal Management'],
    ['valid_iso_too_many_keywords.xml.gz', 'NOAA/CIRES/DOE 20th Century', undefined],
  ])('a file of a web folder, %s', (name, title, publisher) => {
    const { dataset, problems } = read(text(folder('iso19139-waf', 'datagov-harvester', name)));
    expect(dataset?.title[0]?.text).toContain(title);
    expect(dataset?.publisher?.name[0]?.text.slice(0, publisher?.length)).toBe(publisher);
    expect(dataset?.keywords.length).toBeLessThanOrEqual(200);
    expect(problems.some(({ slug }) => slug === 'keywords-capped')).toBe(name.includes('many'));
  });

  test('what is no ISO 19139 (FGDC with a DTD, an empty file) is unreadable', () => {
    for (const path of inFolder(folder('iso19139-waf', 'datagov-harvester'), /^(?:USGS|to_be|decode).*xml$/u)) {
      expect(slugs(read(text(path)))).toEqual(['record-unreadable']);
    }
  });
});
