/** One document of a catalogue, asked for and read; asked for again while what comes is something that may pass. */
import { charsetOf } from '../../kit/decoded-body.ts';
import { type RdfReading, readRdf } from '../../kit/rdf/read-rdf.ts';
import { SourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { sourceRequest } from '../source-request.ts';
import { textOfBody } from '../text-of-body.ts';
import { knownContext, knownPrefixes } from './known-terms.ts';
import { indexTriples, type TripleIndex } from './triple-index.ts';

/** Turtle first: it is read three times as fast as JSON-LD. */
const accept =
  'text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, text/n3;q=0.8, application/ld+json;q=0.7, */*;q=0.1';

export interface RdfDocument {
  readonly status: 200;
  /** The address asked for, and the one that answered. */
  readonly url: string;
  readonly answered: string;
  readonly link: string | undefined;
  readonly fetchedAt: string;
  readonly reading: RdfReading;
  readonly index: TripleIndex;
}

/** A status that is not 200; retries are over. */
export interface NoDocument {
  readonly status: Exclude<number, 200>;
  readonly url: string;
}

export function isDocument(answer: RdfDocument | NoDocument): answer is RdfDocument {
  return answer.status === 200;
}

/** Throws `SourceError` `soft-error` for pages and empty bodies, which are no catalogue. */
export async function fetchDocument(run: AdapterRun, url: string): Promise<RdfDocument | NoDocument> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetchOnce(run, url);
    if (!isDocument(answer)) return answer;
    const { serialisation, failure } = answer.reading;
    const mayPass = serialisation === 'html' || serialisation === 'empty' || failure?.atEnd === true;
    if (mayPass && attempt < run.source.pace.attempts) continue;
    if (serialisation === 'html') throw softError(run, url, 'an HTML page', 'answer-html');
    if (serialisation === 'empty') throw softError(run, url, 'an empty body', 'answer-empty');
    return answer;
  }
}

async function fetchOnce(run: AdapterRun, url: string): Promise<RdfDocument | NoDocument> {
  const { source, effects, signal } = run;
  const { answer, bytes } = await effects.http.fetchWhole(sourceRequest(source, url, accept, signal));
  if (answer.status !== 200) return { status: answer.status, url };
  const type = answer.headers['content-type'];
  const text = await textOfBody(bytes, charsetOf(type) ?? declaredEncoding(bytes), source.languages);
  const reading = await readRdf(text, {
    base: source.endpoint,
    claimed: `${type ?? ''} ${new URL(url).pathname}`,
    contextAt: knownContext,
    prefixes: knownPrefixes,
    signal,
  });
  return {
    status: 200,
    url,
    answered: answer.url,
    link: answer.headers['link'],
    fetchedAt: effects.now().toISOString(),
    reading,
    index: indexTriples(reading.triples),
  };
}

/** An XML declaration names its encoding when the headers do not. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]?.toLowerCase();
}

function softError(run: AdapterRun, url: string, found: string, reason: string): SourceError {
  const message = `${run.source.id}: ${url} answered status 200 and ${found}; expected a catalogue in RDF`;
  return new SourceError('soft-error', message, { reason });
}
