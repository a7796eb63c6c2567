/** Answers a request from one generation of the index. Pure: what it needs is in its parameters. */

import type { QueryClause } from '../text/analysis-contract.ts';
import { type Collapsed, collapseCopies, discountCopies } from './collapse-copies.ts';
import { countFacet, topFacetValues } from './count-facets.ts';
import { failedFilters, passingDocuments } from './filter-matches.ts';
import type { Generation, Part } from './generation.ts';
import { matchMeanings } from './match-meanings.ts';
import { type Matches, matchPart } from './match-part.ts';
import { matchRanges } from './match-ranges.ts';
import type { QueryPart } from './query-part.ts';
import { planQuery, type QueryPlan } from './query-plan.ts';
import { readingOf, whyMatched } from './query-reading.ts';
import type { ReadQuery } from './read-query.ts';
import { scoreMatches } from './score-matches.ts';
import type { SearchHit, SearchRequest } from './search-contract.ts';
import { type FacetCount, type FacetName, facetNames, type SearchAnswer } from './search-contract.ts';
import { snippetOf } from './snippet.ts';
import { storedOf } from './stored-fields.ts';
import { stringAt } from './string-table.ts';
import { type TopHit, TopHits } from './top-hits.ts';

/** Most hits one answer gives; more are reached by paging. */
const maxLimit = 1000;

interface PartMatches {
  readonly part: Part;
  readonly matches: Matches;
  /** One mask a match; absent when nothing is filtered. */
  readonly failed: Uint8Array | undefined;
  /** Documents that fail no filter. */
  readonly passing: Uint32Array;
  /** Aligned with the matches; 0 for those that fail a filter. */
  readonly scores: Float64Array;
}

export function searchGeneration(
  generation: Generation,
  request: SearchRequest,
  query: ReadQuery,
): Omit<SearchAnswer, 'tookMs'> {
  const { found, relaxed } = findAll(generation, request, query);
  const asked = { parts: query.parts, clauses: query.parts.flatMap(({ clauses }) => clauses) };
  const collapsed = collapseCopies(generation, found);
  const total = found.reduce((sum, { passing }) => sum + passing.length, 0) - collapsed.hiddenCount;
  const offset = Math.max(0, Math.trunc(request.offset));
  const limit = Math.min(maxLimit, Math.max(0, Math.trunc(request.limit)));
  const top = new TopHits(Math.min(total, offset + limit));
  for (const [index, each] of found.entries()) {
    top.beginPart(index);
    offerAll(top, each, collapsed.hidden[index], request.sort);
  }
  return {
    total,
    hits: top.take(offset).map((hit) => hitOf(found, hit, asked)),
    facets: request.facetLimit > 0 ? facetsOf(generation, found, request, collapsed) : {},
    notices: query.notices,
    reading: readingOf(query, relaxed),
    generation: generation.number,
    changeNumber: generation.changeNumber,
  };
}

/** Words alone, or parts of which each may be found by what it means. */
function findAll(
  generation: Generation,
  request: SearchRequest,
  query: ReadQuery,
): { readonly found: readonly PartMatches[]; readonly relaxed: readonly QueryPart[] } {
  if (query.parts.every(({ meanings }) => meanings.length === 0)) {
    const clauses = query.parts.flatMap((part) => part.clauses);
    const plan = planQuery(generation, clauses, query.identifier);
    return {
      found: generation.parts.map((part, index) => matchesOf(generation, request, plan, { part, index })),
      relaxed: [],
    };
  }
  const { parts, relaxed } = matchMeanings(generation, query, (part, matches) => {
    return failedFilters(part, matches, request.filters);
  });
  const found = parts.map(({ part, matches, scores }): PartMatches => {
    const failed = failedFilters(part, matches, request.filters);
    return { part, matches, failed, passing: passingDocuments(matches, failed), scores };
  });
  return { found, relaxed };
}

function matchesOf(
  generation: Generation,
  request: SearchRequest,
  plan: QueryPlan,
  place: { readonly part: Part; readonly index: number },
): PartMatches {
  const { part, index } = place;
  const partPlan = plan.parts[index] ?? { clauses: [], boosts: [] };
  const matches = matchPart(part, partPlan.clauses, plan.identifier);
  const failed = failedFilters(part, matches, request.filters);
  const scores = scoreMatches(part, { query: plan, part: partPlan }, { matches, failed }, generation.meanLengths);
  return { part, matches, failed, passing: passingDocuments(matches, failed), scores };
}

function offerAll(
  top: TopHits,
  { part, matches, failed, scores }: PartMatches,
  hidden: Uint8Array | undefined,
  sort: SearchRequest['sort'],
): void {
  for (let i = 0; i < matches.length; i++) {
    if ((failed !== undefined && failed[i] !== 0) || hidden?.[i] === 1) continue;
    const document = matches.documents[i] ?? 0;
    const idRank = part.idRanks[document] ?? 0;
    if (sort === 'relevance') top.offer(i, matches.lanes?.[i] ?? 0, scores[i] ?? 0, idRank);
    else top.offer(i, 0, sortKey(part, document, sort), idRank);
  }
}

/** Higher comes first. */
function sortKey(part: Part, document: number, sort: 'modified' | 'title'): number {
  return sort === 'modified'
    ? (part.segment.modified[document] ?? Number.NEGATIVE_INFINITY)
    : -(part.titleRanks[document] ?? 0);
}

function facetsOf(
  generation: Generation,
  found: readonly PartMatches[],
  request: SearchRequest,
  { groups }: Collapsed,
): Partial<Record<FacetName, readonly FacetCount[]>> {
  const facets: Partial<Record<FacetName, readonly FacetCount[]>> = {};
  for (const name of facetNames) {
    const counts = new Uint32Array(generation.filterValues[name].size);
    const isFiltered = (request.filters[name]?.length ?? 0) > 0;
    for (const { part, matches, failed, passing } of found) {
      const documents = isFiltered ? passingDocuments(matches, failed, name) : passing;
      countFacet(part, name, documents, counts);
    }
    discountCopies(generation, found, { name, isFiltered, counts }, groups);
    facets[name] = topFacetValues(generation, name, counts, request.facetLimit);
  }
  return facets;
}

interface Asked {
  readonly parts: readonly QueryPart[];
  readonly clauses: readonly QueryClause[];
}

function hitOf(found: readonly PartMatches[], hit: TopHit, { parts, clauses }: Asked): SearchHit {
  const place = found[hit.part];
  if (place === undefined)
    throw new Error(`search: no segment ${hit.part} in the generation; expected one of ${found.length}`);
  const { segment } = place.part;
  const document = place.matches.documents[hit.match] ?? 0;
  const stored = storedOf(segment, document);
  return {
    id: stringAt(segment.ids.table, segment.ids.values[document] ?? 0),
    score: place.scores[hit.match] ?? 0,
    stored,
    title: { text: stored.title, ranges: matchRanges(stored.title, clauses) },
    snippet: snippetOf(stored.description, clauses),
    why: whyMatched(parts, { part: place.part, document, terms: stored.terms }),
  };
}
