import { adapters } from '../../src/harvest/adapters.ts';
import type { Source } from '../../src/model/source.ts';
import type { HarvestEvent } from '../../src/model/source-record.ts';
import { quickDoor } from '../support/quick-door.ts';

export interface Harvested {
  readonly events: readonly HarvestEvent[];
  /** Native ids in the order they came, repeats included. */
  readonly ids: readonly string[];
  /** Native id → raw text, of the last record with that id. */
  readonly raws: ReadonlyMap<string, string>;
  /** `slug` or `slug nativeId` of each rejection. */
  readonly rejected: readonly string[];
  readonly cursors: readonly string[];
  readonly end: Extract<HarvestEvent, { kind: 'end' }> | undefined;
  readonly log: readonly string[];
  /** What was thrown instead of an end. */
  readonly failure: unknown;
}

export interface CollectOptions {
  readonly from?: string;
  readonly signal?: AbortSignal;
  /** Stops reading, as a killed process does, right behind the checkpoint with this number (0 = the first). */
  readonly stopAfterCheckpoint?: number;
}

/** Runs the adapter of the source over real HTTP and keeps what it says. */
export async function collect(source: Source, options: CollectOptions = {}): Promise<Harvested> {
  const door = quickDoor();
  const log: string[] = [];
  const events: HarvestEvent[] = [];
  const effects = { now: () => new Date('2026-11-25T00:00:00Z'), http: door, log: (line: string) => log.push(line) };
  let checkpoints = 0;
  let failure: unknown;
  try {
    const signal = options.signal ?? new AbortController().signal;
    for await (const event of adapters[source.protocol](source, options.from, effects, signal)) {
      events.push(event);
      if (event.kind === 'checkpoint' && checkpoints++ === options.stopAfterCheckpoint) break;
    }
  } catch (thrown) {
    failure = thrown;
  } finally {
    await door.close();
  }
  const records = events.flatMap((event) => (event.kind === 'record' ? [event.record] : []));
  return {
    events,
    ids: records.map((record) => record.nativeId),
    raws: new Map(records.map((record) => [record.nativeId, new TextDecoder().decode(record.raw)])),
    rejected: events.flatMap((event) =>
      event.kind === 'rejected'
        ? [[event.problem.slug, event.nativeId].filter((part) => part !== undefined).join(' ')]
        : [],
    ),
    cursors: events.flatMap((event) => (event.kind === 'checkpoint' ? [event.cursor] : [])),
    end: events.flatMap((event) => (event.kind === 'end' ? [event] : []))[0],
    log,
    failure,
  };
}
