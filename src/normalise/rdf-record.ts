/**
 * One dataset in RDF, looked into: its node, and the values that any node has. Pure. Predicates are told by their IRIs;
 * where portals use several for one thing, the first that says anything is taken.
 */
import { parseNTriples, termText } from '../kit/rdf/n-triples.ts';
import { isIri, type RdfNode, type RdfTerm, type Triple } from '../kit/rdf/triple.ts';

export interface RdfRecord {
  readonly root: RdfNode;
  readonly triples: readonly Triple[];
  /** Values of the first predicate that has any. */
  readonly all: (node: RdfTerm, predicates: readonly string[]) => readonly RdfTerm[];
  /** Whether anything is said of the node. */
  readonly isDescribed: (node: RdfTerm) => boolean;
}

/** Undefined for text that is no N-Triples; the dataset is what the first statement speaks of. */
export function readRdfRecord(text: string): RdfRecord | undefined {
  const triples = parseNTriples(text);
  const root = triples?.[0]?.subject;
  if (triples === undefined || root === undefined) return undefined;
  const values = new Map<string, Map<string, RdfTerm[]>>();
  for (const { subject, predicate, object } of triples) {
    const name = termText(subject);
    const own = values.get(name) ?? new Map<string, RdfTerm[]>();
    values.set(name, own);
    const list = own.get(predicate);
    if (list === undefined) own.set(predicate, [object]);
    else list.push(object);
  }
  return {
    root,
    triples,
    all: (node, predicates) => {
      const own = node.kind === 'literal' ? undefined : values.get(termText(node));
      return predicates.map((each) => own?.get(each) ?? []).find((list) => list.length > 0) ?? [];
    },
    isDescribed: (node) => node.kind !== 'literal' && values.has(termText(node)),
  };
}

/** Texts with the characters that no IRI may have, in places for IRIs, with the property that they stand for. */
export function brokenIris({ triples }: RdfRecord): readonly { readonly path: string; readonly text: string }[] {
  return triples.flatMap(({ predicate, object }) => {
    if (object.kind !== 'literal' || object.datatype !== 'http://www.w3.org/2001/XMLSchema#anyURI') return [];
    return /[\u0000-\u0020<>"{}|\\^`]/.test(object.value.trim()) && !isIri(object.value)
      ? [{ path: lastPart(predicate), text: object.value }]
      : [];
  });
}

/** What stands behind the last `/` or `#` of an IRI, percent-decoded; the whole when nothing does. */
export function lastPart(iri: string): string {
  const part = /[^/#]+(?=[/#]*$)/.exec(iri)?.[0] ?? iri;
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    // A `%` that is only a percent sign.
    if (cause instanceof URIError) return part;
    throw cause;
  }
}

/** Text of a literal or IRI; undefined for a blank node and for an empty text. */
export function writtenText(term: RdfTerm | undefined): string | undefined {
  if (term === undefined || term.kind === 'blank' || term.value.trim() === '') return undefined;
  return term.value;
}

export const predicates = {
  title: [
    ...['http://purl.org/dc/terms/title', 'http://purl.org/dc/elements/1.1/title'],
    ...['http://www.w3.org/2000/01/rdf-schema#label', 'http://schema.org/name', 'https://schema.org/name'],
    'http://www.w3.org/2004/02/skos/core#prefLabel',
  ],
  description: [
    ...['http://purl.org/dc/terms/description', 'http://purl.org/dc/elements/1.1/description'],
    ...['http://purl.org/dc/terms/abstract', 'http://www.w3.org/2000/01/rdf-schema#comment'],
    'http://schema.org/description',
  ],
  label: [
    ...['http://www.w3.org/2004/02/skos/core#prefLabel', 'http://www.w3.org/2000/01/rdf-schema#label'],
    ...['http://xmlns.com/foaf/0.1/name', 'http://purl.org/dc/terms/title', 'http://www.w3.org/2006/vcard/ns#fn'],
    ...['http://www.w3.org/2006/vcard/ns#organization-name', 'http://www.w3.org/ns/locn#geographicName'],
    ...['http://www.geonames.org/ontology#name', 'http://schema.org/name', 'http://purl.org/dc/terms/description'],
  ],
  value: ['http://www.w3.org/1999/02/22-rdf-syntax-ns#value'],
  identifier: [
    ...['http://purl.org/dc/terms/identifier', 'http://purl.org/dc/elements/1.1/identifier'],
    'http://www.w3.org/ns/dcat#identifier',
  ],
  licence: [
    ...['http://purl.org/dc/terms/license', 'http://creativecommons.org/ns#license', 'http://schema.org/license'],
    ...['http://www.w3.org/ns/odrl/2/hasPolicy', 'http://purl.org/dc/terms/#license'],
  ],
  rights: ['http://purl.org/dc/terms/rights', 'http://purl.org/dc/elements/1.1/rights'],
  issued: [
    ...['http://purl.org/dc/terms/issued', 'http://schema.org/datePublished', 'http://purl.org/dc/terms/created'],
    'http://purl.org/dc/elements/1.1/date',
  ],
  modified: [
    ...['http://purl.org/dc/terms/modified', 'http://schema.org/dateModified', 'http://purl.org/dc/terms/updated'],
  ],
} as const;
