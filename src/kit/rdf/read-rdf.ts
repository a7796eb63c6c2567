/**
 * A text in any of the serialisations of RDF → its triples. The first bytes decide which one it is; what a server
 * claims only tells N3 from Turtle, which it contains.
 */

import type { RdfFailure } from './rdf-failure.ts';
import { type RdfFlaw, rdfSink } from './rdf-sink.ts';
import { readJsonLd } from './read-json-ld.ts';
import { readRdfXml } from './read-rdf-xml.ts';
import { readTurtle } from './read-turtle.ts';
import type { Triple } from './triple.ts';

export type Serialisation = 'turtle' | 'n3' | 'rdf-xml' | 'json-ld' | 'html' | 'empty';

export interface RdfOptions {
  readonly base: string;
  /** Media type or address ending that the text came with. */
  readonly claimed?: string | undefined;
  /** Prefixes that Turtle may use without declaring them. */
  readonly prefixes: Readonly<Record<string, string>>;
  readonly contextAt: (url: string) => Readonly<Record<string, unknown>> | undefined;
  readonly signal: AbortSignal;
}

export interface RdfReading {
  readonly serialisation: Serialisation;
  readonly triples: readonly Triple[];
  readonly flaws: readonly RdfFlaw[];
  /** Why the text was not read to its end. */
  readonly failure?: RdfFailure;
}

export async function readRdf(text: string, options: RdfOptions): Promise<RdfReading> {
  const serialisation = serialisationOf(text, options.claimed);
  const sink = rdfSink();
  const failure = await readAs(serialisation, text, options, sink);
  const { flaws } = sink;
  const triples = sink.triples();
  return failure === undefined ? { serialisation, triples, flaws } : { serialisation, triples, flaws, failure };
}

async function readAs(
  serialisation: Serialisation,
  text: string,
  options: RdfOptions,
  sink: ReturnType<typeof rdfSink>,
): Promise<RdfFailure | undefined> {
  switch (serialisation) {
    case 'turtle':
    case 'n3':
      return readTurtle(text, { ...options, isN3: serialisation === 'n3' }, sink);
    case 'rdf-xml':
      return readRdfXml(text, options, sink);
    case 'json-ld':
      return readJsonLd(text, options, sink);
    case 'html':
    case 'empty':
      return undefined;
  }
}

/** By the first characters that are neither space nor comment. */
export function serialisationOf(text: string, claimed: string | undefined): Serialisation {
  const start = text.slice(0, 4096).replace(/^[\uFEFF\s]+/u, '');
  if (start === '') return 'empty';
  if (/^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])/i.test(start)) return 'html';
  if (/^[{[]\s*(?:["{]|$)|^\{\s*\}\s*$|^\[\s*\]\s*$/.test(start)) return 'json-ld';
  if (/^<(?:[?!]|[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?:\s|\/?>))/.test(start) && !isIriRef(start)) return 'rdf-xml';
  return /(?:\/|\.)n3\b/i.test(claimed ?? '') ? 'n3' : 'turtle';
}

/** `<a>`, `<dataset>` may be an element or a relative IRI: behind an IRI follows a predicate. */
function isIriRef(start: string): boolean {
  return (
    /^<[^<>\s]*>\s*(?:a\s|<[^<>\s/][^<>\s]*>\s*(?:<|"|_:)|[A-Za-z][\w-]*:[\w-]+\s)/.test(start) && !/^<\?/.test(start)
  );
}
