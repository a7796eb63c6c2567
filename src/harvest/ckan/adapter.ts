/**
 * CKAN's Action API. Options of the source: `listing` (`search`, the default: pages of `package_search`; `list`:
 * `package_list` and one `package_show` each, falling back to `search` where the list does not answer), `pageSize`
 * (rows a page, 200 unless told) and `query` (one of several catalogues in a CKAN, `organization:090000`: always by
 * search). Both listings give the same records under the same native ids: the package's `id`. Only `search` can be asked
 * for what changed; a list is read whole.
 */
import { isSourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { changesOnly } from '../changes-only.ts';
import type { Harvest } from '../harvest-contract.ts';
import { harvestListed, parseListCursor } from '../listed-records.ts';
import { harvestPages, parsePageCursor } from '../paged-list.ts';
import { fetchPackageList, packageList } from './list.ts';
import { packageSearch } from './search.ts';

export const harvestCkan: Harvest = async function* harvestCkan(source, from, effects, signal) {
  const run = { source, effects, signal };
  const pageCursor = parsePageCursor(from);
  const isPart = source.options['query'] !== undefined;
  const wantsList = source.options['listing'] === 'list' && !isPart && pageCursor === undefined;
  const names = wantsList ? await listOrNothing(run) : undefined;
  if (names === undefined) {
    const pages = packageSearch(run, pageCursor?.order);
    yield* changesOnly(harvestPages(run, pages, pageCursor), pages.since);
  } else yield* harvestListed(run, packageList(run, names), parseListCursor(from));
};

/** Case `op D12`: big sites redirect `package_list` away or let it time out. */
async function listOrNothing(run: AdapterRun): Promise<readonly string[] | undefined> {
  try {
    return await fetchPackageList(run);
  } catch (failure) {
    if (!isSourceError(failure)) throw failure;
    run.effects.log(`${failure.message}; going on with package_search`);
    return undefined;
  }
}
