/**
 * The gateway of data.go.kr says what is wrong in XML (or JSON) with status 200, its fields in any order (case
 * `field F-06`, fixtures `kinds/data.go.kr/errors`). Pure.
 */
import { SourceError } from '../../model/source-error.ts';

/** Undefined when the text is no message of the gateway. */
export function gatewayError(who: string, text: string, status: number): SourceError | undefined {
  const code = field(text, 'returnReasonCode');
  const message = field(text, 'returnAuthMsg') ?? field(text, 'errMsg');
  const said = [code, message].filter((part) => part !== undefined).join(' ');
  if (said === '') return undefined;
  return new SourceError('soft-error', `${who}: answered the gateway's error ${said}; expected the list as CSV`, {
    reason: code ?? 'unexpected_content',
    status,
  });
}

function field(text: string, name: string): string | undefined {
  const pattern = new RegExp(`<${name}>\\s*([^<]{1,200})|"${name}"\\s*:\\s*"?([^",}]{1,200})`, 'u');
  const match = pattern.exec(text);
  return (match?.[1] ?? match?.[2])?.trim();
}
