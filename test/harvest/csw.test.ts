/** What is peculiar to a CSW: orders and schemas that are refused, exceptions, records that describe no data. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/harvest/csw/answer.ts';
import { getRecords } from '../../src/harvest/csw/get-records.ts';
import type { FaultRule } from '../../src/simulator/faults.ts';
import type { CswPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { capture, hasCaptures } from '../support/captures.ts';
import { encodeBig5 } from '../support/encode-big5.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const open: Simulator[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const iso = (id: string, inner = ''): PortalRecord => ({
  id,
  bytes: Buffer.from(
    `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>${id}</gco:CharacterString></gmd:fileIdentifier>${inner}</gmd:MD_Metadata>`,
  ),
});
const dc = (id: string): PortalRecord => ({
  id,
  bytes: Buffer.from(
    `<csw:Record><dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">${id}</dc:identifier></csw:Record>`,
  ),
});
const level = (code: string) =>
  `<gmd:hierarchyLevel><gmd:MD_ScopeCode codeList="x" codeListValue="${code}">${code}</gmd:MD_ScopeCode></gmd:hierarchyLevel>`;
const ids = Array.from({ length: 23 }, (_, i) => `r${String(i).padStart(2, '0')}`);
const records = ids.map((id) => iso(id));

async function harvest(portal: Partial<CswPortal>, options = {}, faults: readonly FaultRule[] = []) {
  const simulator = await startSimulator({
    portals: [{ id: 'geo', protocol: 'csw', records, pageCap: 5, ...portal }],
    faults,
  });
  open.push(simulator);
  const harvested = await collect(testSource('csw', simulator.urlOf('geo'), { options }));
  return { ...harvested, simulator };
}

const refusesSorts = { refusedSorts: ['dc:identifier', 'apiso:Identifier', 'Identifier'] };
const answer = (body: string, status = 200): FaultRule['fault'] => ({ kind: 'answer', status, body });
const report = (code: string, locator: string, text: string) =>
  `<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="${code}" locator="${locator}"><ows:ExceptionText>${text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`;

describe('op D3: the order of the pages', () => {
  test('is asked for by identifier', async () => {
    const { ids: found, end, simulator } = await harvest({ hasNoOrder: true });
    expect([found, end?.complete]).toEqual([ids, true]);
    expect(simulator.requests.every(({ pathAndQuery }) => pathAndQuery.includes('sortBy=dc%3Aidentifier%3AA'))).toBe(
      true,
    );
  });

  test('falls back to another name of the property, once', async () => {
    const { ids: found, end, log, simulator } = await harvest({ hasNoOrder: true, refusedSorts: ['dc:identifier'] });
    expect([found, end?.complete, log.length]).toEqual([ids, true, 1]);
    expect(simulator.requests.filter(({ pathAndQuery }) => pathAndQuery.includes('dc%3Aidentifier'))).toHaveLength(1);
  });

  test('without any, no record comes twice and a run that may have missed some is not complete', async () => {
    const { ids: found, end } = await harvest({ hasNoOrder: true, ...refusesSorts });
    expect(new Set(found).size).toBe(found.length);
    expect(found.length < ids.length ? end?.complete : false).toBe(false);
  });

  test('without any but steady, all records come', async () => {
    const { ids: found, end } = await harvest(refusesSorts);
    expect([found, end?.complete]).toEqual([ids, true]);
  });

  test('is that of the source’s file', async () => {
    const { simulator } = await harvest(
      {},
      { sortBy: 'title', constraint: "type = 'dataset'", typeNames: 'gmd:MD_Metadata' },
    );
    const asked = new URL(simulator.requests[0]?.pathAndQuery ?? '', simulator.origin).searchParams;
    expect([asked.get('sortBy'), asked.get('constraint'), asked.get('typeNames')]).toEqual([
      'title:A',
      "type = 'dataset'",
      'gmd:MD_Metadata',
    ]);
  });
});

describe('the schema', () => {
  const refused = { refusedSchemas: ['http://www.isotc211.org/2005/gmd'], dublinCore: ids.map(dc) };

  test.each(['get', 'post'])('falls back to Dublin Core where gmd is refused (%s)', async (method) => {
    const { ids: found, end, events } = await harvest(refused, { method });
    expect([found, end?.complete]).toEqual([ids, true]);
    const record = events.find((event) => event.kind === 'record');
    expect(record?.kind === 'record' && record.record.form).toBe('csw-dc-record');
    // The prefix `csw` is declared around the record only.
    const raw = record?.kind === 'record' ? Buffer.from(record.record.raw).toString() : '';
    expect(raw).toContain('<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">');
  });

  test('is not given up when the source names it', async () => {
    const { failure } = await harvest(refused, { outputSchema: 'gmd' });
    expect(failure).toMatchObject({ code: 'soft-error', message: expect.stringContaining('no such schema') });
  });
});

describe('field F-06: an exception is an error with its code and text, never an empty page', () => {
  test.each([
    [200, 'NoApplicableCode'],
    [400, 'InvalidUpdateSequence'],
    [500, 'NoApplicableCode'],
  ])('status %i, %s', async (status, code) => {
    const rule = { times: 99, fault: answer(report(code, '', 'java.lang.NullPointerException &amp; more'), status) };
    const { failure, events } = await harvest({}, {}, [rule]);
    expect(failure).toMatchObject({ name: 'SourceError', message: expect.stringContaining(code) });
    expect(failure).toMatchObject({ message: expect.stringContaining('NullPointerException & more') });
    expect(events).toEqual([]);
  });

  test('in the middle of the listing it ends the run', async () => {
    const rule = { from: 3, times: 99, fault: answer(report('NoApplicableCode', '', 'index is being rebuilt')) };
    const { failure, ids: found, end } = await harvest({}, {}, [rule]);
    expect(failure).toMatchObject({ code: 'soft-error', message: expect.stringContaining('index is being rebuilt') });
    expect([found.length > 0, end]).toEqual([true, undefined]);
  });

  test('one that says a page lies behind the end is the end', async () => {
    const shrinks: FaultRule = { from: 4, fault: { kind: 'edit', edit: (all) => all.slice(0, 12) } };
    const { failure, end, ids: found } = await harvest({ refusesBehindEnd: true }, {}, [shrinks]);
    expect(failure).toBeUndefined();
    expect(end?.kind).toBe('end');
    expect(new Set(found).size).toBe(found.length);
  });
});

describe('field P-10: the end of a listing without a total', () => {
  const change = (to: string) => (body: Uint8Array) =>
    Buffer.from(
      Buffer.from(body)
        .toString()
        .replace(/numberOfRecordsMatched="\d+"/u, to),
    );
  const always = { times: Number.POSITIVE_INFINITY };

  test('is what nextRecord="0" says', async () => {
    const { ids: found, end } = await harvest({}, {}, [{ ...always, fault: { kind: 'rewrite', change: change('') } }]);
    expect([found, end?.complete]).toEqual([ids, true]);
  });

  test.each(['numberOfRecordsMatched="-1"', ''])(
    'is not known from an answer without records and with "%s"',
    async (to) => {
      const { end, ids: found } = await harvest({ records: [] }, {}, [
        { ...always, fault: { kind: 'rewrite', change: change(to) } },
      ]);
      expect([found, end?.complete]).toEqual([[], false]);
      expect(end?.why).toContain('numberOfRecordsMatched');
    },
  );

  test('is reached even when the same page is given for ever', async () => {
    const same: FaultRule = { ...always, from: 2, fault: { kind: 'rewrite', change: () => Buffer.from(first) } };
    const first = `<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults numberOfRecordsMatched="23" nextRecord="6">${records
      .slice(0, 5)
      .map(({ bytes }) => Buffer.from(bytes).toString())
      .join('')}</csw:SearchResults></csw:GetRecordsResponse>`;
    const { ids: found, end, simulator } = await harvest({}, {}, [same]);
    expect([found, end?.complete]).toEqual([ids.slice(0, 5), false]);
    expect(simulator.requests.length).toBeLessThan(30);
  });
});

test('records that describe no data are left out and counted, not rejected', async () => {
  const mixed = [
    iso('a', level('dataset')),
    iso('b', level('service')),
    iso('c', level('series')),
    iso('d', level('nonGeographicDataset')),
    iso('e', level('application')),
    iso('f', level('service')),
    iso('g'),
    { id: 'h', bytes: Buffer.from('<gfc:FC_FeatureCatalogue xmlns:gfc="http://www.isotc211.org/2005/gfc"/>') },
  ];
  const { ids: found, rejected, end, log } = await harvest({ records: mixed });
  expect([found, rejected, end]).toEqual([['a', 'c', 'd', 'g'], [], { kind: 'end', complete: true, claimedTotal: 8 }]);
  expect(log).toEqual([expect.stringContaining('left out 2 service, 1 application, 1 featureCatalogue')]);
});

test('a record without fileIdentifier is known by its citation; one of another form, or broken, is rejected', async () => {
  const cited = (id: string) =>
    `<MD_Metadata xmlns="http://www.isotc211.org/2005/gmd"><identificationInfo><MD_DataIdentification><citation><CI_Citation><identifier><MD_Identifier><code><CharacterString>${id}</CharacterString></code></MD_Identifier></identifier></CI_Citation></citation></MD_DataIdentification></identificationInfo></MD_Metadata>`;
  const odd = [
    cited('x-1'),
    '<mdb:MD_Metadata xmlns:mdb="http://standards.iso.org/iso/19115/-3/mdb/2.0"/>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"><gmd:a></gmd:MD_Metadata>',
  ].map((xml, at) => ({ id: String(at), bytes: Buffer.from(xml) }));
  const { ids: found, rejected, end } = await harvest({ records: [...odd, ...records.slice(0, 2)] });
  expect([...found].sort()).toEqual(['r00', 'r01', 'x-1']);
  expect([...rejected].sort()).toEqual(['record-malformed', 'record-of-other-form', 'record-of-other-form']);
  expect(end?.complete).toBe(true);
});

test('field F-13: an answer in Big5 that says so in its declaration only', async () => {
  const change = (body: Uint8Array) => encodeBig5(Buffer.from(body).toString().replace('UTF-8', 'Big5'));
  const title = '<gmd:title>空氣品質監測結果</gmd:title>';
  const { raws } = await harvest({ records: [iso('a', title)] }, {}, [
    { times: 99, fault: { kind: 'rewrite', contentType: 'text/xml', change } },
  ]);
  expect(raws.get('a')).toContain(title);
});

test('op I5: an answer with a document type is refused in 100 ms, and no address in it is asked', async () => {
  const body = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY b${i} "&a;&a;">`).join('')}]><csw:GetRecordsResponse>&b19;</csw:GetRecordsResponse>`;
  const started = performance.now();
  const read = readAnswer(
    { status: 200, contentType: 'text/xml', text: body, length: body.length },
    { url: '', fetchedAt: '' },
  );
  expect(performance.now() - started).toBeLessThan(100);
  expect(read).toMatchObject({ kind: 'fault', fault: { code: 'malformed', found: 'XML with a document type (DTD)' } });
  const { failure } = await harvest({}, {}, [{ times: 99, fault: answer(body) }]);
  expect(failure).toMatchObject({ code: 'malformed' });
});

test.each([
  ['https://geo.example/csw?SERVICE=CSW&VERSION=2.0.2&REQUEST=GetCapabilities&map=/a.map', 'map=%2Fa.map&service=CSW'],
  ['https://geo.example/csw', 'service=CSW&version=2.0.2&request=GetRecords'],
])('the parameters of another request in the endpoint are replaced: %s', (endpoint, start) => {
  const { url } = getRecords(testSource('csw', endpoint), { start: 1, schema: 'gmd', sortBy: '' });
  expect(url).toContain(`https://geo.example/csw?${start}`);
  expect(url.match(/request=/giu)).toHaveLength(1);
  expect(url).not.toContain('sortBy');
});

describe.skipIf(!hasCaptures)('recorded answers', () => {
  const folder = capture('data', 'kinds', 'csw', 'udata');
  const page = (name: string) => gunzipSync(readFileSync(`${folder}/${name}`)).toString('utf8');

  test('two recorded pages of a GeoNetwork, put back behind a CSW, come whole and unchanged', async () => {
    const texts = ['geonetwork-iso19139-page-1.xml.gz', 'geonetwork-iso19139-page-3.xml.gz'].map(page);
    const recorded = texts.flatMap((text) => text.match(/<gmd:MD_Metadata[\s>][\s\S]*?<\/gmd:MD_Metadata>/gu) ?? []);
    const played = recorded.map((xml) => ({
      id: /<gco:CharacterString>([^<]+)/u.exec(xml)?.[1] ?? '',
      bytes: Buffer.from(xml),
    }));
    expect(played).toHaveLength(4);
    const { raws, end } = await harvest({ records: played, pageCap: 2 });
    expect(end).toEqual({ kind: 'end', complete: true, claimedTotal: 4 });
    const xsi = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    for (const { id, bytes } of played) expect(raws.get(id)?.replace(xsi, '')).toBe(bytes.toString());
  });

  test('recorded pages of DCAT behind a CSW are told from records of a CSW', () => {
    const text = readFileSync(`${folder}/geonetwork-dcat-page-1.xml`, 'utf8');
    const read = readAnswer(
      { status: 200, contentType: undefined, text, length: text.length },
      { url: '', fetchedAt: '' },
    );
    expect(read.kind === 'page' && read.page.slices.map(({ local }) => local)).toEqual(['RDF', 'RDF']);
    expect(read.kind === 'page' && read.page.matched).toBe(6);
  });
});
