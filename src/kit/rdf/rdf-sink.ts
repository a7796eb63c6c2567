/**
 * Takes the statements that a parser finds. What cannot be RDF is told, and as little as can be is lost: a node with a
 * broken IRI keeps its statements under the percent-encoded one; a broken IRI that nothing else is said of stays as a
 * text of type xsd:anyURI; only a statement whose property is broken, or whose subject is past mending, is dropped.
 */
import type * as RDF from '@rdfjs/types';
import { isIri, type Literal, type RdfNode, type RdfTerm, type Triple, xsdAnyUri } from './triple.ts';

export interface RdfFlaw {
  readonly kind: 'statement-dropped' | 'iri-mended' | 'character-dropped';
  /** Text of the node that it concerns (`<iri>` or `_:label`); absent for the whole document. */
  readonly subject?: string;
  /** What was found. */
  readonly found: string;
}

export interface RdfSink {
  readonly flaws: RdfFlaw[];
  take(quad: RDF.BaseQuad): void;
  /** All statements, when the last one was taken. */
  triples(): readonly Triple[];
}

/** What a broken IRI is written as for a parser that would stop at it; behind it the text, percent-encoded. */
export const brokenIriScheme = 'x-broken-iri:';

export function rdfSink(): RdfSink {
  const triples: Triple[] = [];
  const flaws: RdfFlaw[] = [];
  const mended = new Set<string>();
  /** Statements whose object is a broken IRI: whether it is a node is known at the end. */
  const pending = new Map<number, RdfNode>();
  const told = (kind: RdfFlaw['kind'], found: string, subject?: RdfNode): void => {
    flaws.push({ kind, found, ...(subject === undefined ? {} : { subject: nameOf(subject) }) });
  };

  function subjectFrom(term: RDF.Term): RdfNode | undefined {
    const whole = nodeFrom(term);
    if (whole !== undefined || term.termType !== 'NamedNode') return whole;
    const node = mendedNode(term);
    if (node !== undefined && !mended.has(node.value)) {
      mended.add(node.value);
      told('iri-mended', writtenIri(term.value), node);
    }
    return node;
  }

  return {
    flaws,
    take({ subject: from, predicate, object: to }) {
      const subject = subjectFrom(from);
      if (subject === undefined) return told('statement-dropped', writtenIri(from.value));
      if (nodeFrom(predicate)?.kind !== 'iri') {
        return told('statement-dropped', writtenIri(predicate.value), subject);
      }
      const object = to.termType === 'Literal' ? literalFrom(to) : nodeFrom(to);
      if (object === undefined && to.termType !== 'NamedNode') return;
      const node = object === undefined ? mendedNode(to) : undefined;
      if (node !== undefined) pending.set(triples.length, node);
      triples.push({ subject, predicate: predicate.value, object: object ?? asText(to) });
    },
    triples() {
      return pending.size === 0
        ? triples
        : triples.map((each, at): Triple => {
            const node = pending.get(at);
            return node !== undefined && mended.has(node.value) ? { ...each, object: node } : each;
          });
    },
  };
}

function nameOf(node: RdfNode): string {
  return node.kind === 'iri' ? `<${node.value}>` : `_:${node.value}`;
}

function nodeFrom(term: RDF.Term): RdfNode | undefined {
  if (term.termType === 'BlankNode') return { kind: 'blank', value: term.value };
  const value = writtenIri(term.value);
  return term.termType === 'NamedNode' && isIri(value) ? { kind: 'iri', value } : undefined;
}

/** With its illegal characters percent-encoded; undefined when it is no IRI even so. */
function mendedNode(term: RDF.Term): RdfNode | undefined {
  const value = writtenIri(term.value)
    .trim()
    .replace(/[\u0000-\u0020<>"{}|\\^`]+/g, (part) => encodeURIComponent(part));
  return isIri(value) ? { kind: 'iri', value } : undefined;
}

function asText(term: RDF.Term): RdfTerm {
  return { kind: 'literal', value: writtenIri(term.value), datatype: xsdAnyUri };
}

function literalFrom({ value: written, language, datatype }: RDF.Literal): Literal {
  const value = writtenIri(written);
  // Tags are compared without case, and half of the parsers write them small.
  if (language !== '') return { kind: 'literal', value, lang: language.toLowerCase() };
  const isPlain = datatype.value === 'http://www.w3.org/2001/XMLSchema#string' || !isIri(datatype.value);
  return isPlain ? { kind: 'literal', value } : { kind: 'literal', value, datatype: datatype.value };
}

function writtenIri(value: string): string {
  return value.startsWith(brokenIriScheme) ? decodeURIComponent(value.slice(brokenIriScheme.length)) : value;
}
