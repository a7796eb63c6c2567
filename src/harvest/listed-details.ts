/** A listing that only says which records there are; each is then asked for by its id. */
import type { HarvestEvent } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import { harvestListed, parseListCursor, type RecordList } from './listed-records.ts';

export async function* harvestDetails(
  run: AdapterRun,
  listing: AsyncIterable<HarvestEvent>,
  details: Pick<RecordList, 'noun' | 'show'>,
  from: string | undefined,
): AsyncGenerator<HarvestEvent> {
  const names = new Set<string>();
  let why: string | undefined;
  for await (const event of listing) {
    if (event.kind === 'record') names.add(event.record.nativeId);
    else if (event.kind === 'rejected') yield event;
    else if (event.kind === 'end' && !event.complete) why = event.why;
  }
  const list: RecordList = { ...details, names: [...names], isId: () => true };
  for await (const event of harvestListed(run, list, parseListCursor(from))) {
    if (event.kind !== 'end' || why === undefined) yield event;
    else yield { ...event, complete: false, why };
  }
}
