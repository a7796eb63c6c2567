/** Seeded documents and queries in many scripts, drawn from so few words that most queries match something. */
import type { IndexDocument, SearchRequest, SortOrder } from '../../src/search/search-contract.ts';
import { documentOf, requestOf } from './documents.ts';

/** mulberry32: small, good enough, the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const words = [
  'air quality',
  'bus',
  'Bus Route',
  'data',
  'dataset',
  'water level',
  'budget 2024',
  'PM2.5',
  '2.5',
  'A01-0005',
  'population',
  '空氣品質',
  '公車路線',
  '避難所一覧',
  '大気汚染',
  '臺北市',
  '台北市',
  '人口統計',
  '交通事故',
  '事故',
  '公園',
  '花園',
  'データセット',
  '교통사고',
  '대기질',
  '서울특별시',
  '학교 현황',
  '버스',
  '버스노선',
  '인구통계를',
  'รายเดือน',
  'ปริมาณน้ำฝน',
  'น้ำ',
  'โรงพยาบาล',
  'ข้อมูล',
  'đường bộ',
  'duong',
  'bệnh viện',
  'chất lượng không khí',
  'जिला अस्पताल',
  'जनसंख्या',
  'ទិន្នន័យ',
  'ဆေးရုံ',
  'Kualitas Udara',
  '𠮷野家',
  '一',
  '水',
];
const countries = ['TW', 'JP', 'KR', 'TH', 'VN'];
const themes = ['transport', 'health-care', 'environment-climate', 'unclassified'];
const formats = ['CSV', 'XLSX', 'JSON', 'PDF', 'SHP'];
const offices = ['臺北市政府', '東京都', '서울특별시', 'กรมอุตุนิยมวิทยา', 'Open Data Office', 'Bộ Y tế'];
const sources = ['tw-a', 'jp-b', 'kr-c'];

export function makeRandom(seed: number) {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const several = <T>(list: readonly T[], most: number): readonly T[] =>
    Array.from({ length: below(most + 1) }, () => pick(list));
  const joined = (count: number): string =>
    Array.from({ length: count }, () => pick(words)).join(pick([' ', '', '、', '\n', ' / ']));
  return { random, below, pick, several, joined };
}

export type Random = ReturnType<typeof makeRandom>;

export function randomDocument(id: string, random: Random): IndexDocument {
  const { below, pick, several, joined } = random;
  const date = `20${10 + below(15)}-0${1 + below(9)}-1${below(10)}`;
  const modified = pick([undefined, date, date, `${date}T09:30+09:00`]);
  const document = documentOf({
    id,
    title: joined(1 + below(3)),
    keywords: several(words, 4),
    publisher: pick(offices),
    description: joined(below(14)),
    identifiers: [`id-${below(300)}`, ...several(['A01-0005', 'A01', '0005'], 1)],
    country: pick(countries),
    theme: pick(themes),
    formats: [...new Set(several(formats, 3))],
    openness: pick(['open', 'not-open', 'unknown']),
    language: pick(['zh-Hant', 'ja', 'ko', 'und']),
    sourceId: pick(sources),
    ...(modified === undefined ? {} : { modified }),
  });
  // A second language now and then, so that fields and facets hold several values.
  const spoken =
    below(4) > 0
      ? document
      : { ...document, titles: [...document.titles, joined(1)], descriptions: [joined(5), joined(20)] };
  return below(3) > 0 ? spoken : { ...spoken, stored: { ...spoken.stored, group: randomGroup(id, random) } };
}

/** Groups of some ten copies; some of them are called after a document that is there, and now and then after this one. */
function randomGroup(id: string, { below, pick }: Random): NonNullable<IndexDocument['stored']['group']> {
  const name = pick([id, `d${(below(20) * 7919) % 10_007}`, `d${(below(20) * 7919) % 10_007}`]);
  return { id: name, members: [{ id: name, sourceId: 'a' }] };
}

export function randomRequest(random: Random): SearchRequest {
  const { below, pick } = random;
  const sort: SortOrder = pick(['relevance', 'relevance', 'modified', 'title']);
  const offset = pick([0, 0, 0, 1, 7, 50, 400, 10_050]);
  return requestOf(randomText(random), {
    sort,
    offset,
    limit: pick([1, 10, 20, 100, 1000]),
    facetLimit: pick([0, 3, 10, 1000]),
    filters: below(2) === 0 ? {} : randomFilters(random),
  });
}

function randomText(random: Random): string {
  const { below, pick } = random;
  const word = pick(words);
  const start = below(word.length);
  const piece = word.slice(start, start + 1 + below(4));
  switch (below(9)) {
    case 0:
      return '';
    case 1:
      return word;
    case 2:
      return `${pick(words)} ${word}`;
    case 3:
      return `"${word} ${pick(words)}"`;
    case 4:
      return `"${word}`.concat(pick(['"', '', '*']));
    case 5:
      return `${piece}*`;
    case 6:
      return pick([...word]);
    case 7:
      return pick([`id-${below(300)}`, 'A01-0005', '0005', pick(words) + pick(words)]);
    default:
      return `${piece} ${pick(words)} ${pick(['', 'd*', '市', 'น้ำ'])}`;
  }
}

function randomFilters({ below, several }: Random): SearchRequest['filters'] {
  return {
    ...(below(2) === 0 && { country: several([...countries, 'XX'], 2) }),
    ...(below(3) === 0 && { theme: several(themes, 2) }),
    ...(below(2) === 0 && { format: several(formats, 3) }),
    ...(below(4) === 0 && { licence: several(['open', 'unknown'], 2) }),
    ...(below(3) === 0 && { publisher: several(offices, 3) }),
    ...(below(3) === 0 && { language: several(['ja', 'ko', 'und'], 2) }),
    ...(below(4) === 0 && { source: several(sources, 2) }),
  };
}
