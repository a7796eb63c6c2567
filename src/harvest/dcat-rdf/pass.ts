/** What one reading of all pages knows, and what it may have missed. */
import type { PageCursor } from './cursor.ts';
import type { Row } from './rows.ts';

export interface Pass {
  /** Keys of all readings. */
  readonly seen: Set<string>;
  /** Keys of this one; the same set in the first. */
  readonly own: Set<string>;
  /** Addresses asked for. */
  readonly visited: Set<string>;
  /** Whether reading can go on from its pages: not from those of a second reading. */
  readonly isFirst: boolean;
  /** It was told that a link was asked for on the source's own host. */
  isHostTold: boolean;
  /** Distinct datasets of all readings, those before a restart included. */
  rows: number;
  first: string | undefined;
  /** Keys of the page before, joined: a last page given again is equal to it. */
  before: string;
  barrenPages: number;
  total: number | undefined;
  readonly totals: Set<number>;
  /** Datasets that came on two pages. */
  readonly repeats: string[];
  /** Addresses of datasets that were listed, and of those that were described, on any page. */
  readonly listed: Set<string>;
  readonly described: Set<string>;
  /** Why nothing can make this run complete. */
  flaw: string | undefined;
  /** A next link led back: complete only when the portal's total is reached. */
  loop: string | undefined;
}

export function newPass(from: PageCursor | undefined, before?: Pass): Pass {
  const seen = before?.seen ?? new Set<string>();
  return {
    seen,
    own: before === undefined ? seen : new Set(),
    visited: new Set(),
    isFirst: before === undefined,
    isHostTold: false,
    rows: before?.rows ?? from?.rows ?? 0,
    first: from?.first,
    before: '',
    barrenPages: 0,
    total: undefined,
    totals: new Set(),
    repeats: [],
    listed: new Set(),
    described: new Set(),
    flaw: undefined,
    loop: undefined,
  };
}

/** The rows that no earlier page of any reading had, and whether this reading met something new. */
export function takeNew(
  pass: Pass,
  rows: readonly Row[],
): { readonly news: readonly Row[]; readonly isBarren: boolean } {
  const onPage = new Set<string>();
  const fresh: Row[] = [];
  for (const row of rows) {
    // Two of one id on one page are the portal's own and passed on.
    if (onPage.has(row.key) || !pass.own.has(row.key)) fresh.push(row);
    onPage.add(row.key);
  }
  const isBarren = fresh.length === 0;
  if (!isBarren) pass.repeats.push(...[...onPage].filter((key) => pass.own.has(key)));
  const news = fresh.filter(({ key }) => !pass.seen.has(key));
  pass.rows += news.length;
  for (const key of onPage) {
    pass.seen.add(key);
    pass.own.add(key);
  }
  pass.first ??= rows[0]?.key;
  return { news, isBarren };
}

/** Why the list may hold more than was read. */
export function doubtOf(pass: Pass, before: Pass | undefined): string | undefined {
  const { rows, total, totals, repeats, flaw, loop } = pass;
  if (flaw !== undefined) return flaw;
  // The same repeats in two readings are the portal's own, and its total counts them.
  const isOwn = before !== undefined && repeats.join('\n') === before.repeats.join('\n');
  if (total !== undefined && rows + (isOwn ? repeats.length : 0) < total) {
    return `the pages gave ${rows} distinct datasets; expected the ${total} that hydra:totalItems claims`;
  }
  if (loop !== undefined && total === undefined) return loop;
  if (totals.size <= 1 && (repeats.length === 0 || isOwn)) return undefined;
  return 'the catalogue may have changed while its pages were read; expected two readings that agree';
}
