/** The first bytes of an answer, and then no more: the transfer is ended, within a time in sum. */
import type { HttpAnswer } from '../kit/http/http-door.ts';
import { isSourceError, type SourceError } from '../model/source-error.ts';

export interface AnswerStart {
  readonly answer: HttpAnswer;
  readonly bytes: Uint8Array;
}

export interface StartLimits {
  readonly bytes: number;
  /** For the body, from its headers on, in ms: a server that drips is let go. */
  readonly withinMs: number;
  /** Thrown when the time is over. */
  readonly late: SourceError;
}

/** `send` gets the signal that ends the transfer. Throws what `send` and the body throw. */
export async function readStart(
  send: (stop: AbortSignal) => Promise<HttpAnswer>,
  limits: StartLimits,
): Promise<AnswerStart> {
  const stop = new AbortController();
  const answer = await send(stop.signal);
  const timer = setTimeout(() => stop.abort(limits.late), limits.withinMs);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      received += chunk.length;
      // Leaving the loop ends the transfer.
      if (received >= limits.bytes) break;
    }
  } catch (cause) {
    // A part of a compressed file ends where no compressed file would.
    const isPart = answer.status === 206 && answer.headers['content-encoding'] !== undefined;
    if (!(isPart && isSourceError(cause) && cause.code === 'truncated')) throw cause;
  } finally {
    clearTimeout(timer);
  }
  return { answer, bytes: Buffer.concat(chunks).subarray(0, limits.bytes) };
}
