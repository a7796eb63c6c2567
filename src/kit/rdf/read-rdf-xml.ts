/**
 * RDF/XML → triples, as far as the text can be read. A document type is refused before anything is parsed (case
 * `op I5`): no entity is ever defined, fetched or expanded.
 */
import { setImmediate as othersTurn } from 'node:timers/promises';
import type * as RDF from '@rdfjs/types';
import { RdfXmlParser } from 'rdfxml-streaming-parser';
import { parserMessage, piecesOf, type RdfFailure } from './rdf-failure.ts';
import type { RdfSink } from './rdf-sink.ts';

export interface RdfXmlOptions {
  readonly base: string;
  readonly signal: AbortSignal;
}

/** Statements go to the sink as they are found, so that those before a fault are not lost in a buffer. */
class DirectParser extends RdfXmlParser {
  readonly #take: (quad: RDF.BaseQuad) => void;

  constructor(base: string, take: (quad: RDF.BaseQuad) => void) {
    super({ baseIRI: base, validateUri: false, parseUnsupportedVersions: true });
    this.#take = take;
  }

  override push(quad: RDF.BaseQuad | null): boolean {
    if (quad !== null) this.#take(quad);
    return true;
  }
}

export async function readRdfXml(
  text: string,
  { base, signal }: RdfXmlOptions,
  sink: RdfSink,
): Promise<RdfFailure | undefined> {
  if (hasDocumentType(text)) return { found: 'a document type (<!DOCTYPE …>), which is never read', atEnd: false };
  let failure: RdfFailure | undefined;
  let atEnd = false;
  const fail = (error: unknown) => {
    failure ??= { found: parserMessage(error), atEnd };
  };
  const parser = new DirectParser(base, (quad) => {
    if (failure === undefined) sink.take(quad);
  });
  parser.on('error', fail);
  const written = (piece: string) =>
    new Promise<void>((resolve) => {
      parser.write(piece, (error?: unknown) => {
        if (error) fail(error);
        resolve();
      });
    });
  for (const piece of piecesOf(ownElement(withoutIllegal(text, sink)))) {
    await written(piece);
    if (failure !== undefined) return failure;
    await othersTurn();
    signal.throwIfAborted();
  }
  atEnd = true;
  await ended(parser);
  return failure ?? (isClosed(text) ? undefined : { found: 'XML that is not closed', atEnd });
}

function ended(parser: DirectParser): Promise<void> {
  return new Promise((resolve) => {
    parser.once('error', () => resolve());
    parser.end(() => resolve());
  });
}

/**
 * The `rdf:RDF` elements of an envelope of another vocabulary (answers of CSW), under one root with the namespaces of
 * the envelope; a text whose root is RDF as it is.
 */
function ownElement(text: string): string {
  const root = /<([A-Za-z_][\w.-]*)(?::[A-Za-z_][\w.-]*)?([^<>]*)>/.exec(text);
  const inner = /<(\w[\w.-]*):RDF[\s>]/.exec(text);
  if (root === null || inner === null || inner.index <= root.index) return text;
  const [, prefix = 'rdf'] = inner;
  if (!new RegExp(`xmlns:${prefix}\\s*=\\s*["']http://www\\.w3\\.org/1999/02/22-rdf-syntax-ns#["']`).test(text))
    return text;
  const end = `</${prefix}:RDF>`;
  const contents: string[] = [];
  const namespaces = new Map<string, string>();
  const note = (attributes: string): void => {
    for (const [declared, name = ''] of attributes.matchAll(/\s(xmlns(?::[\w.-]+)?)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
      namespaces.set(name, declared);
    }
  };
  note(root[2] ?? '');
  for (let at = inner.index; at >= 0; at = text.indexOf(`<${prefix}:RDF`, at + 1)) {
    const open = text.indexOf('>', at);
    const close = text.indexOf(end, at);
    if (open < 0 || close < 0) return text;
    note(text.slice(at, open));
    contents.push(text.slice(open + 1, close));
  }
  return `<${prefix}:RDF${[...namespaces.values()].join('')}>${contents.join('')}${end}`;
}

/** Whether the text ends with the end of its root element. */
function isClosed(text: string): boolean {
  const root = /<([A-Za-z_][\w.:-]*)[^<>]*>/.exec(text);
  const tail = text.slice(-2000).replace(/(?:<!--[\s\S]*?-->|\s)+$/, '');
  const isAlone = root?.[0].endsWith('/>') === true && tail.endsWith(root[0].slice(-2000));
  return isAlone || new RegExp(`</${root?.[1] ?? ''}\\s*>$`).test(tail);
}

/** Comments and processing instructions may stand before a document type; a text or a CDATA section may quote one. */
function hasDocumentType(text: string): boolean {
  let at = 0;
  for (;;) {
    const start = text.indexOf('<', at);
    if (start < 0) return false;
    if (text.startsWith('<!--', start)) at = behind(text, '-->', start);
    else if (text.startsWith('<?', start)) at = behind(text, '?>', start);
    else return /^<!(?:doctype|entity)/i.test(text.slice(start, start + 9));
  }
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** XML 1.0 cannot hold control characters; portals paste them into descriptions all the same (case `op E4`). */
function withoutIllegal(text: string, sink: RdfSink): string {
  const illegal =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&#(?:x0*(?:[0-8bcef]|1[\da-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi;
  const found = text.match(illegal)?.length ?? 0;
  if (found === 0) return text;
  sink.flaws.push({ kind: 'character-dropped', found: `${found} control characters` });
  return text.replace(illegal, '');
}
