/** `/api/v1/search`: the index asked by programs. */
import type { Context } from 'hono';
import type { SearchAnswer, SearchHit } from '../../search/search-contract.ts';
import type { LabelLanguage } from '../../vocabulary/label-file.ts';
import { findLabelLanguage } from '../../vocabulary/label-language.ts';
import { datasetApiAddress, permanentAddress } from '../addresses.ts';
import { unchanged, weakTag } from '../conditional.ts';
import { type MeaningWords, meaningWords } from '../meaning-words.ts';
import { type Filters, filterNames } from '../search-filters.ts';
import { cleanQuery, cutQuery, maximumQueryLength } from '../search-form.ts';
import type { ServeOptions } from '../serve-options.ts';
import { textsOf } from '../texts/texts.ts';
import type { SearchAnswerBody } from './answer-schemas.ts';
import { problemResponse } from './api-error.ts';
import { otherCopies } from './copies-body.ts';
import { glossBody, readingBody, whyBody } from './meaning-body.ts';
import { maximumQueryBytes, type ReadParameters, readParameters, searchParameters } from './search-parameters.ts';

const cacheControl = 'public, max-age=60';

interface ApiSearch {
  readonly text: string;
  readonly queryWasCut: boolean;
  readonly filters: Filters;
  readonly sort: 'relevance' | 'modified' | 'title';
  readonly offset: number;
  readonly limit: number;
  readonly facets: number;
  readonly meaning: boolean;
  /** Of the labels. */
  readonly language: LabelLanguage;
}

export async function searchApi({ index, baseUrl, terminology }: ServeOptions, c: Context): Promise<Response> {
  const url = new URL(c.req.url);
  const queryBytes = new TextEncoder().encode(url.searchParams.get('q') ?? '').length;
  if (queryBytes > maximumQueryBytes) {
    return problemResponse(baseUrl, {
      kind: 'query-too-long',
      detail: `q: found ${queryBytes} bytes; expected at most ${maximumQueryBytes}`,
      instance: url.pathname,
    });
  }
  const read = readSearch(url.searchParams);
  if (!read.ok) {
    return problemResponse(baseUrl, { kind: 'bad-parameter', detail: read.detail, instance: url.pathname });
  }
  const { generation, changeNumber } = index.status();
  const tagOf = (state: Pick<SearchAnswer, 'generation' | 'changeNumber'>): string =>
    weakTag(`${terminology.version} ${state.generation}.${state.changeNumber} ${url.pathname}${url.search}`);
  const early = unchanged(c, tagOf({ generation, changeNumber }), cacheControl);
  if (early !== undefined) return early;
  const { facets, queryWasCut, ...request } = read.value;
  const answer = await index.search({ ...request, facetLimit: facets });
  const words = meaningWords(terminology, request.language);
  return c.json(searchBody({ baseUrl, url, words }, read.value, answer), 200, {
    // Of the state that answered, which may be newer than the one asked above.
    ETag: tagOf(answer),
    'Cache-Control': cacheControl,
    'Server-Timing': `search;dur=${answer.tookMs.toFixed(2)}`,
  });
}

function readSearch(parameters: URLSearchParams): ReadParameters<ApiSearch> {
  const read = readParameters(searchParameters, parameters);
  if (!read.ok) return read;
  const { q, sort, page, offset, limit, facets, meaning, lang } = read.value;
  if (page !== undefined && offset !== undefined) {
    return { ok: false, detail: 'page and offset: found both; expected one of them' };
  }
  const typed = cleanQuery(q);
  const text = cutQuery(typed);
  const filters = Object.fromEntries(filterNames.flatMap((name) => entryOf(name, read.value[name])));
  return {
    ok: true,
    value: {
      text,
      queryWasCut: text.length < typed.length,
      filters,
      sort,
      offset: offset ?? ((page ?? 1) - 1) * limit,
      limit,
      facets,
      meaning: meaning === 'on',
      language: findLabelLanguage(lang) ?? 'en',
    },
  };
}

function entryOf(name: string, values: readonly string[] | undefined): [string, readonly string[]][] {
  return values === undefined ? [] : [[name, values]];
}

interface Asked {
  readonly baseUrl: string;
  readonly url: URL;
  readonly words: MeaningWords;
}

function searchBody({ baseUrl, url, words }: Asked, search: ApiSearch, answer: SearchAnswer): SearchAnswerBody {
  const cut = search.queryWasCut ? [textsOf.en.noticeCut(String(maximumQueryLength))] : [];
  const next = search.offset + answer.hits.length;
  return {
    total: answer.total,
    offset: search.offset,
    limit: search.limit,
    hits: answer.hits.map((hit) => ({
      ...hitBody(baseUrl, hit),
      ...glossBody(hit.stored.title, hit.stored.terms, words),
      why: whyBody(hit.why, answer.reading, words),
    })),
    facets: Object.fromEntries(Object.entries(answer.facets).map(([name, counts]) => [name, [...counts]])),
    notices: [...cut, ...answer.notices],
    ...(answer.didYouMean === undefined ? {} : { didYouMean: answer.didYouMean }),
    reading: readingBody(answer.reading, search.meaning, words),
    ...(answer.hits.length > 0 && next < answer.total ? { next: nextAddress(baseUrl, url, next) } : {}),
    index: { generation: answer.generation, changeNumber: answer.changeNumber },
  };
}

function nextAddress(baseUrl: string, url: URL, offset: number): string {
  const parameters = new URLSearchParams(url.search);
  parameters.delete('page');
  parameters.set('offset', String(offset));
  return `${baseUrl}${url.pathname}?${parameters}`;
}

type HitBody = Omit<SearchAnswerBody['hits'][number], 'gloss' | 'why'>;

function hitBody(baseUrl: string, { id, score, stored, title, snippet }: SearchHit): HitBody {
  const { openness } = stored;
  return {
    id,
    score,
    title: stored.title,
    titleLang: stored.titleLang,
    publisher: stored.publisher,
    country: stored.country,
    sourceId: stored.sourceId,
    theme: stored.theme,
    licence: { id: stored.licenceId, openness: openness === 'open' || openness === 'not-open' ? openness : 'unknown' },
    formats: [...stored.formats],
    distributions: stored.distributions,
    ...(stored.modified === undefined ? {} : { modified: stored.modified }),
    highlight: { title: highlightBody(title), snippet: highlightBody(snippet) },
    permanentAddress: `${baseUrl}${permanentAddress(id)}`,
    dataset: `${baseUrl}${datasetApiAddress(id)}`,
    ...(stored.group === undefined ? {} : { group: stored.group.id }),
    copies: otherCopies(baseUrl, id, stored.group),
  };
}

function highlightBody({ text, ranges }: SearchHit['title']): { text: string; ranges: number[][] } {
  return { text, ranges: ranges.map(([start, end]) => [start, end]) };
}
