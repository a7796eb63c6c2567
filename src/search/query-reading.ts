/** What an answer says about how its query was understood, and why each dataset is in it. */
import { laneSlot, postingOf } from './clause-slots.ts';
import type { Part } from './generation.ts';
import { frequencyBits, maxFrequency, textFields } from './index-schema.ts';
import type { Meaning, QueryPart } from './query-part.ts';
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

interface HitDocument {
  readonly part: Part;
  readonly document: number;
  readonly terms: StoredFields['terms'];
}

/** For each part the meaning that stands for it with the most weight; nothing for a part that is only text. */
export function whyMatched(parts: readonly QueryPart[], hit: HitDocument): readonly WhyMatched[] {
  return parts.flatMap(({ source, meanings }) => {
    const inWords = wordsFor(meanings, hit.terms);
    if (inWords !== undefined) return [{ source, ...inWords }];
    const unworded = fieldFor(meanings, hit);
    return unworded === undefined ? [] : [{ source, ...unworded }];
  });
}

type Why = Omit<WhyMatched, 'source'>;

function wordsFor(meanings: readonly Meaning[], terms: StoredFields['terms']): Why | undefined {
  for (const { kind, id } of meanings) {
    const term = terms.find((each) => each.kind === kind && each.id === id);
    if (term !== undefined) return term;
  }
  return undefined;
}

/** Agency and description are not kept word by word; the postings tell that they say it. */
function fieldFor(meanings: readonly Meaning[], { part, document }: HitDocument): Why | undefined {
  for (const { kind, id } of meanings) {
    const posting = postingOf(part, laneSlot(part, kind, id), document);
    if (posting === -1) continue;
    const packed = part.segment.frequencies[posting] ?? 0;
    const field = textFields.find((_, index) => ((packed >>> (index * frequencyBits)) & maxFrequency) > 0);
    if (field !== undefined) return { kind, id, field };
  }
  return undefined;
}
