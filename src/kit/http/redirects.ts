/** Follows redirects, hop by hop, so that each hop passes the same checks as the first. */
import { SourceError } from '../../model/source-error.ts';
import type { Hop } from './hop.ts';
import type { HttpAnswer, HttpRequest } from './http-door.ts';
import { redact } from './redact.ts';

/** Browsers allow 20; no portal we know needs more than 3. Our own choice. */
const maxRedirects = 10;

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Redirects that say "use the other address from now on" (RFC 9110 §15.4). */
const permanentStatuses: ReadonlySet<number> = new Set([301, 308]);

/** Headers that say nothing about who asks; only these cross to another origin. */
const harmlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'range',
]);

/** Sends the request and goes where the answers point; `redirects` of the result lists every address left behind. */
export async function followRedirects(
  request: HttpRequest,
  send: (hop: Hop) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const left: string[] = [];
  let hop: Hop = firstHop(request);
  let moved: { readonly movedTo?: string } = {};
  let allPermanent = true;
  for (;;) {
    const answer = await send(hop);
    const location = answer.headers['location'];
    if (!redirectStatuses.has(answer.status) || location === undefined) {
      return { ...answer, redirects: left, ...moved };
    }
    await answer.discard();
    left.push(hop.url.href);
    const next = nextHop(hop, answer.status, escaped(location));
    allPermanent &&= permanentStatuses.has(answer.status);
    if (allPermanent) moved = { movedTo: next.url.href };
    if (left.length > maxRedirects || left.includes(next.url.href)) throw tooMany(request.url, left, next.url.href);
    hop = next;
  }
}

function firstHop(request: HttpRequest): Hop {
  const method = request.method ?? 'GET';
  return { request, url: parseUrl(request.url, undefined), method, headers: request.headers ?? {}, body: request.body };
}

function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = parseUrl(location, hop.url);
  const headers = isSameSite(hop.url, url) ? hop.headers : harmless(hop.headers);
  // RFC 9110 §15.4: 303 always becomes GET; after 301 and 302 a POST does, as all clients do it.
  const becomesGet = status === 303 || (status <= 302 && hop.method === 'POST');
  if (!becomesGet || hop.method === 'HEAD') return { ...hop, url, headers };
  return { ...hop, url, headers, method: 'GET', body: undefined };
}

/** Same origin, or the same host moving up from http to https. */
function isSameSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:' && to.port === '';
}

function harmless(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name.toLowerCase())));
}

/** Bytes beyond ASCII that a server writes as they are (here one character each), escaped as they are: UTF-8 or not. */
function escaped(location: string): string {
  return location.replace(/[\u0080-\u00ff]/gu, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

function parseUrl(text: string, base: URL | undefined): URL {
  try {
    return new URL(text, base);
  } catch (cause) {
    const who = base === undefined ? 'the request' : `${redact(base.href)}: its redirect`;
    throw new SourceError('malformed', `${who} names the address ${JSON.stringify(redact(text))}; expected a URL`, {
      cause,
    });
  }
}

function tooMany(start: string, left: readonly string[], next: string): SourceError {
  const way = [...left.slice(-3), next].map(redact).join(' → ');
  return new SourceError(
    'too-many-redirects',
    `${redact(start)}: redirected ${left.length} times, lastly ${way}; expected an answer within ${maxRedirects}`,
  );
}
