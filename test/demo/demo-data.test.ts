/** The sample portals keep what `demo/README.md` promises: native shape and script, reserved addresses, nothing copied. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isThemeId, themeIds } from '../../src/model/theme.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { hasCaptures } from '../support/captures.ts';
import { captureTitles } from './capture-titles.ts';
import { demoFolder, portalIds, readList, readPortal, type SamplePortal } from './demo-portals.ts';

const portals = portalIds.map(readPortal);
const portal = (id: string): SamplePortal => {
  const found = portals.find((each) => each.id === id);
  if (found === undefined) throw new Error(`demo/${id} is not there`);
  return found;
};

/** Ids that stand twice on purpose, by portal (documented in demo/README.md). */
const repeated: Readonly<Record<string, number>> = {
  'jp-catalog-minato-ken-example': 0,
  'kr-data-hanbat-example': 2,
  'th-data-mueangnam-example': 0,
  'tw-data-gangcheng-example': 0,
};

const script: Readonly<Record<string, RegExp>> = {
  JP: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu,
  KR: /\p{Script=Hangul}/gu,
  TH: /\p{Script=Thai}/gu,
  TW: /\p{Script=Han}/gu,
};

/** Addresses of licences are names of real things; nothing is fetched from them. */
const licenceAddresses = ['https://data.gov.tw/license', 'https://creativecommons.org/licenses/by/4.0/deed.ja'];

test('there are four portals of four countries', () => {
  expect(portals.map((each) => each.source.country)).toEqual(['JP', 'KR', 'TH', 'TW']);
});

