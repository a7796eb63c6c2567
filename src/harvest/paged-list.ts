/**
 * A listing in pages that is read whole in spite of edits during the run (cases `op D1`, `field P-09…P-11`). Where rows
 * can be asked for by their place, each page begins with the last row of the one before; when it does not, rows moved
 * to the front and the reading steps back until it meets a row it knows. Where only pages have numbers, a total that
 * changes or a row that comes on two pages tells of edits, and the pages are read again (always, without a
 * total); a row that goes while another comes at the end is seen by the next run. The portal's count is a hint:
 * reading ends when nothing new comes, and what is then short of the count is looked for once more from the beginning.
 */
import type { HarvestEvent } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import type { ListedRow } from './json-record.ts';

/** Pages in a row without a new record after which the portal is not paging. */
const mostBarrenPages = 3;

/** More pages than any catalogue has; a loop without end is a bug of somebody. */
const mostPages = 100_000;

/** Readings of the whole list: one more for what is short, two more while numbered pages change under the reading. */
const mostPasses = { row: 2, page: 3 } as const;

export interface PagedList {
  /** What is read, for messages: `package_search`. */
  readonly name: string;
  /** What the records are called in messages: `packages`. */
  readonly noun: string;
  /** What `start` counts: a list by rows can overlap. */
  readonly unit: 'row' | 'page';
  /** The first `start`. */
  readonly first: number;
  /** The order that the rows come in, as the portal is asked for it; it may change on the first page. */
  readonly order: () => string;
  /** Orders in which reading can go on after a restart. */
  readonly canResume: (order: string) => boolean;
  /** Orders by id: a row up to the last one was seen. */
  readonly isById: (order: string) => boolean;
  readonly fetchPage: (start: number) => Promise<ListedPage>;
}

export interface ListedPage {
  readonly rows: readonly ListedRow[];
  /** How many rows the portal claims to have. */
  readonly count: number | undefined;
  /** Whether the portal's own figures say that nothing comes behind it. */
  readonly isLast: boolean;
}

export interface PageCursor {
  readonly by: 'pages';
  readonly order: string;
  /** What to ask for next: a page that begins with (row), or holds (page), the last row seen. */
  readonly start: number;
  /** Highest id seen so far (by id), or key of the last row (other orders). */
  readonly last: string;
  /** Distinct rows seen so far. */
  readonly rows: number;
}

/** What one pass through the pages knows. */
interface Pass {
  /** Keys of all passes. */
  readonly seen: Set<string>;
  /** Keys of this pass; the same set in the first one. */
  readonly own: Set<string>;
  /** Ids up to this one were seen before a restart; empty without one. */
  readonly seenUpTo: string;
  last: string;
  start: number;
  /** The page at `start` has to hold a known row. */
  overlaps: boolean;
  /** It is the first one after a restart. */
  isRestart: boolean;
  /** Some pages had one row only and could not overlap: what was edited meanwhile may have been missed. */
  hasGaps: boolean;
  barrenPages: number;
  /** Distinct rows of all passes, and repeats within one page. */
  rows: number;
  /** How many of them were read before a restart. */
  readonly rowsBefore: number;
  count: number | undefined;
  /** All the totals that were claimed. */
  readonly counts: Set<number>;
  /** Rows that came on two pages of this pass. */
  readonly repeats: string[];
}

export async function* harvestPages(
  run: AdapterRun,
  list: PagedList,
  from: PageCursor | undefined,
): AsyncGenerator<HarvestEvent> {
  const resumed = from !== undefined && list.canResume(from.order) ? from : undefined;
  let pass = passFrom(list, resumed);
  yield* readPass(run, list, pass, true);
  let doubt = doubtOf(list, pass, undefined);
  for (let passes = 1; passes < mostPasses[list.unit] && doubt !== undefined && !pass.hasGaps; passes += 1) {
    run.effects.log(`${run.source.id}: ${doubt}; looking once more from the beginning`);
    const before = pass;
    // After a restart the first pass does not know the rows before it: the second stands alone.
    const known = resumed !== undefined && passes === 1 ? {} : { seen: before.seen, rows: before.rows };
    pass = { ...passFrom(list, undefined), ...known };
    yield* readPass(run, list, pass, false);
    doubt = doubtOf(list, pass, before);
  }
  const claimed = pass.count === undefined ? {} : { claimedTotal: pass.count };
  if (doubt === undefined) yield { kind: 'end', complete: true, ...claimed };
  else yield { kind: 'end', complete: false, why: `${run.source.id}: ${doubt}`, ...claimed };
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
export function parsePageCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { by, order, start, last, rows }: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (by !== 'pages' || typeof order !== 'string' || typeof last !== 'string') return undefined;
  return typeof start === 'number' && typeof rows === 'number' ? { by, order, start, last, rows } : undefined;
}

function passFrom(list: PagedList, from: PageCursor | undefined): Pass {
  const seen = new Set(from === undefined ? [] : [from.last]);
  return {
    seen,
    own: seen,
    seenUpTo: from !== undefined && list.isById(from.order) ? from.last : '',
    last: from?.last ?? '',
    start: from?.start ?? list.first,
    overlaps: from !== undefined,
    isRestart: from !== undefined,
    hasGaps: false,
    barrenPages: 0,
    rows: from?.rows ?? 0,
    rowsBefore: from?.rows ?? 0,
    count: undefined,
    counts: new Set(),
    repeats: [],
  };
}

