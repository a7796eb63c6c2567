/**
 * Pages of `package_search` that survive edits during the run (cases `op D1`, `field P-09…P-11`): sorted by id, each
 * page begins with the last row of the one before. When it does not, rows moved to the front and the reading steps
 * back until it meets a row it knows. The count is a hint: reading ends when nothing new comes, and what is then short
 * of the count is looked for once more from the beginning.
 */
import type { JsonSlice } from '../../kit/json-slices.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import { rejection } from '../rejection.ts';
import { type CkanRun, callPatiently } from './action.ts';
import { type CkanCursor, cursorToText } from './cursor.ts';
import { faultError } from './envelope.ts';
import { type PackageOrigin, type ReadPackage, readPackage } from './package.ts';

/** Rows a page, unless the source says otherwise: about 2 MB of JSON a page on the portals captured. */
const defaultPageSize = 200;

/** Pages in a row without a new package after which the portal is not paging. */
const mostBarrenPages = 3;

/** More pages than any catalogue has; a loop without end is a bug of somebody. */
const mostPages = 100_000;

const sortById = 'id asc';

/** Stable orders, best first; an old portal may refuse to sort by `id`. */
const sorts: readonly string[] = [sortById, 'metadata_created asc, id asc', 'name asc', 'metadata_created asc'];

type SearchCursor = Extract<CkanCursor, { by: 'search' }>;

interface Page {
  readonly rows: readonly ReadPackage[];
  readonly count: number | undefined;
}

/** What one pass through the pages knows. */
interface Pass {
  sort: string;
  readonly seen: Set<string>;
  /** Ids up to this one were seen before a restart; empty without one. */
  readonly seenUpTo: string;
  /** Highest id seen. */
  last: string;
  start: number;
  /** The page at `start` has to begin with a known row. */
  overlaps: boolean;
  /** Some pages had one row only and could not overlap: what was edited meanwhile may have been missed. */
  hasGaps: boolean;
  /** Pages in a row that brought nothing new. */
  barrenPages: number;
  /** Distinct rows, and repeats within one page. */
  rows: number;
  count: number | undefined;
}

export async function* harvestSearch(run: CkanRun, from: SearchCursor | undefined): AsyncGenerator<HarvestEvent> {
  const resumed = from?.sort === sortById ? from : undefined;
  const first = passFrom(resumed);
  yield* readPass(run, first, true);
  let best = first;
  if (isShort(first)) {
    run.effects.log(`${run.source.id}: ${shortfall(first)}; looking once more from the beginning`);
    // After a restart the first pass does not know the ids before it: the second stands alone.
    const known = resumed ? {} : { seen: first.seen, rows: first.rows };
    const second: Pass = { ...passFrom(undefined), ...known, sort: first.sort };
    yield* readPass(run, second, false);
    best = second;
  }
  const claimed = best.count === undefined ? {} : { claimedTotal: best.count };
  const found = isShort(best) ? shortfall(best) : best.hasGaps ? gaps : undefined;
  if (found === undefined) yield { kind: 'end', complete: true, ...claimed };
  else yield { kind: 'end', complete: false, why: `${run.source.id}: ${found}`, ...claimed };
}

function passFrom(from: SearchCursor | undefined): Pass {
  return {
    sort: from?.sort ?? sortById,
    seen: new Set(),
    seenUpTo: from?.last ?? '',
    last: from?.last ?? '',
    start: from?.start ?? 0,
    overlaps: from !== undefined,
    hasGaps: false,
    barrenPages: 0,
    rows: from?.rows ?? 0,
    count: undefined,
  };
}

const gaps = 'package_search gives one row a page, so that edits during the run go unseen; expected two or more';

function isShort(pass: Pass): boolean {
  return pass.count !== undefined && pass.rows < pass.count;
}

function shortfall(pass: Pass): string {
  return `package_search gave ${pass.rows} distinct packages; expected the ${pass.count} that its count claims`;
}

function isKnown(pass: Pass, row: ReadPackage): boolean {
  return pass.seen.has(row.key) || (row.id !== undefined && row.id <= pass.seenUpTo);
}

