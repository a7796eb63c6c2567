/**
 * The server side of a catalogue in RDF: `catalog.<ending>` in pages, with Hydra as CKAN or as W3C drafts have it, a Link
 * header, plain page numbers, or as one document. Records are N-Triples; they are written in the portal's serialisation.
 */
import { parseNTriples, termText, tripleText } from '../kit/rdf/n-triples.ts';
import type { RdfTerm, Triple } from '../kit/rdf/triple.ts';
import {
  type DcatRdfPortal,
  type PortalRecord,
  type PortalRequest,
  type Reply,
  textReply,
} from './simulated-portal.ts';

const dcat = 'http://www.w3.org/ns/dcat#';
const hydra = 'http://www.w3.org/ns/hydra/core#';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

const serialisations = {
  turtle: { ending: 'ttl', type: 'text/turtle; charset=utf-8', write: turtleText },
  'n-triples': { ending: 'nt', type: 'application/n-triples', write: nTriplesText },
  'rdf-xml': { ending: 'rdf', type: 'application/rdf+xml', write: rdfXmlText },
  'json-ld': { ending: 'jsonld', type: 'application/ld+json', write: jsonLdText },
} as const;

export function dcatRdfPath(portal: DcatRdfPortal): string {
  return `catalog.${serialisations[portal.serialisation].ending}`;
}

export function answerDcatRdf(portal: DcatRdfPortal, request: PortalRequest): Reply {
  const path = dcatRdfPath(portal);
  if (request.path !== path) return textReply(404, 'text/html', '<html><body>404</body></html>');
  const { paging = 'none' } = portal;
  const size = paging === 'none' ? Math.max(1, portal.records.length) : (portal.pageSize ?? 100);
  const page = paging === 'none' ? 1 : Number(request.query.get('page') ?? 1);
  const start = (page - 1) * size;
  const records = portal.records.slice(start, start + size);
  const next = start + size < portal.records.length ? `${request.base}${path}?page=${page + 1}` : undefined;
  const triples = [
    ...catalogueTriples(request.base, records),
    ...pagingTriples(portal, `${request.base}${path}?page=${page}`, next),
  ];
  const { type, write } = serialisations[portal.serialisation];
  const link = paging === 'link' && next !== undefined ? { link: `<${next}>; rel="next"` } : {};
  return { status: 200, headers: { 'content-type': type, ...link }, body: [new TextEncoder().encode(write(triples))] };
}

function catalogueTriples(base: string, records: readonly PortalRecord[]): readonly Triple[] {
  const catalogue = iri(`${base}#catalogue`);
  const head: Triple = { subject: catalogue, predicate: `${rdf}type`, object: iri(`${dcat}Catalog`) };
  const parts = records.map(({ bytes }, at) => {
    const triples = parseNTriples(new TextDecoder().decode(bytes)) ?? [];
    return triples.map((each) => withOwnLabels(each, `r${at}`));
  });
  const links = parts.flatMap(([first]): readonly Triple[] =>
    first === undefined ? [] : [{ subject: catalogue, predicate: `${dcat}dataset`, object: first.subject }],
  );
  return [head, ...links, ...parts.flat()];
}

/** Blank nodes of two records are two. */
function withOwnLabels({ subject, predicate, object }: Triple, prefix: string): Triple {
  const own = <T extends RdfTerm>(term: T): T =>
    term.kind === 'blank' ? { ...term, value: `${prefix}${term.value}` } : term;
  return { subject: own(subject), predicate, object: own(object) };
}

function pagingTriples(portal: DcatRdfPortal, here: string, next: string | undefined): readonly Triple[] {
  const { paging } = portal;
  if (paging !== 'hydra-paged' && paging !== 'hydra-view') return [];
  const isView = paging === 'hydra-view';
  const of = (name: string, object: RdfTerm): Triple => ({
    subject: iri(here),
    predicate: `${hydra}${name}`,
    object,
  });
  const total = String(portal.claimedCount ?? portal.records.length);
  return [
    {
      subject: iri(here),
      predicate: `${rdf}type`,
      object: iri(`${hydra}${isView ? 'PartialCollectionView' : 'PagedCollection'}`),
    },
    of('totalItems', { kind: 'literal', value: total, datatype: 'http://www.w3.org/2001/XMLSchema#integer' }),
    // CKAN writes addresses as texts, the view of Hydra as nodes.
    ...(next === undefined ? [] : [isView ? of('next', iri(next)) : of('nextPage', { kind: 'literal', value: next })]),
  ];
}

