/**
 * What every protocol adapter is: one function from a source to harvest events. It never writes, never guesses and
 * never stops a run for one bad record (that is a `rejected` event). A world that is down is a thrown `SourceError`.
 * To add a protocol: a folder here, a row in `adapters.ts`, its side in `simulator/`, and the shared case file runs.
 */
import type { HttpDoor } from '../kit/http/http-door.ts';
import type { Source } from '../model/source.ts';
import type { HarvestEvent, ListDocument } from '../model/source-record.ts';

export interface HarvestEffects {
  readonly now: () => Date;
  readonly http: HttpDoor;
  readonly log: (line: string) => void;
  /**
   * ISO 8601 instant: it is enough to read what changed since, and to end with that `since`. An adapter that cannot tell
   * leaves it alone, reads the whole list and ends complete. The same for a run that is gone on with.
   */
  readonly since?: string;
  /** What the last whole list was read from; absent when the list has to be read whatever the portal says. */
  readonly documents?: readonly ListDocument[];
}

/** `from` is the cursor of the last checkpoint of the same, unfinished run; absent = from the beginning. */
export type Harvest = (
  source: Source,
  from: string | undefined,
  effects: HarvestEffects,
  signal: AbortSignal,
) => AsyncIterable<HarvestEvent>;
