/**
 * Cuts a CSV (RFC 4180, UTF-8) into rows as it streams by and keeps each row's bytes as they are, quotes and line
 * breaks inside of fields included. Holds one row at a time. A quote counts only at the start of a field, as in every
 * spreadsheet; what follows a closing quote is taken along.
 */

export interface CsvRow {
  /** Verbatim, without the line end. */
  readonly bytes: Uint8Array;
  /** Where each field starts in `bytes`; its length is the number of fields. */
  readonly fieldStarts: readonly number[];
}

export interface CsvRowOptions {
  /** Longest row, in bytes; a longer one is given as `too-long` and reading goes on at the next line. */
  readonly maxRowBytes: number;
}

export type CsvEvent =
  | { readonly kind: 'row'; readonly row: CsvRow }
  | { readonly kind: 'too-long'; readonly bytes: number };

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where in a row the reading is. */
type Place = 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted';

/** Feed it chunks with `push`, then call `end` once. */
export class CsvRowScanner {
  readonly #maxRowBytes: number;
  #place: Place = 'field-start';
  #rest: Uint8Array = new Uint8Array();
  /** Position in `#rest` plus chunk up to which the current row was read. */
  #fieldStarts: number[] = [0];
  #skipping = 0;

  constructor(options: CsvRowOptions) {
    this.#maxRowBytes = options.maxRowBytes;
  }

  /** Rows that became complete with this chunk. */
  push(chunk: Uint8Array): readonly CsvEvent[] {
    const events: CsvEvent[] = [];
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let rowStart = 0;
    let i = this.#rest.length;
    while (i < bytes.length) {
      const byte = bytes[i] ?? 0;
      i += 1;
      if (!this.#step(byte, i - rowStart)) continue;
      events.push(this.#cut(bytes, rowStart, i - 1));
      rowStart = i;
    }
    this.#rest = bytes.subarray(rowStart);
    if (this.#rest.length > this.#maxRowBytes) this.#giveUpRow();
    return events;
  }

  /** The last row, when the text does not end with a line break; `unclosed` when it ended inside a quoted field. */
  end(): { readonly events: readonly CsvEvent[]; readonly unclosed: boolean } {
    const unclosed = this.#place === 'quoted';
    const isEmpty = this.#rest.length === 0 && this.#skipping === 0;
    return { events: isEmpty ? [] : [this.#cut(this.#rest, 0, this.#rest.length)], unclosed };
  }

  /** Takes one byte; true when it ends the row. `after` is the position behind it in the row. */
  #step(byte: number, after: number): boolean {
    if (this.#place === 'quoted') {
      if (byte === quote) this.#place = 'quote-in-quoted';
      return false;
    }
    if (byte === lineFeed) return true;
    if (byte === comma) {
      this.#fieldStarts.push(after);
      this.#place = 'field-start';
    } else if (byte === quote && this.#place !== 'plain') {
      // At the start of a field it opens; right after a quote it is an escaped one.
      this.#place = 'quoted';
    } else {
      this.#place = 'plain';
    }
    return false;
  }

  #cut(bytes: Uint8Array, start: number, end: number): CsvEvent {
    const fieldStarts = this.#fieldStarts;
    this.#fieldStarts = [0];
    this.#place = 'field-start';
    const length = end - start + this.#skipping;
    if (this.#skipping > 0 || length > this.#maxRowBytes) {
      this.#skipping = 0;
      return { kind: 'too-long', bytes: length };
    }
    const stop = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
    return { kind: 'row', row: { bytes: new Uint8Array(bytes.subarray(start, stop)), fieldStarts } };
  }

  /** Probably a quote that nobody closed: forget what was read of it and go on at the next line break. */
  #giveUpRow(): void {
    this.#skipping += this.#rest.length;
    this.#rest = new Uint8Array();
    this.#place = 'plain';
    this.#fieldStarts = [0];
  }
}

const decoder = new TextDecoder();

/** Text of a field, quotes undone; empty when the row has no such field. */
export function csvField(row: CsvRow, index: number): string {
  const start = row.fieldStarts[index];
  if (start === undefined) return '';
  const next = row.fieldStarts[index + 1];
  const end = next === undefined ? row.bytes.length : next - 1;
  const text = decoder.decode(row.bytes.subarray(start, end));
  if (!text.startsWith('"')) return text;
  const close = text.lastIndexOf('"');
  const inner = close > 0 ? text.slice(1, close) + text.slice(close + 1) : text.slice(1);
  return inner.replaceAll('""', '"');
}
