/** What a foreign title names, under it: marked as automatic, never in its place. */
import type { VNode } from 'preact';
import type { RecognisedTerm } from '../../model/recognised-term.ts';
import { glossText, type MeaningWords } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';

export interface GlossProps {
  readonly page: PageContext;
  /** As shown. */
  readonly title: string;
  readonly terms: readonly RecognisedTerm[];
  readonly words: MeaningWords;
}

export function Gloss({ page, title, terms, words }: GlossProps): VNode | null {
  const pieces = words.gloss(title, terms);
  if (pieces.length === 0) return null;
  const { gloss, glossTitle } = page.texts.meaning;
  return (
    <p class="gloss" title={glossTitle}>
      <span class="quiet">{gloss}</span> <span lang={words.language}>{glossText(pieces)}</span>
    </p>
  );
}
