import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadThemes } from '../../src/vocabulary/load-themes.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../vocab');
const names = ['licences.json', 'formats.json', 'frequencies.json'] as const;
const vocabulary = await loadVocabulary(folder);

describe('field N-12, op F9: licences in local words', () => {
  test.each([
    // case N-12 and the values of the captures
    ['政府資料開放授權條款-第1版', 'OGDL-Taiwan-1.0', 'open'],
    ['公共データ利用規約（第1.0版）', 'PDL-1.0', 'open'],
    ['政府標準利用規約（第 2.0 版）', 'GJSTU-2.0', 'open'],
    ['공공누리 1유형 출처표시 (상업적 이용 및 변경 가능)', 'KOGL-1', 'open'],
    ['공공누리 제4유형', 'KOGL-4', 'not-open'],
    ['공공저작물_출처표시', 'KOGL-1', 'open'],
    ['공공저작물_출처표시 + 상업적 이용금지', 'KOGL-2', 'not-open'],
    ['공공저작물_출처표시 + 변경금지', 'KOGL-3', 'not-open'],
    ['공공저작물_출처표시 + 상업적 이용금지 + 변경금지', 'KOGL-4', 'not-open'],
    ['이용허락범위 제한 없음', 'KR-No-Restriction', 'open'],
    ['Creative Commons Attributions', 'CC-BY', 'open'],
    ['CC BY 4.0', 'CC-BY-4.0', 'open'],
    ['CC-BY-NC', 'CC-BY-NC', 'not-open'],
    ['クリエイティブ・コモンズ 表示 4.0 国際', 'CC-BY-4.0', 'open'],
    ['クリエイティブ・コモンズ 表示-非営利-改変禁止（CC BY-NC-ND）', 'CC-BY-NC-ND', 'not-open'],
    ['創用CC 姓名標示 4.0 國際', 'CC-BY-4.0', 'open'],
    ['크리에이티브 커먼즈 저작자표시-동일조건변경허락 4.0', 'CC-BY-SA-4.0', 'open'],
    ['ครีเอทีฟคอมมอนส์ แสดงที่มา 4.0', 'CC-BY-4.0', 'open'],
    ['Open Data Common', 'ODC', 'open'],
    ['ogl', 'OGL', 'open'],
    ['Government Open Data License - India', 'GODL-India', 'open'],
    ['Singapore Open Data Licence version 1.0', 'SG-OGL-1.0', 'open'],
    ['Open Data Commons Open Database License (ODbL)', 'ODbL-1.0', 'open'],
    ['Other (Not Open)', 'other-closed', 'not-open'],
    ['https://creativecommons.org/licenses/by-nc-sa/4.0/deed.ja', 'CC-BY-NC-SA-4.0', 'not-open'],
    ['http://www.creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0', 'open'],
    // openness is never inferred upward
    ['CC BY, but only for schools', 'unknown', 'unknown'],
    ['Free of charge', 'unknown', 'unknown'],
    ['https://evil.example/creativecommons', 'unknown', 'unknown'],
    ['공공저작물_출처표시 + 상업용금지 + 변경금지', 'KOGL-4', 'not-open'],
    ['KOGL 제1유형', 'KOGL-1', 'open'],
    ['공공누리 1유형 출처표시 (상업적 이용 및 변경 가능)', 'KOGL-1', 'open'],
    ['政府標準利用規約2.0', 'GJSTU-2.0', 'open'],
  ])('reads %s as %s, %s', (text, id, openness) => {
    const original = text.startsWith('http') ? { url: text } : { title: text };
    expect(vocabulary.licence(original)).toEqual({ id, openness, original });
  });

  test.each(['License not specified', 'notspecified', '未指定', 'ไม่ระบุ', '-', 'なし', '해당없음', 'Tidak ada'])(
    'takes %s for silence',
    (title) => {
      expect(vocabulary.licence({ title })).toEqual({ id: 'unknown', openness: 'unknown', original: {} });
    },
  );

  test('takes the version from the address when the id has none', () => {
    const original = { id: 'cc-by', url: 'https://creativecommons.org/licenses/by/4.0/' };
    expect(vocabulary.licence(original).id).toBe('CC-BY-4.0');
  });

  test('believes the reading that is not open when id and address disagree', () => {
    const original = { id: 'cc-by', url: 'https://creativecommons.org/licenses/by-nc/4.0/' };
    expect(vocabulary.licence(original).openness).toBe('not-open');
  });
});

