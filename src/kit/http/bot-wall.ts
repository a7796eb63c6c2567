/**
 * Protections against bots that answer in place of a portal (cases `field F-05`, `op D7`). To add one: its header or the
 * words of its page below, with the name of the product.
 */
import { SourceError } from '../../model/source-error.ts';
import { peekBody } from './body-start.ts';
import type { HttpAnswer } from './http-door.ts';
import { redact } from './redact.ts';

/** Headers that only a challenge or a block carries: Cloudflare, AWS WAF, Sucuri. */
const wallHeaders = ['cf-mitigated', 'x-amzn-waf-action', 'x-sucuri-block'] as const;

/** Statuses of challenge pages besides 403: AWS WAF 202 and 405, rate walls 429, Cloudflare (until 2022) and Imperva 503. */
const pageStatuses: ReadonlySet<number> = new Set([202, 405, 429, 503]);

/** Words of challenge pages, in any language of the page: names of scripts and of the products (read 2026-11). */
const wallWords =
  /cdn-cgi\/challenge-platform|cf[-_]chl[-_]|cf-browser-verification|Just a moment\.\.\.|Attention Required! \| Cloudflare|DDoS protection by|_Incapsula_Resource|Incapsula incident ID|awswaf\.com|challenge\.js"|Sucuri Website Firewall|px-captcha|g-recaptcha|h-captcha|Pardon Our Interruption/iu;

/** Read of a page to find them, in bytes; challenge pages have 5 to 60 kB and name themselves in their head. */
const pageBytes = 16_384;

/** The answer as it came, or the `SourceError` `blocked` when a wall answered. */
export async function refuseBotWall(answer: HttpAnswer): Promise<HttpAnswer> {
  const isPage = (answer.headers['content-type'] ?? '').startsWith('text/html');
  if (wallHeaders.some((name) => answer.headers[name] !== undefined)) {
    await answer.discard();
    throw blocked(answer, 'a challenge for browsers', 'waf_challenge');
  }
  if (!isPage || (answer.status !== 403 && !pageStatuses.has(answer.status))) return answer;
  const { start, answer: peeked } = await peekBody(answer, pageBytes);
  const isWall = wallWords.test(new TextDecoder().decode(start));
  if (!isWall && answer.status !== 403) return peeked;
  await peeked.discard();
  throw isWall
    ? blocked(answer, 'a challenge for browsers', 'waf_challenge')
    : blocked(answer, 'a refusal made for browsers (text/html)', 'forbidden');
}

function blocked(answer: HttpAnswer, found: string, reason: 'waf_challenge' | 'forbidden'): SourceError {
  return new SourceError(
    'blocked',
    `${redact(answer.url)}: a protection against bots answered ${answer.status} with ${found}; expected data, ` +
      'or ask the operator to let our User-Agent through',
    { status: answer.status, reason },
  );
}
