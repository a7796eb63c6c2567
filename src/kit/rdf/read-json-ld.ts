/**
 * JSON-LD → triples. Contexts that a document names by address are never fetched: the caller gives those it knows. The
 * document is taken apart at its long lists (`@graph`, the datasets of a catalogue) and given to the parser in batches,
 * because the parser's time grows with the square of what it holds at once.
 */
import { setImmediate as othersTurn } from 'node:timers/promises';
import type * as RDF from '@rdfjs/types';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { JsonSliceScanner } from '../json-slices.ts';
import { parserMessage, type RdfFailure } from './rdf-failure.ts';
import { brokenIriScheme, type RdfSink } from './rdf-sink.ts';

export interface JsonLdOptions {
  readonly base: string;
  /** The context at an address; undefined for one that is not known. */
  readonly contextAt: (url: string) => Readonly<Record<string, unknown>> | undefined;
  readonly signal: AbortSignal;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Objects given to one parser. */
const batchSize = 10;

export async function readJsonLd(text: string, options: JsonLdOptions, sink: RdfSink): Promise<RdfFailure | undefined> {
  const parsed = parsedJson(text);
  const failure = parsed.failure;
  const units = unitsOf(parsed.value);
  for (let start = 0; start < units.length; start += batchSize) {
    const fault = await readBatch(units.slice(start, start + batchSize), options, sink);
    if (fault !== undefined) return fault;
    await othersTurn();
    options.signal.throwIfAborted();
  }
  return failure;
}

/** Statements go to the sink as they are found. */
class DirectParser extends JsonLdParser {
  readonly #take: (quad: RDF.BaseQuad) => void;

  constructor({ base, contextAt }: JsonLdOptions, take: (quad: RDF.BaseQuad) => void) {
    super({
      ...{ baseIRI: base, streamingProfile: true, streamingProfileAllowOutOfOrderPlainType: true },
      documentLoader: {
        load: async (url) => {
          const context = contextAt(url);
          if (context === undefined) throw new Error(`the context ${url}, which is not known and never fetched`);
          return { '@context': context };
        },
      },
    });
    this.#take = take;
  }

  override push(quad: RDF.BaseQuad | null): boolean {
    if (quad !== null) this.#take(quad);
    return true;
  }
}

async function readBatch(
  units: readonly JsonObject[],
  options: JsonLdOptions,
  sink: RdfSink,
): Promise<RdfFailure | undefined> {
  let failure: RdfFailure | undefined;
  const parser = new DirectParser(options, (quad) => {
    if (failure === undefined) sink.take(quad);
  });
  await new Promise<void>((resolve) => {
    parser.on('error', (error: unknown) => {
      failure ??= { found: parserMessage(error), atEnd: false };
      resolve();
    });
    parser.end(JSON.stringify(units.map(keywordsFirst)), (error?: unknown) => {
      if (error) failure ??= { found: parserMessage(error), atEnd: false };
      resolve();
    });
  });
  return failure;
}

interface ParsedJson {
  readonly value: unknown;
  readonly failure?: RdfFailure;
}

/** The whole, or of a text that is no JSON the elements of its list up to the fault. */
function parsedJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return { value: savedFrom(text), failure: { found: parserMessage(cause), atEnd: isCutOff(text) } };
  }
}

function isCutOff(text: string): boolean {
  const scanner = new JsonSliceScanner({ path: '' });
  scanner.push(Buffer.from(text));
  const end = scanner.end();
  return end.fault === undefined && !end.complete;
}

function savedFrom(text: string): unknown {
  const context = /^\s*\{\s*"@context"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const elements = new JsonSliceScanner({ path: '@graph[*]' }).push(Buffer.from(text)).flatMap((slice) => {
    if (slice.kind !== 'element') return [];
    try {
      return [JSON.parse(new TextDecoder().decode(slice.bytes)) as unknown];
    } catch (cause) {
      // The element that the fault is in.
      if (cause instanceof SyntaxError) return [];
      throw cause;
    }
  });
  return context === undefined ? elements : { '@context': JSON.parse(context) as unknown, '@graph': elements };
}

/** The objects of a document, each with the context that holds for it. */
function unitsOf(document: unknown): readonly JsonObject[] {
  if (Array.isArray(document)) return document.filter(isObject).flatMap((each) => unitsOf(each));
  if (!isObject(document)) return [];
  const { '@context': context, '@graph': graph, ...rest } = document;
  const scoped = (unit: JsonObject): JsonObject => (context === undefined ? unit : { '@context': context, ...unit });
  const members = Array.isArray(graph) ? graph.filter(isObject) : isObject(graph) ? [graph] : [];
  const own = Object.keys(rest).some((key) => key !== '@id' && key !== 'id') ? splitLists(rest) : [];
  return [...own, ...members.flatMap(splitLists)].map((unit) => scoped(unit));
}

/** An object with long lists of objects as several objects with the same id. */
function splitLists(object: JsonObject): readonly JsonObject[] {
  const long = Object.entries(object).filter(
    ([key, value]) => !key.startsWith('@') && Array.isArray(value) && value.length > batchSize && value.every(isObject),
  );
  if (long.length === 0) return [object];
  const idKey = 'id' in object && !('@id' in object) ? 'id' : '@id';
  const id = object[idKey] ?? '_:split-root';
  const { '@context': context } = object;
  const head = { ...object, [idKey]: id, ...Object.fromEntries(long.map(([key]) => [key, []])) };
  const parts = long.flatMap(([key, value]) =>
    (value as readonly unknown[]).map((each) => ({
      ...(context === undefined ? {} : { '@context': context }),
      [idKey]: id,
      [key]: [each],
    })),
  );
  return [head, ...parts];
}

/** What the parser needs before everything else of an object: its context, then its types. */
function keywordsFirst(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => memberOf('', each));
  if (!isObject(value)) return value;
  const rank = (key: string): number => ['@context', '@type', 'type', '@id', 'id'].indexOf(key);
  const order = (key: string): number => (rank(key) < 0 ? 9 : rank(key));
  const entries = Object.entries(value).toSorted(([a], [b]) => order(a) - order(b));
  return Object.fromEntries(entries.map(([key, each]) => [key, key === '@context' ? each : memberOf(key, each)]));
}

/**
 * A parser leaves out what should be an IRI and is none, and only the context says what should be one: an id, or a text
 * that begins as an address, goes by in disguise.
 */
function memberOf(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return keywordsFirst(value);
  const isAddress = key === '@id' || /^[a-z][a-z\d+.-]*:\/\//i.test(value);
  return isAddress && /[\u0000-\u0020<>"{}|\\^`[\]]|#[^#]*#/.test(value) ? disguised(value) : value;
}

function disguised(text: string): string {
  return `${brokenIriScheme}${encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
