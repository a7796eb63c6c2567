/**
 * The captured records whose portal has put them in a category that we map to a theme: Korea (분류체계), Japan (groups of
 * Tokyo and of data.go.jp), India (sector), Malaysia (site_category, and the types of OpenDOSM), Thailand (category). The
 * category itself is not part of the record that is given.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Source } from '../../src/model/source.ts';
import { capture } from '../../test/support/captures.ts';
import { type BareText, bareDataset } from './bare-dataset.ts';
import { type Label, labelFromCategories } from './category-labels.ts';

export interface LabelledRecord extends Label {
  readonly dataset: Dataset;
  /** Records of one publisher are on one side of the split; absent where the list names none. */
  readonly publisher?: string;
}

type Row = Readonly<Record<string, unknown>>;
type Texts = Omit<BareText, 'sourceId' | 'country'>;

/** Files that hold them, below `../shared/data`; their checksums go into the model. */
export function labelledFiles(): readonly (readonly string[])[] {
  const japan = nationalJapanFiles().map((file) => ['jp', 'data.go.jp', file]);
  return [...listFiles, ...japan];
}

const listFiles: readonly (readonly string[])[] = [
  ['kr', 'data.go.kr', 'openData.jsonl.gz'],
  ['kr', 'data.go.kr', '목록개방현황_split_01.csv.gz'],
  ['jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz'],
  ['in', 'data.gov.in', 'resources.jsonl.gz'],
  ['my', 'data.gov.my', 'data-catalogue.jsonl.gz'],
  ['my', 'open.dosm.gov.my', 'publications.jsonl.gz'],
  ['th', 'data.go.th', 'datasets-2016.csv'],
];

export function labelledRecords(sources: readonly Source[]): readonly LabelledRecord[] {
  const sourceOf = (id: string) => {
    const source = sources.find((each) => each.id === id);
    if (source === undefined) throw new Error(`sources: found no ${id}; expected the source of a captured list`);
    return source;
  };
  return [
    ...korea(sourceOf('kr-data-go-kr')),
    ...tokyo(sourceOf('jp-catalog-data-metro-tokyo-lg-jp')),
    ...nationalJapan(sourceOf('jp-data-e-gov-go-jp')),
    ...india(sourceOf('in-data-gov-in')),
    ...malaysia(sourceOf('my-data-gov-my')),
    ...openDosm(sourceOf('my-open-dosm-gov-my')),
    ...thailand(sourceOf('th-data-go-th')),
  ];
}

function labelled(source: Source, texts: Texts, categories: readonly string[]): readonly LabelledRecord[] {
  const label = labelFromCategories(categories, source);
  if (label === undefined) return [];
  const dataset = bareDataset({ sourceId: source.id, country: source.country, ...texts });
  const publisher = typeof texts.publisher === 'string' ? texts.publisher : '';
  return [{ dataset, ...label, ...(publisher === '' ? {} : { publisher: `${source.country} ${publisher}` }) }];
}

/** The list of 2022; what the captured part of 2025 has again is as it was then, with keywords and two levels of categories. */
function korea(source: Source): readonly LabelledRecord[] {
  const before = jsonLines('kr', 'data.go.kr', 'openData.jsonl.gz').map((row) => ({
    nativeId: String(row['목록키']),
    titles: [row['목록명']],
    descriptions: [row['목록설명']],
    publisher: row['기관명'],
    category: String(row['분류체계']),
  }));
  const after = csvRows('kr', 'data.go.kr', '목록개방현황_split_01.csv.gz').map((row) => ({
    nativeId: String(row['목록키']),
    titles: [row['목록명']],
    descriptions: [row['설명']],
    keywords: String(row['키워드']).split(','),
    publisher: row['제공기관'],
    category: String(row['분류체계']),
  }));
  const newest = new Map([...before, ...after].map((row) => [row.nativeId, row]));
  return [...newest.values()].flatMap(({ category, ...texts }) => labelled(source, texts, [category]));
}

