import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import { readQuery } from '../../src/search/read-query.ts';
import type { IndexDocument, SearchAnswer } from '../../src/search/search-contract.ts';
import { loadTerminology, type Terminology } from '../../src/vocabulary/terminology.ts';
import { documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';

const lexicon = `
public-transport:
  en: public transport
  zh-Hant: 大眾運輸
bus:
  broader: public-transport
  en: bus
  zh-Hant: 公車
  ja: バス
  ko: 버스
reservoir-level:
  en: dam level | reservoir level
  zh-Hant: 水庫水位
  ko: 저수율
`;
const forms = `
timetable:
  role: form
  en: timetable | schedule
  zh-Hant: 時刻表
  ja: 時刻表
  ko: 시간표
`;
const places = `
tw:
  kind: country
  en: Taiwan
  zh-Hant: 臺灣
tw-taipei:
  kind: division
  iso: TW-TPE
  within: tw
  en: Taipei
  zh-Hant: 臺北
  ko: 타이베이
`;
const functionWords = `
question:
  ko: 받을 수 있는 곳 있나요
  en: where can i get
particle:
  en: the | of
  id: di | yang
data:
  ko: 자료
  en: data
`;

let terminology: Terminology;

beforeAll(async () => {
  await inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'lexicon'));
    await mkdir(join(folder, 'places'));
    await writeFile(join(folder, 'lexicon', 'transport.yaml'), lexicon);
    await writeFile(join(folder, 'lexicon', 'forms.yaml'), forms);
    await writeFile(join(folder, 'places', 'tw.yaml'), places);
    await writeFile(join(folder, 'function-words.yaml'), functionWords);
    terminology = await loadTerminology(folder);
  });
});

function parts(text: string, language?: string): readonly string[] {
  const query = readQuery(text, { terminology, ...(language === undefined ? {} : { language }) });
  return query.parts.map(({ source, meanings }) => {
    const own = meanings.filter(({ weight }) => weight === 1).map(({ id }) => id);
    return own.length === 0 ? source : `${source}=${own.join('+')}`;
  });
}

describe('a query is read the same in every language', () => {
  test('bus timetable Taipei in three languages', () => {
    expect(parts('bus timetable Taipei')).toEqual(['bus=bus', 'timetable=timetable', 'Taipei=tw-taipei']);
    expect(parts('台北 公車時刻表')).toEqual(['台北=tw-taipei', '公車=bus', '時刻表=timetable']);
    expect(parts('타이베이 버스 시간표')).toEqual(['타이베이=tw-taipei', '버스=bus', '시간표=timetable']);
  });

  test('words of a question are let go, with the grammar that hangs on what is asked', () => {
    expect(parts('전국 다목적댐 저수율을 자료 받을 수 있는 곳 있나요?')).toEqual([
      '전국',
      '다목적댐',
      '저수율=reservoir-level',
    ]);
    expect(parts('where can I get the dam levels')).toEqual(['dam levels=reservoir-level']);
  });

  test('a question that asks for nothing else asks for its words; quotations are words', () => {
    expect(parts('data')).toEqual(['data']);
    expect(parts('"bus" timetable')).toEqual(['bus', 'timetable=timetable']);
  });

  test('a lone small word of another language may be a name', () => {
    expect(parts('bus di')).toEqual(['bus=bus', 'di']);
    expect(parts('bus di', 'id')).toEqual(['bus=bus']);
  });
});

const documents: readonly IndexDocument[] = [
  about(documentOf({ id: 'ja', title: '都営バス時刻表', country: 'JP' }), 'bus', 'timetable'),
  about(documentOf({ id: 'tw', title: '臺北市公車路線', country: 'TW' }), 'bus'),
  about(documentOf({ id: 'en', title: 'Bus timetable', country: 'SG' }), 'bus', 'timetable'),
  documentOf({ id: 'no', title: 'Land prices', country: 'SG' }),
];

function about(document: IndexDocument, ...ids: readonly string[]): IndexDocument {
  const terms = ids.map((id) => ({ kind: 'concept' as const, id, field: 'titles' as const, words: id }));
  return { ...document, terms, stored: { ...document.stored, terms } };
}

