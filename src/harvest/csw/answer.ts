/**
 * One answer of a CSW: its records as slices with the figures beside them, or what came in their place. An
 * `ows:ExceptionReport` is an error with its code and text, whatever the status (case `field F-06`). Pure but for the
 * request.
 */
import { charsetOf, encodingCandidates } from '../../kit/decoded-body.ts';
import { type XmlSlice, XmlSliceScanner, type XmlSlicesEnd } from '../../kit/xml-slices.ts';
import { decodeXml } from '../../kit/xml-text.ts';
import type { AdapterRun } from '../adapter-run.ts';
import type { AnswerFault } from '../json-answer.ts';
import { sourceRequest } from '../source-request.ts';
import { type OwsException, readExceptionReport } from './exception-report.ts';
import type { GetRecords } from './get-records.ts';

/** A record of a national atlas with 2,000 keywords has 0.2 million characters. */
const longestRecord = 16 * 1024 * 1024;

/** Where a record says what it is and what it describes. */
export const recordTexts = {
  isoId: 'fileIdentifier/CharacterString',
  isoLevel: 'hierarchyLevel/MD_ScopeCode',
  dcId: 'identifier',
  dcType: 'type',
} as const;

export type CswAnswer =
  | { readonly kind: 'page'; readonly page: CswPage }
  | { readonly kind: 'fault'; readonly fault: AnswerFault; readonly exception?: OwsException | undefined };

export interface CswPage {
  readonly slices: readonly XmlSlice[];
  /** As the portal claims. */
  readonly matched: number | undefined;
  /** Place of the next record; 0 behind the last page. */
  readonly next: number | undefined;
  readonly url: string;
  readonly fetchedAt: string;
}

/** Asks again, as often as the pace allows, for an empty body, a web page and XML that breaks off. */
export async function fetchPage(run: AdapterRun, request: GetRecords): Promise<CswAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetchOnce(run, request);
    const mayPass =
      answer.kind === 'fault' &&
      (['answer-empty', 'answer-html'].includes(answer.fault.slug) || answer.fault.code === 'truncated');
    if (!mayPass || attempt >= run.source.pace.attempts) return answer;
  }
}

async function fetchOnce({ source, effects, signal }: AdapterRun, { url, body }: GetRecords): Promise<CswAnswer> {
  const request = sourceRequest(source, url, 'application/xml, text/xml', signal);
  const headers = { ...request.headers, 'content-type': 'application/xml; charset=utf-8' };
  const { answer, bytes } = await effects.http.fetchWhole(
    body === undefined ? request : { ...request, method: 'POST', headers, body },
  );
  const contentType = answer.headers['content-type'];
  const { text } = await decodeXml(bytes, {
    label: charsetOf(contentType),
    candidates: encodingCandidates(source.languages),
  });
  const received = { status: answer.status, contentType, text, length: bytes.length };
  return readAnswer(received, { url, fetchedAt: effects.now().toISOString() });
}

export interface ReceivedXml {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
  /** Of the body, in bytes. */
  readonly length: number;
}

export function readAnswer(received: ReceivedXml, origin: Pick<CswPage, 'url' | 'fetchedAt'>): CswAnswer {
  const { status, contentType, text, length } = received;
  const fault = (slug: AnswerFault['slug'], code: AnswerFault['code'], found: string): CswAnswer => {
    return { kind: 'fault', fault: { kind: 'fault', slug, code, status, found } };
  };
  const exception = readExceptionReport(text);
  if (exception !== undefined) {
    const found = `${exception.root}${status >= 400 ? ` with status ${status}` : ''} (${told(exception)})`;
    return {
      kind: 'fault',
      exception,
      fault: { kind: 'fault', slug: 'answer-unsuccessful', code: 'soft-error', status, found },
    };
  }
  if (status >= 400) return fault('answer-status', 'http-status', `status ${status}`);
  if (length === 0) return fault('answer-empty', 'soft-error', `status ${status} and an empty body`);
  if (isWebPage(text)) return fault('answer-html', 'soft-error', `a web page (${contentType ?? 'no Content-Type'})`);
  const scanner = new XmlSliceScanner({
    path: ['GetRecordsResponse', 'SearchResults'],
    texts: Object.values(recordTexts),
    maxSliceLength: longestRecord,
  });
  const slices = scanner.push(text);
  const end = scanner.end();
  const wrong = flawOf(end, length);
  if (wrong !== undefined) return fault('answer-malformed', wrong.code, wrong.found);
  return {
    kind: 'page',
    page: { slices, matched: countOf(end, 'numberOfRecordsMatched'), next: countOf(end, 'nextRecord'), ...origin },
  };
}

function flawOf(end: XmlSlicesEnd, length: number): Pick<AnswerFault, 'code' | 'found'> | undefined {
  if (end.fault !== undefined) return { code: 'malformed', found: `XML ${end.fault}` };
  if (end.root === undefined) return { code: 'malformed', found: 'a text that is no XML' };
  if (!end.complete) return { code: 'truncated', found: `XML that ends after ${length} bytes` };
  if (end.attributes !== undefined) return undefined;
  return { code: 'malformed', found: `XML without SearchResults (its root: ${end.root.local})` };
}

/** `-1` and other nonsense are no count. */
function countOf(end: XmlSlicesEnd, name: string): number | undefined {
  const text = end.attributes?.get(name)?.trim() ?? '';
  return /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

function told({ code, locator, text }: OwsException): string {
  const parts = [code, locator, text].filter((part) => part !== undefined);
  return JSON.stringify(parts.join(': ').replace(/\s+/gu, ' ').slice(0, 300));
}

function isWebPage(text: string): boolean {
  return /^[\uFEFF\s]*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/iu.test(
    text.slice(0, 2_000),
  );
}
