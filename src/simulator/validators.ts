/** ETag and Last-Modified of a simulated portal, and the 304 that they lead to (RFC 9110 §8.8, §13); servers that lie too. */
import { createHash } from 'node:crypto';
import type { Reply } from './simulated-portal.ts';

export interface Validators {
  /** Of the bytes, strong or weak; `constant`: the same whatever the bytes (a lie); `changing`: another one each time. */
  readonly etag?: 'strong' | 'weak' | 'constant' | 'changing';
  /** HTTP date that the server gives; it answers 304 to whoever has this one or a later one. */
  readonly lastModified?: string;
}

/** What a client sent of its conditions. */
export interface Conditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

/** Only replies of status 200 have validators. The body is made whole to be hashed. */
export function conditionalReply(reply: Reply, validators: Validators, conditions: Conditions): Reply {
  if (reply.status !== 200) return reply;
  const body = [Buffer.concat([...reply.body])];
  const etag = validators.etag === undefined ? undefined : etagOf(validators.etag, body);
  const told = {
    ...(etag !== undefined && { etag }),
    ...(validators.lastModified !== undefined && { 'last-modified': validators.lastModified }),
  };
  if (isNotModified(etag, validators.lastModified, conditions)) return { status: 304, headers: told, body: [] };
  return { ...reply, headers: { ...reply.headers, ...told }, body };
}

let answers = 0;

function etagOf(kind: NonNullable<Validators['etag']>, body: readonly Uint8Array[]): string {
  if (kind === 'constant') return '"1"';
  if (kind === 'changing') {
    answers += 1;
    return `"${answers}"`;
  }
  const hash = createHash('sha256');
  for (const chunk of body) hash.update(chunk);
  const tag = `"${hash.digest('hex').slice(0, 16)}"`;
  return kind === 'weak' ? `W/${tag}` : tag;
}

/** If-None-Match takes precedence (RFC 9110 §13.2.2). */
function isNotModified(
  etag: string | undefined,
  lastModified: string | undefined,
  { ifNoneMatch, ifModifiedSince }: Conditions,
): boolean {
  if (ifNoneMatch !== undefined && etag !== undefined) {
    const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
    return ifNoneMatch.split(',').some((each) => each.trim() === '*' || opaque(each) === opaque(etag));
  }
  if (ifModifiedSince === undefined || lastModified === undefined) return false;
  return Date.parse(lastModified) <= Date.parse(ifModifiedSince);
}
