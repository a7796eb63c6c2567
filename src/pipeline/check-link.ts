/**
 * One address asked: what does it answer? A HEAD may only prove that the link is good; whatever else it says, a GET of
 * the first kibibyte decides (cases `field F-04`, `op H1`). Enters: an address as published. Leaves: a finding; failures
 * of the world are findings too. To add a status or a failure: `findingOfStatus`, `findingOfFailure`.
 */
import { fileNameFrom } from '../kit/http/file-name.ts';
import type { HttpAnswer, HttpDoor, HttpRequest } from '../kit/http/http-door.ts';
import { parseRetryAfter } from '../kit/http/retry.ts';
import { findSoftError } from '../kit/soft-error.ts';
import type { LinkExpectation, LinkFacts } from '../model/link-check.ts';
import { isSourceError, SourceError, type SourceErrorCode } from '../model/source-error.ts';
import { type AnswerStart, readStart } from './answer-start.ts';
import { findingOfFailure, findingOfStatus } from './link-findings.ts';
import type { LinkFinding } from './link-history.ts';

export interface LinkQuestion {
  readonly address: string;
  readonly expects: LinkExpectation;
  /** What it answered when it was last good. */
  readonly lastOk?: LinkFacts;
  /** Encodings that a file name may be in besides UTF-8. */
  readonly encodings: readonly string[];
  /** Shortest gap between two requests to the host, in ms. */
  readonly minGapMs: number;
  readonly certificateAuthority?: string;
  /** Host that a source says speaks only outdated TLS. */
  readonly legacyTlsHost?: string;
  /** The host is known to refuse HEAD. */
  readonly skipsHead: boolean;
  /** Told when the host makes us slower. */
  readonly paced: NonNullable<HttpRequest['paced']>;
}

export interface LinkEffects {
  readonly http: HttpDoor;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly patience: LinkPatience;
}

/** Until the first byte of an answer, in ms; a GET has as long again for the first kibibyte. */
export interface LinkPatience {
  readonly headMs: number;
  readonly getMs: number;
}

export interface LinkAnswer {
  readonly finding: LinkFinding;
  /** A HEAD was refused or not answered where a GET was. */
  readonly refusesHead: boolean;
  /** The host asks to be left alone (429, 503): for how long, in ms, when it says so. */
  readonly holdOff?: { readonly askedMs: number | undefined };
  /** Nothing was answered at all: no connection, or too late. */
  readonly silent: boolean;
}

/** Bytes of a body that are asked for, and read whatever the server sends. */
export const prefixBytes = 1024;

/** A HEAD that hangs must not cost what a slow file may. Our own choice. */
export const linkPatience: LinkPatience = { headMs: 8_000, getMs: 20_000 };

export async function checkLink(question: LinkQuestion, effects: LinkEffects): Promise<LinkAnswer> {
  const head = mayAskHead(question) ? await askHead(question, effects) : undefined;
  if (head?.kind === 'settled') return { finding: head.finding, refusesHead: false, silent: false };
  const answer = await askGet(question, effects);
  return { ...answer, refusesHead: head?.kind === 'refused' && answer.finding.state === 'ok' };
}

/** A HEAD shows no body: it proves a page, or that a file which was looked at is still the same. */
function mayAskHead({ expects, lastOk, skipsHead }: LinkQuestion): boolean {
  if (skipsHead) return false;
  return expects === 'page' || lastOk?.etag !== undefined || lastOk?.lastModified !== undefined;
}

type HeadOutcome =
  | { readonly kind: 'settled'; readonly finding: LinkFinding }
  | { readonly kind: 'refused' | 'unclear' };

/** Failures that come before the method matters: the certificate, the address, the rules of robots.txt. */
const sameForGet: ReadonlySet<SourceErrorCode> = new Set(['tls', 'not-allowed-address', 'refused']);

async function askHead(question: LinkQuestion, { http, signal, patience }: LinkEffects): Promise<HeadOutcome> {
  try {
    const answer = await http.request({
      ...requestOf(question, signal),
      method: 'HEAD',
      headers: { ...plainHeaders, ...conditions(question.lastOk) },
      timeoutMs: patience.headMs,
    });
    await answer.discard();
    const finding = await provenByHead(question, answer);
    if (finding !== undefined) return { kind: 'settled', finding };
    return { kind: answer.status >= 400 ? 'refused' : 'unclear' };
  } catch (cause) {
    signal.throwIfAborted();
    if (!isSourceError(cause) || cause.reason === 'robots_unknown') throw cause;
    if (sameForGet.has(cause.code)) return { kind: 'settled', finding: findingOfFailure(cause) };
    return { kind: cause.code === 'timeout' ? 'refused' : 'unclear' };
  }
}

async function provenByHead(question: LinkQuestion, answer: HttpAnswer): Promise<LinkFinding | undefined> {
  if (answer.status === 304 && question.lastOk !== undefined) return okOf(question, answer, { notModified: true });
  if (answer.status !== 200) return undefined;
  const { expects, lastOk } = question;
  const { etag, 'last-modified': lastModified } = answer.headers;
  const same =
    (lastOk?.etag !== undefined && lastOk.etag === etag) ||
    (lastOk?.etag === undefined && lastOk?.lastModified !== undefined && lastOk.lastModified === lastModified);
  return expects === 'page' || same ? okOf(question, answer, {}) : undefined;
}

