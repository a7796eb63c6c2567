/** What is asked: 210 queries a class, drawn from the corpus itself, a third of them with filters. */
import type { IndexDocument, SearchRequest } from '../../src/search/search-contract.ts';
import { analyseInto } from '../../src/text/analyse.ts';
import { parseQuery } from '../../src/text/parse-query.ts';
import type { Corpus } from './corpus.ts';
import { type Random, seededRandom } from './random.ts';

export const queryClasses = ['rare', 'several', 'common', 'prefix', 'han', 'hangul', 'thai'] as const;
export type QueryClass = (typeof queryClasses)[number];
export type Queries = Readonly<Record<QueryClass, readonly SearchRequest[]>>;

const perClass = 210;

export function makeQueries(corpus: Corpus): Queries {
  const random = seededRandom(7);
  const { documents, frequencies } = corpus;
  const byFrequency = [...frequencies].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rare = byFrequency.filter(([, count]) => count >= 2 && count <= 20).map(([term]) => term);
  // A single character of a bigram script asks for all pairs that begin with it: that is the class `prefix`.
  const words = byFrequency.filter(([term], i) => i < perClass * 3 && parseQuery(term).clauses[0]?.prefix === false);
  const common = words.slice(0, perClass).map(([term]) => term);
  const texts: Record<QueryClass, () => string> = {
    rare: () => random.pick(rare),
    several: () => severalTerms(random.pick(documents), random),
    common: sequence(common),
    prefix: () => `${[...random.pick(byFrequency.slice(0, 50_000))[0]].slice(0, 1 + random.below(3)).join('')}*`,
    han: () => innerText(random.pick(documents), /\p{Script=Han}+/gu, random),
    hangul: () => innerText(random.pick(documents), /\p{Script=Hangul}+/gu, random),
    thai: () => innerText(random.pick(documents), /\p{Script=Thai}+/gu, random),
  };
  return Object.fromEntries(
    queryClasses.map((name) => [name, requestsOf(texts[name], documents, random)]),
  ) as unknown as Queries;
}

function requestsOf(
  textOf: () => string,
  documents: readonly IndexDocument[],
  random: Random,
): readonly SearchRequest[] {
  const requests: SearchRequest[] = [];
  const seen = new Set<string>();
  for (let tries = 0; requests.length < perClass && tries < 2_000_000; tries++) {
    const text = textOf();
    if (text === '' || seen.has(text) || parseQuery(text).clauses.length === 0) continue;
    seen.add(text);
    const filters = requests.length % 3 === 0 ? filtersLike(random.pick(documents), random) : {};
    requests.push({ text, filters, sort: 'relevance', offset: 0, limit: 20, facetLimit: 10 });
  }
  if (requests.length < perClass)
    throw new Error(`bench search: ${requests.length} queries drawn, expected ${perClass}`);
  return requests;
}

/** The facet values of some record, so that filters are as frequent as what they filter. */
function filtersLike({ facets }: IndexDocument, random: Random): SearchRequest['filters'] {
  switch (random.below(4)) {
    case 0:
      return { country: facets.country };
    case 1:
      return { theme: facets.theme, licence: ['open'] };
    case 2:
      return { format: facets.format.slice(0, 1) };
    default:
      return { language: facets.language, licence: ['open', 'unknown'] };
  }
}

function sequence(terms: readonly string[]): () => string {
  let next = 0;
  return () => terms[next++ % terms.length] ?? '';
}

/** Two to four terms of one record, so that there is at least one answer. */
function severalTerms({ titles, descriptions }: IndexDocument, random: Random): string {
  const terms: string[] = [];
  analyseInto([...titles, ...descriptions].join('\n'), (term, _position, _start, _end, kind) => {
    if (kind === 'unit' || kind === 'bigram') terms.push(term);
  });
  const count = 2 + random.below(3);
  if (terms.length < count) return '';
  return [...new Set(Array.from({ length: count }, () => random.pick(terms)))].join(' ');
}

/** Two to six characters out of a run of the script in the title; whole clusters, because a cut one need not be found. */
function innerText({ titles }: IndexDocument, script: RegExp, random: Random): string {
  const runs = [...(titles[0] ?? '').matchAll(script)].map((found) => found[0]).filter((run) => run.length >= 2);
  if (runs.length === 0) return '';
  const clusters = [...new Intl.Segmenter('en').segment(random.pick(runs))].map((each) => each.segment);
  const length = Math.min(clusters.length, 2 + random.below(5));
  const start = random.below(clusters.length - length + 1);
  return clusters.slice(start, start + length).join('');
}
