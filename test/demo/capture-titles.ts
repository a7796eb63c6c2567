import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { capture } from '../support/captures.ts';

/** All dataset titles of the captured portals of twelve countries, trimmed. */
export function captureTitles(): ReadonlySet<string> {
  const titles = new Set<string>();
  const add = (title: string | undefined): void => {
    if (title !== undefined) titles.add(title.trim());
  };
  for (const line of readZipped('tw', 'data.gov.tw', 'data_title.txt.gz').split('\n')) add(line);
  for (const line of readPlain('tw', 'data.kcg.gov.tw', 'kaohsiung-2018-03-20.csv').split('\n')) {
    add(line.split(',', 1)[0]);
  }
  for (const line of readZipped('jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz').split('\n')) {
    if (line !== '') add((JSON.parse(line) as { readonly result?: { readonly title?: string } }).result?.title);
  }
  for (const found of readZipped('kr', 'data.go.kr', 'openData.jsonl.gz').matchAll(/"목록명": "([^"]*)"/g))
    add(found[1]);
  for (const found of readZipped('kr', 'data.go.kr', '목록개방현황_split_01.csv.gz').matchAll(/^\d+,FILE,([^,]*),/gm))
    add(found[1]);
  for (const found of readZipped('th', 'data.go.th', 'catalog-seed-11.sql.gz').matchAll(/VALUES \('[^']*','([^']*)'/g))
    add(found[1]);
  for (const title of titlesOfTheSouth()) add(title);
  for (const title of titlesOfNationalPortals()) add(title);
  return titles;
}

/** Indonesia, Cambodia, Myanmar, the Philippines and Viet Nam: few catalogues are kept, so texts of other lists too. */
function* titlesOfTheSouth(): Generator<string | undefined> {
  yield* fieldsOf(readZipped('id', 'data.jatengprov.go.id', 'datasets-2025.jsonl.gz'), 'title');
  yield* fieldsOf(readPlain('id', 'seluma.go.id', 'kelompok-data-sektoral-2024.jsonl'), 'kelompok_data');
  yield* fieldsOf(readPlain('id', 'satudata.acehprov.go.id', 'data.json'), 'title');
  yield* fieldsOf(readZipped('kh', 'opendevelopmentcambodia.net', 'laws-2015.jsonl.gz'), 'title_km', 'title_en');
  yield* fieldsOf(readPlain('mm', 'covid19-township', 'data-dictionary.jsonl'), 'description_my');
  yield* fieldsOf(readPlain('ph', 'data.bettergov.ph', 'init-db-data.json'), 'name', 'description');
  for (const line of readPlain('vn', 'nsdp.gso.gov.vn', 'dsbb_indicator_desc.csv').split('\n')) yield* line.split(',');
}

function* titlesOfNationalPortals(): Generator<string> {
  yield* fieldsOf(readZipped('in', 'data.gov.in', 'resources.jsonl.gz'), 'title');
  yield* fieldsOf(readZipped('my', 'data.gov.my', 'data-catalogue.jsonl.gz'), 'title_en', 'title_ms');
  yield* fieldsOf(readZipped('sg', 'data.gov.sg', 'resources-2018-2022.json.gz'), 'name');
}

/** Values of the named fields, wherever in the JSON they stand. */
function* fieldsOf(json: string, ...names: readonly string[]): Generator<string> {
  const field = new RegExp(`"(?:${names.join('|')})": ?("(?:[^"\\\\]|\\\\.)*")`, 'g');
  for (const [, value] of json.matchAll(field)) yield JSON.parse(value ?? '""') as string;
}

function readPlain(...parts: readonly string[]): string {
  return readFileSync(capture('data', ...parts), 'utf8');
}

function readZipped(...parts: readonly string[]): string {
  return gunzipSync(readFileSync(capture('data', ...parts))).toString('utf8');
}
