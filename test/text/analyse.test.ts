import { describe, expect, test } from 'vitest';
import { analyse, analysisVersion } from '../../src/text/analyse.ts';
import { identifierKey } from '../../src/text/identifier-key.ts';
import { boosts, finds, marked } from './chain-match.ts';

const bus = '臺北市公車路線PM2.5監測資料';

describe('field S-01: two-character words', () => {
  test.each([
    [bus, '公車', true],
    [bus, '資料', true],
    [bus, '路線', true],
    [bus, '結果', false],
    [bus, '車公', false],
    ['결제수단 현황', '결제', true],
    ['결제수단 현황', '수단', true],
    ['결제수단 현황', '단현', false],
    ['東京都の公園', '京都', true],
  ])('%s: %s is found: %s', (text, query, expected) => {
    expect(finds(query, text)).toBe(expected);
  });
});

describe('field S-02: words glued to Latin and digits', () => {
  test.each([
    ['pm2.5', true],
    ['PM2.5監測', true],
    ['2.5', true],
    ['ＰＭ２．５', true],
    ['2.5監', true],
    ['線pm', true],
    ['pm2.5資料', false],
    ['2', false],
    ['m2.5', false],
  ])(`${bus}: %s is found: %s`, (query, expected) => {
    expect(finds(query, bus)).toBe(expected);
  });
});

describe('field S-03: words inside a clause', () => {
  test.each(['住民', '避難所', '主体', '民が主', '所一覧', '地域住民が主体となる避難所一覧'])(
    '%s is found',
    (query) => {
      expect(finds(query, '地域住民が主体となる避難所一覧')).toBe(true);
    },
  );
});

describe('field S-04: neighbours only', () => {
  test.each([
    ['公園', '公園', true],
    ['公園', '公車', false],
    ['公園', '花園', false],
    ['公園', '公 園', false],
    ['"公園"', '公園', true],
    ['公', '公園', true],
    ['園', '公園', true],
    ['園', '公園2', true],
    ['花', '公園', false],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });
});

describe('field S-05, op G6: Thai in the middle of a sentence', () => {
  const stored = ['ปริมาณน้ำฝนรายเดือน', 'ปริมาณน้ํ\u0e32ฝนรายเดือน', 'ปริมาณนํ้าฝนรายเดือน'];
  const queries = ['น้ำฝน', 'น้ํ\u0e32ฝน', 'นํ\u0e49\u0e32ฝน', 'รายเดือน', 'เดือน', 'น้ำ', 'ฝน'];
  test.each(stored.flatMap((text) => queries.map((query) => [text, query])))('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('SARA AM without a tone mark is one too', () => {
    expect(analyse('จ\u0e4d\u0e32นวน').map((token) => token.term)).toEqual(analyse('จำนวน').map((token) => token.term));
    expect(marked('จำนวน', 'จ\u0e4d\u0e32นวน')).toEqual(['จ\u0e4d\u0e32นวน']);
  });
  test('Lao SARA AM likewise', () => {
    expect(finds('ນ້ຳ', 'ປະລິມານນ\u0ecd\u0ec9\u0eb2ຝົນ')).toBe(true);
  });
  test('a cut cluster is no error', () => {
    expect(() => finds('เดือ', stored[0] ?? '')).not.toThrow();
    expect(() => finds('\u0e37อ', stored[0] ?? '')).not.toThrow();
  });
  test('dictionary words are evidence', () => {
    const words = analyse('ปริมาณน้ำฝนรายเดือน').filter((token) => token.kind === 'word');
    expect(words.map((token) => token.term)).toContain('เดือน');
    expect(boosts('เดือน', 'ปริมาณน้ำฝนรายเดือน')).toBe(1);
  });
});

describe('op G7: names that no dictionary holds', () => {
  test.each([
    ['ตำบลหนองบัวฮีในจังหวัดอุบล', 'หนองบัวฮี'],
    ['บ้านกุดชุมแสงสงวนพิบูลย์', 'แสงสงวน'],
    ['ទិន្នន័យក្រុងភ្នំពេញប្រចាំឆ្នាំ', 'ភ្នំពេញ'],
    ['ລາຍຊື່ໂຮງຮຽນນະຄອນຫຼວງ', 'ໂຮງຮຽນ'],
    ['ရန်ကုန်မြို့လူဦးရေ', 'လူဦးရေ'],
    ['ရန်ကုန်မြို့လူဦးရေ', 'မြို့'],
  ])('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test.each(['ន្ន', 'មភ'])('ភ្នំពេញ does not hold %s', (query) => {
    expect(finds(query, 'ភ្នំពេញ')).toBe(false);
  });
});

