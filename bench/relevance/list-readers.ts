/** Captures that are lists made by others from a portal's pages: their columns are put where a reader would put them. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { LangText } from '../../src/model/lang-text.ts';
import { capture } from '../../test/support/captures.ts';
import type { Reader } from './captured-records.ts';
import type { RelevanceSource } from './relevance-sources.ts';

type Row = Readonly<Record<string, unknown>>;

/** A row with the id that judgements use, verbatim; `key` tells rows apart whose ids are equal. */
interface ListedRow {
  readonly id: string;
  readonly key: string;
  readonly title: unknown;
  readonly description?: unknown;
  readonly keywords?: readonly unknown[];
  readonly publisher?: unknown;
  readonly country?: string;
}

const rowReaders: Readonly<Record<string, (source: RelevanceSource) => readonly ListedRow[]>> = {
  'taiwan-list': ({ file }) =>
    csvRows(file).map((row, number) => ({
      id: String(row['資料集名稱']),
      key: String(number),
      title: row['資料集名稱'],
      publisher: row['提供機關名稱'],
    })),
  'taiwan-city': ({ file }) =>
    (JSON.parse(textOf(file).replace(/^\uFEFF/u, '')) as readonly Row[]).map((row, number) => ({
      id: String(row['資料集名稱']),
      key: String(number),
      title: row['資料集名稱'],
      description: row['主要欄位'],
      publisher: row['資料來源(部會單位)'],
    })),
  // No header line: title, description, `/dataset/<name>`.
  'scraped-ckan': ({ file }) =>
    (parse(textOf(file), { bom: true, relax_column_count: true }) as readonly (readonly string[])[]).map(
      ([title, description, address = '']) => {
        const id = address.replace('/dataset/', '');
        return { id, key: id, title, description };
      },
    ),
  'japan-resources': ({ file }) => japanPackages(file),
  'singapore-resources': ({ file }) =>
    (JSON.parse(textOf(file)) as readonly Row[]).map(({ id, name, description }) => {
      return { id: String(id), key: String(id), title: name, description };
    }),
  'thailand-list': ({ file }) =>
    csvRows(file).map(({ title, url }) => {
      const id = new URL(String(url)).searchParams.get('id') ?? '';
      return { id, key: id, title };
    }),
  'hdx-titles': ({ file }) =>
    textOf(file)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { id, title, organization, country } = JSON.parse(line) as Row;
        return { id: String(id), key: String(id), title, publisher: organization, country: String(country) };
      }),
};

export const listReaders: Readonly<Record<string, Reader>> = Object.fromEntries(
  Object.entries(rowReaders).map(([name, rowsOf]): [string, Reader] => [
    name,
    (source) => rowsOf(source).map((row) => ({ id: row.id, dataset: datasetOf(source, row) })),
  ]),
);

/** One row a resource, over files by format: resources of one package together. */
function japanPackages(folder: string): readonly ListedRow[] {
  const packages = new Map<string, Row[]>();
  for (const file of readdirSync(capture('data', folder)).sort()) {
    if (!file.startsWith('data_go_jp_format_')) continue;
    for (const row of csvRows(`${folder}/${file}`)) {
      const name = /\/dataset\/([^/]+)\//u.exec(String(row['ckanurl']))?.[1];
      if (name === undefined) continue;
      const rows = packages.get(name);
      if (rows === undefined) packages.set(name, [row]);
      else rows.push(row);
    }
  }
  return [...packages].map(([name, rows]) => ({
    id: name,
    key: name,
    title: rows[0]?.['title'],
    description: [...new Set(rows.flatMap((row) => [row['res_title'], row['description']]).map(String))].join('\n'),
    keywords: String(rows[0]?.['tags'] ?? '').split(';'),
    publisher: rows[0]?.['organization'],
  }));
}

function datasetOf(source: RelevanceSource, row: ListedRow): Dataset {
  const { sourceId } = source;
  const publisher = langText(row.publisher);
  return {
    id: base32Id(sourceId, row.key),
    sourceId,
    nativeId: row.key,
    country: row.country ?? source.country ?? 'XX',
    identifiers: [],
    title: langText(row.title),
    description: langText(row.description),
    keywords: (row.keywords ?? []).flatMap(langText),
    ...(publisher.length === 0 ? {} : { publisher: { name: publisher } }),
    contacts: [],
    licence: { id: 'unknown', openness: 'unknown', original: {} },
    themes: [],
    sourceCategories: [],
    languages: [],
    temporal: [],
    spatial: [],
    distributions: [],
  };
}

/** No list says what language it is in. */
function langText(value: unknown): LangText {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? [] : [{ text, lang: 'und' }];
}

function csvRows(file: string): readonly Row[] {
  return parse(textOf(file), { columns: true, bom: true, relax_quotes: true, relax_column_count: true }) as Row[];
}

function textOf(file: string): string {
  const bytes = readFileSync(capture('data', file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
