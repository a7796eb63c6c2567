/** Calls an action of the portal and reads its envelope: `{"success": …, "result": …}`. */
import type { AdapterRun } from '../adapter-run.ts';
import { type FetchedJson, fetchJson } from '../fetch-json.ts';
import type { AnswerValues } from '../json-answer.ts';

/** Calls `action` with `parameters`; `path` says where in the answer the wanted values stand. */
export async function callAction(
  run: AdapterRun,
  action: string,
  parameters: Readonly<Record<string, string>>,
  path: string,
): Promise<FetchedJson> {
  const { endpoint } = run.source;
  const folder = endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
  const query = new URLSearchParams(parameters).toString();
  const url = `${folder}${action}${query === '' ? '' : `?${query}`}`;
  const messages = ['error.message', 'error.__type'];
  return fetchJson(run, url, { path, scalars: ['success', 'result.count'], messages, refusal });
}

/** `result.count`, when there is one. */
export function countOf(values: AnswerValues): number | undefined {
  const count = values.get('result.count');
  return typeof count === 'number' ? count : undefined;
}

function refusal(values: AnswerValues): string | undefined {
  return values.get('success') === false ? 'success=false' : undefined;
}
