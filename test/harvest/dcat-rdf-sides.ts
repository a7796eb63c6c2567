/** The sides of a catalogue in RDF for the shared cases: four serialisations, four ways of paging. */
import { tripleText } from '../../src/kit/rdf/n-triples.ts';
import type { RdfTerm, Triple } from '../../src/kit/rdf/triple.ts';
import type { DcatRdfPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { testSource } from '../support/test-source.ts';
import type { ProtocolSide } from './protocol-sides.ts';

const dct = 'http://purl.org/dc/terms/';
const dcat = 'http://www.w3.org/ns/dcat#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** In the order of canonical N-Triples, so that the bytes must come out as they went in. */
export function rdfRecord(id: string, title: string): PortalRecord {
  const dataset = { kind: 'iri', value: `https://portal.example/d/${encodeURIComponent(`${id} ${title}`)}` } as const;
  const file = { kind: 'blank', value: 'b0' } as const;
  const of = (predicate: string, object: RdfTerm): Triple => ({ subject: dataset, predicate, object });
  const triples: readonly Triple[] = [
    of(`${dct}identifier`, { kind: 'literal', value: id }),
    of(`${dct}title`, { kind: 'literal', value: title, lang: 'ko' }),
    of(rdfType, { kind: 'iri', value: `${dcat}Dataset` }),
    of(`${dcat}distribution`, file),
    {
      subject: file,
      predicate: `${dcat}downloadURL`,
      object: { kind: 'iri', value: `https://portal.example/${encodeURIComponent(id)}.csv` },
    },
  ];
  return { id, bytes: Buffer.from(triples.map((each) => `${tripleText(each)}\n`).join('')) };
}

const numbered = {
  'edits-between-pages': 'without a total nothing tells of a row that moves between two pages: the next run sees it',
  'lying-total': 'the pages name no total',
};

function side(
  serialisation: DcatRdfPortal['serialisation'],
  paging: NonNullable<DcatRdfPortal['paging']>,
  skips: ProtocolSide['skips'],
): ProtocolSide {
  return {
    name: `dcat-rdf in ${serialisation} by ${paging}`,
    size: 20,
    dataPath: 'catalog.',
    midBody: 700,
    record: rdfRecord,
    nameless: {
      id: '',
      bytes: Buffer.from(`_:b0 <${dct}title> "누구" .\n_:b0 <${rdfType}> <${dcat}Dataset> .\n`),
    },
    portal: (records, more = {}) => {
      return { id: 'portal', protocol: 'dcat-rdf', serialisation, paging, pageSize: 6, records, ...more };
    },
    source: (simulator) => testSource('dcat-rdf', simulator.urlOf('portal')),
    skips,
  };
}

export const dcatRdfSides: readonly ProtocolSide[] = [
  side('turtle', 'hydra-paged', {}),
  side('rdf-xml', 'hydra-view', { 'hostile-ids': 'XML 1.0 cannot write U+000B' }),
  side('json-ld', 'link', numbered),
  side('n-triples', 'number', numbered),
];