describe('field S-06, op G8: Vietnamese from any keyboard', () => {
  const road = 'Đường bộ – bệnh viện Ắ';
  test.each(['duong bo', 'đường', 'ĐƯỜNG', 'bệnh'.normalize('NFD'), 'benh vien', 'a', 'ắ', 'đường bộ'])(
    '%s is found',
    (query) => {
      expect(finds(query, road)).toBe(true);
      expect(finds(query, road.normalize('NFD'))).toBe(true);
    },
  );
  test('exact diacritics are preferred, missing ones find all', () => {
    expect(['Đường', 'Dương', 'Duong'].map((text) => finds('duong', text))).toEqual([true, true, true]);
    expect(['Đường', 'Dương', 'Duong'].map((text) => boosts('đường', text))).toEqual([1, 0, 0]);
    expect(boosts('đường'.normalize('NFD'), 'ĐƯỜNG')).toBe(1);
  });
  test.each([
    ['İSTANBUL', 'istanbul'],
    ['ısı', 'isi'],
    ['IŞIK', 'isik'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['œuvre', 'oeuvre'],
    ['Ærø', 'aero'],
    ['ﬁnance', 'finance'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['Ёлка', 'ёлка'],
  ])('%s has the key of %s', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('accents of other scripts tell letters apart', () => {
    expect(finds('и', 'й')).toBe(false);
    expect(finds('か', 'が')).toBe(false);
  });
});

describe('field S-07: Hangul taken apart', () => {
  const school = '학교 현황';
  test.each([
    [school.normalize('NFD'), '학교'],
    [school, '학교'.normalize('NFD')],
    ['ㅎㅏㄱㄱㅛ 현황', '학교'],
    ['ﾡﾢ', 'ﾡﾢ'],
  ])('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('the mark covers what was stored', () => {
    expect(marked('학교', school.normalize('NFD'))).toEqual(['학교'.normalize('NFD')]);
  });
  test('letters alone do not become syllables', () => {
    expect(analyse('ㅋㅋ').map((token) => token.term)).not.toContain('카');
  });
});

describe('field S-08, op G4: Korean particles and words without spaces', () => {
  test.each([
    ['번역을 요청한 민원', '번역'],
    ['번역을 요청한 민원', '민원'],
    ['전국교통사고다발지역표준데이터', '교통사고'],
    ['전국교통사고다발지역표준데이터', '표준데이터'],
    ['都市公園一覧', '公園'],
    ['大気汚染常時監視測定局', '常時監視'],
    ['大気汚染常時監視測定局', '常時監視測定'],
  ])('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('the whole word is evidence', () => {
    expect(boosts('번역', '번역 요청')).toBe(1);
    expect(boosts('번역', '번역을 요청')).toBe(0);
  });
});

describe('field S-09: one word, several forms', () => {
  test.each([
    ['臺灣人口', '台湾'],
    ['臺灣人口', '台灣'],
    ['中国经济', '中國經濟'],
    ['豊島区', '豐島區'],
    ['渋谷区の統計', '澁谷區'],
    ['気象観測データ', '氣象觀測'],
    ['髙橋', '高桥'],
    ['自由ヶ丘', '自由ケ丘'],
    ['ﾃﾞｰﾀ', 'データ'],
    ['オープン・データ', 'オープンデータ'],
    ['オープンデータ', 'オープン・データ'],
    ['⽇本', '日本'],
    ['葛󠄁飾', '葛飾'],
  ])('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('the mark shows the original characters', () => {
    expect(marked('台湾', '臺灣人口')).toEqual(['臺灣']);
    expect(marked('データ', '半角ﾃﾞｰﾀ一覧')).toEqual(['ﾃﾞｰﾀ']);
  });
  test.each([
    ['データ', 'でーた'],
    ['避難所・公園', '所公'],
    ['ビル', 'ビール'],
  ])('%s does not hold %s', (text, query) => {
    expect(finds(query, text)).toBe(false);
  });
});

describe('numbers', () => {
  test.each([
    ['1,234', ['1234']],
    ['1,234,567.89', ['1234567.89']],
    ['12,34', ['12', '34']],
    ['1234,567', ['1234', '567']],
    ['2.5', ['2.5']],
    ['2.', ['2']],
    ['1.2.3', ['1', '2', '3']],
    ['2024.01.15', ['2024', '01', '15']],
    ['2024.01', ['2024', '01']],
    ['2024.13', ['2024.13']],
    ['A01-0005', ['a', '01', '0005']],
    ['１１２年', ['112', '年']],
    ['๒๕๖๗', ['2567']],
    ['१२.५', ['12.5']],
    ['၁၂', ['12']],
    ['𝟏𝟐', ['12']],
    ['㎡', ['m', '2']],
    ['10〜20', ['10', '20']],
    ['10～20', ['10', '20']],
  ])('%s gives %j', (text, expected) => {
    expect(analyse(text).map((token) => token.term)).toEqual(expected);
  });
});

