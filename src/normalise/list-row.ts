/** A row of a list that is one CSV, its cells found by the names of their columns. */
import type { LangText } from '../model/lang-text.ts';

export interface ListRow {
  /** A column by any of its names; undefined for an empty cell, `-`, or a column that is not there. */
  readonly cell: (...names: readonly string[]) => string | undefined;
  /** Whether the list has the column at all: what a whole list leaves out is no fault of its records. */
  readonly has: (...names: readonly string[]) => boolean;
}

/** A cell as text whose language nobody declares. */
export function plainTexts(text: string | undefined, plain: (text: string) => string | undefined): LangText {
  const shown = text === undefined ? undefined : plain(text);
  return shown === undefined ? [] : [{ text: shown, lang: 'und' }];
}
