/**
 * OGC CSW 2.0.2: pages of GetRecords, as ISO 19139 (`gmd`) or, where the portal refuses that, Dublin Core (`csw`).
 * `endpoint` is the address of the service; parameters of a CSW request in it are replaced. Options of the source:
 * `method` (`get`, the default, or `post`), `pageSize` (records a page, 50 unless told), `outputSchema` (`gmd` or `csw`:
 * that one and no other), `typeNames` (`csw:Record` unless told), `sortBy` (the property that the portal sorts by, such
 * as `dc:identifier`) and `constraint` (a CQL text such as `type = 'dataset'`, which the portal then applies). Records
 * that describe no data (services, applications, feature catalogues) are left out here and counted in the log. The
 * native id is `gmd:fileIdentifier`; where that is empty, the code of the first identifier of the citation.
 */
import { changesOnly } from '../changes-only.ts';
import type { Harvest } from '../harvest-contract.ts';
import { harvestPages, parsePageCursor } from '../paged-list.ts';
import { countLeftOut } from './left-out.ts';
import { cswPages } from './pages.ts';

const endUntold = 'GetRecords gave neither numberOfRecordsMatched nor nextRecord="0"; expected one, to know the end by';

export const harvestCsw: Harvest = async function* harvestCsw(source, from, effects, signal) {
  const run = { source, effects, signal };
  const cursor = parsePageCursor(from);
  const leftOut = countLeftOut();
  const pages = cswPages(run, cursor?.order, leftOut);
  for await (const event of changesOnly(harvestPages(run, pages, cursor), pages.since)) {
    if (event.kind !== 'end' || event.why !== undefined || pages.hasEnd()) yield event;
    else yield { kind: 'end', complete: false, why: `${source.id}: ${endUntold}` };
  }
  const told = leftOut.told();
  if (told !== undefined) effects.log(`${source.id}: left out ${told}: records that describe no data`);
};
