/** The one door of this folder: dispatches a native record to the reader of its form. Pure; never throws on data. */
import type { Dataset } from '../model/dataset.ts';
import { remembered } from '../vocabulary/bounded-cache.ts';
import { csvRow } from './csv-row.ts';
import { datasetFromCkan } from './from-ckan.ts';
import { datasetFromDataGoKr, type ListRow } from './from-data-go-kr.ts';
import { datasetFromDcatUs } from './from-dcat-us.ts';
import type { Mapping } from './mapping.ts';
import { decodeUtf8, nativeJson } from './native-json.ts';
import { isObject, type NativeObject } from './native-value.ts';
import type { Normalise, NormaliseInput } from './normalise-contract.ts';
import { problemLog } from './problem-log.ts';

export const normalise: Normalise = (input, vocabulary) => {
  const { source, datasetId, nativeId, fetchedAt } = input;
  const log = problemLog();
  const dates = { calendar: source.calendar, timeZone: source.timeZone, fetchedAt };
  const dataset = datasetOf(input, { source, datasetId, nativeId, vocabulary, log, dates });
  return { dataset, problems: log.problems() };
};

function datasetOf(input: NormaliseInput, mapping: Mapping): Dataset | undefined {
  switch (input.form) {
    case 'ckan-package':
      return fromJson(input, mapping, datasetFromCkan);
    case 'dcat-us-dataset':
      return fromJson(input, mapping, datasetFromDcatUs);
    case 'data-go-kr-row':
      return fromRow(input, mapping);
  }
}

function fromJson(
  input: NormaliseInput,
  mapping: Mapping,
  read: (object: NativeObject, mapping: Mapping) => Dataset,
): Dataset | undefined {
  const json = nativeJson(input.raw);
  if (json === undefined || !isObject(json.value)) {
    const found = json === undefined ? 'text that is not JSON' : 'JSON that is no object';
    mapping.log.add('record-unreadable', '', `found ${found}, ${input.raw.length} bytes; expected a JSON object`);
    return undefined;
  }
  reportEncoding(json.text, mapping);
  if (json.mended) {
    mapping.log.add('record-mended', '', 'found NaN, Infinity or a trailing comma; expected JSON as RFC 8259 has it');
  }
  return read(json.value, mapping);
}

/** U+FFFD stands where a character was lost, before us or in bytes that are not UTF-8. */
function reportEncoding(text: string, { log }: Mapping): void {
  if (!text.includes('\ufffd') && !/\\ufffd/i.test(text)) return;
  log.add('record-encoding', '', 'found characters that are lost (U+FFFD); expected whole text in UTF-8');
}

function fromRow({ raw, context, source }: NormaliseInput, mapping: Mapping): Dataset | undefined {
  if (context === undefined)
    throw new Error(`${source.id}: a row came without its header line; the harvest must give it`);
  const header = headerOf(decodeUtf8(context));
  // Lost characters of a row are counted by the adapter, which has the whole file to compare with.
  const row = csvRow(decodeUtf8(raw));
  if (row.length === header.width) return datasetFromDataGoKr(listRow(header.columns, row), mapping);
  mapping.log.add('record-unreadable', '', `found ${row.length} columns; expected ${header.width} as in the header`);
  return undefined;
}

interface Header {
  readonly width: number;
  readonly columns: ReadonlyMap<string, number>;
}

/** Column name → index; dots stand for spaces in copies made by R. A doubled name means its first column. */
function parseHeader(line: string): Header {
  const names = csvRow(line.replace(/^\ufeff/, '')).map((name) => name.trim().replace(/\.(?=\S)/g, ' '));
  const columns = new Map<string, number>();
  names.forEach((name, index) => {
    if (!columns.has(name)) columns.set(name, index);
  });
  return { width: names.length, columns };
}

/** All rows of a source share a header; a handful of sources run at once. */
const headerOf = remembered(32, parseHeader);

function listRow(columns: ReadonlyMap<string, number>, row: readonly string[]): ListRow {
  return {
    has: (...names) => names.some((name) => columns.has(name)),
    cell: (...names) => {
      for (const name of names) {
        const cell = row[columns.get(name) ?? -1]?.trim();
        if (cell !== undefined && cell !== '' && cell !== '-') return cell;
      }
      return undefined;
    },
  };
}