function iri(value: string): Extract<RdfTerm, { kind: 'iri' }> {
  return { kind: 'iri', value };
}

function nTriplesText(triples: readonly Triple[]): string {
  return triples.map((each) => `${tripleText(each)}\n`).join('');
}

function bySubject(triples: readonly Triple[]): ReadonlyMap<string, readonly Triple[]> {
  const groups = new Map<string, Triple[]>();
  for (const each of triples) {
    const key = termText(each.subject);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}

function turtleText(triples: readonly Triple[]): string {
  const blocks = [...bySubject(triples)].map(([subject, own]) => {
    const lines = own.map(({ predicate, object }) => {
      const verb =
        predicate === `${rdf}type`
          ? 'a'
          : predicate.startsWith(dcat)
            ? predicate.replace(dcat, 'dcat:')
            : `<${predicate}>`;
      return `${verb} ${termText(object)}`;
    });
    return `${subject} ${lines.join(' ;\n    ')} .\n`;
  });
  return `@prefix dcat: <${dcat}> .\n\n${blocks.join('\n')}`;
}

function rdfXmlText(triples: readonly Triple[]): string {
  const blocks = [...bySubject(triples).values()].map((own) => {
    const [first] = own;
    const about = first === undefined ? '' : nodeAttribute('about', first.subject);
    return `  <rdf:Description${about}>\n${own.map(propertyElement).join('')}  </rdf:Description>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="${rdf}">\n${blocks.join('')}</rdf:RDF>\n`;
}

function propertyElement({ predicate, object }: Triple): string {
  const [, namespace = '', name = ''] = /^(.*[/#])([^/#]+)$/.exec(predicate) ?? [];
  const open = `    <p:${name} xmlns:p="${xml(namespace)}"`;
  if (object.kind !== 'literal') return `${open}${nodeAttribute('resource', object)}/>\n`;
  const lang = object.lang === undefined ? '' : ` xml:lang="${xml(object.lang)}"`;
  const type = object.datatype === undefined ? '' : ` rdf:datatype="${xml(object.datatype)}"`;
  return `${open}${lang}${type}>${xml(object.value)}</p:${name}>\n`;
}

function nodeAttribute(name: 'about' | 'resource', node: Exclude<RdfTerm, { kind: 'literal' }>): string {
  return node.kind === 'iri' ? ` rdf:${name}="${xml(node.value)}"` : ` rdf:nodeID="${xml(node.value)}"`;
}

const xmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function xml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => xmlEscapes[character] ?? character);
}

function jsonLdText(triples: readonly Triple[]): string {
  const graph = [...bySubject(triples).values()].map((own) => {
    const members: Record<string, unknown[]> = {};
    for (const { predicate, object } of own) {
      const key = predicate === `${rdf}type` ? '@type' : predicate;
      members[key] = [...(members[key] ?? []), key === '@type' ? object.value : jsonLdValue(object)];
    }
    const [first] = own;
    return { '@id': first === undefined ? '' : idOf(first.subject), ...members };
  });
  return JSON.stringify({ '@context': { dcat }, '@graph': graph });
}

function jsonLdValue(term: RdfTerm): unknown {
  if (term.kind !== 'literal') return { '@id': idOf(term) };
  if (term.lang !== undefined) return { '@value': term.value, '@language': term.lang };
  return term.datatype === undefined ? { '@value': term.value } : { '@value': term.value, '@type': term.datatype };
}

function idOf(node: Exclude<RdfTerm, { kind: 'literal' }>): string {
  return node.kind === 'iri' ? node.value : `_:${node.value}`;
}