async function* readPass(run: CkanRun, pass: Pass, withCheckpoints: boolean): AsyncGenerator<HarvestEvent> {
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await fetchNextPage(run, pass);
    const news = takeNew(pass, page.rows);
    for (const { event } of news) if (event) yield event;
    if (!advance(pass, page, news.length)) return;
    if (withCheckpoints && pass.sort === sortById) yield checkpoint(pass);
  }
}

/** Moves on to the next page; false when there is none. */
function advance(pass: Pass, page: Page, newRows: number): boolean {
  if (page.rows.length === 0) return false;
  const behind = pass.start + page.rows.length;
  pass.barrenPages = newRows === 0 ? pass.barrenPages + 1 : 0;
  if (pass.barrenPages > 0 && behind >= (page.count ?? 0)) return false;
  if (pass.barrenPages >= mostBarrenPages) return false;
  pass.overlaps = page.rows.length > 1;
  if (!pass.overlaps && (page.count ?? 0) > 1) pass.hasGaps = true;
  pass.start = pass.overlaps ? behind - 1 : behind;
  return true;
}

/** The page at `start`; or, when it does not begin with a known row though it should, one further to the front that does. */
async function fetchNextPage(run: CkanRun, pass: Pass): Promise<Page> {
  for (let stepBack = 1; ; stepBack *= 2) {
    run.signal.throwIfAborted();
    const page = await fetchPage(run, pass);
    const [first] = page.rows;
    const joins = first !== undefined && isKnown(pass, first);
    if (joins || !pass.overlaps || pass.start === 0) return page;
    pass.start = Math.max(0, pass.start - stepBack);
  }
}

/** The rows that no earlier page had; a repeat within the page is the portal's own and is passed on. */
function takeNew(pass: Pass, rows: readonly ReadPackage[]): readonly ReadPackage[] {
  const news = rows.filter((row) => !isKnown(pass, row));
  for (const { id, key } of news) {
    pass.seen.add(key);
    if (id !== undefined && id > pass.last) pass.last = id;
  }
  pass.rows += news.length;
  return news;
}

function checkpoint({ sort, start, last, rows }: Pass): HarvestEvent {
  return { kind: 'checkpoint', cursor: cursorToText({ by: 'search', sort, start, last, rows }) };
}

/** One page; on the first one, an order that the portal refuses is given up for the next. */
async function fetchPage(run: CkanRun, pass: Pass): Promise<Page> {
  const pageSize = run.source.options['pageSize'];
  const rows = typeof pageSize === 'number' ? pageSize : defaultPageSize;
  for (;;) {
    const parameters = { q: '*:*', rows: String(rows), start: String(pass.start), sort: pass.sort };
    const { envelope, url, fetchedAt } = await callPatiently(run, 'package_search', parameters, 'result.results[*]');
    if (envelope.kind === 'ok') {
      if (envelope.count !== undefined) pass.count = envelope.count;
      const origin = { sourceId: run.source.id, url, fetchedAt };
      return { rows: envelope.slices.flatMap((slice) => rowOf(slice, origin, pass.start)), count: envelope.count };
    }
    const isRefusal = envelope.slug === 'answer-unsuccessful' || [400, 409].includes(envelope.status);
    const nextSort = sorts[sorts.indexOf(pass.sort) + 1];
    if (!isRefusal || pass.start > 0 || nextSort === undefined) {
      throw faultError(`${run.source.id}: ${url}`, envelope, 'success=true with result.results');
    }
    run.effects.log(`${run.source.id}: package_search refuses sort=${pass.sort}; trying ${nextSort}`);
    pass.sort = nextSort;
  }
}

function rowOf(slice: JsonSlice, origin: PackageOrigin, start: number): readonly ReadPackage[] {
  if (slice.kind === 'element') return [readPackage(slice.bytes, origin)];
  if (slice.kind === 'scalar' || slice.index < 0) return [];
  const message = `${origin.sourceId}: ${slice.problem.message}`;
  return [
    { id: undefined, key: `row ${start + slice.index}`, event: rejection({ slug: slice.problem.slug, message }) },
  ];
}
