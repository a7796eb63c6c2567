/** What was understood, as the API says it. */
import type { z } from 'zod';
import type { RecognisedTerm } from '../../model/recognised-term.ts';
import type { QueryReading, SimilarHit, WhyMatched } from '../../search/search-contract.ts';
import { datasetApiAddress, permanentAddress } from '../addresses.ts';
import { glossText, type MeaningWords } from '../meaning-words.ts';
import type { glossSchema, readingSchema, similarSchema, whySchema } from './meaning-schema.ts';

/** Nothing for a title that needs none. */
export function glossBody(
  title: string,
  terms: readonly RecognisedTerm[],
  words: MeaningWords,
): { readonly gloss?: z.infer<typeof glossSchema> } {
  const pieces = words.gloss(title, terms);
  if (pieces.length === 0) return {};
  return { gloss: { lang: words.language, text: glossText(pieces), terms: pieces.map((each) => ({ ...each })) } };
}

export function whyBody(
  why: readonly WhyMatched[],
  reading: QueryReading,
  words: MeaningWords,
): z.infer<typeof whySchema>[] {
  return words.why(why, reading).map((each) => ({ ...each }));
}

export function readingBody(
  reading: QueryReading,
  meaning: boolean,
  words: MeaningWords,
): z.infer<typeof readingSchema> {
  return {
    lang: words.language,
    meaning: meaning ? 'on' : 'off',
    parts: words.parts(reading).map((each) => ({ ...each, meanings: [...each.meanings] })),
    letGo: [...reading.letGo],
    relaxed: [...reading.relaxed],
  };
}

export function similarBody(baseUrl: string, hit: SimilarHit, words: MeaningWords): z.infer<typeof similarSchema> {
  const { id, share, stored, concepts } = hit;
  return {
    id,
    title: stored.title,
    titleLang: stored.titleLang,
    ...glossBody(stored.title, stored.terms, words),
    publisher: stored.publisher,
    country: stored.country,
    sourceId: stored.sourceId,
    share: Math.min(1, share),
    concepts: concepts.map((concept) => ({ id: concept, label: words.label({ kind: 'concept', id: concept }) })),
    permanentAddress: `${baseUrl}${permanentAddress(id)}`,
    dataset: `${baseUrl}${datasetApiAddress(id)}`,
  };
}
