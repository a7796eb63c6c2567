/** What can be asked of the index and what it answers. */
import type { RecognisedTerm } from '../model/recognised-term.ts';

export const facetNames = ['country', 'theme', 'format', 'licence', 'publisher', 'language'] as const;
export type FacetName = (typeof facetNames)[number];

export type SortOrder = 'relevance' | 'modified' | 'title';

/**
 * One dataset as the index takes it. Texts are display texts; the index analyses them itself.
 * Facet values: country = ISO alpha-2; theme = id or `unclassified`; format = canonical ids; licence = openness;
 * publisher = display name in the portal's language; language = BCP 47 of the texts.
 */
export interface IndexDocument {
  readonly id: string;
  readonly titles: readonly string[];
  readonly keywords: readonly string[];
  readonly publisher: readonly string[];
  readonly descriptions: readonly string[];
  /** Concepts and places recognised in the texts; each once a field. */
  readonly terms: readonly RecognisedTerm[];
  /** Native ids, names, numbers: matched whole, before text. */
  readonly identifiers: readonly string[];
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  /** Source id, a filter without a facet. */
  readonly sourceId: string;
  /** ISO 8601 as far as known, for the order; absent sorts last. */
  readonly modified?: string;
  /** What a result list shows; stored as it is and given back. */
  readonly stored: StoredFields;
}

export interface StoredFields {
  readonly title: string;
  readonly titleLang: string;
  readonly description: string;
  readonly publisher: string;
  readonly country: string;
  readonly sourceId: string;
  readonly theme: string;
  readonly licenceId: string;
  readonly openness: string;
  readonly formats: readonly string[];
  readonly distributions: number;
  /** Copies of the dataset, this one too, the authoritative one first; absent when it stands at one portal only. */
  readonly group?: {
    readonly id: string;
    readonly members: readonly { readonly id: string; readonly sourceId: string }[];
  };
  /** Terms of title and keywords, in the order of the texts: for a gloss, and for saying why a dataset was found. */
  readonly terms: readonly RecognisedTerm[];
  readonly modified?: string;
}

export interface SearchRequest {
  /** As typed; may hold anything. `"…"` is a phrase, a last word ending in `*` a prefix. Empty = everything. */
  readonly text: string;
  /** `false`: only the words themselves, not what they mean. */
  readonly meaning?: boolean;
  /** BCP 47 language the person reads Sampan in. */
  readonly language?: string;
  /** AND across names, OR within one; `place` holds ids of places that a dataset is about, or of what they lie in. */
  readonly filters: Partial<Readonly<Record<FacetName | 'source' | 'place', readonly string[]>>>;
  readonly sort: SortOrder;
  readonly offset: number;
  /** 1 to 1,000. */
  readonly limit: number;
  /** Values a facet lists at most; 0 leaves the facets out. */
  readonly facetLimit: number;
}

/** Half-open UTF-16 ranges of the matched text, never inside a grapheme. */
export type MatchRange = readonly [start: number, end: number];

export interface Highlighted {
  readonly text: string;
  readonly ranges: readonly MatchRange[];
}

export interface SearchHit {
  readonly id: string;
  readonly score: number;
  readonly stored: StoredFields;
  readonly title: Highlighted;
  /** A piece of the description around the best match (the beginning when nothing matches there), ≤ 240 graphemes. */
  readonly snippet: Highlighted;
  /** Parts of the query that this dataset has by their meaning: the words it uses for them. */
  readonly why: readonly WhyMatched[];
}

export interface WhyMatched {
  /** As typed. */
  readonly source: string;
  readonly kind: 'concept' | 'place' | 'year';
  /** Of a year: four digits of the common era. */
  readonly id: string;
  /** Where the dataset says it. */
  readonly field: RecognisedTerm['field'];
  /** As the dataset says it; absent where the index keeps no words (agency, description). */
  readonly words?: string;
}

/** What a dataset is about, to look for others like it. */
export interface SimilarRequest {
  /** The dataset itself and its copies: not among the answers. */
  readonly except: readonly string[];
  readonly concepts: readonly {
    readonly id: string;
    /** 0 to 1. */
    readonly weight: number;
    /** Concepts close to it, each with the part of its weight that it stands for. */
    readonly kin: readonly { readonly id: string; readonly weight: number }[];
  }[];
  /** Datasets of each country at most. */
  readonly perCountry: number;
}

export interface SimilarHit {
  readonly id: string;
  /** 0 to 1: how much of the concepts' weight the dataset has. */
  readonly share: number;
  readonly stored: StoredFields;
  /** Concepts of the request that it has, itself or by their kin. */
  readonly concepts: readonly string[];
}

export interface SimilarAnswer {
  /** The most similar first; countries without any are absent. */
  readonly byCountry: Readonly<Record<string, readonly SimilarHit[]>>;
  readonly tookMs: number;
}

/** How a query was understood. */
export interface QueryReading {
  readonly parts: readonly {
    readonly source: string;
    readonly kind: 'form' | 'year' | 'place' | 'text' | 'concept';
    /** What it was taken to mean, most likely first, without what is narrower; empty for text. */
    readonly meanings: readonly { readonly kind: 'concept' | 'place' | 'year'; readonly id: string }[];
  }[];
  /** Words of the question that were left out. */
  readonly letGo: readonly string[];
  /** Parts that were not insisted on, because next to nothing has them all. */
  readonly relaxed: readonly string[];
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** Counts are of datasets: copies at several portals count once, in the facets too. */
export interface SearchAnswer {
  readonly total: number;
  readonly hits: readonly SearchHit[];
  /** A facet's own filter does not restrict its own counts; by count, then value. */
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetCount[]>>>;
  /** Plain sentences about what was done to the query (`cut at 512 characters`). */
  readonly notices: readonly string[];
  readonly reading: QueryReading;
  /** The query in another spelling that finds what the typed one does not; absent when there is none. */
  readonly didYouMean?: string;
  /** Which state of the index answered: counts up with every swap. */
  readonly generation: number;
  /** Change number of the store up to which the index is current. */
  readonly changeNumber: number;
  readonly tookMs: number;
}

export interface Suggestion {
  readonly text: string;
  readonly kind: 'title' | 'publisher' | 'keyword' | 'concept' | 'place';
  /** Datasets that carry it. */
  readonly count: number;
  /** Of a concept or place; `text` is a name of it in the script that is typed. */
  readonly id?: string;
}

/** A reader of an index folder; queries run in worker threads. */
export interface SearchIndex {
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Completions of what is being typed, any script; at most `limit`. */
  suggest(prefix: string, limit: number): Promise<readonly Suggestion[]>;
  /** Datasets with the same concepts, the rare ones counting most; copies of one dataset once. */
  similar(request: SimilarRequest): Promise<SimilarAnswer>;
  /** State of the index that answers now. */
  status(): { readonly generation: number; readonly changeNumber: number; readonly documents: number };
  close(): Promise<void>;
}

export type IndexChange =
  | { readonly kind: 'live'; readonly document: IndexDocument }
  | { readonly kind: 'gone'; readonly id: string };
