/**
 * Keeps secrets out of every message. Enters: an address or any text with addresses in it. Leaves: the same with the
 * values of secret query parameters and credentials replaced. To add a name: `secretNames`.
 */

/**
 * Query parameters that carry keys on the portals we know: `serviceKey` (data.go.kr), `api-key` (data.gov.in),
 * `apikey`, `api_key`, `appid` (e-Stat), `key` (BPS), plus the usual ones.
 */
const secretNames =
  'service_?-?key|api[-_]?key|app_?id|app_?key|access[-_]?token|auth(?:orization)?|token|key|secret|password|passwd|pwd|sig|signature|x-amz-[a-z-]+';

const secretParameter = new RegExp(`([?&;](?:${secretNames})=)[^&#\\s"'<>]*`, 'giu');
const credentials = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@?#]*@/giu;

/** Text with the values of secret parameters and `user:password@` in addresses replaced by `***`. */
export function redact(text: string): string {
  return text.replace(secretParameter, '$1***').replace(credentials, '$1***@');
}
