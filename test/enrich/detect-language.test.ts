import { expect, test } from 'vitest';
import { bareDataset, bareRecord } from '../../bench/themes/bare-dataset.ts';
import { detectLanguage } from '../../src/enrich/detect-language.ts';
import { enrichRecord } from '../../src/enrich/enrich-record.ts';
import { loadLatinDetector } from '../../src/enrich/latin-language.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { indexDocumentFromRecord } from '../../src/search/index-document-from-record.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';

const latin = await loadLatinDetector();

test.each([
  ['JP', '避難所一覧', 'ja', 'han-forms'],
  ['JP', '人口統計', 'ja', 'country'],
  ['JP', '公共施設のごみ置き場', 'ja', 'script'],
  ['JP', '統計検査労働総括', 'ja', 'han-forms'],
  ['JP', '东京都观光设施', 'zh-Hans', 'han-forms'],
  ['TW', '臺北市公車站牌', 'zh-Hant', 'han-forms'],
  ['TW', '人口', 'zh-Hant', 'country'],
  ['TW', 'YouBike 2.0 臺北市公共自行車即時資訊', 'zh-Hant', 'han-forms'],
  ['TW', '鳳梨の家', 'zh-Hant', 'country'],
  ['CN', '全国人口普查数据', 'zh-Hans', 'country'],
  ['CN', '农业普查数据', 'zh-Hans', 'han-forms'],
  ['XX', '图书馆统计', 'zh-Hans', 'han-forms'],
  ['XX', '圖書館統計', 'zh-Hant', 'han-forms'],
  ['KR', '서울특별시 버스정류장 위치', 'ko', 'script'],
  ['KR', 'CCTV 설치 현황', 'ko', 'script'],
  ['TH', 'ข้อมูลคุณภาพอากาศ PM2.5', 'th', 'script'],
  ['KH', 'ច្បាប់ស្តីពីព្រៃឈើ', 'km', 'script'],
  ['MM', 'လူဦးရေ စာရင်း', 'my', 'script'],
  ['IN', 'जनसंख्या जनगणना', 'hi', 'script'],
  ['VN', 'Chỉ số giá tiêu dùng', 'vi', 'eld'],
  ['ID', 'Jumlah Penduduk Menurut Kabupaten/Kota', 'id', 'eld'],
  ['MY', 'Bilangan Penduduk Mengikut Negeri', 'ms', 'eld'],
  ['XX', 'Jumlah siswa menurut kecamatan', 'id', 'eld'],
  ['XX', 'Bilangan pelajar mengikut negeri', 'ms', 'eld'],
  ['IN', 'District-wise production of rice', 'en', 'eld'],
  ['PH', 'Philippines - Subnational Administrative Boundaries', 'en', 'eld'],
  ['PH', 'Bilang ng mga naninirahan sa bawat lalawigan', 'fil', 'eld'],
  ['TH', 'Thailand Official Development Assistance', 'en', 'eld'],
])('%s: %s is %s by %s', (country, text, lang, rule) => {
  expect(detectLanguage(text, country, latin)).toMatchObject({ lang, rule });
});

test.each([
  ['XX', '人口'],
  ['KR', '人口'],
  ['TW', '2024'],
  ['SG', 'GDP'],
  ['JP', ''],
  ['JP', '…!?'],
  ['MY', '\ud800'],
])('%s: the language of "%s" is unknown', (country, text) => {
  expect(detectLanguage(text, country, latin)).toBeUndefined();
});

function facetOf(dataset: Dataset): readonly string[] | undefined {
  const { record, terms } = enrichRecord(bareRecord(dataset), littleKnowledge, latin);
  expect(record.dataset).toBe(dataset);
  return indexDocumentFromRecord(record, terms).facets.language;
}

test('the facet shows what was found where nothing was declared, and the declaration where there is one', () => {
  const bare = bareDataset({ sourceId: 'xx-example', country: 'JP', nativeId: 'a', titles: ['避難所のリスト'] });
  expect(facetOf(bare)).toEqual(['ja']);
  expect(facetOf({ ...bare, title: [{ text: '避難所のリスト', lang: 'en' }] })).toEqual(['en']);
  expect(facetOf({ ...bare, title: [{ text: '12', lang: 'und' }] })).toEqual(['und']);
  const description = [{ text: '災害のときに避難する場所です。', lang: 'und' }];
  expect(facetOf({ ...bare, title: [{ text: '12', lang: 'und' }], description })).toEqual(['ja']);
});
