import { describe, expect, test } from 'vitest';
import { copiesInOrder } from '../../src/enrich/authoritative-copy.ts';
import { certainFrom, groupedFrom } from '../../src/enrich/compare-copies.ts';
import { addressKey, hostOf, numbersOf, titleKey } from '../../src/enrich/comparison-key.ts';
import { copyTraits, globalIdentifier } from '../../src/enrich/copy-traits.ts';
import { asian, compared, type Made, madeDataset, national, places, tainan, taipei } from './made-copies.ts';

const parks: Made = {
  source: taipei,
  nativeId: 'parks',
  title: '臺北市公園清單',
  publisher: '臺北市政府',
  files: ['https://data.taipei/files/parks.csv'],
};
const nationalParks: Made = {
  source: national,
  nativeId: '128',
  title: '台北市公園清單 ',
  publisher: '臺北市政府　',
  files: ['http://data.taipei//files/parks.csv'],
};

test('field D-05: a city and its national copy are one, whatever the spelling of title and address', () => {
  const pair = compared(parks, nationalParks);
  expect(pair.sameBlock).toBe(true);
  expect(pair.score).toBeGreaterThanOrEqual(certainFrom);
  expect(pair.evidence).toEqual(['same-addresses', 'same-title', 'same-agency']);
});

test('field D-05: the portal of the publisher is the authoritative copy, in whatever order they come', () => {
  const copies = [parks, nationalParks].map((made) => copyTraits(madeDataset(made), places));
  expect(copiesInOrder(copies)[0]?.sourceId).toBe(taipei.id);
  expect(copiesInOrder([...copies].reverse())[0]?.sourceId).toBe(taipei.id);
});

describe('field D-06: an equal title is never enough', () => {
  const toilets = (source: Made['source'], publisher: string, files?: readonly string[]): Made => ({
    source,
    nativeId: `${source.id}-toilets`,
    title: '公共廁所一覽表',
    publisher,
    ...(files === undefined ? {} : { files }),
  });
  test.each([
    ['two cities', toilets(taipei, '臺北市政府'), toilets(tainan, '臺南市政府')],
    [
      'a city and another city at the national portal',
      toilets(taipei, '環境保護局'),
      toilets(national, '臺南市政府環境保護局'),
    ],
    ['two offices of one city', toilets(taipei, '環境保護局'), toilets(national, '臺北市政府民政局')],
    [
      'nobody is named on a national side',
      toilets(taipei, '臺北市政府'),
      { ...toilets(national, ''), source: national },
    ],
    [
      'other files on one server',
      toilets(taipei, '臺北市政府', ['https://data.taipei/f/1.csv']),
      toilets(national, '臺北市政府', ['https://data.taipei/f/2.csv']),
    ],
  ])('%s stay apart', (_, a, b) => {
    expect(compared(a, b).score).toBeLessThan(groupedFrom);
  });

  test.each([
    ['111年公共廁所一覽表', '112年公共廁所一覽表'],
    ['104年1-6月會計月報', '104年16月會計月報'],
    ['第一季營運統計資料', '第二季營運統計資料'],
    ['平成28年度 決算', '平成29年度 決算'],
  ])('numbers tell issues apart, with the same files even: %s, %s', (a, b) => {
    const files = ['https://data.taipei/list.html?page=all'];
    const pair = compared({ ...parks, title: a, files }, { ...nationalParks, title: b, files });
    expect(pair.score).toBeLessThan(groupedFrom);
  });

  test('a title too short to mean one thing proves nothing beside the body', () => {
    const { files: _, ...short } = { ...parks, title: '公園' };
    const { files: __, ...other } = { ...nationalParks, title: '公園' };
    expect(compared(short, other).score).toBeLessThan(groupedFrom);
  });
});

