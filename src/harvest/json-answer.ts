/**
 * Reads one JSON answer of a portal: the wanted values inside it, or what came in its place (case `field F-06`: success
 * is what the body says, not the status line). Pure.
 */
import { isUtf8 } from 'node:buffer';
import { charsetOf, decodedBody, encodingCandidates } from '../kit/decoded-body.ts';
import { withoutCall } from '../kit/json-call.ts';
import { type JsonSlice, JsonSliceScanner } from '../kit/json-slices.ts';
import { tokenValue } from '../kit/json-tokens.ts';
import { SourceError, type SourceErrorCode } from '../model/source-error.ts';

export interface ReceivedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** Scalars of the answer by their path. */
export type AnswerValues = ReadonlyMap<string, ReturnType<typeof tokenValue>>;

export interface AnswerShape {
  /** Where the wanted values stand, e.g. `result.results[*]`; the whole answer when empty. */
  readonly path: string;
  /** Scalars beside them to be read, e.g. `result.count`. */
  readonly scalars?: readonly string[];
  /** Where the portal says what went wrong, the best first. */
  readonly messages?: readonly string[];
  /** How the answer refuses, as part of a sentence (`success=false`); undefined when it does not. */
  readonly refusal?: (values: AnswerValues) => string | undefined;
}

export type JsonAnswer =
  | { readonly kind: 'ok'; readonly slices: readonly JsonSlice[]; readonly values: AnswerValues }
  | {
      readonly kind: 'fault';
      /** Also the slug of the problem when this costs one record. */
      readonly slug: 'answer-empty' | 'answer-html' | 'answer-unsuccessful' | 'answer-malformed' | 'answer-status';
      readonly code: SourceErrorCode;
      readonly status: number;
      /** What was found, as part of a sentence. */
      readonly found: string;
    };

export type AnswerFault = Extract<JsonAnswer, { kind: 'fault' }>;

/** `languages`: those of the portal, for bodies that are not UTF-8. */
export async function readJsonAnswer(
  answer: ReceivedAnswer,
  shape: AnswerShape,
  languages: readonly string[],
): Promise<JsonAnswer> {
  const { path, messages = [] } = shape;
  const scanner = new JsonSliceScanner({ path, scalars: [...(shape.scalars ?? []), ...messages] });
  const bytes = withoutCall(await utf8Of(answer, languages));
  const slices = scanner.push(bytes);
  const end = scanner.end();
  const values: AnswerValues = new Map(
    slices.flatMap((each) => (each.kind === 'scalar' ? [[each.path, tokenValue(each.token)]] : [])),
  );
  const said = messages.map((name) => values.get(name)).find((each) => each !== undefined);
  const shown = said ?? tokenValue(shortText(bytes));
  const fault = (slug: AnswerFault['slug'], code: SourceErrorCode, found: string): AnswerFault => ({
    kind: 'fault',
    slug,
    code,
    status: answer.status,
    found: typeof shown === 'string' ? `${found} (${JSON.stringify(shown.slice(0, 200))})` : found,
  });
  if (answer.status >= 400) return fault('answer-status', 'http-status', `status ${answer.status}`);
  if (bytes.length === 0) return fault('answer-empty', 'soft-error', `status ${answer.status} and an empty body`);
  if (isMarkup(bytes)) return fault('answer-html', 'soft-error', `markup (${answer.contentType ?? 'no Content-Type'})`);
  const refusal = shape.refusal?.(values);
  if (refusal !== undefined) return fault('answer-unsuccessful', 'soft-error', refusal);
  if (end.fault !== undefined) return fault('answer-malformed', 'malformed', `no JSON: ${end.fault}`);
  if (!end.complete) return fault('answer-malformed', 'truncated', `JSON that ends after ${bytes.length} bytes`);
  if (end.found) return { kind: 'ok', slices, values };
  const keys = end.topKeys.join(', ');
  return fault('answer-malformed', 'malformed', `JSON without ${path} (its keys: ${keys})`);
}

/** The fault of an answer that a whole listing depends on. */
export function faultError(who: string, fault: AnswerFault, expected: string): SourceError {
  return new SourceError(fault.code, `${who} answered ${fault.found}; expected ${expected}`, {
    ...(fault.code === 'http-status' ? { status: fault.status } : {}),
    reason: fault.slug,
  });
}

async function utf8Of(answer: ReceivedAnswer, languages: readonly string[]): Promise<Uint8Array> {
  if (isUtf8(answer.bytes)) return answer.bytes;
  async function* body() {
    yield answer.bytes;
  }
  const decoded = decodedBody(body(), charsetOf(answer.contentType), encodingCandidates(languages));
  const chunks: Uint8Array[] = [];
  for await (const chunk of decoded.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A refusal may be a bare JSON string (CKAN 2.x answers so to an unknown action, status 400). */
function shortText(bytes: Uint8Array): string | undefined {
  return bytes.length < 500 ? new TextDecoder().decode(bytes) : undefined;
}

function isMarkup(bytes: Uint8Array): boolean {
  return new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .replace(/^[\uFEFF\s]+/u, '')
    .startsWith('<');
}
