/**
 * A gloss: what a title names, word by word, in the reader's language ("Taipei · air quality · monitoring"). Built from the
 * concepts, places and forms that were recognised in it; never a translation, never in place of the title. Pure.
 */
import type { RecognisedTerm } from '../model/recognised-term.ts';
import { termLabel } from './term-label.ts';
import type { Terminology } from './terminology.ts';

export interface GlossPiece {
  readonly kind: RecognisedTerm['kind'];
  readonly id: string;
  /** As the title says it. */
  readonly words: string;
  /** In the reader's language. */
  readonly label: string;
}

/** `terms` are those of the record, of which the title's words count; in their order. Empty when nothing was recognised, or all that was is in the reader's language already. */
export function glossOf(
  title: string,
  terms: readonly RecognisedTerm[],
  terminology: Terminology,
  language: string,
): readonly GlossPiece[] {
  const pieces: GlossPiece[] = [];
  let isForeign = false;
  for (const { kind, id, field, words } of terms) {
    // A place is followed by what it lies in, and an ambiguous word by its other concepts: the first of them stands for it.
    if (field !== 'titles' || words === pieces.at(-1)?.words || !title.includes(words)) continue;
    const label = termLabel({ kind, id }, terminology, language);
    if (label === undefined || pieces.some((each) => each.label === label)) continue;
    pieces.push({ kind, id, words, label });
    isForeign ||= !isCalled({ kind, id }, words, terminology, language);
  }
  return isForeign ? pieces : [];
}

/** Whether these words are what the reader's own language calls it, in any inflection. */
export function isCalled(
  { kind, id }: Pick<RecognisedTerm, 'kind' | 'id'>,
  words: string,
  { matcher }: Pick<Terminology, 'matcher'>,
  language: string,
): boolean {
  const matches = matcher.match(words, new Set([language]));
  return matches.some(({ targets, languages }) => targets.includes(`${kind}:${id}`) && languages.includes(language));
}