describe('other scripts and odd characters', () => {
  test.each([
    ['क़ानून', '\u0915\u093cानून'],
    ['ज़िला', 'जिला'],
    ['क्षे\u200dत्र', 'क्षेत्र'],
    ['hy\u00adphen', 'hyphen'],
    ['\ufeffname', 'name'],
    ['zero\u200bwidth', 'zerowidth'],
    ['𠮷野家', '𠮷野'],
    ['𠮷野家', '吉野'],
    ['தமிழ் நாடு', 'தமிழ்'],
  ])('%s: %s is found', (text, query) => {
    expect(finds(query, text)).toBe(true);
  });
  test('exact nukta is preferred', () => {
    expect(['ज़िला', 'जिला'].map((text) => boosts('ज़िला', text))).toEqual([1, 0]);
  });
  test('a border of scripts parts words', () => {
    expect(analyse('кабельUSB').map((token) => token.term)).toEqual(['кабель', 'usb']);
  });
  test('offsets count UTF-16 units of the display text', () => {
    expect(analyse('𠮷野 a\u0301b')).toEqual([
      { term: '吉野', position: 0, start: 0, end: 3, kind: 'unit' },
      { term: '野', position: 1, start: 2, end: 3, kind: 'unit' },
      { term: 'ab', position: 2, start: 4, end: 7, kind: 'unit' },
      { term: 'áb', position: 2, start: 4, end: 7, kind: 'word' },
    ]);
  });
});

test('field S-12: the version names the analysis and the ICU it runs on', () => {
  expect(analysisVersion('76.1')).not.toBe(analysisVersion('78.2'));
  expect(analysisVersion('78.2')).toMatch(/^text-\d+\+icu-78\.2$/);
});

describe('marks of several scripts on one letter, which no writing has', () => {
  test.each([
    ['é with a Thai tone mark', 'e\u0301\u0e48'],
    ['SARA AM under a Japanese voicing mark', 'น้ำ\u3099'],
    ['SARA AM before a Burmese virama', 'น้ำ\u1039'],
  ])('%s: composed and decomposed give the same terms', (_, text) => {
    const terms = (form: string) => analyse(text.normalize(form)).map((token) => token.term);
    expect(terms('NFD')).toEqual(terms('NFC'));
    expect(terms('NFC').length).toBeGreaterThan(0);
  });

  test('a key stays what it is when it is made again, though an ignorable character kept two marks apart', () => {
    const key = identifierKey('\u17d2\ufeff\u3099');
    expect(identifierKey(key)).toBe(key);
  });
});

describe('field N-17: kanji, full-width and Arabic numerals', () => {
  const spellings = ['本町２２丁目', '本町22丁目', '本町二十二丁目', '本町二二丁目'];
  test.each(spellings.flatMap((query) => spellings.map((text) => [query, text])))('%s finds %s', (query, text) => {
    expect(finds(query, `東京都${text}の公園`)).toBe(true);
    expect(finds(query, '本町二丁目')).toBe(false);
  });

  test.each([
    ['令和五年度予算', '令和5年度', true],
    ['令和5年度予算', '令和五年', true],
    ['民國一百一十三年', '民國113年', true],
    ['百二十番地', '120番地', true],
    ['三番町3-1', '三番町', true],
    ['三番町3-1', '3-1', true],
    ['三番町3-1', '三番町3-1', true],
    ['三番町3-1', '三番町1-3', false],
    ['門前町暮坂壱〇七', '壱〇七', true],
    ['門前町暮坂壱〇七', '暮坂107', false],
    ['四日市市の人口', '四日', true],
    ['第二次産業', '第二', true],
    ['デ-タ', 'データ', false],
    ['センター', 'センター', true],
  ])('%s: %s is found: %s', (text, query, expected) => {
    expect(finds(query, text)).toBe(expected);
  });

  test('what is marked is what was written', () => {
    expect(marked('22丁目', '本町二十二丁目の公園')).toEqual(['二十二丁目']);
    expect(marked('二十二丁目', '北２２丁目')).toEqual(['２２丁目']);
  });
});
