/**
 * The documents that a harvest reads its list from, with what tells whether they changed since (RFC 9110 §8.8). Pure but for
 * what it notes. A validator that cannot be trusted is none: `If-None-Match: *` would always be answered 304, a date in the
 * future or of this very minute does not tell two versions apart.
 */
import type { HttpAnswer, HttpRequest } from '../kit/http/http-door.ts';
import { redact } from '../kit/http/redact.ts';
import type { ListDocument } from '../model/source-record.ts';

/** A list of more documents is read anew: to ask for each costs as much. */
const mostDocuments = 50;

/** A quoted text in ASCII, weak or not. Longest accepted: 500 characters. */
const entityTag = /^(?:W\/)?"[\x20-\x21\x23-\x7e]{1,500}"$/;

/** A date is good for telling versions apart when it is this much older than the answer, in ms (RFC 9110 §8.8.2.2). */
const leastAgeMs = 60_000;

/** Statuses that say that there is nothing at the address: a page behind the last one that was only tried. */
const absentStatuses: ReadonlySet<number> = new Set([404, 410]);

type AnswerHead = Pick<HttpAnswer, 'status' | 'headers'>;

export interface DocumentBook {
  note(request: HttpRequest, answer: AnswerHead, now: Date): void;
  /**
   * Those that decide (all of them unless `decidedBy` names some), in the order in which they were read; undefined when
   * they cannot tell whether the list changed.
   */
  documents(decidedBy: readonly string[] | undefined): readonly ListDocument[] | undefined;
}

export function documentBook(): DocumentBook {
  const found = new Map<string, ListDocument>();
  let isSure = true;
  return {
    note(request, answer, now) {
      if ((request.method ?? 'GET') !== 'GET') isSure = false;
      const document = listDocument(request, answer, now);
      const before = found.get(document.url);
      // Read in two goes, and changed between them: what was read is neither version.
      if (before?.status === 200 && !isSame(before, document)) isSure = false;
      found.set(document.url, document);
    },
    documents(decidedBy) {
      const all = [...found.values()];
      const deciding = decidedBy === undefined ? all : all.filter(({ url }) => decidedBy.includes(url));
      const tells = deciding.every(canTell) && deciding.some(({ status }) => status === 200);
      const isWhole = decidedBy === undefined || deciding.length === new Set(decidedBy).size;
      return isSure && isWhole && tells && deciding.length <= mostDocuments ? deciding : undefined;
    },
  };
}

function listDocument(
  { url, headers = {} }: HttpRequest,
  { status, headers: told }: AnswerHead,
  now: Date,
): ListDocument {
  const etag = told['etag']?.trim();
  const lastModified = told['last-modified']?.trim();
  const answeredMs = dateMs(told['date']) ?? now.getTime();
  const modifiedMs = dateMs(lastModified);
  const isOldEnough = modifiedMs !== undefined && answeredMs - modifiedMs >= leastAgeMs;
  return {
    ...{ url, accept: headers['accept'] ?? '*/*', status },
    ...(etag !== undefined && entityTag.test(etag) && { etag }),
    ...(lastModified !== undefined && isOldEnough && { lastModified }),
  };
}

function dateMs(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** An address that shows a secret is never kept. */
function canTell({ url, status, etag, lastModified }: ListDocument): boolean {
  if (redact(url) !== url) return false;
  return absentStatuses.has(status) || (status === 200 && (etag !== undefined || lastModified !== undefined));
}

function isSame(one: ListDocument, other: ListDocument): boolean {
  return one.status === other.status && one.etag === other.etag && one.lastModified === other.lastModified;
}

/** Headers by which a server answers 304 when nothing changed. */
export function conditionOf({ etag, lastModified }: ListDocument): Readonly<Record<string, string>> {
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** Whether the answer to a conditional request says that the document is as it was. */
export function isUnchanged(document: ListDocument, status: number): boolean {
  return document.status === 200 ? status === 304 : status === document.status;
}
