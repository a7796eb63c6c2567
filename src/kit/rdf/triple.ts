/** RDF as plain data: nodes, literals and the statements made of them. Named graphs are not told apart. */

export interface IriNode {
  readonly kind: 'iri';
  readonly value: string;
}

/** A node without a name; the label holds within one document only. */
export interface BlankNode {
  readonly kind: 'blank';
  readonly value: string;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string;
  /** Language tag in lower case, e.g. `zh-hant-tw`. */
  readonly lang?: string;
  /** Absent for plain texts (xsd:string) and for texts with a language. */
  readonly datatype?: string;
}

export type RdfNode = IriNode | BlankNode;
export type RdfTerm = RdfNode | Literal;

export interface Triple {
  readonly subject: RdfNode;
  readonly predicate: string;
  readonly object: RdfTerm;
}

export const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
export const xsdAnyUri = 'http://www.w3.org/2001/XMLSchema#anyURI';

/** An absolute IRI without the characters that RFC 3987 keeps out (spaces, `<>"{}|\^` and the grave accent). */
export function isIri(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^\u0000-\u0020<>"{}|\\^`]*$/i.test(text);
}