async function answer(text: string, meaning = true): Promise<SearchAnswer> {
  return ask(documents, text, meaning);
}

async function ask(documents: readonly IndexDocument[], text: string, meaning = true): Promise<SearchAnswer> {
  return inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, documents, changeNumber: 1, versions });
    const index = await openSearchIndex({ folder, versions, terminology, workers: 0, pollMs: 0 });
    try {
      return await index.search(requestOf(text, { meaning }));
    } finally {
      await index.close();
    }
  });
}

describe('a part is found as text or as what it means', () => {
  test('documents in other languages are found, those with every part first', async () => {
    const { hits, reading } = await answer('버스 시간표');
    expect(hits.map(({ id }) => id)).toEqual(['en', 'ja', 'tw']);
    // A word for the form of data only orders the answers.
    expect(reading.relaxed).toEqual([]);
    expect(hits[0]?.why.map(({ source, id }) => `${source}=${id}`)).toEqual(['버스=bus', '시간표=timetable']);
  });

  test('what is narrower is found under the broader concept, with less weight', async () => {
    const { hits } = await answer('public transport');
    expect(hits.map(({ id }) => id).sort()).toEqual(['en', 'ja', 'tw']);
  });

  test('only my words: nothing but the words', async () => {
    expect((await answer('버스 시간표', false)).total).toBe(0);
    expect((await answer('bus', false)).hits.map(({ id }) => id)).toEqual(['en']);
  });

  test('a word that nothing has is let go before all others, and named', async () => {
    const { hits, reading } = await answer('bus zzyzx');
    expect(hits).toHaveLength(3);
    expect(reading.relaxed).toEqual(['zzyzx']);
  });
});

describe('a year is one year in every calendar', () => {
  const byCalendar: readonly IndexDocument[] = [
    documentOf({ id: 'roc', title: '112年度交通事故' }),
    documentOf({ id: 'reiwa', title: '令和5年度 交通事故', country: 'JP' }),
    documentOf({ id: 'buddhist', title: 'จำนวนอุบัติเหตุ ปี 2566', country: 'TH' }),
    documentOf({ id: 'common', title: '교통사고 2023년', country: 'KR' }),
    documentOf({ id: 'described', title: 'Accidents', description: 'Accidents of the year 2023.' }),
    documentOf({ id: 'amount', title: 'Accidents in 2023 villages' }),
    documentOf({ id: 'other', title: 'Accidents 2022' }),
    documentOf({ id: 'number', title: 'Form 112', country: 'TH' }),
  ];

  test.each(['民國112年', '112年度', '令和5年', 'R5', 'พ.ศ. 2566', '２０２３年', 'năm 2023'])('%s', async (text) => {
    const { hits, reading } = await ask(byCalendar, text);
    expect(hits.map(({ id }) => id).sort()).toEqual(['buddhist', 'common', 'described', 'reiwa', 'roc']);
    expect(reading.parts).toEqual([{ source: text, kind: 'year', meanings: [{ kind: 'year', id: '2023' }] }]);
  });

  test('as a number it is found as typed, too', async () => {
    expect((await ask(byCalendar, '2023')).hits.map(({ id }) => id)).toContain('amount');
    expect((await ask(byCalendar, '112')).hits.map(({ id }) => id).sort()).toEqual(['number', 'roc']);
  });

  test('only my words: the year as it is typed', async () => {
    expect((await ask(byCalendar, '令和5年', false)).hits.map(({ id }) => id)).toEqual(['reiwa']);
  });

  test('beside other words it constrains, and a code or a day is not taken apart', async () => {
    expect(
      (await ask(byCalendar, '交通事故 2023')).hits
        .map(({ id }) => id)
        .slice(0, 2)
        .sort(),
    ).toEqual(['reiwa', 'roc']);
    expect(parts('TA2023')).toEqual(['TA2023']);
    expect(parts('令和5年の公車')).toEqual(['令和5年=2023', '公車=bus']);
    expect(parts('2023년의 버스')).toEqual(['2023년=2023', '버스=bus']);
  });
});
