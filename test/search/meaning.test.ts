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
    expect(reading.relaxed).toEqual(['시간표']);
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
