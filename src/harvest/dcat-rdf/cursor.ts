/** Where reading a catalogue goes on: at the last page read, when it still ends with the dataset it ended with. */

export interface PageCursor {
  readonly by: 'rdf-pages';
  readonly url: string;
  /** 1 for the first. */
  readonly page: number;
  /** The portal did not name this page; it was only tried. */
  readonly isTried: boolean;
  /** Distinct datasets up to the end of that page. */
  readonly rows: number;
  /** Key of the first dataset of all, and of the last one of that page. */
  readonly first: string;
  readonly last: string;
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
export function parseCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { by, url, page, isTried, rows, first, last }: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (by !== 'rdf-pages' || typeof url !== 'string' || typeof page !== 'number' || typeof isTried !== 'boolean') {
    return undefined;
  }
  if (typeof rows !== 'number' || typeof first !== 'string' || typeof last !== 'string') return undefined;
  return { by, url, page, isTried, rows, first, last };
}
