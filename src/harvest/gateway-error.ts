/**
 * What the gateways of data.go.kr and its kin say in place of an answer, with status 200 or another, in XML or JSON
 * whatever was asked for, the fields in any order (case `field F-06`; captures `kinds/data.go.kr/errors`). Pure.
 */
import { SourceError, type SourceErrorCode } from '../model/source-error.ts';

/** Of a body, in bytes: an error fills no more. */
export const gatewayErrorBytes = 2_048;

/** `OpenAPI_ServiceResponse` of the gateway itself, `response.header` of the services behind it, odcloud's code and msg. */
const errorStart =
  /^[\uFEFF\s]*(?:<\?xml[^>]*\?>\s*)?(?:<(?:OpenAPI_ServiceResponse|cmmMsgHeader|response>\s*<(?:cmmMsgHeader|header)>)|\{\s*"(?:OpenAPI_ServiceResponse|cmmMsgHeader)"|\{\s*"response"\s*:\s*\{\s*"header"|\{\s*"code"\s*:\s*-\d+\s*,\s*"msg")/u;

/** data.go.kr, "OPEN API error codes" of its service guides: 20, 21, 30 to 33 speak of the key; odcloud answers -401. */
const keyCodes: ReadonlySet<string> = new Set(['20', '21', '30', '31', '32', '33', '-401']);
const keyWords = /SERVICE_?\s?KEY|ACCESS_DENIED|DEADLINE_HAS_EXPIRED|UNREGISTERED|UNSIGNED/u;

/** 22 LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR, 23 per second. */
const quotaCodes: ReadonlySet<string> = new Set(['22', '23']);
const quotaWords = /LIMITED_NUMBER|REQUESTS_EXCEEDS/u;

/** 3 NODATA_ERROR: an empty list, no error. */
const fineCode = /^(?:INFO-)?0+$|^0?3$/u;

/** Undefined when the text is no message of a gateway. */
export function gatewayError(who: string, text: string, status: number): SourceError | undefined {
  if (!errorStart.test(text)) return undefined;
  const code = field(text, 'returnReasonCode') ?? field(text, 'resultCode') ?? field(text, 'code');
  if (code !== undefined && fineCode.test(code)) return undefined;
  const words = ['returnAuthMsg', 'errMsg', 'resultMsg', 'msg'].map((name) => field(text, name));
  const message = words.find((each) => each !== undefined);
  const said = [code, message].filter((part) => part !== undefined).join(' ');
  if (said === '') return undefined;
  return new SourceError(
    kindOf(code, words.join(' ')),
    `${who}: answered the gateway's error ${said} (status ${status}); expected data`,
    { reason: code ?? 'unexpected_content', status },
  );
}

function kindOf(code: string | undefined, words: string): SourceErrorCode {
  const number = code?.replace(/^0+(?=\d)/u, '');
  if (number !== undefined && quotaCodes.has(number)) return 'quota';
  if (number !== undefined && keyCodes.has(number)) return 'key-refused';
  if (quotaWords.test(words)) return 'quota';
  return keyWords.test(words) ? 'key-refused' : 'soft-error';
}

function field(text: string, name: string): string | undefined {
  const pattern = new RegExp(`<${name}>\\s*([^<]{1,200})|"${name}"\\s*:\\s*"?([^",}]{1,200})`, 'u');
  const match = pattern.exec(text);
  return (match?.[1] ?? match?.[2])?.trim();
}
