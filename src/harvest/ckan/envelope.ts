/**
 * Reads an answer of the Action API: an envelope `{"success": …, "result": …}`, or what came in its place (case
 * `field F-06`: success is what the envelope says, not the status line). Pure.
 */
import { isUtf8 } from 'node:buffer';
import { charsetOf, decodedBody, encodingCandidates } from '../../kit/decoded-body.ts';
import { type JsonSlice, JsonSliceScanner } from '../../kit/json-slices.ts';
import { tokenValue } from '../../kit/json-tokens.ts';
import { SourceError, type SourceErrorCode } from '../../model/source-error.ts';

export interface ActionAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

export interface EnvelopeOptions {
  /** Where the wanted values stand, e.g. `result.results[*]`. */
  readonly path: string;
  /** Languages of the portal, for bodies that are not UTF-8. */
  readonly languages: readonly string[];
}

export type Envelope =
  | {
      readonly kind: 'ok';
      readonly slices: readonly JsonSlice[];
      /** `result.count`, when there is one. */
      readonly count: number | undefined;
    }
  | {
      readonly kind: 'fault';
      /** Also the slug of the problem when this costs one record. */
      readonly slug: 'answer-empty' | 'answer-html' | 'answer-unsuccessful' | 'answer-malformed' | 'answer-status';
      readonly code: SourceErrorCode;
      readonly status: number;
      /** What was found, as part of a sentence. */
      readonly found: string;
    };

type Fault = Extract<Envelope, { kind: 'fault' }>;

const scalars = ['success', 'result.count', 'error.message', 'error.__type'];

export async function readEnvelope(answer: ActionAnswer, options: EnvelopeOptions): Promise<Envelope> {
  const scanner = new JsonSliceScanner({ path: options.path, scalars });
  const bytes = await utf8Of(answer, options.languages);
  const slices = scanner.push(bytes);
  const end = scanner.end();
  const values = new Map(
    slices.flatMap((each) => (each.kind === 'scalar' ? [[each.path, tokenValue(each.token)]] : [])),
  );
  const said = values.get('error.message') ?? values.get('error.__type') ?? tokenValue(shortText(bytes));
  const fault = (slug: Fault['slug'], code: SourceErrorCode, found: string): Fault => ({
    kind: 'fault',
    slug,
    code,
    status: answer.status,
    found: typeof said === 'string' ? `${found} (${JSON.stringify(said.slice(0, 200))})` : found,
  });
  if (answer.status >= 400) return fault('answer-status', 'http-status', `status ${answer.status}`);
  if (bytes.length === 0) return fault('answer-empty', 'soft-error', `status ${answer.status} and an empty body`);
  if (isMarkup(bytes)) return fault('answer-html', 'soft-error', `markup (${answer.contentType ?? 'no Content-Type'})`);
  if (values.get('success') === false) return fault('answer-unsuccessful', 'soft-error', 'success=false');
  if (end.fault !== undefined) return fault('answer-malformed', 'malformed', `no JSON: ${end.fault}`);
  if (!end.complete) return fault('answer-malformed', 'truncated', `JSON that ends after ${bytes.length} bytes`);
  if (!end.found) {
    const keys = end.topKeys.join(', ');
    return fault('answer-malformed', 'malformed', `JSON without ${options.path} (its keys: ${keys})`);
  }
  const count = values.get('result.count');
  return { kind: 'ok', slices, count: typeof count === 'number' ? count : undefined };
}

/** The fault of an answer that a whole listing depends on. */
export function faultError(who: string, fault: Fault, expected: string): SourceError {
  return new SourceError(fault.code, `${who} answered ${fault.found}; expected ${expected}`, {
    ...(fault.code === 'http-status' ? { status: fault.status } : {}),
    reason: fault.slug,
  });
}

async function utf8Of(answer: ActionAnswer, languages: readonly string[]): Promise<Uint8Array> {
  if (isUtf8(answer.bytes)) return answer.bytes;
  async function* body() {
    yield answer.bytes;
  }
  const decoded = decodedBody(body(), charsetOf(answer.contentType), encodingCandidates(languages));
  const chunks: Uint8Array[] = [];
  for await (const chunk of decoded.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** An unknown action is answered with a bare JSON string (seen on CKAN 2.x, status 400). */
function shortText(bytes: Uint8Array): string | undefined {
  return bytes.length < 500 ? new TextDecoder().decode(bytes) : undefined;
}

function isMarkup(bytes: Uint8Array): boolean {
  return new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .replace(/^[\uFEFF\s]+/u, '')
    .startsWith('<');
}
