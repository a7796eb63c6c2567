/** What a protocol needs for the shared cases: a portal of made records in native form, and a source for it. */
import type { Source } from '../../src/model/source.ts';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import type { Simulator } from '../../src/simulator/start-simulator.ts';
import { testSource } from '../support/test-source.ts';

export interface ProtocolSide {
  readonly name: string;
  /** Enough records for several pages or checkpoints. */
  readonly size: number;
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

export const protocolSides: readonly ProtocolSide[] = [
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
];
