/** The sample portals keep what `demo/README.md` promises: native shape and script, reserved addresses, nothing copied. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isThemeId, themeIds } from '../../src/model/theme.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { hasCaptures } from '../support/captures.ts';
import { captureTitles } from './capture-titles.ts';
import { demoFolder, portalIds, readList, readPortal } from './demo-portals.ts';
import { topics } from './topics.ts';

const portals = portalIds.map(readPortal);

/** Rows that repeat an id on purpose, by portal (documented in demo/README.md). */
const repeated: Readonly<Record<string, number>> = { 'kr-data-hanbat-example': 2 };

/** Letters of the country's own writing; Vietnamese and Indonesian are told from English by their words below. */
const script: Readonly<Record<string, RegExp>> = {
  ID: /\p{Script=Latin}/gu,
  IN: /[\p{Script=Latin}\p{Script=Devanagari}]/gu,
  JP: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu,
  KH: /\p{Script=Khmer}/gu,
  KR: /\p{Script=Hangul}/gu,
  MM: /\p{Script=Myanmar}/gu,
  MY: /\p{Script=Latin}/gu,
  PH: /\p{Script=Latin}/gu,
  SG: /\p{Script=Latin}/gu,
  TH: /\p{Script=Thai}/gu,
  TW: /\p{Script=Han}/gu,
  VN: /\p{Script=Latin}/gu,
};

/** Addresses of licences and schemas are names of real things; nothing is fetched from them. */
const realAddresses = [
  'https://data.gov.tw/license',
  'https://creativecommons.org/licenses/by/4.0/',
  'https://creativecommons.org/licenses/by/4.0/deed.ja',
  'https://creativecommons.org/publicdomain/zero/1.0/',
  'http://opendefinition.org/licenses/odc-odbl/',
  'https://project-open-data.cio.gov/v1.1/schema',
  'https://project-open-data.cio.gov/v1.1/schema/catalog.json',
  'https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld',
];

test('there is one portal a country', () => {
  const countries = portals.map((each) => each.source.country);
  expect(countries).toEqual(portals.map((each) => each.id.slice(0, 2).toUpperCase()));
  expect(new Set(countries).size).toBe(portals.length);
});

test('the README counts the records of every portal', () => {
  const readme = readFileSync(join(demoFolder, 'README.md'), 'utf8');
  const counted = [...readme.matchAll(/^\| `([a-z-]+-example)` \|.* \| (\d+)(?: rows, \d+ ids)? \|$/gm)];
  const counts = Object.fromEntries(counted.map(([, id, count]) => [id, Number(count)]));
  expect(counts).toEqual(Object.fromEntries(portals.map((each) => [each.id, each.records.length])));
});

describe.each(portals.map((each) => [each.id, each] as const))('%s', (id, { records, source, emptyIds, text }) => {
  test('has at least 45 records, with ids that repeat only where it is meant', () => {
    const distinct = new Set(records.map((record) => record.nativeId));
    expect(distinct.size).toBeGreaterThanOrEqual(45);
    expect(records.length - distinct.size).toBe(repeated[id] ?? 0);
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
          !realAddresses.includes(address) &&
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
    const texts = records.flatMap(({ title, description, translated }) =>
      title === description ? [title] : [title, description, ...translated],
    );
    const filled = texts.filter((each) => !/^[-—]?$/.test(each));
    // The Korean list repeats one row byte for byte and another with an older description.
    const doubles = filled.filter((each, at) => filled.indexOf(each) !== at);
    expect(doubles.length).toBe(source.country === 'KR' ? 3 : 0);
  });
});

test('Vietnamese has its tone marks, but for two records', () => {
  const found = portals.find((each) => each.source.country === 'VN')?.records ?? [];
  const bare = found.filter(({ title }) => title !== '' && !/[\u0300-\u036f]|đ/iu.test(title.normalize('NFD')));
  expect(bare.map((record) => record.place)).toEqual(['cay-xanh', 'danh-sach-cho']);
});

test('the resources of the Indian portal are English and Hindi, nineteen of each as a pair', () => {
  const found = portals.find((each) => each.source.country === 'IN')?.records ?? [];
  const hindi = found.filter(
    ({ title }) => /^\P{Script=Latin}+$/u.test(title.replace(/\(?AED\)?|PM2\.5/, '')) && title !== '',
  );
  expect(hindi).toHaveLength(19);
  expect(hindi.filter(({ description }) => !/^[\p{Script=Devanagari}\p{P}\s]+$/u.test(description))).toEqual([]);
});

test('the Philippine data.json is English with seven records in Filipino', () => {
  const text = readFileSync(join(demoFolder, 'ph-data-luntianbayan-example', 'data.json'), 'utf8');
  const { dataset } = JSON.parse(text) as { readonly dataset: readonly { title: string; language: string[] }[] };
  const filipino = dataset.filter((entry) => entry.language.includes('fil'));
  expect(filipino).toHaveLength(7);
  // Words that join a Filipino title: ng, sa, na, at, mga, bawat, ayon.
  expect(filipino.filter((entry) => !/\b(?:ng|sa|na|at|mga|bawat|ayon)\b/i.test(entry.title))).toEqual([]);
});

test.each(['KH', 'MM', 'MY'])('the portal of %s says everything in its second language too', (country) => {
  const found = portals.find((each) => each.source.country === country);
  const untranslated = found?.records.filter(({ translated }) => translated.length !== 2);
  expect(found?.source.languages[1]).toBe('en');
  expect(untranslated).toEqual([]);
});

test('the portals together cover the twelve themes', () => {
  const covered = new Set(portals.flatMap((each) => Object.values(each.source.themes)));
  expect(themeIds.filter((theme) => !covered.has(theme))).toEqual([]);
});

/** What cross-language search has to bring together. */
describe.each(Object.entries(topics))('%s', (_topic, words) => {
  test.each(Object.entries(words))('stands in the portal of %s as %s', (country, word) => {
    const found = portals
      .filter((each) => each.source.country === country)
      .flatMap((each) => each.records)
      .filter((record) => `${record.title} ${record.description} ${record.keywords.join(' ')}`.includes(word));
    expect(found).not.toEqual([]);
  });

  test('has words for every portal', () => {
    expect(portals.map((each) => each.source.country).filter((country) => words[country] === undefined)).toEqual([]);
  });
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
  expect(real.size).toBeGreaterThan(190_000);
  const ours = portals
    .flatMap((each) => each.records)
    .flatMap(({ title, description, translated }) => [
      title,
      ...[description, ...translated].flatMap((text) => text.split(/[。.។။\n]|<br\/>/)),
    ]);
  expect([...new Set(ours)].filter((sentence) => sentence.trim() !== '' && real.has(sentence.trim()))).toEqual([]);
});
