/** What a protocol needs for the shared cases: a portal of made records in native form, and a source for it. */
import type { Source } from '../../src/model/source.ts';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import type { Simulator } from '../../src/simulator/start-simulator.ts';
import { testSource } from '../support/test-source.ts';
import { dcatRdfSides } from './dcat-rdf-sides.ts';

export interface ProtocolSide {
  readonly name: string;
  /** Enough records for several pages or checkpoints. */
  readonly size: number;
  /** The whole catalogue is one body: one request carries records. */
  readonly isOneBody?: true;
  /** Part of the address of the requests that carry records. */
  readonly dataPath: string;
  /** A place in the middle of a body that carries records, in bytes. */
  readonly midBody: number;
  record(id: string, title: string): PortalRecord;
  /** A record that nobody can identify. */
  readonly nameless: PortalRecord;
  portal(records: readonly PortalRecord[], more?: Readonly<Record<string, unknown>>): SimulatedPortal;
  source(simulator: Simulator): Source;
  /** Key of a case → why it cannot be run here. */
  readonly skips: Readonly<Record<string, string>>;
}

const portalId = 'portal';
const utf8 = new TextEncoder();

const ckanBase = {
  record: (id: string, title: string): PortalRecord => ({
    id,
    bytes: utf8.encode(
      `{"id": ${JSON.stringify(id)},  "name": ${JSON.stringify(`n-${id}`)}, "title": ${JSON.stringify(title)}, "state": "active", "n": 1111010100100010007}`,
    ),
  }),
  nameless: { id: '!', bytes: utf8.encode('{"title": "누구"}') },
  portal: (records: readonly PortalRecord[], more = {}): SimulatedPortal => ({
    id: portalId,
    protocol: 'ckan',
    records,
    ...more,
  }),
};

const oneBody = 'the catalogue is one body: nothing can change between pages';
const noTotal = 'the protocol names no total';

/** A record that is one JSON object, with a number that no double holds. */
function jsonRecord(id: string, members: string): PortalRecord {
  return { id, bytes: utf8.encode(`{ ${members}, "n": 1111010100100010007 }`) };
}

const text = (value: string): string => JSON.stringify(value);

/** Base of the portal whose endpoint this is. */
const below = (endpoint: string, path: string): string => new URL(`/${portalId}/${path}`, endpoint).href;

const malaysia = {
  size: 250,
  dataPath: 'raw/',
  midBody: 40,
  source: (simulator: Simulator, options: Source['options'] = {}): Source => {
    const endpoint = simulator.urlOf(portalId);
    return testSource('data-gov-my', endpoint, { options: { files: below(endpoint, 'raw'), ...options } });
  },
};
const fileNames = 'files are asked for by name, and no folder has two of one name';
const lengthIsTotal = 'the total is the length of the list';

const india = { size: 20, midBody: 200, skips: {} };
const indiaSource = (simulator: Simulator, listing: string): Source =>
  testSource('ogd-india', simulator.urlOf(portalId), { options: { listing, pageSize: 6 } });

const singapore = {
  size: 20,
  record: (id: string, title: string) => jsonRecord(id, `"datasetId":${text(id)}, "name": ${text(title)}`),
  nameless: { id: '', bytes: utf8.encode('{ "name": "누구" }') },
  portal: (records: readonly PortalRecord[], more = {}): SimulatedPortal => ({
    id: portalId,
    protocol: 'data-gov-sg',
    listing: 'datasets',
    records,
    pageSize: 6,
    ...more,
  }),
};

const taiwanHeader = utf8.encode('\uFEFF資料集識別碼,資料集名稱,資料提供屬性,服務分類,品質檢測,檔案格式');

