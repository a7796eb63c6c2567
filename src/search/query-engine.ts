/** What answers queries: this thread, or a pool of workers. Both hold one generation and swap it when told. */
import type { Generation } from './generation.ts';
import type { SearchAnswer, SearchRequest, Suggestion } from './search-contract.ts';
import { searchGeneration } from './search-generation.ts';
import { suggest } from './suggest.ts';

export interface QueryEngine {
  search(request: SearchRequest): Promise<SearchAnswer>;
  suggest(prefix: string, limit: number): Promise<readonly Suggestion[]>;
  /** Queries that are sent from now on are answered from this generation; earlier ones finish on theirs. */
  swap(generation: Generation): void;
  close(): Promise<void>;
}

/** Answers at once, in the calling thread: for a command line, or a test. */
export function queryEngineInThread(first: Generation): QueryEngine {
  let generation = first;
  return {
    search: async (request) => timedSearch(generation, request),
    suggest: async (prefix, limit) => suggest(generation, prefix, limit),
    swap(next) {
      generation = next;
    },
    close: async () => {},
  };
}

/** The only use of a clock in the search: how long the answer took, in ms. */
export function timedSearch(generation: Generation, request: SearchRequest): SearchAnswer {
  const start = performance.now();
  const answer = searchGeneration(generation, request);
  return { ...answer, tookMs: performance.now() - start };
}