describe('field N-09, op F10: formats', () => {
  test.each([
    // case N-09 and the values of the captures
    ...['csv', ' CSV ', '.csv', 'text/csv', 'text/csv; charset=big5', 'ＣＳＶ', 'comma-separated values', '_2CSV'].map(
      (text) => [text, ['CSV']] as const,
    ),
    ['xisx', ['XLSX']],
    ['.xlsx', ['XLSX']],
    ['XSL', ['XLS']],
    ['HTML-', ['HTML']],
    ['las', ['LAS']],
    ['CSV;JSON', ['CSV', 'JSON']],
    ['xml, csv', ['XML', 'CSV']],
    ['JSON+XML', ['JSON', 'XML']],
    ['CSV/Excel', ['CSV', 'XLS']],
    ['application/made-up+xml', [undefined]],
    ['Zipped shapefile', ['SHP', 'ZIP']],
    ['shp (zip)', ['SHP', 'ZIP']],
    ['ZIP(CSV)', ['CSV', 'ZIP']],
    ['csv.zip', ['CSV', 'ZIP']],
    ['CSV檔案', ['CSV']],
    ['“CSV”', ['CSV']],
    ['JSON 及 XML', ['JSON', 'XML']],
    ['http://publications.europa.eu/resource/authority/file-type/CSV', ['CSV']],
    ['其他', ['other']],
    ['기타', ['other']],
    ['อื่นๆ', ['other']],
    ['Lainnya', ['other']],
    ['geojson', ['GeoJSON']],
    ['application/zip', ['ZIP']],
    ['application/json', ['JSON']],
    ['MAP', [undefined]],
    ['ไม่ทราบ', [undefined]],
  ] as const)('reads %j as %j', (text, ids) => {
    expect(vocabulary.formats(text, undefined).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ['https://x.example/a.CSV?v=1', 'CSV'],
    ['https://x.example/a.tar.gz#top', 'GZ'],
    ['https://x.example/download?file=a.csv', undefined],
    ['https://data.example.com', undefined],
    ['https://x.example/v1.2/list', undefined],
  ])('reads the ending of %s as %s', (url, id) => {
    expect(vocabulary.formats(undefined, url)[0]?.id).toBe(id);
  });

  test('the ending decides when the string is not known, and the string is kept', () => {
    expect(vocabulary.formats('MAP', 'https://x.example/a.kml')).toEqual([
      { id: 'KML', mediaType: 'application/vnd.google-earth.kml+xml', original: 'MAP' },
    ]);
  });
});

describe('frequency', () => {
  test.each([
    ['1回/年', 'ANNUAL'],
    ['年１回（３月頃）', 'ANNUAL'],
    ['概ね5年ごと', 'QUINQUENNIAL'],
    ['3か月ごと', 'QUARTERLY'],
    ['４回/年', 'QUARTERLY'],
    ['1年に2回程度', 'ANNUAL_2'],
    ['1回/3年', 'TRIENNIAL'],
    ['四半期に一回', 'QUARTERLY'],
    ['毎日8:30更新', 'DAILY'],
    ['毎年7月頃更新', 'ANNUAL'],
    ['変更時（調査を1年に1回実施）', 'AS_NEEDED'],
    ['公開時のみ', 'NEVER'],
    ['수시', 'AS_NEEDED'],
    ['반기', 'ANNUAL_2'],
    ['연간', 'ANNUAL'],
    ['연 2회', 'ANNUAL_2'],
    ['3개월마다', 'QUARTERLY'],
    ['每3個月', 'QUARTERLY'],
    ['每年1次', 'ANNUAL'],
    ['每10分鐘', '10MIN'],
    ['每學年', 'ANNUAL'],
    ['不定期更新', 'IRREG'],
    ['รายวัน', 'DAILY'],
    ['3 เดือน', 'QUARTERLY'],
    ['Triwulanan', 'QUARTERLY'],
    ['setiap 3 bulan', 'QUARTERLY'],
    ['Tahunan', 'ANNUAL'],
    ['YEARLY', 'ANNUAL'],
    ['INFREQUENT', 'IRREG'],
    ['Hàng giờ', 'HOURLY'],
    ['Hằng ngày', 'DAILY'],
    ['HÀNG TUẦN', 'WEEKLY'],
    ['Định kỳ hàng tháng', 'MONTHLY'],
    ['Cập nhật hằng quý', 'QUARTERLY'],
    ['6 tháng', 'ANNUAL_2'],
    ['6 tháng/lần', 'ANNUAL_2'],
    ['2 lần/năm', 'ANNUAL_2'],
    ['2 năm một lần', 'BIENNIAL'],
    ['Hàng năm', 'ANNUAL'],
    ['Không định kỳ', 'IRREG'],
    ['Một lần', 'NEVER'],
    ['Tháng 6', undefined],
    ['Năm 2024', undefined],
    ['ប្រចាំខែ', 'MONTHLY'],
    ['နှစ်စဉ်', 'ANNUAL'],
    ['वार्षिक', 'ANNUAL'],
    ['Dua kali setahun', 'ANNUAL_2'],
    ['Buwanan', 'MONTHLY'],
    ['ONE-OFF', 'NEVER'],
    ['every 2 weeks', 'BIWEEKLY'],
    ['R/P1Y', 'ANNUAL'],
    ['R/P3M', 'QUARTERLY'],
    ['http://publications.europa.eu/resource/authority/frequency/WEEKLY', 'WEEKLY'],
    // two readings, or none
    ['1年ごと不定期', undefined],
    ['1か月/1年ごと', undefined],
    ['2～6回/年', undefined],
    ['選挙時ごと', undefined],
    ['3月', undefined],
    ['0回/年', undefined],
  ])('reads %s as %s', (text, id) => {
    expect(vocabulary.frequency(text).id).toBe(id);
    expect(vocabulary.frequency(text).original).toBe(text);
  });
});

test('the twelve themes have names in English and Traditional Chinese and stand in the EU scheme', async () => {
  const themes = await loadThemes(folder);
  expect(themes).toHaveLength(12);
  expect(themes.find(({ id }) => id === 'health-care')).toMatchObject({
    labels: { en: 'Health & care', 'zh-Hant': '健康照護' },
    euThemes: ['http://publications.europa.eu/resource/authority/data-theme/HEAL'],
  });
  for (const { labels } of themes) expect(Object.keys(labels)).toEqual(expect.arrayContaining(['en', 'zh-Hant']));
});

describe('a vocabulary that cannot be used', () => {
  async function brokenFolder(name: string, change: (text: string) => string): Promise<string> {
    const copy: string = await mkdtemp(join(tmpdir(), 'sampan-vocab-'));
    for (const each of names) {
      const text = await readFile(join(folder, each), 'utf8');
      await writeFile(join(copy, each), each === name ? change(text) : text);
    }
    return copy;
  }

  test.each([
    ['licences.json', (_: string): string => '{', /^vocab\/licences\.json: found text that is not JSON; expected/],
    [
      'formats.json',
      (text: string): string => text.replace('"kind": "page"', '"kind": "pages"'),
      /^vocab\/formats\.json: at "formats\.\d+\.kind": /,
    ],
    [
      'frequencies.json',
      (text: string): string => text.replace('"weekly"', '"daily"'),
      /^vocab\/frequencies\.json: found the spelling "daily" at DAILY and at WEEKLY; expected it once$/,
    ],
  ] as const)('%s is one clear sentence', async (name, change, message) => {
    await expect(loadVocabulary(await brokenFolder(name, change))).rejects.toThrow(message);
  });

  test('a missing folder is one clear sentence', async () => {
    await expect(loadVocabulary(join(folder, 'nowhere'))).rejects.toThrow(/found no readable file; expected/);
  });

  test('a changed table has another version', async () => {
    const copy = await brokenFolder('licences.json', (text) => text.replace('"odbl"', '"odbl", "odbl v1"'));
    expect((await loadVocabulary(copy)).version).not.toBe(vocabulary.version);
  });
});
