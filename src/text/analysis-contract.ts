/**
 * How text of any script becomes terms, at index time and query time alike.
 *
 * A text is a row of *units* (a Latin or Devanagari word, a number, one Han or Kana character, one Hangul syllable, one
 * Thai/Khmer/Lao/Burmese grapheme cluster); each takes one position. Scripts without reliable word borders are indexed as
 * overlapping bigrams of units (`避難`@0 `難所`@1 and, for the last unit of a run, the unit alone `所`@2), so that any
 * inner word of any length is a chain of terms at following positions, and one unit alone is a prefix of what stands there.
 * Word tokens (`kind: 'word'`: whole Hangul words, dictionary words of Thai …) are extra evidence for ranking and are
 * never required.
 */
export interface Token {
  /** Folded key. */
  readonly term: string;
  readonly position: number;
  /** Half-open UTF-16 range in the analysed display text. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'unit' | 'word';
}

/** Terms that must stand at following positions of one field: `terms[i]` at p + `offsets[i]`. */
export interface QueryClause {
  readonly terms: readonly string[];
  readonly offsets: readonly number[];
  /** The last term may be any term that begins so (a prefix typed with `*`, or a single unit of a bigram script). */
  readonly prefix: boolean;
  /** Word terms whose presence raises the score; not required. */
  readonly boosts: readonly string[];
  /** Piece of the query it came from, for notices. */
  readonly source: string;
}

export interface ParsedQuery {
  /** All must match; empty = everything matches (also when the text holds nothing but punctuation). */
  readonly clauses: readonly QueryClause[];
  /** The whole text as an identifier key: a document that carries it comes first. */
  readonly identifier?: string;
  readonly notices: readonly string[];
}
