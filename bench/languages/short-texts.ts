/** Captured titles whose language is known from where they stand: what a detector of short texts is measured with. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { labelLanguages } from '../../src/vocabulary/label-file.ts';
import type { Lexicon } from '../../src/vocabulary/lexicon.ts';
import { capture } from '../../test/support/captures.ts';
import { seededRandom } from '../search/random.ts';

export interface ShortText {
  readonly text: string;
  /** BCP 47 */
  readonly lang: string;
  /** Country of the catalogue: the prior. */
  readonly country: string;
  /** Captured titles, or labels of our own lexicon where no portal's titles could be had. */
  readonly from: 'titles' | 'labels';
}

type Row = Readonly<Record<string, unknown>>;

const seed = 20_261_125;
/** Of a language and list. */
const most = 1_000;
/** Shorter ones say nothing in any language. */
const leastLength = 4;

export function shortTexts(lexicon: Lexicon): readonly ShortText[] {
  return [
    ...titles('zh-Hant', 'TW', lines('tw/data.gov.tw/data_title.txt.gz')),
    ...titles('zh-Hans', 'CN', tableCells('cn/stats.gov.cn/data-tjnq-zb.md.gz')),
    ...titles('zh-Hans', 'CN', tableCells('cn/stats.gov.cn/data-sh.md.gz')),
    ...titles('ja', 'JP', tokyoTitles()),
    ...titles('ko', 'KR', column(jsonRows('kr/data.go.kr/openData.jsonl.gz'), '목록명')),
    ...titles('th', 'TH', column(csvRows('th/data.go.th/datasets-2016.csv'), 'title')),
    ...titles('vi', 'VN', column(csvRows('vn/nsdp.gso.gov.vn/dsbb_indicator_desc.csv'), 'desc_vn')),
    ...titles('en', 'VN', column(csvRows('vn/nsdp.gso.gov.vn/dsbb_indicator_desc.csv'), 'desc')),
    ...titles('id', 'ID', column(csvRows('id/opendata.jabarprov.go.id/opendata_2908.json.gz', ';'), 'Judul Tabel')),
    ...titles('id', 'ID', column(jsonRows('id/data.jatengprov.go.id/datasets-2025.jsonl.gz'), 'title')),
    ...titles('ms', 'MY', malaysianTitles('title_ms', 'ms')),
    ...titles('en', 'MY', malaysianTitles('title_en', 'en')),
    ...titles('en', 'IN', column(jsonRows('in/data.gov.in/resources.jsonl.gz'), 'title')),
    ...titles('en', 'SG', column(JSON.parse(textOf('sg/data.gov.sg/resources-2018-2022.json.gz')) as Row[], 'name')),
    ...titles('en', 'PH', hdxTitles('PH')),
    ...titles('km', 'KH', column(jsonRows('kh/opendevelopmentcambodia.net/laws-2015.jsonl.gz'), 'title_km')),
    ...titles('en', 'KH', column(jsonRows('kh/opendevelopmentcambodia.net/laws-2015.jsonl.gz'), 'title_en')),
    ...lexiconLabels(lexicon),
  ];
}

function titles(lang: string, country: string, texts: readonly unknown[]): readonly ShortText[] {
  const distinct = [
    ...new Set(texts.filter((text): text is string => typeof text === 'string').map((text) => text.trim())),
  ];
  const long = distinct.filter((text) => text.length >= leastLength && isWrittenIn(text, lang));
  return sampled(long).map((text) => ({ text, lang, country, from: 'titles' }));
}

/** A column of Thai titles holds English ones too: what has no letter of the script is left out of that script's language. */
const scripts: Readonly<Record<string, RegExp>> = {
  'zh-Hant': /\p{sc=Han}/u,
  'zh-Hans': /\p{sc=Han}/u,
  ja: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
  ko: /\p{sc=Hangul}/u,
  th: /\p{sc=Thai}/u,
  km: /\p{sc=Khmer}/u,
};

function isWrittenIn(text: string, lang: string): boolean {
  return (scripts[lang] ?? /\p{L}/u).test(text);
}

const homes: Readonly<Record<string, string>> = {
  en: 'SG',
  'zh-Hant': 'TW',
  'zh-Hans': 'CN',
  ja: 'JP',
  ko: 'KR',
  th: 'TH',
  vi: 'VN',
  id: 'ID',
  ms: 'MY',
  hi: 'IN',
  km: 'KH',
  my: 'MM',
  fil: 'PH',
};

function lexiconLabels({ concepts }: Lexicon): readonly ShortText[] {
  return labelLanguages.flatMap((lang) => {
    const labels = [...concepts.values()].flatMap(({ labels: all }) => all[lang] ?? []);
    const long = [...new Set(labels)].filter((text) => text.length >= leastLength);
    return sampled(long).map((text): ShortText => ({ text, lang, country: homes[lang] ?? 'XX', from: 'labels' }));
  });
}

function sampled(texts: readonly string[]): readonly string[] {
  const random = seededRandom(seed);
  const left = [...texts];
  const drawn: string[] = [];
  while (drawn.length < most && left.length > 0) {
    const at = random.below(left.length);
    drawn.push(left[at] as string);
    left[at] = left.at(-1) as string;
    left.pop();
  }
  return drawn;
}

/** First cell of each row of a Markdown table with Han in it. */
function tableCells(file: string): readonly string[] {
  return lines(file).flatMap((line) => line.split('|').find((cell) => /\p{sc=Han}/u.test(cell)) ?? []);
}

function tokyoTitles(): readonly unknown[] {
  return jsonRows('jp/catalog.data.metro.tokyo.lg.jp/package_show.jsonl.gz').map(
    ({ body }) => (body as { readonly result: Row }).result['title'],
  );
}

function malaysianTitles(field: string, lang: 'en' | 'ms'): readonly unknown[] {
  const catalogue = jsonRows('my/data.gov.my/data-catalogue.jsonl.gz').map(({ body }) => (body as Row)[field]);
  const publications = jsonRows('my/open.dosm.gov.my/publications.jsonl.gz').map(
    ({ body }) => ((body as Row)[lang] as Row | undefined)?.['title'],
  );
  return [...catalogue, ...publications];
}

function hdxTitles(country: string): readonly unknown[] {
  return column(
    jsonRows('hdx/hdx-asia-titles.jsonl.gz').filter((row) => row['country'] === country),
    'title',
  );
}

function column(rows: readonly Row[], name: string): readonly unknown[] {
  return rows.map((row) => row[name]);
}

function jsonRows(file: string): readonly Row[] {
  return lines(file).map((line) => JSON.parse(line) as Row);
}

function csvRows(file: string, delimiter = ','): readonly Row[] {
  return parse(textOf(file), {
    columns: true,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    delimiter,
  }) as Row[];
}

function lines(file: string): readonly string[] {
  return textOf(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function textOf(file: string): string {
  const bytes = readFileSync(capture('data', file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
