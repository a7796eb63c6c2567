/**
 * Datasets about the same as one of them: the best of each other country, and of its own. Asked of the index with the
 * concepts that the dataset's own texts name; forms (list, map) and agencies say nothing about a topic.
 */
import type { CatalogueRecord } from '../model/dataset.ts';
import { type RecognisedTerm, termsKind } from '../model/recognised-term.ts';
import type { SimilarHit, SimilarRequest } from '../search/search-contract.ts';
import type { Lexicon } from '../vocabulary/lexicon.ts';
import type { ServeOptions } from './serve-options.ts';

export interface SameTopic {
  /** Terms of the dataset's own texts, in their order. */
  readonly terms: readonly RecognisedTerm[];
  /** Most similar country first. */
  readonly elsewhere: readonly { readonly country: string; readonly hits: readonly SimilarHit[] }[];
  /** In the dataset's own country. */
  readonly related: readonly SimilarHit[];
}

/** Datasets shown of one other country, and of the own. */
const shownElsewhere = 3;
const shownRelated = 5;

/** What a field is worth as a statement of the topic; what is absent says nothing. */
const fieldWeights: Partial<Readonly<Record<RecognisedTerm['field'], number>>> = {
  titles: 1,
  keywords: 0.5,
  descriptions: 0.25,
};

/** Concepts asked for; a title has two or three, a long description dozens. */
const mostConcepts = 8;

/** Close concepts asked for beside one of them. */
const mostKin = 40;

export async function sameTopic(
  { catalogue, index, terminology }: Pick<ServeOptions, 'catalogue' | 'index' | 'terminology'>,
  { dataset, group }: CatalogueRecord,
): Promise<SameTopic> {
  const [fact] = await catalogue.derivedFacts(termsKind, [dataset.id]);
  // Written by us with this shape, and written anew when the rules change.
  const terms = (fact?.fact.value ?? []) as readonly RecognisedTerm[];
  const concepts = askedConcepts(terms, terminology.lexicon);
  if (concepts.length === 0) return { terms, elsewhere: [], related: [] };
  const except = [dataset.id, ...(group?.members ?? []).map(({ id }) => id)];
  const { byCountry } = await index.similar({ concepts, except, perCountry: shownRelated });
  const elsewhere = Object.entries(byCountry)
    .filter(([country]) => country !== dataset.country)
    .map(([country, hits]) => ({ country, hits: hits.slice(0, shownElsewhere) }))
    .sort((a, b) => bestShare(b.hits) - bestShare(a.hits) || (a.country < b.country ? -1 : 1));
  return { terms, elsewhere, related: byCountry[dataset.country] ?? [] };
}

function bestShare(hits: readonly SimilarHit[]): number {
  return hits[0]?.share ?? 0;
}

function askedConcepts(terms: readonly RecognisedTerm[], lexicon: Lexicon): SimilarRequest['concepts'] {
  const weights = new Map<string, number>();
  for (const { kind, id, field } of terms) {
    const concept = kind === 'concept' ? lexicon.concepts.get(id) : undefined;
    const weight = fieldWeights[field] ?? 0;
    if (concept === undefined || concept.isForm || weight <= (weights.get(id) ?? 0)) continue;
    weights.set(id, weight);
  }
  const most = Math.max(0, ...weights.values());
  return [...weights]
    .filter(([, weight]) => weight === most || weight >= (fieldWeights.keywords ?? 0))
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostConcepts)
    .map(([id, weight]) => ({ id, weight, kin: kinOf(id, lexicon) }));
}

/** A step down keeps most of a concept, a step up or aside half of it. */
const narrowerWeight = 0.8;
const besideWeight = 0.5;

function kinOf(id: string, lexicon: Lexicon): SimilarRequest['concepts'][number]['kin'] {
  const concept = lexicon.concepts.get(id);
  const narrower = [...lexicon.narrower(id)].map(([each, steps]) => ({ id: each, weight: narrowerWeight ** steps }));
  const beside = [...(concept?.broader ?? []), ...(concept?.related ?? [])].map((each) => {
    return { id: each, weight: besideWeight };
  });
  return [...narrower, ...beside].slice(0, mostKin);
}
