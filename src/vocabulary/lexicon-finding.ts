/** A fault of the lexicon that `sampan vocab --check` tells of and fails on. The slugs are explained in docs/lexicon.md. */
import type { LabelLanguage } from './label-file.ts';
import type { Concept } from './lexicon.ts';

export const lexiconFaults = [
  'wrong-script',
  'equals-english',
  'repeated-label',
  'shared-label',
  'hidden-label',
  'idle-guard',
  'broken-link',
  'circular-link',
  'missing-labels',
  'indonesian-as-malay',
] as const;

export interface LexiconFinding {
  readonly slug: (typeof lexiconFaults)[number];
  /** `vocab/lexicon/transport.yaml:12`; the folder when the fault is of the whole. */
  readonly where: string;
  readonly concept?: string;
  readonly language?: LabelLanguage;
  readonly label?: string;
  /** What was found and what was expected. */
  readonly message: string;
}

export function findingIn(
  { id, from }: Pick<Concept, 'id' | 'from'>,
  rest: Omit<LexiconFinding, 'where' | 'concept'>,
): LexiconFinding {
  return { ...rest, where: from, concept: id };
}
