/** What answers queries: this thread, or a pool of workers. Both hold one generation and swap it when told. */
import type { Generation } from './generation.ts';
import { nearestTerms } from './nearest-terms.ts';
import type { ReadQuery } from './read-query.ts';
import type { SearchAnswer, SearchRequest, SimilarAnswer, SimilarRequest, Suggestion } from './search-contract.ts';
import { searchGeneration } from './search-generation.ts';
import { similarDatasets } from './similar-datasets.ts';
import { suggest } from './suggest.ts';

export type NearestRows = ReturnType<typeof nearestTerms>;

export interface QueryEngine {
  search(request: SearchRequest, query: ReadQuery): Promise<SearchAnswer>;
  /** `key`: the typing key of what was typed. */
  suggest(key: string, limit: number): Promise<readonly Suggestion[]>;
  similar(request: SimilarRequest): Promise<SimilarAnswer>;
  /** See `nearestTerms`. */
  nearest(words: readonly string[]): Promise<NearestRows>;
  /** Queries that are sent from now on are answered from this generation; earlier ones finish on theirs. */
  swap(generation: Generation): void;
  close(): Promise<void>;
}

/** Answers at once, in the calling thread: for a command line, or a test. */
export function queryEngineInThread(first: Generation): QueryEngine {
  let generation = first;
  return {
    search: async (request, query) => timedSearch(generation, request, query),
    suggest: async (key, limit) => suggest(generation, key, limit),
    similar: async (request) => timedSimilar(generation, request),
    nearest: async (words) => nearestTerms(generation, words),
    swap(next) {
      generation = next;
    },
    close: async () => {},
  };
}

// The only uses of a clock in the search: how long the answer took, in ms.

export function timedSearch(generation: Generation, request: SearchRequest, query: ReadQuery): SearchAnswer {
  const start = performance.now();
  const answer = searchGeneration(generation, request, query);
  return { ...answer, tookMs: performance.now() - start };
}

export function timedSimilar(generation: Generation, request: SimilarRequest): SimilarAnswer {
  const start = performance.now();
  const byCountry = similarDatasets(generation, request);
  return { byCountry, tookMs: performance.now() - start };
}
