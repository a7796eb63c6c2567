/** A listing that only says which records there are; each is then asked for by its id. */
import type { HarvestEvent, SourceRecord } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import { mayHaveChangedSince } from './changed-since.ts';
import { changesOnly } from './changes-only.ts';
import { harvestListed, parseListCursor, type RecordList } from './listed-records.ts';

export interface Details extends Pick<RecordList, 'noun' | 'show'> {
  /** When a listed record changed, as the list writes it; an incremental run leaves those out that did not. */
  readonly changedAt?: (listed: SourceRecord) => string | undefined;
}

export async function* harvestDetails(
  run: AdapterRun,
  listing: AsyncIterable<HarvestEvent>,
  { changedAt, ...details }: Details,
  from: string | undefined,
): AsyncGenerator<HarvestEvent> {
  const names = new Set<string>();
  let why: string | undefined;
  const since = changedAt === undefined ? undefined : run.effects.since;
  const isWanted = (listed: SourceRecord): boolean =>
    since === undefined || mayHaveChangedSince(since, changedAt?.(listed));
  for await (const event of listing) {
    if (event.kind === 'record' && isWanted(event.record)) names.add(event.record.nativeId);
    else if (event.kind === 'rejected') yield event;
    else if (event.kind === 'end' && !event.complete) why = event.why;
  }
  const list: RecordList = { ...details, names: [...names], isId: () => true };
  const events = changesOnly(harvestListed(run, list, parseListCursor(from)), () => since);
  for await (const event of events) {
    if (event.kind !== 'end' || why === undefined) yield event;
    else yield { ...event, complete: false, why };
  }
}
