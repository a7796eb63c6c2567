/** One request to one address: checked, paced, timed; its answer holds the host's turn until the body is done with. */
import type { Dispatcher } from 'undici';
import { SourceError } from '../../model/source-error.ts';
import { findAddressFault } from './address-guard.ts';
import type { AgentPool } from './agent-pool.ts';
import { bodyChunks, tooLargeMessage } from './body-stream.ts';
import { answerFailure } from './classify-failure.ts';
import type { HostPace } from './host-pace.ts';
import type { HttpAnswer, HttpRequest } from './http-door.ts';
import { redact } from './redact.ts';

export interface Hop {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HopEffects {
  readonly pace: HostPace;
  readonly agents: AgentPool;
  readonly nowMs: () => number;
  readonly maxWaitMs: number;
  readonly userAgent: string;
}

/** A body that nobody wants is read to its end when it is this short, in bytes, so that the connection lives on. */
const drainBytes = 16_384;

export async function sendHop(hop: Hop, effects: HopEffects): Promise<HttpAnswer> {
  const { request } = hop;
  const leave = await effects.pace.enter(hop.url.host, request, request.signal);
  const transfer = new AbortController();
  const cancel = () => transfer.abort(request.signal?.reason);
  if (request.signal?.aborted) cancel();
  request.signal?.addEventListener('abort', cancel, { once: true });
  const finish = () => {
    request.signal?.removeEventListener('abort', cancel);
    leave();
  };
  try {
    const response = await firstByte(hop, effects, transfer);
    return answerOf(hop, response, effects, { transfer, finish });
  } catch (failure) {
    finish();
    request.signal?.throwIfAborted();
    throw answerFailure(failure, hop.url.href);
  }
}

async function firstByte(hop: Hop, effects: HopEffects, transfer: AbortController): Promise<Dispatcher.ResponseData> {
  const { timeoutMs, certificateAuthority, legacyTlsHost } = hop.request;
  const trust = { certificateAuthority, isLegacy: hop.url.host === legacyTlsHost };
  const message = `${redact(hop.url.href)}: no answer within ${timeoutMs} ms; expected one (pace.timeoutMs)`;
  const timer = setTimeout(() => transfer.abort(new SourceError('timeout', message)), timeoutMs);
  try {
    return await effects.agents.agentFor(trust).request({
      origin: hop.url.origin,
      path: `${hop.url.pathname}${hop.url.search}`,
      method: hop.method,
      headers: { 'user-agent': effects.userAgent, 'accept-encoding': 'gzip, br, deflate', ...lowerCase(hop.headers) },
      body: hop.body ?? null,
      signal: transfer.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

interface Lease {
  readonly transfer: AbortController;
  readonly finish: () => void;
}

function answerOf(
  hop: Hop,
  response: Dispatcher.ResponseData,
  effects: HopEffects,
  { transfer, finish }: Lease,
): HttpAnswer {
  const url = hop.url.href;
  const headers = plainHeaders(response.headers);
  const { timeoutMs, maxBodyBytes, signal } = hop.request;
  const limits = { url, timeoutMs, maxBodyBytes, maxWaitMs: effects.maxWaitMs, nowMs: effects.nowMs };
  const encoding = headers['content-encoding'] ?? '';
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      const announced = Number(headers['content-length'] ?? 0);
      if (encoding === '' && hop.method !== 'HEAD' && announced > maxBodyBytes) {
        throw new SourceError('too-large', tooLargeMessage(limits, `${announced} bytes`));
      }
      yield* bodyChunks(response.body, encoding, limits, (reason) => transfer.abort(reason));
    } catch (failure) {
      signal?.throwIfAborted();
      throw failure;
    } finally {
      response.body.on('error', ignoreAfterEnd).destroy();
      finish();
    }
  }
  return {
    status: response.statusCode,
    url,
    redirects: [],
    headers,
    body: read(),
    async discard() {
      await response.body.dump({ limit: drainBytes, signal: AbortSignal.timeout(timeoutMs) }).catch(ignoreAfterEnd);
      finish();
    },
  };
}

/** Destroying a body that is still under way makes it complain once more; what mattered was thrown already. */
function ignoreAfterEnd(): void {}

/** Before anything is asked about it, its robots.txt too. Throws `SourceError` `not-allowed-address`. */
export function refuseAddress(url: URL): void {
  const fault = findAddressFault(url);
  if (fault === undefined) return;
  const found = { scheme: `the scheme ${url.protocol}`, credentials_in_url: 'credentials', port: `port ${url.port}` };
  throw new SourceError(
    'not-allowed-address',
    `${redact(url.href)}: has ${found[fault]}; expected http or https without credentials on a web port`,
    { reason: fault },
  );
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