const xml = (value: string): string => value.replace(/[&<>"]/gu, (each) => `&#${each.charCodeAt(0)};`);

const csw = {
  size: 20,
  dataPath: 'csw',
  midBody: 700,
  portal: (records: readonly PortalRecord[], more = {}): SimulatedPortal => ({
    id: portalId,
    protocol: 'csw',
    records,
    pageCap: 6,
    ...more,
  }),
  skips: {},
};

export const protocolSides: readonly ProtocolSide[] = [
  {
    ...csw,
    name: 'csw in ISO 19139 by GET',
    record: (id, title) => ({
      id,
      bytes: utf8.encode(
        `<gmd:MD_Metadata  xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco='http://www.isotc211.org/2005/gco'>\r\n<gmd:fileIdentifier><gco:CharacterString>${xml(id)}</gco:CharacterString></gmd:fileIdentifier><!-- ${xml(title)} --></gmd:MD_Metadata >`,
      ),
    }),
    nameless: {
      id: '',
      bytes: utf8.encode(
        '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"><gmd:language/></gmd:MD_Metadata>',
      ),
    },
    source: (simulator) => testSource('csw', simulator.urlOf(portalId)),
  },
  {
    ...csw,
    name: 'csw in Dublin Core by POST',
    record: (id, title) => ({
      id,
      bytes: utf8.encode(
        `<Record xmlns="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>${xml(id)}</dc:identifier><dc:title><![CDATA[${title}]]></dc:title></Record>`,
      ),
    }),
    nameless: {
      id: '',
      bytes: utf8.encode('<Record xmlns="http://www.opengis.net/cat/csw/2.0.2"><a/></Record>'),
    },
    source: (simulator) =>
      testSource('csw', simulator.urlOf(portalId), { options: { method: 'post', outputSchema: 'csw' } }),
  },
  {
    ...ckanBase,
    name: 'ckan by package_search',
    size: 20,
    dataPath: 'package_search',
    midBody: 200,
    source: (simulator) => testSource('ckan', simulator.urlOf(portalId), { options: { pageSize: 6 } }),
    skips: {},
  },
  {
    ...ckanBase,
    name: 'ckan by package_list and package_show',
    size: 250,
    dataPath: 'package_show',
    midBody: 40,
    source: (simulator) => testSource('ckan', simulator.urlOf(portalId), { options: { listing: 'list' } }),
    skips: {
      'lying-total': 'the total is the length of the list',
      nameless: 'package_show is asked by name: the record is rejected under it',
    },
  },
  {
    name: 'data-go-kr',
    isOneBody: true,
    size: 3_500,
    dataPath: 'list.csv',
    midBody: 60_030,
    record: (id, title) => ({
      id,
      bytes: utf8.encode(`${id},FILE,"${title.replaceAll('"', '""')}","줄\r\n바꿈, ${id}",2022-07-01`),
    }),
    nameless: { id: '', bytes: utf8.encode(',FILE,누구,,2022-07-01') },
    portal: (records) => ({
      id: portalId,
      protocol: 'data-go-kr',
      header: utf8.encode('\uFEFF목록키,목록유형,목록명,목록설명,등록일'),
      records,
    }),
    source: (simulator) => testSource('data-go-kr', simulator.urlOf(portalId)),
    skips: { 'edits-between-pages': oneBody, 'lying-total': noTotal },
  },
  {
    name: 'dcat-us',
    size: 1_300,
    dataPath: 'data.json',
    midBody: 20_000,
    record: (id, title) => ({
      id,
      bytes: utf8.encode(
        `{ "identifier":${JSON.stringify(id)}, "title" : ${JSON.stringify(title)}, "n": 1111010100100010007 }`,
      ),
    }),
    nameless: { id: '', bytes: utf8.encode('{ "title": "누구" }') },
    portal: (records, more = {}) => ({ id: portalId, protocol: 'dcat-us', records, pageSize: 600, ...more }),
    source: (simulator) => testSource('dcat-us', simulator.urlOf(portalId)),
    skips: {
      'edits-between-pages':
        'pages are numbered and cannot overlap: a row that moves between two of them is seen in the next run',
      'lying-total': noTotal,
    },
  },
  {
    ...malaysia,
    name: 'data-gov-my definitions',
    record: (id, title) => jsonRecord(id, `"title_en":${text(title)}`),
    nameless: { id: '', bytes: utf8.encode('{ "title_en": "누구" }') },
    portal: (records, more = {}) => {
      return { id: portalId, protocol: 'data-gov-my', folder: 'data-catalogue/', records, ...more };
    },
    skips: { 'duplicate-id': fileNames, 'lying-total': lengthIsTotal, nameless: fileNames },
  },
  {
    ...malaysia,
    name: 'data-gov-my publications',
    record: (id, title) => jsonRecord(id, `"publication":${text(id)}, "en": { "title": ${text(title)} }`),
    nameless: { id: '', bytes: utf8.encode('{ "en": { "title": "누구" } }') },
    portal: (records, more = {}) => {
      return { id: portalId, protocol: 'data-gov-my', folder: 'pub-dosm/publications/', records, ...more };
    },
    source: (simulator) => malaysia.source(simulator, { listing: 'publications' }),
    skips: { 'duplicate-id': fileNames, 'lying-total': lengthIsTotal, nameless: fileNames },
  },
  {
    ...india,
    name: 'ogd-india by /lists',
    dataPath: 'lists',
    record: (id, title) => jsonRecord(id, `"index_name":${text(id)}, "title": ${text(title)}`),
    nameless: { id: '', bytes: utf8.encode('{ "title": "누구" }') },
    portal: (records, more = {}) => ({ id: portalId, protocol: 'ogd-india', listing: 'lists', records, ...more }),
    source: (simulator) => indiaSource(simulator, 'lists'),
  },
  {
    ...india,
    name: 'ogd-india by dmspublic',
    dataPath: 'dmspublic',
    record: (id, title) => jsonRecord(id, `"uuid":[${text(id)}], "title": [${text(title)}]`),
    nameless: { id: '', bytes: utf8.encode('{ "title": ["누구"] }') },
    portal: (records, more = {}) => ({ id: portalId, protocol: 'ogd-india', listing: 'dmspublic', records, ...more }),
    source: (simulator) => indiaSource(simulator, 'dmspublic'),
  },
  {
    name: 'data-gov-tw by export',
    isOneBody: true,
    size: 3_500,
    dataPath: 'dataset/export',
    midBody: 60_030,
    record: (id, title) => ({
      id,
      bytes: utf8.encode(`${id},"${title.replaceAll('"', '""')}",檔案資料,"公共資訊\r\n",白金,CSV`),
    }),
    nameless: { id: '', bytes: utf8.encode(',누구,檔案資料,公共資訊,白金,CSV') },
    portal: (records) => ({ id: portalId, protocol: 'data-gov-tw', header: taiwanHeader, records }),
    source: (simulator) => testSource('data-gov-tw', simulator.urlOf(portalId)),
    skips: {
      'edits-between-pages': oneBody,
      'lying-total': noTotal,
      'wrong-charset': 'CP949 cannot write the header; data-gov-tw.test.ts does it in Big5',
    },
  },
  {
    name: 'data-gov-tw by details',
    size: 250,
    dataPath: 'rest/dataset/',
    midBody: 60,
    record: (id, title) => jsonRecord(id, `"datasetId":${text(id)}, "title": ${text(title)}`),
    nameless: { id: '', bytes: utf8.encode('{ "title": "누구" }') },
    portal: (details) => {
      const records = details.map(({ id }) => ({ id, bytes: utf8.encode(`"${id}",제목,,,,`) }));
      return { id: portalId, protocol: 'data-gov-tw', header: taiwanHeader, records, details };
    },
    source: (simulator) => {
      const endpoint = simulator.urlOf(portalId);
      const details = below(endpoint, 'api/v2/rest/dataset/');
      return testSource('data-gov-tw', endpoint, { options: { details } });
    },
    skips: {
      'duplicate-id': 'a detail is asked for once an id',
      'lying-total': lengthIsTotal,
      nameless: 'the row of the export is rejected: nobody could ask for its detail',
    },
  },
  {
    ...singapore,
    name: 'data-gov-sg by pages',
    dataPath: 'api/datasets',
    midBody: 200,
    source: (simulator) => testSource('data-gov-sg', simulator.urlOf(portalId)),
    skips: {},
  },
  {
    ...singapore,
    name: 'data-gov-sg by metadata',
    size: 250,
    dataPath: '/metadata',
    midBody: 40,
    source: (simulator) => testSource('data-gov-sg', simulator.urlOf(portalId), { options: { metadata: true } }),
    skips: { 'duplicate-id': 'metadata is asked for once an id', 'lying-total': lengthIsTotal },
  },
  {
    ...singapore,
    name: 'data-gov-sg collections',
    dataPath: 'api/collections',
    midBody: 200,
    record: (id, title) => jsonRecord(id, `"collectionId":${text(id)}, "name": ${text(title)}`),
    portal: (records, more = {}) => ({ ...singapore.portal(records, more), listing: 'collections' }) as SimulatedPortal,
    source: (simulator) =>
      testSource('data-gov-sg', simulator.urlOf(portalId), { options: { listing: 'collections' } }),
    skips: {
      'lying-total': noTotal,
      resume: 'without a total the pages are read twice; after a restart the second reading yields them all again',
    },
  },
  {
    name: 'schema-org by sitemap',
    size: 250,
    dataPath: 'dataset/',
    midBody: 150,
    record: (id, title) =>
      jsonRecord(
        id,
        `"@context": "https://schema.org/", "@type":"Dataset", "identifier":${text(id)}, "name": ${text(title)}`,
      ),
    nameless: { id: '', bytes: utf8.encode('{ "@type": "Dataset", "name": "누구" }') },
    portal: (records, more = {}) => ({ id: portalId, protocol: 'schema-org', records, sitemapSize: 100, ...more }),
    source: (simulator) => testSource('schema-org', simulator.urlOf(portalId)),
    skips: {
      'lying-total': noTotal,
      nameless: 'a Dataset alone on its page is known by the address of the page',
    },
  },
  ...dcatRdfSides,
];
