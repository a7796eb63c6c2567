/** What an answer says about how its query was understood, and why each dataset is in it. */
import type { QueryPart } from './query-part.ts';
import type { ReadQuery } from './read-query.ts';
import type { QueryReading, StoredFields, WhyMatched } from './search-contract.ts';

export function readingOf({ parts, letGo }: ReadQuery, relaxed: readonly QueryPart[]): QueryReading {
  return {
    parts: parts.map(({ source, kind, meanings }) => {
      // What is narrower follows from it and has less weight.
      const own = meanings.filter(({ weight }) => weight === 1).map(({ kind: each, id }) => ({ kind: each, id }));
      return { source, kind, meanings: own };
    }),
    letGo,
    relaxed: relaxed.map(({ source }) => source),
  };
}

/** For each part the term that stands for it with the most weight; nothing for a part that is only text. */
export function whyMatched(parts: readonly QueryPart[], terms: StoredFields['terms']): readonly WhyMatched[] {
  return parts.flatMap(({ source, meanings }) => {
    for (const { kind, id } of meanings) {
      const term = terms.find((each) => each.kind === kind && each.id === id);
      if (term !== undefined) return [{ source, kind, id, words: term.words }];
    }
    return [];
  });
}
