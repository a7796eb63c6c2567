/**
 * CKAN's Action API. Options of the source: `listing` (`search`, the default: pages of `package_search`; `list`:
 * `package_list` and one `package_show` each, falling back to `search` where the list does not answer) and `pageSize`
 * (rows a page, 200 unless told). Both give the same records under the same native ids: the package's `id`.
 */
import type { Source } from '../../model/source.ts';
import { isSourceError } from '../../model/source-error.ts';
import type { Harvest, HarvestEffects } from '../harvest-contract.ts';
import { parseCursor } from './cursor.ts';
import { fetchPackageList, harvestList } from './list.ts';
import { harvestSearch } from './search.ts';

export const harvestCkan: Harvest = async function* harvestCkan(source, from, effects, signal) {
  const run = { source, effects, signal };
  const cursor = parseCursor(from);
  const wantsList = source.options['listing'] === 'list' && cursor?.by !== 'search';
  const names = wantsList ? await listOrNothing(source, effects, signal) : undefined;
  if (names === undefined) yield* harvestSearch(run, cursor?.by === 'search' ? cursor : undefined);
  else yield* harvestList(run, names, cursor?.by === 'list' ? cursor : undefined);
};

/** Case `op D12`: big sites redirect `package_list` away or let it time out. */
async function listOrNothing(
  source: Source,
  effects: HarvestEffects,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    return await fetchPackageList({ source, effects, signal });
  } catch (failure) {
    if (!isSourceError(failure)) throw failure;
    effects.log(`${failure.message}; going on with package_search`);
    return undefined;
  }
}
