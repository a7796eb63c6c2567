/** Where reading a data.json goes on: behind an element of a page, when that element still is where it was. */

export interface PageCursor {
  readonly url: string;
  /** 1 for the first. */
  readonly page: number;
  /** The portal did not name this page; it was only tried. */
  readonly isProbe: boolean;
  /** Elements of that page read so far. */
  readonly elements: number;
  /** Key of the last of them. */
  readonly last: string;
}

export function cursorToText(cursor: PageCursor): string {
  return JSON.stringify(cursor);
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
export function parseCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { url, page, isProbe, elements, last }: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (typeof url !== 'string' || typeof page !== 'number' || typeof isProbe !== 'boolean') return undefined;
  if (typeof elements !== 'number' || typeof last !== 'string') return undefined;
  return { url, page, isProbe, elements, last };
}
