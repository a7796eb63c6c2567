/** Where reading the list goes on: behind a row, when that row still is where it was. */

export interface ListCursor {
  /** Rows read so far, the header not counted. */
  readonly rows: number;
  /** Key of the last of them. */
  readonly last: string;
}

export function cursorToText(cursor: ListCursor): string {
  return JSON.stringify(cursor);
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
export function parseCursor(text: string | undefined): ListCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { rows, last }: Readonly<Record<string, unknown>> = JSON.parse(text);
  return typeof rows === 'number' && typeof last === 'string' ? { rows, last } : undefined;
}
