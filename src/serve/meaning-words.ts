/**
 * What the search understood, in a reader's language: how the query was read, why a dataset is in the answer, what a
 * foreign title names. The same for pages and API; the labels are those of the vocabulary.
 */
import type { RecognisedTerm } from '../model/recognised-term.ts';
import type { QueryReading, WhyMatched } from '../search/search-contract.ts';
import { type GlossPiece, glossOf, isCalled } from '../vocabulary/gloss.ts';
import type { LabelLanguage } from '../vocabulary/label-file.ts';
import { termLabel } from '../vocabulary/term-label.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import { textKey } from '../vocabulary/text-key.ts';

export interface Meaning {
  readonly kind: WhyMatched['kind'];
  readonly id: string;
  readonly label: string;
}

/** To what was asked for: the same, narrower (bus: public transport), or near: wider, or beside it. */
export const relations = ['same', 'narrower', 'near'] as const;
export type Relation = (typeof relations)[number];

export const relationSigns: Readonly<Record<Relation, string>> = { same: '=', narrower: '›', near: '≈' };

export interface Why extends Meaning {
  /** As typed. */
  readonly source: string;
  readonly field: WhyMatched['field'];
  /** As the dataset says it. */
  readonly words?: string;
  readonly relation: Relation;
}

export interface ReadPart {
  readonly source: string;
  readonly kind: QueryReading['parts'][number]['kind'];
  readonly meanings: readonly Meaning[];
}

export interface MeaningWords {
  readonly language: LabelLanguage;
  /** A year is its own label, and so is an id that the vocabulary no longer has. */
  readonly label: (term: Pick<WhyMatched, 'kind' | 'id'>) => string;
  readonly parts: (reading: QueryReading) => readonly ReadPart[];
  readonly why: (why: readonly WhyMatched[], reading: QueryReading) => readonly Why[];
  /** Empty for a title in the reader's own language, or of which nothing is known. */
  readonly gloss: (title: string, terms: readonly RecognisedTerm[]) => readonly GlossPiece[];
  /** Whether a reader needs to be told: the words that match are not those typed. */
  readonly tellsSomething: (why: Why) => boolean;
}

export function meaningWords(terminology: Terminology, language: LabelLanguage): MeaningWords {
  const label: MeaningWords['label'] = ({ kind, id }) =>
    (kind === 'year' ? undefined : termLabel({ kind, id }, terminology, language)) ?? id;
  return {
    language,
    label,
    parts: ({ parts }) =>
      parts.map(({ source, kind, meanings }) => {
        return { source, kind, meanings: meanings.map((each) => ({ ...each, label: label(each) })) };
      }),
    why: (matched, { parts }) =>
      matched.map((each) => {
        const asked = parts.find(({ source }) => source === each.source)?.meanings ?? [];
        return { ...each, label: label(each), relation: relationTo(asked, each, terminology) };
      }),
    gloss: (title, terms) => glossOf(title, terms, terminology, language),
    tellsSomething: ({ source, words, kind, id }) => {
      if (words === undefined) return true;
      if (textKey(words) === textKey(source)) return false;
      const term = kind === 'year' ? undefined : { kind, id };
      // bus, buses: the same word to a reader.
      return term === undefined || ![source, words].every((each) => isCalled(term, each, terminology, language));
    },
  };
}

function relationTo(
  asked: readonly Pick<WhyMatched, 'kind' | 'id'>[],
  { kind, id }: Pick<WhyMatched, 'kind' | 'id'>,
  { lexicon }: Terminology,
): Relation {
  if (asked.some((each) => each.kind === kind && each.id === id)) return 'same';
  return asked.some((each) => each.kind === 'concept' && lexicon.narrower(each.id).has(id)) ? 'narrower' : 'near';
}

/** `Taipei · air quality · monitoring` */
export function glossText(pieces: readonly GlossPiece[]): string {
  return pieces.map(({ label }) => label).join(' · ');
}
