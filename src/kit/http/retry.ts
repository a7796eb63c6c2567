/** When to ask again, and after how long. Pure. */
import { isSourceError } from '../../model/source-error.ts';

/** First pause of the back-off, in ms; doubles with each try. Our own choice. */
const firstPauseMs = 500;

/** Longest pause of the back-off, in ms. Our own choice. */
const longestPauseMs = 60_000;

/** Statuses that may be otherwise in a moment (RFC 9110 §15.5, §15.6; 429: RFC 6585 §4; 52x: Cloudflare's). */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504, 520, 522, 524]);

export function isPassingStatus(status: number): boolean {
  return passingStatuses.has(status);
}

/** Failures that may be otherwise in a moment; a certificate, a closed address, robots.txt or a too large body is not. */
export function isPassingFailure(failure: unknown): boolean {
  if (!isSourceError(failure) || failure.reason === 'robots') return false;
  return failure.reason === 'robots_unknown' || ['unreachable', 'timeout', 'truncated'].includes(failure.code);
}

/** Pause before try number `nextTry` (2 = the first repetition), in ms: exponential, with `random` (0–1) spreading it over its upper half. */
export function backOffMs(nextTry: number, random: number): number {
  const whole = Math.min(longestPauseMs, firstPauseMs * 2 ** (nextTry - 2));
  return whole / 2 + (whole / 2) * random;
}

/**
 * What a Retry-After header asks for, in ms from `nowMs`: seconds or an HTTP date (RFC 9110 §10.2.3); undefined when
 * there is none or it cannot be read.
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3}/u.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