async function askGet(question: LinkQuestion, effects: LinkEffects): Promise<Omit<LinkAnswer, 'refusesHead'>> {
  try {
    const first = await getStart(question, effects, { range: `bytes=0-${prefixBytes - 1}` });
    // Not satisfiable: an empty file, or a server that cannot do ranges and says so in its own way.
    const start = [400, 406, 416, 501].includes(first.answer.status) ? await getStart(question, effects, {}) : first;
    const { answer } = start;
    const finding = await findingOfStart(question, start);
    const asked = parseRetryAfter(answer.headers['retry-after'], effects.now().getTime());
    const isBusy = answer.status === 429 || answer.status === 503;
    return { finding, silent: false, ...(isBusy && { holdOff: { askedMs: asked } }) };
  } catch (cause) {
    effects.signal.throwIfAborted();
    if (!isSourceError(cause) || cause.reason === 'robots_unknown') throw cause;
    const silent = cause.code === 'timeout' || (cause.code === 'unreachable' && cause.reason !== 'host_not_found');
    return { finding: findingOfFailure(cause), silent };
  }
}

function getStart(
  question: LinkQuestion,
  { http, signal, patience }: LinkEffects,
  range: Readonly<Record<string, string>>,
): Promise<AnswerStart> {
  const late = new SourceError('timeout', 'the first bytes did not come in time', { reason: 'slow_body' });
  return readStart(
    (stop) =>
      http.request({
        ...requestOf(question, AbortSignal.any([signal, stop])),
        headers: { ...plainHeaders, ...conditions(question.lastOk), ...range },
        timeoutMs: patience.getMs,
      }),
    { bytes: prefixBytes, withinMs: patience.getMs, late },
  );
}

async function findingOfStart(question: LinkQuestion, { answer, bytes }: AnswerStart): Promise<LinkFinding> {
  const { status } = answer;
  if (status === 304 && question.lastOk !== undefined) return okOf(question, answer, { notModified: true });
  const refused = findingOfStatus(status);
  if (refused !== undefined) return { ...refused, ...evidence(question, answer) };
  const contentType = answer.headers['content-type'];
  const soft = findSoftError({ bytes, contentType, expects: question.expects });
  if (soft !== undefined) return { state: 'soft-error', ...soft, ...evidence(question, answer) };
  return okOf(question, answer, {});
}

/** Compressed bytes of a range cannot be unpacked, so none are asked for. */
const plainHeaders = { accept: '*/*', 'accept-encoding': 'identity' };

function conditions(lastOk: LinkFacts | undefined): Readonly<Record<string, string>> {
  if (lastOk?.etag !== undefined) return { 'if-none-match': lastOk.etag };
  return lastOk?.lastModified === undefined ? {} : { 'if-modified-since': lastOk.lastModified };
}

function requestOf(question: LinkQuestion, signal: AbortSignal): Omit<HttpRequest, 'timeoutMs'> {
  const { address, minGapMs, paced, certificateAuthority, legacyTlsHost } = question;
  return {
    url: address,
    minGapMs,
    concurrency: 1,
    robots: 'heed',
    paced,
    signal,
    // The prefix is bounded by its reader; how long the file is does not matter.
    maxBodyBytes: Number.MAX_SAFE_INTEGER,
    // A check is repeated on another day; trying again at once would only be another request.
    attempts: 1,
    ...(certificateAuthority !== undefined && { certificateAuthority }),
    ...(legacyTlsHost !== undefined && { legacyTlsHost }),
  };
}

async function okOf(
  question: LinkQuestion,
  answer: HttpAnswer,
  more: Pick<LinkFinding, 'notModified'>,
): Promise<LinkFinding> {
  return { state: 'ok', ...more, ...evidence(question, answer), facts: await factsOf(question, answer) };
}

function evidence(
  { address }: LinkQuestion,
  { status, url, movedTo }: HttpAnswer,
): Pick<LinkFinding, 'status' | 'finalAddress' | 'movedTo'> {
  const isOther = URL.canParse(address) && new URL(address).href !== url;
  return { status, ...(isOther && { finalAddress: url }), ...(movedTo !== undefined && { movedTo }) };
}

async function factsOf(question: LinkQuestion, answer: HttpAnswer): Promise<NonNullable<LinkFinding['facts']>> {
  const { headers } = answer;
  const { 'content-type': contentType, etag, 'last-modified': lastModified } = headers;
  const { status, finalAddress } = evidence(question, answer);
  const bytes = wholeBytes(answer);
  const fileName = await fileNameFrom(headers['content-disposition'], question.encodings);
  return {
    status: status ?? answer.status,
    ...(contentType !== undefined && { contentType }),
    ...(bytes !== undefined && { bytes }),
    ...(lastModified !== undefined && { lastModified }),
    ...(etag !== undefined && { etag }),
    ...(fileName !== undefined && { fileName }),
    ...(finalAddress !== undefined && { finalAddress }),
  };
}

/** Length of the file: of a part, the total behind the slash; of all of it, its length when it is not compressed. */
function wholeBytes({ status, headers }: HttpAnswer): number | undefined {
  const text =
    status === 206
      ? /\/(\d+)$/u.exec(headers['content-range'] ?? '')?.[1]
      : headers['content-encoding'] === undefined
        ? headers['content-length']
        : undefined;
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}
