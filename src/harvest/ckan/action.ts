/** Calls an action of the portal and reads its envelope. */
import type { Source } from '../../model/source.ts';
import { isSourceError } from '../../model/source-error.ts';
import type { HarvestEffects } from '../harvest-contract.ts';
import { sourceRequest } from '../source-request.ts';
import { type Envelope, readEnvelope } from './envelope.ts';

export interface CkanRun {
  readonly source: Source;
  readonly effects: HarvestEffects;
  readonly signal: AbortSignal;
}

export interface CalledAction {
  readonly envelope: Envelope;
  /** The body as received. */
  readonly bytes: Uint8Array;
  /** The address that was asked. */
  readonly url: string;
  readonly fetchedAt: string;
}

/** Calls `action` with `parameters`; `path` says where in the answer the wanted values stand. */
async function callAction(
  run: CkanRun,
  action: string,
  parameters: Readonly<Record<string, string>>,
  path: string,
): Promise<CalledAction> {
  const { source, effects, signal } = run;
  const folder = source.endpoint.endsWith('/') ? source.endpoint : `${source.endpoint}/`;
  const query = new URLSearchParams(parameters).toString();
  const url = `${folder}${action}${query === '' ? '' : `?${query}`}`;
  const { answer, bytes } = await effects.http.fetchWhole(sourceRequest(source, url, 'application/json', signal));
  const read = { status: answer.status, contentType: answer.headers['content-type'], bytes };
  const envelope = await readEnvelope(read, { path, languages: source.languages });
  return { envelope, bytes, url, fetchedAt: effects.now().toISOString() };
}

/** Calls again while the answer is one that may pass: an empty body, markup, JSON that breaks off. */
export async function callPatiently(...call: Parameters<typeof callAction>): Promise<CalledAction> {
  for (let attempt = 1; ; attempt += 1) {
    const called = await callAction(...call);
    const { envelope } = called;
    const mayPass =
      envelope.kind === 'fault' &&
      (envelope.slug === 'answer-empty' || envelope.slug === 'answer-html' || envelope.code === 'truncated');
    if (!mayPass || attempt >= call[0].source.pace.attempts) return called;
  }
}

/** Failures that concern the portal as a whole, not one record. */
export function isOfWholePortal(failure: unknown): boolean {
  if (!isSourceError(failure)) return true;
  return ['blocked', 'tls', 'not-allowed-address', 'too-many-redirects'].includes(failure.code);
}
