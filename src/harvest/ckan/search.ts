/** Pages of `package_search`, sorted by id where the portal allows it. */
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

export function packageSearch(run: AdapterRun): PagedList {
  let sort = sortById;

  /** On the first page, an order that the portal refuses is given up for the next. */
  async function fetchPage(start: number): Promise<ListedPage> {
    for (;;) {
      const called = await callSearch(run, start, sort);
      const { answer, url, fetchedAt } = called;
      if (answer.kind === 'ok') {
        const origin = { sourceId: run.source.id, url, fetchedAt };
        const rows = rowsOfPage(answer.slices, run.source.id, start, (raw) => readPackage(raw, origin));
        const count = countOf(answer.values);
        return { rows, count, isLast: start + rows.length >= (count ?? 0) };
      }
      const isRefusal = answer.slug === 'answer-unsuccessful' || [400, 409].includes(answer.status);
      const nextSort = sorts[sorts.indexOf(sort) + 1];
      if (!isRefusal || start > 0 || nextSort === undefined) {
        throw faultError(`${run.source.id}: ${url}`, answer, 'success=true with result.results');
      }
      run.effects.log(`${run.source.id}: package_search refuses sort=${sort}; trying ${nextSort}`);
      sort = nextSort;
    }
  }

  return {
    name: 'package_search',
    noun: 'packages',
    unit: 'row',
    first: 0,
    order: () => sort,
    canResume: (order) => order === sortById,
    isById: (order) => order === sortById,
    fetchPage,
  };
}

function callSearch(run: AdapterRun, start: number, sort: string): Promise<FetchedJson> {
  const pageSize = run.source.options['pageSize'];
  const rows = typeof pageSize === 'number' ? pageSize : defaultPageSize;
  const query = run.source.options['query'];
  const parameters = { q: typeof query === 'string' ? query : '*:*', rows: String(rows), start: String(start), sort };
  return callAction(run, 'package_search', parameters, 'result.results[*]');
}
