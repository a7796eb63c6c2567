/** Turtle, N-Triples and N3 → triples, as far as the text can be read. */
import { EventEmitter } from 'node:events';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { Parser } from 'n3';
import { mendTurtle } from './mend-turtle.ts';
import { parserMessage, piecesOf, type RdfFailure } from './rdf-failure.ts';
import type { RdfSink } from './rdf-sink.ts';

export interface TurtleOptions {
  /** What relative IRIs are relative to. */
  readonly base: string;
  /** N3 has signs of its own (`=`, `=>`), which rdflib writes. */
  readonly isN3: boolean;
  /** Prefixes that the text may use without declaring them. */
  readonly prefixes: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export async function readTurtle(
  text: string,
  { base, isN3, prefixes, signal }: TurtleOptions,
  sink: RdfSink,
): Promise<RdfFailure | undefined> {
  const parser = new Parser({ baseIRI: base, blankNodePrefix: '', ...(isN3 ? { format: 'N3' } : {}) });
  const input = new EventEmitter();
  let failure: RdfFailure | undefined;
  let atEnd = false;
  parser.parse(input, (error, quad) => {
    if (error) failure ??= { found: parserMessage(error), atEnd };
    else if (quad && failure === undefined) sink.take(quad);
  });
  // On the first line, so that messages count lines as the document does.
  const head = Object.entries(prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> . `);
  input.emit('data', head.join(''));
  for (const piece of piecesOf(mendTurtle(text))) {
    input.emit('data', piece);
    if (failure !== undefined) return failure;
    await othersTurn();
    signal.throwIfAborted();
  }
  atEnd = true;
  input.emit('end');
  return failure;
}
