/** State of one walk through a normal text, shared by the scanners of words, numbers and bigram runs. */

/**
 * `unit`: a word or number; `bigram`: two units of a run; `tail`: the last unit of a run of several; `lone`: the only
 * unit of a run; `word`: evidence for ranking, never required.
 */
export type TermKind = 'unit' | 'bigram' | 'tail' | 'lone' | 'word';

export interface Scan {
  readonly text: string;
  /** UTF-16 index of what comes next. */
  at: number;
  /** Position of the next unit. */
  position: number;
  /** Takes ranges of `text`. */
  readonly emit: (term: string, position: number, start: number, end: number, kind: TermKind) => void;
}

/** Code point at the index; a lone surrogate as it is. */
export function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff ? (text.codePointAt(at) ?? code) : code;
}
