/** Tables for a terminal: columns aligned by display width (Han and Hangul are two cells wide, Thai marks none). */
import stringWidth from 'string-width';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Cells the column may take at most; longer values end in `…`. */
  readonly maxWidth?: number;
}

export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) =>
    columns.map((column) => cutToWidth(oneLine(column.value(row)), column.maxWidth ?? 60)),
  );
  const widths = columns.map((column, at) =>
    Math.max(stringWidth(column.title), ...cells.map((line) => stringWidth(line[at] ?? ''))),
  );
  const line = (values: readonly string[]): string =>
    values
      .map((value, at) => pad(value, widths[at] ?? 0, columns[at]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cells.map(line)].join('\n');
}

/** Cuts at a grapheme, so that no mark loses its letter. */
export function cutToWidth(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/**
 * Harvested text may hold anything: control characters (terminal escapes among them) and direction overrides never reach
 * a terminal. Joiners stay: Devanagari, Burmese and emoji need them.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}
