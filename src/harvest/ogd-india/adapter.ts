/**
 * OGD India (data.gov.in and the sites of states and programmes). Options of the source: `listing` (`lists`, the
 * default: the Data API's `/lists`; `dmspublic`: the website's own `backend/dmspublic/v1/resources`, which needs no key
 * and wraps every value in a list) and `pageSize` (rows a page, 100 unless told). `endpoint` is the listing, with
 * filters in its query if wanted. A resource has the same id in both.
 */
import type { Harvest } from '../harvest-contract.ts';
import { harvestPages, parsePageCursor } from '../paged-list.ts';
import { dmsPublic, lists, resourceList } from './listing.ts';

export const harvestOgdIndia: Harvest = (source, from, effects, signal) => {
  const run = { source, effects, signal };
  const listing = source.options['listing'] === 'dmspublic' ? dmsPublic : lists;
  return harvestPages(run, resourceList(run, listing), parsePageCursor(from));
};