test.each([
  ['http://x.example/d/1', 'https://x.example/d/1', true],
  ['http://x.example//d/1', 'http://x.example/d/1/', true],
  ['http://X.example/d/1#it', 'http://x.example:80/d/1', true],
  ['https://x.example/%E5%85%AC', 'https://x.example/公', true],
  ['http://x.example/d?id=1', 'http://x.example/d?id=2', false],
  ['http://x.example/#/d/1', 'http://x.example/#/d/2', false],
  ['http://x.example/d/1', 'http://x.example:8080/d/1', false],
  ['http://x.example/D/1', 'http://x.example/d/1', false],
])('field D-07: %s and %s are one address: %s', (a, b, same) => {
  expect(addressKey(a) === addressKey(b)).toBe(same);
});

test('a bare host is no address that tells records apart, and what is no web address is none', () => {
  expect(['https://x.example', 'http://x.example/', 'ftp://x.example/a', 'not an address'].map(addressKey)).toEqual(
    Array.from({ length: 4 }),
  );
  expect(hostOf('https://X.example')).toBe('x.example');
});

describe('field D-08: bodies are one by key or by the table, never by likeness', () => {
  const untitled = { source: national, nativeId: '7', title: '停車場即時資訊總表' };
  const city: Made = { source: taipei, nativeId: 'p', title: '停車場即時資訊總表', publisher: '臺北市政府' };
  test.each([
    ['台北市政府', true],
    ['臺北市政府　', true],
    ['Taipei City Government', true],
    ['Taipei Town Government', false],
    ['臺北縣政府', false],
    ['新臺北市政府', false],
  ])('%s is 臺北市政府: %s', (publisher, same) => {
    expect(compared(city, { ...untitled, publisher }).score >= groupedFrom).toBe(same);
  });

  test.each([
    ['停管處', '臺北市政府停管處', 'same-agency'],
    ['', '臺北市政府', 'same-agency'],
    ['停管處', '臺北市政府', 'agency-within'],
    ['臺北市停車管理工程處', '臺北市政府', 'agency-within'],
  ])('a city names its office %s, the nation %s: %s', (office, body, evidence) => {
    const { publisher: _, ...nobody } = city;
    const pair = compared(office === '' ? nobody : { ...city, publisher: office }, { ...untitled, publisher: body });
    expect(pair.evidence).toContain(evidence);
    expect(pair.score).toBeGreaterThanOrEqual(groupedFrom);
  });
});

test('field D-02, op C5: ids are local: the same small id at two portals is no evidence', () => {
  const a: Made = { source: taipei, nativeId: '1', title: '公園', publisher: '臺北市政府' };
  const pair = compared(a, { source: national, nativeId: '1', title: '예산', publisher: '기획재정부' });
  expect(pair).toMatchObject({ score: 0, evidence: [], sameBlock: false });
});

test('field D-02: an id that means the same everywhere still needs a title that does not contradict it', () => {
  const uuid = '9df8df51-63db-47a8-a044-0003ba9b0d98';
  const a: Made = { source: taipei, nativeId: uuid, title: '河川水位即時資料' };
  expect(
    compared(a, { source: asian, nativeId: 'x', identifiers: [uuid], title: '河川水位即時資料' }).score,
  ).toBeGreaterThanOrEqual(certainFrom);
  expect(compared(a, { source: asian, nativeId: uuid, title: '國小學生人數' }).score).toBeLessThan(groupedFrom);
});

test.each([
  ['urn:uuid:9DF8DF51-63DB-47A8-A044-0003BA9B0D98', '9df8df51-63db-47a8-a044-0003ba9b0d98'],
  ['https://doi.org/10.5281/zenodo.1', '10.5281/zenodo.1'],
  ['http://data.example//d/1/', 'data.example/d/1'],
  ['1', undefined],
  ['budget-2024', undefined],
])('global identifier of %s: %s', (identifier, key) => {
  expect(globalIdentifier(identifier)).toBe(key);
});

