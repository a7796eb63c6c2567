import { describe, expect, test } from 'vitest';
import { labelMatcher } from '../../src/vocabulary/label-matcher.ts';
import type { Label } from '../../src/vocabulary/label-patterns.ts';

const labels: readonly Label[] = [
  ['bus', 'en', 'bus'],
  ['bus stop', 'en', 'bus-stop'],
  ['house', 'en', 'housing'],
  ['news', 'en', 'news'],
  ['land price', 'en', 'land-price'],
  ['公車', 'zh-Hant', 'bus'],
  ['公车', 'zh-Hans', 'bus'],
  ['車站', 'zh-Hant', 'station'],
  ['臺北', 'zh-Hant', 'place-taipei'],
  ['土地', 'zh-Hant', 'land'],
  ['バス', 'ja', 'bus'],
  ['データ', 'ja', 'data'],
  ['데이터', 'ko', 'data'],
  ['전기', 'ko', 'electricity'],
  ['급식', 'ko', 'school-meals'],
  ['버스 정류장', 'ko', 'bus-stop'],
  ['น้ำ', 'th', 'water'],
  ['น้ำฝน', 'th', 'rain'],
  ['bán', 'vi', 'sale'],
  ['đường bộ', 'vi', 'road'],
  ['ban', 'id', 'tyre'],
  ['शिक्षा', 'hi', 'education'],
].map(([text = '', lang = '', target = '']) => ({ text, lang, target }));

const matcher = labelMatcher([...labels, { text: '台風', lang: 'ja', target: 'typhoon', guards: ['台風工場'] }]);

function found(text: string, ...languages: string[]): readonly string[] {
  const matches = matcher.match(text, languages.length > 0 ? new Set(languages) : undefined);
  return matches.map(({ start, end, targets }) => `${text.slice(start, end)}=${targets.join('+')}`);
}

describe('labels in texts of any script', () => {
  test('the longest label wins, and gives the range of the display text', () => {
    expect(found('All Bus-Stops of the city')).toEqual(['Bus-Stops=bus-stop']);
    expect(found('臺北市公車站牌位置')).toEqual(['臺北=place-taipei', '公車=bus']);
    expect(found('ปริมาณน้ำฝนรายเดือน')).toEqual(['น้ำฝน=rain']);
  });

  test('variants of Han characters, width and case fold; the display text is what is shown', () => {
    expect(found('台北市公车')).toEqual(['台北=place-taipei', '公车=bus']);
    expect(found('ＢＵＳ ＳＴＯＰ')).toEqual(['ＢＵＳ ＳＴＯＰ=bus-stop']);
  });

  test('the regular English plural is the singular; a word that only ends like one is not', () => {
    expect(found('houses and land prices')).toEqual(['houses=housing', 'land prices=land-price']);
    expect(found('new busway')).toEqual([]);
    expect(found('News of buses')).toEqual(['News=news', 'buses=bus']);
  });

  test('katakana words are not found inside of longer ones', () => {
    expect(found('バスケットボール')).toEqual([]);
    expect(found('路線バス')).toEqual(['バス=bus']);
    expect(found('オープンデータ一覧')).toEqual(['データ=data']);
  });

  test('two Hangul syllables inside a word are no word; at its beginning or end they are', () => {
    expect(found('운전기사 현황')).toEqual([]);
    expect(found('학교급식 현황')).toEqual(['급식=school-meals']);
    expect(found('전기를 쓰는')).toEqual(['전기=electricity']);
  });

  test('a Korean label is found with and without its space, never across an underscore', () => {
    expect(found('버스정류장현황')).toEqual(['버스정류장=bus-stop']);
    expect(found('버스 정류장')).toEqual(['버스 정류장=bus-stop']);
    expect(found('서울특별시_버스_정류장')).toEqual([]);
  });

  test('Vietnamese: marks are kept where they are written, and may be left out by who types none', () => {
    expect(found('đường bộ', 'vi')).toEqual(['đường bộ=road']);
    expect(found('duong bo', 'vi')).toEqual(['duong bo=road']);
    expect(found('giá bán', 'vi')).toEqual(['bán=sale']);
    expect(found('bạn', 'vi')).toEqual([]);
  });

  test('languages: only those the text may be in, and English', () => {
    expect(found('ban bus', 'id')).toEqual(['ban=tyre', 'bus=bus']);
    expect(found('ban bus', 'fil')).toEqual(['bus=bus']);
  });

  test('a guard hides its label inside of the longer word only', () => {
    expect(found('台風と台風工場')).toEqual(['台風=typhoon']);
  });

  test('a label with a comma or an ampersand of its own is found with it, another label never across one', () => {
    const ministry = labelMatcher([
      { text: 'climate', lang: 'en', target: 'climate', guards: ['Ministry of Forest, Climate & Water'] },
      { text: 'retail & wholesale', lang: 'en', target: 'trade' },
      { text: 'land price', lang: 'en', target: 'land-price' },
    ]);
    const targets = (text: string) => ministry.match(text).flatMap((match) => match.targets);
    expect(targets('Rain (Ministry of Forest, Climate & Water)')).toEqual([]);
    expect(targets('Climate of retail & wholesale')).toEqual(['climate', 'trade']);
    expect(targets('land, price')).toEqual([]);
  });

  test('hostile text: nothing is thrown, nothing matches by chance', () => {
    for (const text of ['', '\u0000', '\ud800', '‮', '公'.repeat(5000), 'bus'.repeat(5000)]) {
      expect(() => matcher.match(text)).not.toThrow();
    }
  });
});
