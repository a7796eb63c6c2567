import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Source } from '../../src/model/source.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';

/** One sample record as far as the tests look into it. */
export interface SampleRecord {
  /** File name without `.json`, `row 12` of a CSV (the header is row 1), or the identifier of a DCAT-US dataset. */
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

interface Resource {
  readonly index_name: string;
  readonly title: string;
  readonly desc: string;
  /** One is written as older answers have it, joined by a bar. */
  readonly sector: string | readonly string[];
}

interface SgDataset {
  readonly datasetId: string;
  readonly name: string;
  readonly description: string;
}

interface Definition {
  readonly title_en: string;
  readonly title_ms: string;
  readonly description_en: string;
  readonly description_ms: string;
  readonly site_category: readonly { readonly category_en: string }[];
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
  if (source.protocol === 'dcat-us') return fromCatalog(text);
  return [{ ...oneRecord(text, file, source), place: basename(file, '.json') }];
}

function oneRecord(text: string, file: string, { protocol, languages }: Source): Omit<SampleRecord, 'place'> {
  const body: unknown = JSON.parse(text);
  if (protocol === 'ogd-india') return fromResource(body as Resource);
  if (protocol === 'data-gov-sg') return fromSgDataset(body as SgDataset);
  if (protocol === 'data-gov-my') return fromDefinition(body as Definition, basename(file, '.json'));
  return fromPackage(body as Package, languages);
}

function fromPackage(body: Package, [main = 'und', ...others]: readonly string[]): Omit<SampleRecord, 'place'> {
  const { title_translated: titles = {}, notes_translated: notes = {} } = body;
  return {
    nativeId: body.id,
    title: titles[main] ?? body.title,
    description: notes[main] ?? body.notes,
    translated: others.flatMap((other) => [titles[other], notes[other]].filter((each) => each !== undefined)),
    categories: [...body.groups.map((group) => group.title), ...(body.taxonomy ?? [])],
    keywords: body.tags.map((tag) => tag.name),
  };
}

function fromResource({ index_name, title, desc, sector }: Resource): Omit<SampleRecord, 'place'> {
  const categories = [sector].flat().flatMap((each) => each.split('|'));
  return { nativeId: index_name, title, description: desc, translated: [], categories, keywords: [] };
}

function fromSgDataset({ datasetId, name, description }: SgDataset): Omit<SampleRecord, 'place'> {
  return { nativeId: datasetId, title: name, description, translated: [], categories: [], keywords: [] };
}

/** The Malay text is the main one; the id of a definition is the name of its file. */
function fromDefinition(body: Definition, nativeId: string): Omit<SampleRecord, 'place'> {
  return {
    nativeId,
    title: body.title_ms,
    description: body.description_ms,
    translated: [body.title_en, body.description_en],
    categories: body.site_category.map((each) => each.category_en),
    keywords: [],
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
