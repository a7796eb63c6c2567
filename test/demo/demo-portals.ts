import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Source } from '../../src/model/source.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';

/** One sample record as far as the tests look into it. */
export interface SampleRecord {
  /** File name without `.json`, `row 12` of the CSV (the header is row 1), or the identifier of a DCAT-US dataset. */
  readonly place: string;
  readonly nativeId: string;
  /** In the portal's main language. */
  readonly title: string;
  readonly description: string;
  /** The same in its second language, where a fluent field has one. */
  readonly translated: readonly string[];
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

type Fluent = Readonly<Record<string, string>>;

interface Package {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly title_translated?: Fluent;
  readonly notes_translated?: Fluent;
  readonly taxonomy?: readonly string[];
  readonly groups: readonly { readonly title: string }[];
  readonly tags: readonly { readonly name: string }[];
}

interface DcatUsCatalog {
  readonly dataset: readonly {
    readonly identifier: string;
    /** One title is a number, one list of keywords a string: documented faults. */
    readonly title: string | number;
    readonly description: string;
    readonly theme: readonly string[];
    readonly keyword: string | readonly string[];
  }[];
}

export function readPortal(id: string): SamplePortal {
  const folder = join(demoFolder, id);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const source = sourceFromYaml(read('source.yaml'), `${id}.yaml`);
  const note = JSON.parse(read('portal.json')) as { readonly emptyIds?: readonly string[] };
  const files = recordFiles(folder, source);
  const texts = files.map(read);
  const records = texts.flatMap((text, at) => recordsIn(text, files[at] ?? '', source));
  return { id, source, emptyIds: note.emptyIds ?? [], records, text: [read('source.yaml'), ...texts].join('\n') };
}

function recordFiles(folder: string, { protocol }: Source): readonly string[] {
  if (protocol === 'data-go-kr') return ['records.csv'];
  if (protocol === 'dcat-us') return ['data.json'];
  return readdirSync(join(folder, 'records'))
    .sort()
    .map((name) => `records/${name}`);
}

function recordsIn(text: string, file: string, source: Source): SampleRecord[] {
  if (source.protocol === 'data-go-kr') return fromList(text);
  return source.protocol === 'dcat-us' ? fromCatalog(text) : [fromPackage(text, file, source.languages)];
}

function fromPackage(text: string, file: string, [main = 'und', ...others]: readonly string[]): SampleRecord {
  const body = JSON.parse(text) as Package;
  const { title_translated: titles = {}, notes_translated: notes = {} } = body;
  return {
    place: basename(file, '.json'),
    nativeId: body.id,
    title: titles[main] ?? body.title,
    description: notes[main] ?? body.notes,
    translated: others.flatMap((other) => [titles[other], notes[other]].filter((each) => each !== undefined)),
    categories: [...body.groups.map((group) => group.title), ...(body.taxonomy ?? [])],
    keywords: body.tags.map((tag) => tag.name),
  };
}

function fromCatalog(text: string): SampleRecord[] {
  return (JSON.parse(text) as DcatUsCatalog).dataset.map((entry) => ({
    place: entry.identifier,
    nativeId: entry.identifier,
    title: String(entry.title),
    description: entry.description,
    translated: [],
    categories: entry.theme,
    keywords: [entry.keyword].flat(),
  }));
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
    translated: [],
    categories: [row['분류체계'] ?? ''],
    keywords: (row['키워드'] ?? '').split(','),
  }));
}
