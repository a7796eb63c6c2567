/** A concept or place of Sampan's vocabulary that a dataset's own words name. Derived: worked out anew at any time. */

export const recognisedFields = ['titles', 'keywords', 'publisher', 'descriptions'] as const;

export interface RecognisedTerm {
  readonly kind: 'concept' | 'place';
  readonly id: string;
  readonly field: (typeof recognisedFields)[number];
  /** The words of the text that say so. */
  readonly words: string;
}

/** Kind of the derived fact that holds them: its value is an array of `RecognisedTerm`, empty when nothing was recognised. */
export const termsKind = 'terms';
