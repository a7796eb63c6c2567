/** The one door of this folder: dispatches a native record to the reader of its form. Pure; never throws on data. */
import type { XmlElement } from '../kit/xml-tree.ts';
import type { Dataset } from '../model/dataset.ts';
import type { NativeForm } from '../model/source-record.ts';
import { remembered } from '../vocabulary/bounded-cache.ts';
import { csvRow } from './csv-row.ts';
import { datasetFromCkan } from './from-ckan.ts';
import { datasetFromCswDc } from './from-csw-dc.ts';
import { datasetFromDataGoKr } from './from-data-go-kr.ts';
import { datasetFromDefinition, datasetFromPublication } from './from-data-gov-my.ts';
import { datasetFromDataGovSg, datasetFromSgCollection } from './from-data-gov-sg.ts';
import { datasetFromExportRow, datasetFromTwDetail } from './from-data-gov-tw.ts';
import { datasetFromDcatRdf } from './from-dcat-rdf.ts';
import { datasetFromDcatUs } from './from-dcat-us.ts';
import { datasetFromIso19139 } from './from-iso19139.ts';
import { datasetFromOgdList, datasetFromOgdResource } from './from-ogd-india.ts';
import { datasetFromSchemaOrg } from './from-schema-org.ts';
import type { ListRow } from './list-row.ts';
import type { Mapping } from './mapping.ts';
import { withMisplacedDates } from './misplaced-dates.ts';
import { decodeUtf8, nativeJson } from './native-json.ts';
import { isObject, type NativeObject } from './native-value.ts';
import { nativeXml } from './native-xml.ts';
import type { Normalise, NormaliseInput } from './normalise-contract.ts';
import { reportOutsideCountry } from './outside-country.ts';
import { problemLog } from './problem-log.ts';
import { readRdfRecord } from './rdf-record.ts';
import { reportZawgyi } from './zawgyi-text.ts';

export const normalise: Normalise = (input, vocabulary) => {
  const { source, datasetId, nativeId, fetchedAt } = input;
  const log = problemLog();
  const dates = { calendar: source.calendar, timeZone: source.timeZone, fetchedAt };
  const mapping: Mapping = { source, datasetId, nativeId, vocabulary, log, dates };
  const read = datasetOf(input, mapping);
  const dataset = read === undefined ? undefined : withMisplacedDates(read, mapping);
  if (dataset !== undefined) {
    reportOutsideCountry(dataset, mapping);
    reportZawgyi(dataset, mapping);
  }
  return { dataset, problems: log.problems() };
};

type JsonReader = (object: NativeObject, mapping: Mapping) => Dataset;
type XmlReader = (record: XmlElement, mapping: Mapping) => Dataset;
type RowReader = (row: ListRow, mapping: Mapping) => Dataset;

/** Native form → reader. To add one: a file `from-….ts` here and a row below. */
const jsonReaders: Readonly<Partial<Record<NativeForm, JsonReader>>> = {
  'ckan-package': datasetFromCkan,
  'data-gov-my-definition': datasetFromDefinition,
  'data-gov-my-publication': datasetFromPublication,
  'data-gov-sg-collection': datasetFromSgCollection,
  'data-gov-sg-dataset': datasetFromDataGovSg,
  'data-gov-tw-detail': datasetFromTwDetail,
  'dcat-us-dataset': datasetFromDcatUs,
  'ogd-india-list': datasetFromOgdList,
  'ogd-india-resource': datasetFromOgdResource,
  'schema-org-dataset': datasetFromSchemaOrg,
};

/** Forms whose records are rows of a CSV, with the header line as context. */
const rowReaders: Readonly<Partial<Record<NativeForm, RowReader>>> = {
  'data-go-kr-row': datasetFromDataGoKr,
  'data-gov-tw-row': datasetFromExportRow,
};

/** Forms that are one XML element, with the names that it may have. */
const xmlReaders: Readonly<
  Partial<Record<NativeForm, { readonly roots: ReadonlySet<string>; readonly read: XmlReader }>>
> = {
  'csw-dc-record': { roots: new Set(['Record', 'SummaryRecord', 'BriefRecord']), read: datasetFromCswDc },
  'iso19139-record': { roots: new Set(['MD_Metadata', 'MI_Metadata']), read: datasetFromIso19139 },
};

function datasetOf(input: NormaliseInput, mapping: Mapping): Dataset | undefined {
  const readJson = jsonReaders[input.form];
  if (readJson !== undefined) return fromJson(input, mapping, readJson);
  if (input.form === 'dcat-rdf-dataset') return fromRdf(input, mapping);
  const xml = xmlReaders[input.form];
  if (xml !== undefined) {
    const record = nativeXml(input.raw, xml.roots, mapping);
    return record === undefined ? undefined : xml.read(record, mapping);
  }
  const readRow = rowReaders[input.form];
  if (readRow !== undefined) return fromRow(input, mapping, readRow);
  throw new Error(`${input.source.id}: no reader for the form ${input.form}; normalise.ts must have a row for it`);
}

function fromRdf({ raw }: NormaliseInput, mapping: Mapping): Dataset | undefined {
  const record = readRdfRecord(decodeUtf8(raw));
  if (record !== undefined) return datasetFromDcatRdf(record, mapping);
  mapping.log.add('record-unreadable', '', `found ${raw.length} bytes that are not N-Triples; expected one dataset`);
  return undefined;
}

function fromJson(input: NormaliseInput, mapping: Mapping, read: JsonReader): Dataset | undefined {
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

function fromRow({ raw, context, source }: NormaliseInput, mapping: Mapping, read: RowReader): Dataset | undefined {
  if (context === undefined)
    throw new Error(`${source.id}: a row came without its header line; the harvest must give it`);
  const header = headerOf(decodeUtf8(context));
  // Lost characters of a row are counted by the adapter, which has the whole file to compare with.
  const row = csvRow(decodeUtf8(raw));
  if (row.length === header.width) return read(listRow(header.columns, row), mapping);
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
