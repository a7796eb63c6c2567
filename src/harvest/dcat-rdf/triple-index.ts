/** The triples of a document by their subject. Pure. */
import { termText } from '../../kit/rdf/n-triples.ts';
import { type RdfNode, type RdfTerm, rdfType, type Triple } from '../../kit/rdf/triple.ts';

export const dcat = 'http://www.w3.org/ns/dcat#';
export const dct = 'http://purl.org/dc/terms/';
export const foaf = 'http://xmlns.com/foaf/0.1/';
export const hydra = 'http://www.w3.org/ns/hydra/core#';

export interface TripleIndex {
  readonly triples: readonly Triple[];
  /** In the order of the document. */
  readonly bySubject: ReadonlyMap<string, readonly Triple[]>;
}

export function indexTriples(triples: readonly Triple[]): TripleIndex {
  const bySubject = new Map<string, Triple[]>();
  for (const each of triples) {
    const key = termText(each.subject);
    const list = bySubject.get(key);
    if (list === undefined) bySubject.set(key, [each]);
    else list.push(each);
  }
  return { triples, bySubject };
}

export function objectsOf(index: TripleIndex, node: RdfNode, predicate: string): readonly RdfTerm[] {
  const own = index.bySubject.get(termText(node)) ?? [];
  return own.filter((each) => each.predicate === predicate).map(({ object }) => object);
}

export function hasType(index: TripleIndex, node: RdfNode, types: ReadonlySet<string>): boolean {
  return objectsOf(index, node, rdfType).some((type) => type.kind === 'iri' && types.has(type.value));
}
