/** What the first line of a list says, or what came in place of the list. Pure. */
import { type CsvRow, csvField } from '../kit/csv-rows.ts';
import { SourceError } from '../model/source-error.ts';

export interface ListHeader {
  /** The line, verbatim. */
  readonly bytes: Uint8Array;
  readonly columns: number;
  readonly keyIndex: number;
}

export interface FirstLine {
  readonly who: string;
  readonly list: {
    readonly key: string;
    readonly name: string;
    readonly refusal: (who: string, bodyStart: string, status: number) => SourceError | undefined;
  };
  readonly row: CsvRow;
  readonly bodyStart: string;
}

/** Columns are found by name; those that the list does not need may come and go. Throws for markup and other tables. */
export function parseHeader({ who, list, row, bodyStart }: FirstLine): ListHeader {
  if (/^[\uFEFF\s]*[<{]/u.test(bodyStart)) throw list.refusal(who, bodyStart, 200) ?? notAList(who, bodyStart);
  const names = row.fieldStarts.map((_, index) => csvField(row, index).trim());
  const keyIndex = names.indexOf(list.key);
  if (keyIndex >= 0 && names.includes(list.name)) return { bytes: row.bytes, columns: names.length, keyIndex };
  const found = names.slice(0, 12).join(', ').slice(0, 200);
  const expected = `the columns ${list.key} and ${list.name}`;
  throw new SourceError('malformed', `${who}: the first line is "${found}"; expected ${expected}`);
}

function notAList(who: string, bodyStart: string): SourceError {
  const found = `"${bodyStart.trim().slice(0, 80).replaceAll(/\s+/gu, ' ')}"`;
  return new SourceError('soft-error', `${who}: answered ${found}; expected the list as CSV`, {
    reason: 'unexpected_content',
  });
}
