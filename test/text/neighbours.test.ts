/** The neighbours of the cases: the same faults in the other scripts, lengths and encodings of the twelve countries. */
import { describe, expect, test } from 'vitest';
import { boosts, finds } from './chain-match.ts';

describe('field S-01, S-03, op G4: Han words of two, four and six characters inside a title', () => {
  const title = '臺北市空氣品質監測站每小時監測數據';
  test.each([
    '空氣',
    '品質',
    '監測',
    '數據',
    '空氣品質',
    '監測數據',
    '每小時監',
    '空氣品質監測',
    '每小時監測數',
    '台北市空气品质',
  ])('%s', (query) => {
    expect(finds(query, title)).toBe(true);
  });
  test.each(['氣質', '空品', '品質站', '監測品質', '數據監測', '每小監測'])('not %s', (query) => {
    expect(finds(query, title)).toBe(false);
  });
});

describe('field S-02: words glued to Latin letters and digits', () => {
  test.each([
    ['5G基地台設置數', ['5G', '5g', '基地台', '5G基地台', '台設置', '５Ｇ基地台']],
    ['全國PM2.5監測', ['pm2.5', 'PM2.5', '2.5', 'PM', '監測', 'PM2.5監測', '全國PM2.5', 'ＰＭ２．５']],
    ['COVID-19確診數', ['covid', 'covid-19', '19', '確診', 'COVID-19確診']],
    ['서울시CCTV설치현황2023', ['cctv', '설치', 'CCTV설치', '2023', '서울시CCTV']],
    ['ค่าฝุ่นPM2.5รายชั่วโมง', ['pm2.5', 'ฝุ่น', 'รายชั่วโมง', 'ฝุ่นPM2.5']],
    ['Wi-Fiスポット一覧', ['wi-fi', 'スポット', 'Wi-Fiスポット']],
    ['ចំនួន4Gនៅភ្នំពេញ', ['4g', 'ភ្នំពេញ']],
  ])('%s', (text, queries) => {
    for (const query of queries) expect([query, finds(query, text)]).toEqual([query, true]);
  });
});

describe('field S-03: katakana compounds, the middle dot, the long-vowel mark, half width', () => {
  test.each([
    ['データセット', 'データ・セット'],
    ['データ・セット', 'データセット'],
    ['ﾃﾞｰﾀｾｯﾄ', 'データセット一覧'],
    ['データセット', 'ﾃﾞｰﾀ･ｾｯﾄ'],
    ['サーバ', 'サーバー一覧'],
    ['サーバー', 'サーバ一覧'],
    ['ｻｰﾊﾞｰ', 'サーバ'],
    ['センター', '救急医療センタ'],
    ['モニター', 'モニタリング'],
    ['セット', 'データセット'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
  test('in a short word the mark is a sound: カレー is not カレ, and バス no バー', () => {
    expect(finds('カレー', 'カレンダー')).toBe(false);
    expect(finds('バー', 'バス')).toBe(false);
  });
});

describe('field S-07, S-08: Korean', () => {
  test.each([
    ['저수율', '전국다목적댐저수율일별자료'],
    ['다목적댐', '전국다목적댐저수율일별자료'],
    ['교통사고', '교통사고를 당한 사람의 수'],
    ['교통사고', '교통사고에서의 사망자'.normalize('NFD')],
    ['실거래가'.normalize('NFD'), '아파트 실거래가(매매)'],
    ['２０２３년', '2023년 현황'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
});

describe('field S-05, op G6, op G7: Thai tone marks tell words apart', () => {
  test.each([
    ['ข้าว', 'ข่าวประชาสัมพันธ์', false],
    ['ข้าว', 'ราคาข้าวเปลือก', true],
    ['ปา', 'ป่าชุมชน', false],
    ['ป่า', 'พื้นที่ป่าไม้', true],
    ['ปริมาณน้ำ', 'รายงานปริมาณน้ำในอ่าง', true],
    ['๒๕๖๖', 'ปี 2566', true],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });
});

describe('op G6, op G7: Khmer and Burmese words inside a sentence', () => {
  test.each([
    ['សាលារៀន', 'ចំនួនសាលារៀនតាមខេត្ត', true],
    ['ខេត្ត', 'ចំនួនសាលារៀនតាមខេត្ត', true],
    ['ខែត្រ', 'ចំនួនសាលារៀនតាមខេត្ត', false],
    ['១២', 'ឆ្នាំ 12', true],
    ['ဆေးရုံ', 'ပြည်သူ့ဆေးရုံများစာရင်း', true],
    ['ပြည်သူ့', 'ပြည်သူ့ဆေးရုံများစာရင်း', true],
    ['ကျောင်း', 'ပြည်သူ့ဆေးရုံများစာရင်း', false],
    ['၂၀၂၃', '2023 ခုနှစ်', true],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });
  test('a word of zero-width spaces, as Khmer and Burmese are typed, is the same word', () => {
    expect(finds('សាលា\u200bរៀន', 'ចំនួនសាលារៀន')).toBe(true);
    expect(finds('សាលារៀន', 'ចំនួន\u200bសាលា\u200bរៀន')).toBe(true);
  });
});

describe('field S-06, op G8: Vietnamese with and without marks', () => {
  test.each([
    ['gia dat', 'Giá đất theo khu vực'],
    ['GIÁ ĐẤT', 'Giá đất theo khu vực'],
    ['giá đất'.normalize('NFD'), 'Giá đất theo khu vực'],
    ['dien tich rung', 'Diện tích rừng năm 2023'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
  test('typed with marks, the marked word counts more', () => {
    expect(boosts('đất', 'Giá đất')).toBe(1);
    expect(boosts('đất', 'Giá dat')).toBe(0);
  });
});

describe('op G7: Devanagari, nukta and joiners', () => {
  test.each([
    ['ज़िला', 'जिला अस्पताल'],
    ['जिला', 'ज़िला अस्पताल'],
    ['ज\u093cिला', 'ज़िला'],
    ['पढ़ाई', 'पढाई'],
    ['क्\u200dष', 'क्ष'],
    ['श्\u200cरी', 'श्री'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
});

describe('field S-09: one character in several forms, and what only looks like it', () => {
  test.each([
    ['台湾', '臺灣'],
    ['臺灣', '台湾'],
    ['国土', '國土測繪'],
    ['國勢調査', '国勢調査'],
    ['学校', '學校名錄'],
    ['広島県', '廣島縣'],
    ['颱風', '台风'],
    ['関東', '關東'],
    ['经济', '經濟統計'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
  test.each([
    ['日本', '曰本'],
    ['土地', '士地'],
    ['未来', '末来'],
  ])('%s does not find %s', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });
});

describe('field S-11: identifiers', () => {
  test.each([
    ['A01-0005', 'A01-0005 表'],
    ['a01-0005', 'Table A01-0005'],
    ['Ａ０１－０００５', 'A01-0005'],
  ])('%s in %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
});
