/**
 * Opens the one egress door: undici, with addresses checked at connect time on every hop, hosts paced, answers retried
 * when that can help, bytes and time capped. Every failure of the world leaves as a `SourceError` without secrets.
 */
import { agentPool } from './agent-pool.ts';
import { refuseBotWall } from './bot-wall.ts';
import { type Hop, refuseAddress, sendHop } from './hop.ts';
import { hostPace } from './host-pace.ts';
import type { HttpAnswer, HttpDoor, HttpRequest } from './http-door.ts';
import { followRedirects } from './redirects.ts';
import { backOffMs, isPassingFailure, isPassingStatus, parseRetryAfter } from './retry.ts';
import { robotsGate } from './robots-gate.ts';

export interface HttpDoorOptions {
  /** Honest and stable, with an address where people can ask who we are. */
  readonly userAgent: string;
  readonly now: () => Date;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 to below 1, to spread retries. */
  readonly random: () => number;
  /** Only demo, tests and benches open loopback; no source and no setting can. */
  readonly allowLoopback?: boolean;
  /** Waiting for one body in sum, in ms; 1 hour unless told. */
  readonly maxWaitMs?: number;
  /** Longest Retry-After that is waited out, in ms; a longer one makes the answer final. 5 minutes unless told. */
  readonly maxRetryAfterMs?: number;
}

/** Statuses that say "you ask too often" (RFC 6585 §4) or "I am overloaded" (RFC 9110 §15.6.4). */
const refusals: ReadonlySet<number> = new Set([429, 503]);

const defaultMaxWaitMs = 3_600_000;
const defaultMaxRetryAfterMs = 300_000;

interface Whole {
  readonly answer: Omit<HttpAnswer, 'body' | 'discard'>;
  readonly bytes: Uint8Array;
}

/** Opens the door; `close` ends its connections. */
export function openHttpDoor(options: HttpDoorOptions): HttpDoor {
  const nowMs = () => options.now().getTime();
  const pace = hostPace({ nowMs, sleep: options.sleep });
  const agents = agentPool(options.allowLoopback ?? false);
  const maxRetryAfterMs = options.maxRetryAfterMs ?? defaultMaxRetryAfterMs;
  const { userAgent, maxWaitMs = defaultMaxWaitMs } = options;

  async function exchange(request: HttpRequest): Promise<HttpAnswer> {
    const send = async (hop: Hop) => {
      refuseAddress(hop.url);
      if (request.robots !== undefined) await gate.admit(hop.url, request);
      return sendHop(hop, { pace, agents, nowMs, maxWaitMs, userAgent });
    };
    return refuseBotWall(await followRedirects(request, send));
  }

  /** How long to wait before another try, in ms; undefined when the answer is final. */
  function pauseAfter(answer: HttpAnswer, request: HttpRequest, nextTry: number): number | undefined {
    const { host } = new URL(answer.url);
    if (!isPassingStatus(answer.status)) {
      pace.ease(host);
      return undefined;
    }
    const asked = parseRetryAfter(answer.headers['retry-after'], nowMs());
    const pauseMs = asked ?? backOffMs(nextTry, options.random());
    const isRefusal = refusals.has(answer.status);
    if (isRefusal) slowDown(host, request, answer.status);
    // Everybody's request to this host waits, not only the one that was refused.
    if (isRefusal || asked !== undefined) pace.hold(host, Math.min(pauseMs, maxRetryAfterMs));
    return pauseMs > maxRetryAfterMs ? undefined : pauseMs;
  }

  function slowDown(host: string, request: HttpRequest, status: number): void {
    const gapMs = pace.slowDown(host, request);
    if (gapMs !== undefined) request.paced?.({ kind: 'refusal', host, gapMs, status });
  }

  async function tryOften<T>(request: HttpRequest, use: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    for (let nextTry = 2; ; nextTry += 1) {
      const isLast = nextTry > request.attempts;
      let pauseMs: number | undefined;
      try {
        const answer = await exchange(request);
        pauseMs = pauseAfter(answer, request, nextTry);
        if (isLast || pauseMs === undefined) return await use(answer);
        await answer.discard();
      } catch (failure) {
        request.signal?.throwIfAborted();
        if (isLast || !isPassingFailure(failure)) throw failure;
        pauseMs = backOffMs(nextTry, options.random());
      }
      await options.sleep(pauseMs, request.signal);
    }
  }

  const gate = robotsGate({ nowMs, agent: productToken(userAgent), ask: tryOften, askGap: pace.askGap });

  return {
    request: (request) => tryOften(request, async (answer) => answer),
    fetchWhole: (request) => tryOften(request, readWhole),
    close: () => agents.close(),
  };
}

/** `Sampan` of `Sampan/1.0 (+https://…)`: the name that rules of a robots.txt are for (RFC 9309 §2.2.1). */
function productToken(userAgent: string): string {
  return /^[A-Za-z_-]+/.exec(userAgent)?.[0] ?? '*';
}

async function readWhole(answer: HttpAnswer): Promise<Whole> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  const only = chunks.length === 1 ? chunks[0] : undefined;
  const { status, url, redirects, headers } = answer;
  return { answer: { status, url, redirects, headers }, bytes: only ?? Buffer.concat(chunks) };
}
