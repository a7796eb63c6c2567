import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Source } from '../../src/model/source.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';

/** One sample record as far as the tests look into it. */
export interface SampleRecord {
  /** File name without `.json`, or `row 12` of the CSV (the header is row 1). */
  readonly place: string;
  readonly nativeId: string;
  readonly title: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
}

export interface SamplePortal {
  readonly id: string;
  readonly source: Source;
  readonly emptyIds: readonly string[];
  readonly records: readonly SampleRecord[];
  /** Everything in the folder, as text. */
  readonly text: string;
}

export const demoFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'demo');

export const portalIds: readonly string[] = readdirSync(demoFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

interface Package {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly groups: readonly { readonly title: string }[];
  readonly tags: readonly { readonly name: string }[];
}

export function readPortal(id: string): SamplePortal {
  const folder = join(demoFolder, id);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const yaml = read('source.yaml');
  const note = JSON.parse(read('portal.json')) as { readonly protocol: string; readonly emptyIds?: readonly string[] };
  const files = note.protocol === 'ckan' ? readdirSync(join(folder, 'records')).sort() : [];
  const texts = note.protocol === 'ckan' ? files.map((name) => read(`records/${name}`)) : [read('records.csv')];
  const records =
    note.protocol === 'ckan' ? texts.map((text, at) => fromPackage(text, files[at] ?? '')) : fromList(texts.join(''));
  return {
    id,
    source: sourceFromYaml(yaml, `${id}.yaml`),
    emptyIds: note.emptyIds ?? [],
    records,
    text: [yaml, ...texts].join('\n'),
  };
}

function fromPackage(text: string, file: string): SampleRecord {
  const body = JSON.parse(text) as Package;
  return {
    place: file.replace(/\.json$/, ''),
    nativeId: body.id,
    title: body.title,
    description: body.notes,
    categories: body.groups.map((group) => group.title),
    keywords: body.tags.map((tag) => tag.name),
  };
}

/** Strict: every row has as many cells as the header. */
export function readList(text: string): readonly Readonly<Record<string, string>>[] {
  return parse(text, { bom: true, columns: true }) as Record<string, string>[];
}

function fromList(text: string): SampleRecord[] {
  return readList(text).map((row, at) => ({
    place: `row ${at + 2}`,
    nativeId: row['목록키'] ?? '',
    title: row['목록명'] ?? '',
    description: row['설명'] ?? '',
    categories: [row['분류체계'] ?? ''],
    keywords: (row['키워드'] ?? '').split(','),
  }));
}
