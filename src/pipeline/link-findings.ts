/** What a status or a failure of the network says about a link. Pure. To add one: a row below. */
import type { SourceError } from '../model/source-error.ts';
import type { LinkFinding } from './link-history.ts';

/** "You may not", which says nothing about whether the file exists. */
const blockedReasons: Readonly<Record<number, string>> = {
  401: 'login_required',
  403: 'forbidden',
  407: 'login_required',
  429: 'rate_limited',
  451: 'legal_reasons',
};

/** Of a status that is no success; undefined for 200, 203, 204, 205 and 206. */
export function findingOfStatus(status: number): LinkFinding | undefined {
  if (status >= 200 && status < 300) return undefined;
  const blocked = blockedReasons[status];
  if (blocked !== undefined) return { state: 'blocked', reason: blocked };
  return { state: status === 404 || status === 410 ? 'gone' : 'failing', reason: `http_${status}` };
}

export function findingOfFailure({ code, reason, status }: SourceError): LinkFinding {
  const seen = status === undefined ? {} : { status };
  switch (code) {
    case 'tls':
      return { state: 'unverifiable', reason: reason ?? 'tls_other' };
    case 'blocked':
      return { state: 'blocked', reason: reason ?? 'forbidden', ...seen };
    case 'timeout':
      return { state: 'timeout', reason: reason ?? 'no_answer' };
    case 'not-allowed-address':
      return { state: 'not-checked', reason: reason ?? 'address_not_allowed' };
    case 'refused':
      return { state: reason === 'robots' ? 'not-checked' : 'failing', reason: reason ?? code };
    case 'unreachable':
      return reason === 'host_not_found' ? { state: 'gone', reason } : { state: 'failing', reason: reason ?? code };
    default:
      return { state: 'failing', reason: reason ?? code.replaceAll('-', '_'), ...seen };
  }
}
