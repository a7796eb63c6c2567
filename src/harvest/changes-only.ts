/** The end of a reading that asked only for what changed: all of that was seen, and nothing is proven to be gone. */
import type { HarvestEvent } from '../model/source-record.ts';

/** `since`: what was asked for; undefined when the whole list was read after all. */
export async function* changesOnly(
  events: AsyncIterable<HarvestEvent>,
  since: () => string | undefined,
): AsyncGenerator<HarvestEvent> {
  for await (const event of events) {
    const from = event.kind === 'end' && event.complete ? since() : undefined;
    // A total of what changed is no total of the portal.
    yield from === undefined ? event : { kind: 'end', complete: false, since: from };
  }
}
