/**
 * The titles of the captured catalogues with what the lexicon finds in them: each distinct title once. Two titles are one
 * when they differ only in digits and in the names of places that were recognised, as a yearly or a city by city series does.
 */
import { recogniseRecord } from '../../src/enrich/recognise-record.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { RecognisedTerm } from '../../src/model/recognised-term.ts';
import type { Terminology } from '../../src/vocabulary/terminology.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { capturedRecords } from '../relevance/captured-records.ts';
import { relevanceSources } from '../relevance/relevance-sources.ts';
import { bareRecord } from '../themes/bare-dataset.ts';

export interface CapturedTitle {
  /** Source id of the relevance set, and the record's id there: of the first record with this title. */
  readonly source: string;
  readonly id: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly title: string;
  /** The title with digits, recognised places and names of months folded: the same in all parts of a monthly series. */
  readonly series: string;
  /** Without forms of data: a title that says only "statistics" says nothing of a subject. */
  readonly concepts: readonly Pick<RecognisedTerm, 'id' | 'words'>[];
}

export const measuredCountries = ['KR', 'TW', 'JP', 'IN', 'MY', 'SG', 'TH'] as const;

/** `every`: only each n-th record of a catalogue is read, for a quick look. */
export function capturedTitles(
  terminology: Terminology,
  vocabulary: Vocabulary,
  every: number,
): readonly CapturedTitle[] {
  const titles = new Map<string, CapturedTitle>();
  const seen = new Set<string>();
  let number = 0;
  for (const { source, id, dataset } of measuredRecords(vocabulary)) {
    if (number++ % every !== 0) continue;
    const title = dataset.title.map(({ text }) => text).join(' / ');
    const agency = (dataset.publisher?.name ?? []).map(({ text }) => text).join(' ');
    // The agency's own name in a title is no subject of the record, so the same title of another agency may read otherwise.
    const plain = `${dataset.country} ${agency} ${foldDigits(title)}`;
    if (title === '' || seen.has(plain)) continue;
    seen.add(plain);
    const terms = titleTerms(dataset, terminology);
    const key = `${dataset.country} ${foldDigits(foldPlaces(title, terms))}`;
    if (titles.has(key)) continue;
    const concepts = subjectsOf(terms, terminology);
    titles.set(key, { source, id, country: dataset.country, title, series: foldMonths(key), concepts });
  }
  return [...titles.values()];
}

export function* measuredRecords(vocabulary: Vocabulary) {
  const measured = new Set<string | undefined>(measuredCountries);
  const sources = relevanceSources().filter(({ country }) => measured.has(country));
  yield* capturedRecords(sources, vocabulary);
}

function titleTerms(dataset: Dataset, terminology: Terminology): readonly RecognisedTerm[] {
  const titleOnly = { ...dataset, description: [], keywords: [] };
  return recogniseRecord(bareRecord(titleOnly), terminology).filter(({ field }) => field === 'titles');
}

function subjectsOf(terms: readonly RecognisedTerm[], { lexicon }: Terminology): CapturedTitle['concepts'] {
  return terms
    .filter(({ kind, id }) => kind === 'concept' && lexicon.concepts.get(id)?.isForm === false)
    .map(({ id, words }) => ({ id, words }));
}

function foldPlaces(title: string, terms: readonly RecognisedTerm[]): string {
  return terms
    .filter(({ kind }) => kind === 'place')
    .sort((a, b) => b.words.length - a.words.length)
    .reduce((folded, { words }) => folded.replaceAll(words, '@'), title);
}

function foldDigits(text: string): string {
  return text.replace(/\p{Nd}+/gu, '#').toLowerCase();
}

/** The first title of each series. */
export function oncePerSeries(titles: readonly CapturedTitle[]): readonly CapturedTitle[] {
  const first = new Map<string, CapturedTitle>();
  for (const title of titles) if (!first.has(title.series)) first.set(title.series, title);
  return [...first.values()];
}

/** English, Malay and Thai names, as the captured titles write them; other languages number their months. */
const monthNames = new RegExp(
  [
    String.raw`\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?)\b`,
    String.raw`\b(?:nov(?:ember)?|dec(?:ember)?|januari|februari|mac|mei|jun|julai|ogos?|okt(?:ober)?|dis(?:ember)?)\b`,
    '(?:มกรา|มีนา|พฤษภา|กรกฎา|สิงหา|ตุลา|ธันวา)คม|กุมภาพันธ์|(?:เมษา|มิถุนา|กันยา|พฤศจิกา)ยน',
    String.raw`(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.`,
  ].join('|'),
  'gu',
);

function foldMonths(folded: string): string {
  return folded.replace(monthNames, '#');
}
