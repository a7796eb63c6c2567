/** Asks for one JSON answer, and again while what comes is something that may pass. */
import { isSourceError } from '../model/source-error.ts';
import type { AdapterRun } from './adapter-run.ts';
import { type AnswerShape, type JsonAnswer, readJsonAnswer } from './json-answer.ts';
import { sourceRequest } from './source-request.ts';

export interface FetchedJson {
  readonly answer: JsonAnswer;
  /** The body as received. */
  readonly bytes: Uint8Array;
  /** The address that was asked. */
  readonly url: string;
  readonly fetchedAt: string;
}

/** Asks again, as often as the pace allows, for an empty body, markup and JSON that breaks off. */
export async function fetchJson(run: AdapterRun, url: string, shape: AnswerShape): Promise<FetchedJson> {
  for (let attempt = 1; ; attempt += 1) {
    const fetched = await fetchOnce(run, url, shape);
    const { answer } = fetched;
    const mayPass =
      answer.kind === 'fault' &&
      (answer.slug === 'answer-empty' || answer.slug === 'answer-html' || answer.code === 'truncated');
    if (!mayPass || attempt >= run.source.pace.attempts) return fetched;
  }
}

async function fetchOnce(run: AdapterRun, url: string, shape: AnswerShape): Promise<FetchedJson> {
  const { source, effects, signal } = run;
  const { answer, bytes } = await effects.http.fetchWhole(sourceRequest(source, url, 'application/json', signal));
  const received = { status: answer.status, contentType: answer.headers['content-type'], bytes };
  const read = await readJsonAnswer(received, shape, source.languages);
  return { answer: read, bytes, url, fetchedAt: effects.now().toISOString() };
}

/** Failures that concern the portal as a whole, not one record. */
export function isOfWholePortal(failure: unknown): boolean {
  if (!isSourceError(failure)) return true;
  return ['blocked', 'tls', 'key-refused', 'quota', 'not-allowed-address', 'too-many-redirects'].includes(failure.code);
}
