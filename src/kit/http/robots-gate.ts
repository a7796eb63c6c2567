/**
 * robots.txt for requests that heed it: each host's file is read once a day, its rules decide, its Crawl-delay is told
 * to the pace of the host. What RFC 9309 leaves open is decided as `robots-reading.ts` says.
 */
import { isSourceError, SourceError } from '../../model/source-error.ts';
import type { HttpAnswer, HttpRequest } from './http-door.ts';
import { redact } from './redact.ts';
import { type RobotsReading, robotsReading } from './robots-reading.ts';

export interface RobotsGate {
  /** Resolves when `url` may be asked for; else `SourceError`: `refused` (`robots`), `http-status` (`robots_unknown`). */
  admit(url: URL, request: HttpRequest): Promise<void>;
}

export interface RobotsGateEffects {
  readonly nowMs: () => number;
  /** Product token of our User-Agent. */
  readonly agent: string;
  /** A request that does not pass this gate. */
  readonly ask: <T>(request: HttpRequest, use: (answer: HttpAnswer) => Promise<T>) => Promise<T>;
  readonly askGap: (host: string, ms: number) => void;
}

/** How long rules hold, in ms: RFC 9309 §2.4 asks for no more than 24 hours. */
const holdMs = 86_400_000;

/** How long a file that could not be read is taken for none by requests for which it only sets the pace, in ms. */
const silentMs = 3_600_000;

/** Read of a robots.txt, in bytes (RFC 9309 §2.5 asks for at least 500 KiB). */
const readBytes = 512_000;

interface Known {
  readonly reading: Promise<RobotsReading>;
  readonly untilMs: number;
}

export function robotsGate(effects: RobotsGateEffects): RobotsGate {
  const known = new Map<string, Known>();
  const silentUntil = new Map<string, number>();

  async function read(origin: string, request: HttpRequest): Promise<RobotsReading> {
    const { answered, text } = await effects.ask(robotsRequest(origin, request), beginning).catch(refusedAsNone);
    return robotsReading(answered, text, effects.agent);
  }

  function readingOf(origin: string, request: HttpRequest): Promise<RobotsReading> {
    const found = known.get(origin);
    if (found !== undefined && found.untilMs > effects.nowMs()) return found.reading;
    const reading = read(origin, request);
    const made: Known = { reading, untilMs: effects.nowMs() + holdMs };
    known.set(origin, made);
    const forget = (): void => {
      if (known.get(origin) === made) known.delete(origin);
    };
    // What is not known is asked again by the next request.
    reading.then(({ kind }) => kind === 'unknown' && forget(), forget);
    return reading;
  }

  /** For a request that only wants the pace: a file that cannot be read is none, and is left alone for a while. */
  async function paceReading(origin: string, request: HttpRequest): Promise<RobotsReading> {
    if ((silentUntil.get(origin) ?? 0) > effects.nowMs()) return { kind: 'none' };
    const reading = await ofAnybody(() => readingOf(origin, request), request.signal).catch(failedAsNone);
    if (reading.kind === 'rules') return reading;
    silentUntil.set(origin, effects.nowMs() + silentMs);
    return { kind: 'none' };
  }

  return {
    async admit(url, request) {
      const reading =
        request.robots === 'pace'
          ? await paceReading(url.origin, request)
          : await ofAnybody(() => readingOf(url.origin, request), request.signal);
      const robots = `${url.origin}/robots.txt`;
      if (reading.kind === 'unknown') {
        const message = `${robots}: answered ${reading.status}, which means "wait", not "allowed"; expected rules or 404`;
        throw new SourceError('http-status', message, { status: reading.status, reason: 'robots_unknown' });
      }
      if (reading.kind === 'none') return;
      const { crawlDelayMs = 0 } = reading.rules;
      effects.askGap(url.host, crawlDelayMs);
      if (crawlDelayMs > request.minGapMs) {
        request.paced?.({ kind: 'crawl-delay', host: url.host, gapMs: crawlDelayMs });
      }
      if (request.robots === 'pace' && !reading.rules.namesAgent) return;
      if (reading.rules.allows(`${url.pathname}${url.search}`)) return;
      throw new SourceError(
        'refused',
        `${redact(url.href)}: ${robots} asks programs to stay away from it; expected to be let in`,
        { reason: 'robots' },
      );
    },
  };
}

/** The reading that is under way may be another request's, who gave up: then it is ours to ask. */
async function ofAnybody(read: () => Promise<RobotsReading>, signal: AbortSignal | undefined): Promise<RobotsReading> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await read();
    } catch (failure) {
      signal?.throwIfAborted();
      const gaveUp = failure instanceof Error && failure.name === 'AbortError';
      if (isSourceError(failure) || !gaveUp) throw failure;
    }
  }
}

/** With the trust and pace of the request that waits for it, and one try: that one has tries of its own. */
function robotsRequest(origin: string, request: HttpRequest): HttpRequest {
  const { method, body, robots, ...same } = request;
  const headers = { accept: 'text/plain, */*;q=0.1' };
  return { ...same, url: `${origin}/robots.txt`, headers, attempts: 1, maxBodyBytes: 64 * readBytes };
}

interface Beginning {
  readonly answered: number;
  readonly text: string;
}

async function beginning(answer: HttpAnswer): Promise<Beginning> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop ends the transfer.
    if (length >= readBytes) break;
  }
  return { answered: answer.status, text: new TextDecoder().decode(Buffer.concat(chunks).subarray(0, readBytes)) };
}

/** The request itself will tell what is wrong with the host. */
function failedAsNone(failure: unknown): RobotsReading {
  if (!isSourceError(failure)) throw failure;
  return { kind: 'none' };
}

/** A protection that keeps us from the file, or redirects without end, say nothing of the rest: as a 4xx (§2.3.1.3). */
function refusedAsNone(failure: unknown): Beginning {
  const isNone = isSourceError(failure) && (failure.code === 'blocked' || failure.code === 'too-many-redirects');
  if (!isNone) throw failure;
  return { answered: 403, text: '' };
}
