/** What the captures give the bench: real records as index documents, and real titles to vary. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { IndexDocument } from '../../src/search/search-contract.ts';
import { capture } from '../../test/support/captures.ts';

/** A record before it is numbered. */
export interface Entry {
  readonly nativeId: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly publisher: string;
  readonly country: string;
  readonly language: string;
  readonly theme: string;
  readonly formats: readonly string[];
  readonly licenceId: string;
  readonly openness: string;
  readonly modified?: string;
}

interface TokyoPackage {
  readonly id: string;
  readonly title: string;
  readonly notes: string | null;
  readonly tags: readonly { readonly name: string }[];
  readonly groups: readonly { readonly title: string }[];
  readonly organization: { readonly title: string } | null;
  readonly license_id: string | null;
  readonly metadata_modified: string;
  readonly resources: readonly { readonly format: string | null }[];
}

/** Tokyo (5,077), Korea (61,359), the Thai seeds (about 1,200). */
export function capturedEntries(): Entry[] {
  return [...tokyo(), ...korea(), ...thailand()];
}

function tokyo(): Entry[] {
  const lines = linesOf('data', 'jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz');
  return lines.map((line) => {
    const { result } = (JSON.parse(line) as { body: { result: TokyoPackage } }).body;
    return {
      nativeId: result.id,
      title: result.title,
      description: result.notes ?? '',
      keywords: result.tags.map((tag) => tag.name),
      publisher: result.organization?.title ?? '',
      country: 'JP',
      language: 'ja',
      theme: themeOf(result.groups[0]?.title ?? ''),
      formats: [...new Set(result.resources.map((each) => (each.format ?? '').toUpperCase()).filter(Boolean))],
      licenceId: result.license_id ?? 'unknown',
      openness: result.license_id === null ? 'unknown' : 'open',
      modified: result.metadata_modified.slice(0, 10),
    };
  });
}

function korea(): Entry[] {
  return linesOf('data', 'kr', 'data.go.kr', 'openData.jsonl.gz').map((line) => {
    const row = JSON.parse(line) as Readonly<Record<string, string | number | null>>;
    const text = (name: string): string => String(row[name] ?? '');
    return {
      nativeId: text('목록키'),
      title: text('목록명'),
      description: text('목록설명'),
      keywords: [text('분류체계')].filter(Boolean),
      publisher: text('기관명'),
      country: 'KR',
      language: 'ko',
      theme: themeOf(text('분류체계')),
      formats: [text('목록유형') === 'API' ? 'API' : 'CSV'],
      licenceId: 'KOGL-1',
      openness: 'open',
      modified: text('목록.수정일'),
    };
  });
}

/** The seeds are SQL: the first values of each row are id, title, description, publisher, keywords as JSON. */
function thailand(): Entry[] {
  const row = /VALUES \('((?:[^']|'')*)','((?:[^']|'')*)','((?:[^']|'')*)','((?:[^']|'')*)','(\[[^']*\])'/u;
  return linesOf('data', 'th', 'data.go.th', 'catalog-seed-11.sql.gz').flatMap((line) => {
    const found = row.exec(line);
    if (found === null) return [];
    const [nativeId = '', title = '', description = '', publisher = ''] = found
      .slice(1)
      .map((text) => text.replaceAll("''", "'"));
    const keywords = JSON.parse(found[5] ?? '[]') as string[];
    return [
      {
        nativeId,
        title,
        description,
        keywords,
        publisher,
        country: 'TH',
        language: 'th',
        theme: themeOf(publisher),
        formats: ['CSV', 'XLSX'],
        licenceId: 'unknown',
        openness: 'unknown',
      },
    ];
  });
}

/** A pool of titles of one portal, to be varied. */
export interface TitlePool {
  readonly country: string;
  readonly language: string;
  readonly titles: readonly string[];
}

export function titlePools(entries: readonly Entry[]): readonly TitlePool[] {
  const taiwan = linesOf('data', 'tw', 'data.gov.tw', 'data_title.txt.gz');
  const india = linesOf('data', 'in', 'data.gov.in', 'resources.jsonl.gz').map(
    (line) => (JSON.parse(line) as { title: string }).title,
  );
  const malaysia = linesOf('data', 'my', 'data.gov.my', 'data-catalogue.jsonl.gz').map(
    (line) => (JSON.parse(line) as { body: { title_ms?: string } }).body.title_ms ?? '',
  );
  const thai = entries.filter((entry) => entry.country === 'TH').map((entry) => entry.title);
  return [
    { country: 'TW', language: 'zh-Hant', titles: taiwan },
    { country: 'IN', language: 'en', titles: india },
    { country: 'TH', language: 'th', titles: thai },
    { country: 'MY', language: 'ms', titles: malaysia.filter((title) => title !== '') },
  ];
}

export function documentFromEntry(entry: Entry, number: number): IndexDocument {
  const { title, description, publisher, country, formats, theme, openness, licenceId, modified } = entry;
  const id = `b${number.toString(36).padStart(8, '0')}`;
  const sourceId = `${country.toLowerCase()}-bench`;
  const dated = modified === undefined || modified === '' ? {} : { modified };
  return {
    id,
    titles: [title],
    keywords: entry.keywords,
    publisher: publisher === '' ? [] : [publisher],
    descriptions: description === '' ? [] : [description],
    terms: [],
    identifiers: [id, `${country}:${entry.nativeId}`],
    facets: {
      country: [country],
      theme: [theme],
      format: formats,
      licence: [openness],
      publisher: publisher === '' ? [] : [publisher],
      language: [entry.language],
    },
    sourceId,
    ...dated,
    stored: {
      title,
      titleLang: entry.language,
      description,
      publisher,
      country,
      sourceId,
      theme,
      licenceId,
      openness,
      formats,
      distributions: formats.length,
      terms: [],
      ...dated,
    },
  };
}

const themes = [
  'public-services',
  'agriculture-food',
  'health-care',
  'finance-economy',
  'society-population',
  'education-culture',
  'environment-climate',
  'transport',
  'energy-resources',
  'disaster-safety',
  'science-digital',
  'land-cities',
];

/** Twelve values that go with the portal's category; which is which does not matter here. */
export function themeOf(category: string): string {
  if (category === '') return 'unclassified';
  let sum = 0;
  for (const character of category) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return themes[sum % themes.length] ?? 'unclassified';
}

function linesOf(...parts: readonly string[]): readonly string[] {
  const text = gunzipSync(readFileSync(capture(...parts))).toString('utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}
