/**
 * A catalogue in RDF: Turtle, N3, N-Triples, RDF/XML or JSON-LD, in pages (Hydra, Link header, `?page=`) or as one
 * document. A record is one dcat:Dataset with all that belongs to it, as canonical N-Triples (docs/adr/0009). Pages are
 * held one at a time; a document is held whole, up to the source's `maxBodyBytes`, because the statements about one
 * dataset may stand anywhere in it.
 *
 * Options of the source: `paging` (`auto`, the default: the next page number is tried where the first page is full and
 * names no next; `pages`: always tried; `none`), `nativeId` (`identifier`, the default, or `iri`), `details` (`true`: a
 * dataset that is listed but not described is asked for at its own address).
 */
import type { HarvestEvent } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import type { Harvest } from '../harvest-contract.ts';
import { type PageCursor, parseCursor } from './cursor.ts';
import { readPass } from './page-walk.ts';
import { doubtOf, newPass, takeNew } from './pass.ts';
import { undescribedRows } from './undescribed.ts';

export const harvestDcatRdf: Harvest = (source, from, effects, signal) =>
  readCatalogue({ source, effects, signal }, parseCursor(from));

async function* readCatalogue(run: AdapterRun, from: PageCursor | undefined): AsyncGenerator<HarvestEvent> {
  let pass = newPass(from);
  const first = yield* readPass(run, pass, from);
  if (first === 'lost-its-place') {
    run.effects.log(`${run.source.id}: the pages have changed since the last checkpoint; reading all again`);
    return yield* readCatalogue(run, undefined);
  }
  for await (const row of undescribedRows(run, pass)) {
    const { news } = takeNew(pass, [row]);
    for (const { event } of news) yield event;
  }
  let doubt = doubtOf(pass, undefined);
  if (doubt !== undefined && pass.flaw === undefined && pass.loop === undefined) {
    run.effects.log(`${run.source.id}: ${doubt}; looking once more from the beginning`);
    const before = pass;
    // After a restart the first reading does not know the rows before it: the second stands alone.
    pass = from === undefined ? newPass(undefined, before) : { ...newPass(undefined), isFirst: false };
    yield* readPass(run, pass, undefined);
    doubt = doubtOf(pass, before);
  }
  const claimed = pass.total === undefined ? {} : { claimedTotal: pass.total };
  if (doubt === undefined) yield { kind: 'end', complete: true, ...claimed };
  else yield { kind: 'end', complete: false, why: `${run.source.id}: ${doubt}`, ...claimed };
}
