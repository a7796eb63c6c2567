/** Where a CKAN harvest goes on: by listing, because the two walk through different lists. */

export type CkanCursor =
  | {
      readonly by: 'search';
      readonly sort: string;
      /** Row to ask for next; the last one seen, so that the pages overlap. */
      readonly start: number;
      /** Highest id seen so far. */
      readonly last: string;
      /** Distinct rows seen so far. */
      readonly rows: number;
    }
  | {
      readonly by: 'list';
      /** Names done so far. */
      readonly done: number;
      /** The last name done. */
      readonly last: string;
      /** Listed names that could not be read and are no ids. */
      readonly unknown: number;
    };

export function cursorToText(cursor: CkanCursor): string {
  return JSON.stringify(cursor);
}

/** Undefined for a text that is no cursor of ours: the harvest then starts over. */
export function parseCursor(text: string | undefined): CkanCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { by, sort, start, last, rows, done, unknown }: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (typeof last !== 'string') return undefined;
  if (by === 'search' && typeof sort === 'string' && typeof start === 'number' && typeof rows === 'number') {
    return { by, sort, start, last, rows };
  }
  if (by === 'list' && typeof done === 'number' && typeof unknown === 'number') return { by, done, last, unknown };
  return undefined;
}
