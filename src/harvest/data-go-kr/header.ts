/** What the first line of the list says, or what came in place of the list. Pure. */
import { type CsvRow, csvField } from '../../kit/csv-rows.ts';
import { SourceError } from '../../model/source-error.ts';

/** The columns that every year's list has (2022 and 2025 seen); all others may come and go, normalising finds them by name. */
const keyColumn = '목록키';
const nameColumn = '목록명';

export interface ListHeader {
  /** The line, verbatim. */
  readonly bytes: Uint8Array;
  readonly columns: number;
  readonly keyIndex: number;
}

/** Throws `SourceError` `soft-error` for a message of the gateway, `malformed` for another table. */
export function parseHeader(who: string, row: CsvRow, bodyStart: string): ListHeader {
  if (/^\s*[<{]/u.test(bodyStart)) throw gatewayError(who, bodyStart);
  const names = row.fieldStarts.map((_, index) => csvField(row, index).trim());
  const keyIndex = names.indexOf(keyColumn);
  if (keyIndex < 0 || !names.includes(nameColumn)) {
    const found = names.slice(0, 12).join(', ').slice(0, 200);
    throw new SourceError(
      'malformed',
      `${who}: the first line is "${found}"; expected the columns ${keyColumn} and ${nameColumn}`,
    );
  }
  return { bytes: row.bytes, columns: names.length, keyIndex };
}

/**
 * The gateway of data.go.kr says what is wrong in XML (or JSON) with status 200, its fields in any order (case
 * `field F-06`, fixtures `kinds/data.go.kr/errors`).
 */
export function gatewayError(who: string, text: string, status?: number): SourceError {
  const code = field(text, 'returnReasonCode');
  const message = field(text, 'returnAuthMsg') ?? field(text, 'errMsg');
  const said = [code, message].filter((part) => part !== undefined).join(' ');
  const found = said === '' ? `"${text.trim().slice(0, 80).replaceAll(/\s+/gu, ' ')}"` : `the gateway's error ${said}`;
  return new SourceError('soft-error', `${who}: answered ${found}; expected the list as CSV`, {
    reason: code ?? 'unexpected_content',
    ...(status === undefined ? {} : { status }),
  });
}

function field(text: string, name: string): string | undefined {
  const pattern = new RegExp(`<${name}>\\s*([^<]{1,200})|"${name}"\\s*:\\s*"?([^",}]{1,200})`, 'u');
  const match = pattern.exec(text);
  return (match?.[1] ?? match?.[2])?.trim();
}
