/** What a reader calls a concept or a place. */
import type { RecognisedTerm } from '../model/recognised-term.ts';
import { preferredLabel } from './lexicon.ts';
import type { Terminology } from './terminology.ts';

/** In the language, else in English, else in any; undefined for an id that the vocabulary no longer has. */
export function termLabel(
  { kind, id }: Pick<RecognisedTerm, 'kind' | 'id'>,
  { lexicon, gazetteer }: Pick<Terminology, 'lexicon' | 'gazetteer'>,
  language: string,
): string | undefined {
  const named = kind === 'concept' ? lexicon.concepts.get(id) : gazetteer.places.get(id);
  return named === undefined ? undefined : preferredLabel(named, language);
}