describe.each(portals.map((each) => [each.id, each] as const))('%s', (id, { records, source, emptyIds, text }) => {
  test('has at least 45 records, with ids that repeat only where it is meant', () => {
    const distinct = new Set(records.map((record) => record.nativeId));
    expect(distinct.size).toBeGreaterThanOrEqual(45);
    expect(records.length - distinct.size).toBe(repeated[id]);
    expect([...distinct].filter((each) => each === '' || emptyIds.includes(each))).toEqual([]);
  });

  test('is played by the simulator, with its records and the ids that answer nothing', async () => {
    const played = await portalFromFolder(join(demoFolder, id));
    const ids = [...played.records].map((record) => record.id);
    expect(played).toMatchObject({ id, protocol: source.protocol });
    expect(ids.sort()).toEqual([...records.map((record) => record.nativeId), ...emptyIds].sort());
  });

  test('maps every category it uses, and no other, to a theme', () => {
    const used = new Set(records.flatMap((record) => record.categories));
    expect(Object.keys(source.themes).sort()).toEqual([...used].sort());
    expect(Object.values(source.themes).every(isThemeId)).toBe(true);
  });

  test('names reserved hosts only', () => {
    const others = [...text.matchAll(/(?:https?|ftp):\/\/[^\s"'<>,)]+/g)]
      .map(([address]) => address)
      .filter(
        (address) =>
          !licenceAddresses.includes(address) &&
          !new URL(address.replace('{', '').replace('}', '')).hostname.endsWith('.example'),
      );
    expect(others).toEqual([]);
    expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w/);
  });

  test('writes its titles in the script of the country', () => {
    const titles = records.map((record) => record.title).join('');
    const letters = titles.match(/\p{L}/gu) ?? [];
    const own = titles.match(script[source.country] ?? /$^/g) ?? [];
    expect(own.length / letters.length).toBeGreaterThan(0.85);
  });

  test('writes each title and each description once', () => {
    const texts = records.flatMap((record) =>
      record.title === record.description ? [record.title] : [record.title, record.description],
    );
    const filled = texts.filter((each) => each !== '' && each !== '-');
    // The Korean list repeats one row byte for byte and another with an older description.
    const doubles = filled.filter((each, at) => filled.indexOf(each) !== at);
    expect(doubles.length).toBe(source.country === 'KR' ? 3 : 0);
  });
});

test('the four portals together cover the twelve themes', () => {
  const covered = new Set(portals.flatMap((each) => Object.values(each.source.themes)));
  expect(themeIds.filter((theme) => !covered.has(theme))).toEqual([]);
});

/** The same topic in the words of four countries: what cross-language search has to bring together. */
test.each([
  ['shelters', '避難收容', '避難所', '대피', 'อพยพ'],
  ['AED', 'AED', 'AED', 'AED', 'AED'],
  ['fine dust', 'PM2.5', 'PM2.5', '초미세먼지', 'ฝุ่น PM2.5'],
  ['bus', '公車', 'バス', '버스', 'รถโดยสาร'],
  ['traffic accidents', '交通事故', '交通事故', '교통사고', 'อุบัติเหตุทางถนน'],
  ['rainfall', '雨量', '雨量', '강수량', 'น้ำฝน'],
  ['budget', '總預算', '当初予算', '예산서', 'งบประมาณรายจ่าย'],
  ['population by age', '年齡', '年齢', '연령별', 'ตามอายุ'],
  ['childcare', '托嬰', '保育', '어린이집', 'เด็กเล็ก'],
  ['influenza', '流感', 'インフルエンザ', '인플루엔자', 'ไข้หวัดใหญ่'],
  ['land price', '地價', '地価', '공시지가', 'ราคาประเมินที่ดิน'],
  ['wifi', '無線上網', 'Wi-Fi', '와이파이', 'WiFi'],
  ['tourist spots', '景點', '観光スポット', '관광지', 'แหล่งท่องเที่ยว'],
  ['schools', '學校名錄', '学校一覧', '학교', 'สถานศึกษา'],
  ['water quality', '水質', '水質', '수질', 'คุณภาพน้ำ'],
  ['garbage collection', '垃圾車', 'ごみ収集', '쓰레기', 'เก็บขยะ'],
  ['libraries', '圖書館', '図書館', '도서관', 'ห้องสมุด'],
  ['farmers’ markets', '農夫市集', '直売所', '농부장터', 'ตลาดเกษตรกร'],
  ['food inspection', '食品抽驗', '食品衛生', '식품 수거검사', 'อาหารในตลาดสด'],
])('%s stand in all four portals', (_topic, tw, jp, kr, th) => {
  const has = (id: string, words: string): boolean =>
    portal(id).records.some((record) =>
      `${record.title} ${record.description} ${record.keywords.join(' ')}`.includes(words),
    );
  const found = [
    has('tw-data-gangcheng-example', tw),
    has('jp-catalog-minato-ken-example', jp),
    has('kr-data-hanbat-example', kr),
    has('th-data-mueangnam-example', th),
  ];
  expect(found).toEqual([true, true, true, true]);
});

test('the Korean list has the 36 columns of 2025, a byte order mark and a dash for null', () => {
  const text = readFileSync(join(demoFolder, 'kr-data-hanbat-example', 'records.csv'), 'utf8');
  const rows = readList(text);
  expect(text.startsWith('\uFEFF목록키,목록유형,목록명,')).toBe(true);
  expect(new Set(rows.map((row) => Object.keys(row).length))).toEqual(new Set([36]));
  expect(new Set(rows.map((row) => row['목록유형']))).toEqual(new Set(['FILE', 'API', 'STD']));
  expect(rows.every((row) => /^`02000\d{4}$/.test(row['관리부서 전화번호'] ?? ''))).toBe(true);
  const blank = rows.flatMap((row) =>
    Object.entries(row)
      .filter(([, cell]) => cell === '')
      .map(([column]) => column),
  );
  expect(blank).toEqual(['목록명']);
});

test.skipIf(!hasCaptures)('no title and no sentence is one of a real portal', () => {
  const real = captureTitles();
  expect(real.size).toBeGreaterThan(90_000);
  const ours = portals
    .flatMap((each) => each.records)
    .flatMap((record) => [record.title, ...record.description.split(/[。.\n]|<br\/>/)]);
  expect([...new Set(ours)].filter((sentence) => sentence.trim() !== '' && real.has(sentence.trim()))).toEqual([]);
});
