/**
 * What a record's own words name: concepts and places of the vocabulary, each with the words that caused it. Pure. Nothing
 * is taken from an agency's name but the place it stands for: a water agency publishes budgets too.
 */
import type { CatalogueRecord } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { RecognisedTerm } from '../model/recognised-term.ts';
import type { LabelMatch } from '../vocabulary/label-matcher.ts';
import { type Terminology, termTarget } from '../vocabulary/terminology.ts';
import type { FoundTerm } from './found-term.ts';
import { resolvePlaces } from './resolve-places.ts';

/** Descriptions say more about everything the further they go; UTF-16 units that are looked at. */
const lookThrough = 400;

/** Keywords that are looked at: real ones are few, and a list of thousands names nothing. */
const mostKeywords = 40;

/** Languages that governments of a country publish in, for texts that say no language themselves. */
const publishedIn: Readonly<Record<string, readonly string[]>> = {
  TW: ['zh-Hant'],
  JP: ['ja'],
  KR: ['ko'],
  IN: ['hi'],
  ID: ['id'],
  MY: ['ms'],
  TH: ['th'],
  SG: ['zh-Hans', 'ms'],
  PH: ['fil'],
  VN: ['vi'],
  KH: ['km'],
  MM: ['my'],
};

export function recogniseRecord({ dataset }: CatalogueRecord, terminology: Terminology): readonly RecognisedTerm[] {
  const agencies = (dataset.publisher?.name ?? []).map(({ text }) => text);
  const find = (field: FoundTerm['field'], texts: LangText) => {
    return texts.flatMap(({ text, lang }) =>
      findIn(text, lang, { field, country: dataset.country, agencies }, terminology),
    );
  };
  const cut = dataset.description.map(({ text, lang }) => ({ text: text.slice(0, lookThrough), lang }));
  const found = [
    ...find('titles', dataset.title),
    ...find('keywords', dataset.keywords.slice(0, mostKeywords)),
    ...find('publisher', dataset.publisher?.name ?? []).map((term) => ({ ...term, concepts: [] })),
    ...find('descriptions', cut),
  ];
  const terms = [...conceptsOf(found), ...resolvePlaces(found, dataset.country, terminology.gazetteer)];
  return distinctTerms(inTextOrder(terms, found));
}

/** As the texts say them, a place before what it lies in. */
function inTextOrder(terms: readonly RecognisedTerm[], found: readonly FoundTerm[]): readonly RecognisedTerm[] {
  const places = new Map<string, number>();
  const key = ({ field, words }: Pick<FoundTerm, 'field' | 'words'>): string => `${field} ${words}`;
  for (const [place, each] of found.entries()) if (!places.has(key(each))) places.set(key(each), place);
  const placeOf = (term: RecognisedTerm): number => places.get(key(term)) ?? found.length;
  return [...terms].sort((a, b) => placeOf(a) - placeOf(b));
}

interface Where {
  readonly field: FoundTerm['field'];
  readonly country: string;
  readonly agencies: readonly string[];
}

function findIn(text: string, lang: string, where: Where, { matcher }: Terminology): readonly FoundTerm[] {
  const languages = new Set(
    lang === 'und' ? (publishedIn[where.country] ?? []) : [lang, ...(publishedIn[where.country] ?? [])],
  );
  const agencyNames = where.field === 'publisher' ? [] : rangesOf(text, where.agencies);
  return matcher.match(text, languages).map((match) => {
    const targets = match.targets.map(termTarget);
    const inAgency = agencyNames.some(([start, end]) => start <= match.start && match.end <= end);
    return {
      field: where.field,
      words: wordsOf(text, match),
      concepts: inAgency ? [] : targets.flatMap(({ kind, id }) => (kind === 'concept' ? id : [])),
      places: targets.flatMap(({ kind, id }) => (kind === 'place' ? id : [])),
    };
  });
}

function wordsOf(text: string, { start, end }: LabelMatch): string {
  return text.slice(start, end);
}

/** Where the agency's own name stands in the text (data.go.kr puts it before every title). */
function rangesOf(text: string, names: readonly string[]): readonly (readonly [number, number])[] {
  return names.flatMap((name) => {
    const start = name === '' ? -1 : text.indexOf(name);
    return start === -1 ? [] : [[start, start + name.length] as const];
  });
}

function conceptsOf(found: readonly FoundTerm[]): readonly RecognisedTerm[] {
  return found.flatMap(({ field, words, concepts }) =>
    concepts.map((id) => ({ kind: 'concept' as const, id, field, words })),
  );
}

/** Each term once a field, with the words that came first. */
function distinctTerms(terms: readonly RecognisedTerm[]): readonly RecognisedTerm[] {
  const distinct = new Map<string, RecognisedTerm>();
  for (const term of terms) {
    const key = `${term.kind} ${term.id} ${term.field}`;
    if (!distinct.has(key)) distinct.set(key, term);
  }
  return [...distinct.values()];
}
