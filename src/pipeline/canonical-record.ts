/**
 * Pure. Whether two archived forms of a record say the same, apart from their spelling and from the fields that the
 * source's file calls volatile (counts of views …). Bytes that cannot be read are never the same as others.
 */
import { parse } from 'csv-parse/sync';
import type { NativeForm } from '../model/source-record.ts';
import { canonicalJson } from './canonical-json.ts';
import { canonicalXml } from './canonical-xml.ts';

export interface RecordBytes {
  readonly form: NativeForm;
  readonly raw: Uint8Array;
  readonly context?: Uint8Array;
}

export function saysTheSame(before: RecordBytes, after: RecordBytes, volatileFields: readonly string[]): boolean {
  if (before.form !== after.form) return false;
  const leftOut = new Set(volatileFields);
  const old = canonicalRecord(before, leftOut);
  return old !== undefined && old === canonicalRecord(after, leftOut);
}

/** Forms that are one XML element. */
const xmlForms: ReadonlySet<NativeForm> = new Set(['csw-dc-record', 'iso19139-record']);

/** What has a context is a row under its header; every other native form but those of XML and RDF is JSON. */
function canonicalRecord({ form, raw, context }: RecordBytes, leftOut: ReadonlySet<string>): string | undefined {
  const text = utf8(raw);
  if (text === undefined) return undefined;
  if (xmlForms.has(form)) return canonicalXml(text, leftOut);
  if (form === 'dcat-rdf-dataset') return withoutProperties(text, leftOut);
  if (context === undefined) return canonicalJson(text, leftOut);
  const header = utf8(context);
  return header === undefined ? undefined : canonicalRow(header, text, leftOut);
}

/** Statements are canonical already; properties are left out by their IRI, or its last part. */
function withoutProperties(text: string, leftOut: ReadonlySet<string>): string {
  const isKept = (line: string): boolean => {
    const property = /^\S+ <([^<>]*)>/.exec(line)?.[1] ?? '';
    return !leftOut.has(property) && !leftOut.has(property.replace(/^.*[/#]/, ''));
  };
  return text.split('\n').filter(isKept).join('\n');
}

function canonicalRow(header: string, row: string, leftOut: ReadonlySet<string>): string | undefined {
  const names = firstRow(header);
  const values = firstRow(row);
  if (names === undefined || values === undefined) return undefined;
  const cells = values.map((value, index): [string, string] => [names[index]?.trim() ?? `#${index}`, value]);
  return JSON.stringify(cells.filter(([name]) => !leftOut.has(name)).sort());
}

function firstRow(text: string): string[] | undefined {
  try {
    return parse(text, { relax_column_count: true, relax_quotes: true, bom: true, to: 1 })[0];
  } catch {
    // A quote that never ends: no row to compare, so the record counts as changed.
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    // Not UTF-8: compared by its bytes only.
    return undefined;
  }
}