test('op C2: one address at two portals is one dataset with two provenances', () => {
  const page = 'https://agency.example/data/water-quality';
  const [a, b] = [taipei, asian].map(
    (source) => ({ source, nativeId: 'w', title: '水質監測資料', landingPage: page }) as const,
  );
  if (a === undefined || b === undefined) throw new Error('two portals expected');
  const pair = compared(a, b);
  expect(pair.evidence).toEqual(['same-page', 'same-title']);
  expect(pair.score).toBeGreaterThanOrEqual(certainFrom);
});

test('op C3: what an aggregator harvested stays behind what it was taken from, even with another title', () => {
  const original: Made = { ...parks, nativeId: 'parks' };
  const copy: Made = {
    source: asian,
    nativeId: 'abc',
    title: '臺北市公園清單表',
    harvestedFrom: { catalogue: 'https://data.taipei/api/3/', identifier: 'parks' },
  };
  const pair = compared(original, copy);
  expect(pair.sameBlock).toBe(true);
  expect(pair.evidence).toContain('harvested-from');
  expect(pair.score).toBeGreaterThanOrEqual(certainFrom);
  const order = copiesInOrder([copy, original].map((made) => copyTraits(madeDataset(made), places)));
  expect(order.map(({ sourceId }) => sourceId)).toEqual([taipei.id, asian.id]);
});

test('op C3: an origin names another portal of the same host, or another id: no evidence', () => {
  const copy = (harvestedFrom: Made['harvestedFrom']): Made => ({
    source: asian,
    nativeId: 'abc',
    title: '臺北市公園清單',
    ...(harvestedFrom === undefined ? {} : { harvestedFrom }),
  });
  const { files: _, ...plain } = parks;
  expect(compared(plain, copy({ catalogue: 'https://data.taipei/', identifier: 'schools' })).evidence).not.toContain(
    'harvested-from',
  );
  expect(
    compared(plain, copy({ catalogue: 'https://data.tainan.gov.tw/', identifier: 'parks' })).evidence,
  ).not.toContain('harvested-from');
});

test('a ministry listed at a city portal: the national portal speaks for it', () => {
  const court = '臺灣臺北地方法院107年度預算案';
  const made: Made[] = [
    { source: taipei, nativeId: 'c', title: court, publisher: '臺灣臺北地方法院' },
    { source: national, nativeId: 'c', title: court, publisher: '臺灣臺北地方法院' },
  ];
  const [a, b] = made;
  if (a === undefined || b === undefined) throw new Error('two records expected');
  expect(compared(a, b).score).toBeGreaterThanOrEqual(groupedFrom);
  expect(copiesInOrder(made.map((each) => copyTraits(madeDataset(each), places)))[0]?.sourceId).toBe(national.id);
});

describe('twice at one portal', () => {
  const one: Made = { ...parks, nativeId: 'a' };
  test('the same title, files, body and details are one dataset', () => {
    expect(compared(one, { ...one, nativeId: 'b' }).score).toBeGreaterThanOrEqual(certainFrom);
  });
  test.each([
    ['another description', { description: '令和4年' }],
    ['other files', { files: ['https://data.taipei/files/trees.csv'] }],
    ['another title', { title: '臺北市公園清冊' }],
    ['no files', { files: [] }],
  ])('%s: two datasets', (_, more) => {
    expect(compared(one, { ...one, nativeId: 'b', ...more }).score).toBeLessThan(groupedFrom);
  });
});

test.each([
  ['ＡＢＣ　1-6月', 'abc1-6月'],
  ['台北市 (公園)', titleKey('臺北市公園')],
  ['1,000 items', '1-000items'],
  ['…', ''],
])('key of %s is %s', (text, key) => {
  expect(titleKey(text)).toBe(key);
});

test('numbers of a title: digits, and Han numerals where they count something', () => {
  expect(numbersOf(titleKey('第一季 104年1-6月'))).toBe('一 104 1 6');
  expect(numbersOf(titleKey('三民區公所'))).toBe('');
});