function tokyo(source: Source): readonly LabelledRecord[] {
  return jsonLines('jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz').flatMap((line) => {
    const { result } = line['body'] as { readonly result: Row };
    const groups = result['groups'] as readonly { readonly title: string }[];
    const tags = result['tags'] as readonly { readonly name: string }[];
    const organization = result['organization'] as { readonly title: string } | null;
    const texts = {
      nativeId: String(result['id']),
      titles: [result['title']],
      descriptions: [result['notes']],
      keywords: tags.map(({ name }) => name),
      publisher: organization?.title,
    };
    return labelled(
      source,
      texts,
      groups.map(({ title }) => title),
    );
  });
}

/** One row a resource; those of one package are together. */
function nationalJapan(source: Source): readonly LabelledRecord[] {
  const packages = new Map<string, Row[]>();
  for (const file of nationalJapanFiles()) {
    for (const row of csvRows('jp', 'data.go.jp', file)) {
      const name = /\/dataset\/([^/]+)\//u.exec(String(row['ckanurl']))?.[1] ?? '';
      packages.set(name, [...(packages.get(name) ?? []), row]);
    }
  }
  return [...packages].flatMap(([nativeId, [row = {}]]) => {
    const texts = {
      nativeId,
      titles: [row['title']],
      descriptions: [row['description']],
      keywords: String(row['tags']).split(';'),
      publisher: row['organization'],
    };
    return labelled(source, texts, String(row['groups']).split(';'));
  });
}

function nationalJapanFiles(): readonly string[] {
  return readdirSync(capture('data', 'jp', 'data.go.jp'))
    .filter((file) => file.startsWith('data_go_jp_format_'))
    .sort();
}

/** The description is the title again in 97.7 % of the rows. */
function india(source: Source): readonly LabelledRecord[] {
  return jsonLines('in', 'data.gov.in', 'resources.jsonl.gz').flatMap((row) => {
    const texts = {
      nativeId: String(row['index_name']),
      titles: [row['title']],
      descriptions: row['description'] === row['title'] ? [] : [row['description']],
      publisher: [...new Set(String(row['org']).split('|'))].join('|'),
    };
    return labelled(source, texts, String(row['sector']).split('|'));
  });
}

function malaysia(source: Source): readonly LabelledRecord[] {
  return jsonLines('my', 'data.gov.my', 'data-catalogue.jsonl.gz').flatMap((row) => {
    const body = row['body'] as Row;
    const categories = body['site_category'] as readonly { readonly category_en: string }[];
    const texts = {
      nativeId: String(row['file']).replace(/\.json$/u, ''),
      titles: [body['title_en'], body['title_ms']],
      descriptions: [body['description_en'], body['description_ms']],
      publisher: (body['data_source'] as readonly string[]).join(', '),
    };
    return labelled(
      source,
      texts,
      categories.map(({ category_en: category }) => category),
    );
  });
}

function openDosm(source: Source): readonly LabelledRecord[] {
  return jsonLines('my', 'open.dosm.gov.my', 'publications.jsonl.gz').flatMap((row) => {
    const body = row['body'] as Row & Readonly<Record<'en' | 'ms', Row | undefined>>;
    const both = [body['en'], body['ms']];
    const texts = {
      nativeId: String(body['publication']),
      titles: both.map((each) => each?.['title']),
      descriptions: both.map((each) => each?.['description']),
      publisher: 'DOSM',
    };
    return labelled(source, texts, [String(body['publication_type'])]);
  });
}

/** Names no publisher. */
function thailand(source: Source): readonly LabelledRecord[] {
  return csvRows('th', 'data.go.th', 'datasets-2016.csv').flatMap((row) => {
    const nativeId = /id=([^&]+)/u.exec(String(row['url']))?.[1] ?? String(row['url']);
    return labelled(source, { nativeId, titles: [row['title']] }, [String(row['category'])]);
  });
}

function jsonLines(...path: readonly string[]): readonly Row[] {
  return textOf(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
}

function csvRows(...path: readonly string[]): readonly Row[] {
  return parse(textOf(path), { columns: true, bom: true, relax_quotes: true }) as Row[];
}

function textOf(path: readonly string[]): string {
  const bytes = readFileSync(capture('data', ...path));
  return (path.at(-1)?.endsWith('.gz') === true ? gunzipSync(bytes) : bytes).toString('utf8');
}
