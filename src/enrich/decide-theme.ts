/**
 * Which of the twelve themes a record is about, when its publisher has not said so: what its concepts agree on, else what the
 * classifier makes of its words. Pure. A record that says nothing known is `unclassified`, with the reason; there is no
 * theme that everything falls into.
 */
import type { Dataset } from '../model/dataset.ts';
import type { RecognisedTerm } from '../model/recognised-term.ts';
import { type ThemeFact, type ThemeId, themeIds, unclassified } from '../model/theme.ts';
import type { Lexicon } from '../vocabulary/lexicon.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import { themeFeatures } from './theme-features.ts';
import type { ThemeModel } from './theme-model.ts';

export interface ThemeKnowledge {
  readonly terminology: Terminology;
  readonly themeModel: ThemeModel;
}

/** A second or third theme is named from this share on, and from this part of the first one's. */
const leastAlso = { share: 0.15, ofFirst: 0.35 } as const;
const mostAlso = 2;

/** Below this share the classifier has only guessed. */
const leastShare = 0.12;

/** Concepts decide by themselves when they name one theme alone and the classifier gives it at least so much. */
const conceptsNeed = 0.35;

/** What a concept counts where it stands. */
const voteWeights = { titles: 1, keywords: 0.5, descriptions: 0.35, publisher: 0 } as const;

export function decideTheme(
  dataset: Dataset,
  terms: readonly RecognisedTerm[],
  { terminology, themeModel }: ThemeKnowledge,
): ThemeFact {
  if (dataset.title.length === 0 && dataset.description.length === 0 && dataset.keywords.length === 0)
    return noTheme('no-text');
  const named = themeOfConcepts(terms, terminology.lexicon);
  const shares = themeModel.shares(themeFeatures(dataset, terms, terminology));
  if (shares === undefined) return noTheme('no-known-words');
  const ranked = themeIds
    .map((theme, at): readonly [ThemeId, number] => [theme, shares[at] ?? 0])
    .sort(([, a], [, b]) => b - a);
  const [[first, share] = [undefined, 0]] = ranked;
  const agreed = named === undefined ? 0 : (shares[themeIds.indexOf(named)] ?? 0);
  if (named !== undefined && agreed >= conceptsNeed)
    return {
      value: named,
      by: 'rule',
      rule: 'concepts',
      confidence: rounded(agreed),
      ...alsoOf(ranked, named, agreed),
    };
  if (first === undefined || share < leastShare) return noTheme('no-clear-theme');
  return {
    value: first,
    by: 'model',
    rule: 'theme-model',
    confidence: rounded(share),
    ...alsoOf(ranked, first, share),
  };
}

function noTheme(reason: string): ThemeFact {
  return { value: unclassified, by: 'rule', rule: reason, confidence: 1 };
}

function alsoOf(
  ranked: readonly (readonly [ThemeId, number])[],
  first: ThemeId,
  share: number,
): { readonly also?: readonly ThemeId[] } {
  const also = ranked
    .filter(([theme, each]) => theme !== first && each >= leastAlso.share && each >= share * leastAlso.ofFirst)
    .slice(0, mostAlso)
    .map(([theme]) => theme);
  return also.length === 0 ? {} : { also };
}

/** The one theme that all concepts of the title and most of the others are of; undefined when they do not agree. */
function themeOfConcepts(terms: readonly RecognisedTerm[], { concepts }: Lexicon): ThemeId | undefined {
  const votes = new Map<ThemeId, number>();
  let sum = 0;
  let inTitle = false;
  for (const { kind, id, field } of terms) {
    const theme = kind === 'concept' ? concepts.get(id)?.theme : undefined;
    if (theme === undefined) continue;
    votes.set(theme, (votes.get(theme) ?? 0) + voteWeights[field]);
    sum += voteWeights[field];
    inTitle ||= field === 'titles';
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  return inTitle && best !== undefined && best[1] >= sum * agreement ? best[0] : undefined;
}

/** Share of the votes that makes an agreement. */
const agreement = 0.8;

function rounded(share: number): number {
  return Math.round(share * 100) / 100;
}