/** Why the list may hold more than was read. */
function doubtOf(list: PagedList, pass: Pass, before: Pass | undefined): string | undefined {
  const { name, noun, unit } = list;
  if (pass.count !== undefined && pass.rows < pass.count) {
    return `${name} gave ${pass.rows} distinct ${noun}; expected the ${pass.count} that its count claims`;
  }
  if (pass.rowsBefore > 0 && pass.count !== undefined && pass.rows > pass.count) {
    return `${name} claims ${pass.count} ${noun}, of which ${pass.rowsBefore} and more were read before a stop; expected the list that was begun`;
  }
  if (pass.hasGaps) {
    return `${name} gives one row a page, so that edits during the run go unseen; expected two or more`;
  }
  // The same rows twice in two readings are the portal's own repeats, not edits.
  const isSteady = pass.repeats.length === 0 || pass.repeats.join('\n') === before?.repeats.join('\n');
  if (unit === 'row' || (pass.counts.size <= 1 && isSteady && !isUnproven(pass, before))) return undefined;
  return `${name} may have changed while its pages were read; expected two readings that agree`;
}

/** Without a total nothing tells of a row that went: a second reading has to bring nothing new. */
function isUnproven(pass: Pass, before: Pass | undefined): boolean {
  return pass.count === undefined && (before === undefined || pass.rows > before.rows);
}

function isKnown(pass: Pass, row: ListedRow): boolean {
  return pass.own.has(row.key) || (row.id !== undefined && row.id <= pass.seenUpTo);
}

async function* readPass(
  run: AdapterRun,
  list: PagedList,
  pass: Pass,
  withCheckpoints: boolean,
): AsyncGenerator<HarvestEvent> {
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await fetchNextPage(run, list, pass);
    if (page.count !== undefined) {
      pass.count = page.count;
      pass.counts.add(page.count);
    }
    const { news, freshRows } = takeNew(list, pass, page.rows);
    for (const { event } of news) if (event) yield event;
    const readAt = pass.start;
    if (!advance(list, pass, page, freshRows)) return;
    if (!withCheckpoints || !list.canResume(list.order())) continue;
    const start = list.unit === 'page' ? readAt : pass.start;
    const cursor: PageCursor = { by: 'pages', order: list.order(), start, last: pass.last, rows: pass.rows };
    yield { kind: 'checkpoint', cursor: JSON.stringify(cursor) };
  }
}

/** Moves on to the next page; false when there is none. */
function advance(list: PagedList, pass: Pass, page: ListedPage, freshRows: number): boolean {
  if (page.rows.length === 0) return false;
  pass.barrenPages = freshRows === 0 ? pass.barrenPages + 1 : 0;
  if (pass.barrenPages > 0 && page.isLast) return false;
  if (pass.barrenPages >= mostBarrenPages) return false;
  pass.overlaps = list.unit === 'row' && page.rows.length > 1;
  if (list.unit === 'row' && !pass.overlaps && (page.count ?? 0) > 1) pass.hasGaps = true;
  const behind = pass.start + (list.unit === 'row' ? page.rows.length : 1);
  pass.start = pass.overlaps ? behind - 1 : behind;
  return true;
}

/** The page at `start`; or, when it does not join what was read though it should, one further to the front that does. */
async function fetchNextPage(run: AdapterRun, list: PagedList, pass: Pass): Promise<ListedPage> {
  for (let stepBack = 1; ; stepBack *= 2) {
    run.signal.throwIfAborted();
    const page = await list.fetchPage(pass.start);
    const [first] = page.rows;
    const joins = pass.isRestart
      ? page.rows.some((row) => isKnown(pass, row))
      : first !== undefined && isKnown(pass, first);
    if (joins || !pass.overlaps || pass.start === list.first) return page;
    pass.start = Math.max(list.first, pass.start - stepBack);
  }
}

/** The rows that no earlier page had; a repeat within the page is the portal's own and is passed on. */
function takeNew(list: PagedList, pass: Pass, rows: readonly ListedRow[]) {
  // What stands before the last row that a restart knows was read before it.
  const readBefore = pass.isRestart ? rows.findLastIndex((row) => isKnown(pass, row)) : -1;
  pass.isRestart = false;
  const fresh = rows.filter((row, index) => index > readBefore && !isKnown(pass, row));
  const news = fresh.filter(({ key }) => !pass.seen.has(key));
  // A page without news is a last page given again, not a row that moved.
  if (list.unit === 'page' && fresh.length > 0) {
    pass.repeats.push(...rows.filter((row, at) => at > readBefore && isKnown(pass, row)).map(({ key }) => key));
  }
  for (const { key } of rows) {
    pass.seen.add(key);
    pass.own.add(key);
  }
  pass.last = lastOf(list, pass, rows);
  pass.rows += news.length;
  return { news, freshRows: fresh.length };
}

function lastOf(list: PagedList, pass: Pass, rows: readonly ListedRow[]): string {
  if (!list.isById(list.order())) return rows.at(-1)?.key ?? pass.last;
  return rows.reduce((last, { id }) => (id !== undefined && id > last ? id : last), pass.last);
}
