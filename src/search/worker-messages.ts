/** What the pool and its workers say to each other. */
import type { Generation } from './generation.ts';
import type { NearestRows } from './query-engine.ts';
import type { ReadQuery } from './read-query.ts';
import type { SearchAnswer, SearchRequest, SimilarAnswer, SimilarRequest, Suggestion } from './search-contract.ts';

export type WorkerQuestion =
  | { readonly kind: 'search'; readonly request: SearchRequest; readonly query: ReadQuery }
  | { readonly kind: 'suggest'; readonly key: string; readonly limit: number }
  | { readonly kind: 'similar'; readonly request: SimilarRequest }
  | { readonly kind: 'nearest'; readonly words: readonly string[] };

export type WorkerRequest =
  | { readonly kind: 'generation'; readonly generation: Generation }
  | { readonly kind: 'question'; readonly number: number; readonly question: WorkerQuestion };

export type WorkerReply = SearchAnswer | SimilarAnswer | readonly Suggestion[] | NearestRows;

export type WorkerAnswer =
  | { readonly number: number; readonly reply: WorkerReply }
  /** A bug: the query is lost, the worker goes on. */
  | { readonly number: number; readonly failure: string };
