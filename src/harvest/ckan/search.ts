/**
 * Pages of `package_search`, sorted by id where the portal allows it; of an incremental run those packages whose
 * `metadata_modified` (UTC, written without a zone: case `field N-06`) is not before its `since`.
 */
import type { AdapterRun } from '../adapter-run.ts';
import type { FetchedJson } from '../fetch-json.ts';
import { faultError } from '../json-answer.ts';
import { rowsOfPage } from '../json-record.ts';
import type { ListedPage, PagedList } from '../paged-list.ts';
import { callAction, countOf } from './action.ts';
import { readPackage } from './package.ts';

/** Rows a page, unless the source says otherwise: about 2 MB of JSON a page on the portals captured. */
const defaultPageSize = 200;

const sortById = 'id asc';

/** Stable orders, best first; an old portal may refuse to sort by `id`. */
const sorts: readonly string[] = [sortById, 'metadata_created asc, id asc', 'name asc', 'metadata_created asc'];

/** How the portal is asked; part of a cursor, so that a run that goes on asks as it did before. */
interface Manner {
  readonly sort: string;
  /** Undefined: for all packages. */
  readonly since: string | undefined;
}

export interface PackageSearch extends PagedList {
  /** What the pages are restricted to; undefined when they are all there are. */
  readonly since: () => string | undefined;
}

/** `order`: of the checkpoint that reading goes on from. */
export function packageSearch(run: AdapterRun, order: string | undefined): PackageSearch {
  const manners = mannersOf(run.effects.since);
  let manner = manners.find((each) => orderOf(each) === order) ?? firstOf(manners);

  /** On the first page, a manner that the portal refuses is given up for the next. */
  async function fetchPage(start: number): Promise<ListedPage> {
    for (;;) {
      const called = await callSearch(run, start, manner);
      const { answer, url, fetchedAt } = called;
      if (answer.kind === 'ok') {
        const origin = { sourceId: run.source.id, url, fetchedAt };
        const rows = rowsOfPage(answer.slices, run.source.id, start, (raw) => readPackage(raw, origin));
        const count = countOf(answer.values);
        return { rows, count, isLast: start + rows.length >= (count ?? 0) };
      }
      const isRefusal = answer.slug === 'answer-unsuccessful' || [400, 409].includes(answer.status);
      const next = manners[manners.indexOf(manner) + 1];
      if (!isRefusal || start > 0 || next === undefined) {
        throw faultError(`${run.source.id}: ${url}`, answer, 'success=true with result.results');
      }
      run.effects.log(`${run.source.id}: package_search refuses ${orderOf(manner)}; trying ${orderOf(next)}`);
      manner = next;
    }
  }

  return {
    name: 'package_search',
    noun: 'packages',
    unit: 'row',
    first: 0,
    order: () => orderOf(manner),
    canResume: (each) => manners.some((known) => known.sort === sortById && orderOf(known) === each),
    isById: (each) => manners.some((known) => known.sort === sortById && orderOf(known) === each),
    fetchPage,
    since: () => manner.since,
  };
}

/** A filter that the portal refuses in every order is given up, and the whole list is read. */
function mannersOf(since: string | undefined): readonly Manner[] {
  const limits = since === undefined ? [undefined] : [since, undefined];
  return limits.flatMap((limit) => sorts.map((sort) => ({ sort, since: limit })));
}

function firstOf([first]: readonly Manner[]): Manner {
  return first ?? { sort: sortById, since: undefined };
}

function orderOf({ sort, since }: Manner): string {
  return since === undefined ? sort : `${sort} changed since ${since}`;
}

function callSearch(run: AdapterRun, start: number, { sort, since }: Manner): Promise<FetchedJson> {
  const pageSize = run.source.options['pageSize'];
  const rows = typeof pageSize === 'number' ? pageSize : defaultPageSize;
  const query = run.source.options['query'];
  const parameters = {
    ...{ q: typeof query === 'string' ? query : '*:*', rows: String(rows), start: String(start), sort },
    ...(since !== undefined && { fq: `metadata_modified:[${since} TO *]` }),
  };
  return callAction(run, 'package_search', parameters, 'result.results[*]');
}
