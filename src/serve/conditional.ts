/**
 * Conditional requests (RFC 9110 §13): an answer whose tag the client already has is a 304 without a body. A handler that
 * knows its tag before the work asks `unchanged` first; for all others the tag is a hash of the body.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { sha256Hex } from '../kit/hash.ts';

/** Digits of the hash in a tag: 64 bits tell two versions of one page apart. */
const tagLength = 16;

export function conditionalRequests(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!isRead(c.req.method) || c.res.status !== 200) return;
    if (c.res.headers.get('Cache-Control') === 'no-store') return;
    let tag = c.res.headers.get('ETag');
    if (tag === null) {
      const body = new Uint8Array(await c.res.clone().arrayBuffer());
      tag = weakTag(body);
      c.res.headers.set('ETag', tag);
    }
    if (matches(c.req.header('If-None-Match'), tag)) c.res = notModified(c.res.headers);
  };
}

/** Weak, because a proxy or we may compress the same answer in several ways. */
export function weakTag(of: Uint8Array | string): string {
  return `W/"${sha256Hex(of).slice(0, tagLength)}"`;
}

/** The 304 when the client already has `tag`; else undefined, and the answer that follows must carry it. */
export function unchanged(c: Context, tag: string, cacheControl: string): Response | undefined {
  if (!matches(c.req.header('If-None-Match'), tag)) return undefined;
  return notModified(new Headers({ ETag: tag, 'Cache-Control': cacheControl }));
}

/** Weak comparison: `W/` does not count. */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === opaque);
}

/** RFC 9110 §15.4.5: what a 304 repeats; the length and type of a body that is not there are left out. */
function notModified(headers: Headers): Response {
  const kept = new Headers(headers);
  for (const name of ['Content-Length', 'Content-Type', 'Content-Encoding']) kept.delete(name);
  return new Response(null, { status: 304, headers: kept });
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
