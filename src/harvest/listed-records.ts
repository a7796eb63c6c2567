/**
 * Records that are listed by name and asked for one by one: several at a time, given in the order of the list. One
 * that cannot be read is rejected; many in a row mean that the portal is down.
 */
import { isSourceError, type SourceError } from '../model/source-error.ts';
import type { HarvestEvent } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import { type FetchedJson, isOfWholePortal } from './fetch-json.ts';
import { inOrder } from './in-order.ts';
import { faultError } from './json-answer.ts';
import { rejection } from './rejection.ts';

/** Records between two checkpoints: few enough to be asked again after a crash. */
const checkpointEvery = 100;

/** So many records in a row that fail mean that the portal is down. */
const mostFailuresInARow = 10;

export interface ListCursor {
  readonly by: 'list';
  /** Names done so far. */
  readonly done: number;
  /** The last name done. */
  readonly last: string;
  /** Listed names that could not be read and are no ids. */
  readonly unknown: number;
}

/** What came of one name: an event, nothing (gone, not public), or a portal that did not answer. */
export interface Shown {
  readonly event: HarvestEvent | undefined;
  /** What the same answer holds besides. */
  readonly others?: readonly HarvestEvent[];
  readonly failure?: SourceError;
}

export interface RecordList {
  /** What the records are called in messages: `packages`. */
  readonly noun: string;
  readonly names: readonly string[];
  /** Whether a name is the record's native id, so that what cannot be read is known all the same. */
  readonly isId: (name: string) => boolean;
  /** Throws only for failures; a failure of the one record is told apart here. */
  readonly show: (name: string) => Promise<Shown>;
}

/** How far the list is done, and how well. */
interface Tally {
  done: number;
  unknown: number;
  failuresInARow: number;
}

export async function* harvestListed(
  run: AdapterRun,
  list: RecordList,
  from: ListCursor | undefined,
): AsyncGenerator<HarvestEvent> {
  const { names } = list;
  const start = startAfter(names, from);
  const tally: Tally = { done: start, unknown: start === 0 ? 0 : (from?.unknown ?? 0), failuresInARow: 0 };
  const show = async (name: string) => ({ name, ...(await showOrReject(list, name)) });
  for await (const shown of inOrder(names.slice(start), run.source.pace.concurrency, show)) {
    run.signal.throwIfAborted();
    count(tally, list, shown);
    yield* eventsOf(shown);
    if (tally.done % checkpointEvery === 0 && tally.failuresInARow === 0) {
      const cursor: ListCursor = { by: 'list', done: tally.done, last: shown.name, unknown: tally.unknown };
      yield { kind: 'checkpoint', cursor: JSON.stringify(cursor) };
    }
  }
  const claimedTotal = names.length;
  // Behind a name that stands elsewhere now, some that were not done may stand before it.
  const hasMoved = start > 0 && start !== from?.done;
  if (tally.unknown === 0 && !hasMoved) yield { kind: 'end', complete: true, claimedTotal };
  else {
    const found = hasMoved
      ? `the list of ${list.noun} changed before ${from?.last ?? ''} between a stop and going on`
      : `${tally.unknown} listed ${list.noun} could not be read and are known by name only`;
    yield { kind: 'end', complete: false, why: `${run.source.id}: ${found}; expected all to be read`, claimedTotal };
  }
}

function eventsOf({ event, others = [] }: Shown): readonly HarvestEvent[] {
  return event === undefined ? others : [event, ...others];
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
export function parseListCursor(text: string | undefined): ListCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { by, done, last, unknown }: Readonly<Record<string, unknown>> = JSON.parse(text);
  if (by !== 'list' || typeof done !== 'number' || typeof last !== 'string') return undefined;
  return typeof unknown === 'number' ? { by, done, last, unknown } : undefined;
}

/** What an answer in place of a record means; undefined for one that was deleted between the list and now. */
export function shownFault(who: string, name: string, { answer, bytes }: FetchedJson): Shown {
  if (answer.kind === 'ok') {
    const message = `${who} answered a record that is too large`;
    return { event: rejection({ slug: 'record-too-large', message, nativeId: name }) };
  }
  // Deleted between the list and now: it is no longer listed, which is no error.
  if (answer.status === 404 || answer.status === 410) return { event: undefined };
  const message = `${who} answered ${answer.found}; expected the record`;
  const event = rejection({ slug: answer.slug, message, nativeId: name, raw: bytes });
  return answer.status >= 500 ? { event, failure: faultError(who, answer, 'the record') } : { event };
}

async function showOrReject(list: RecordList, name: string): Promise<Shown> {
  try {
    return await list.show(name);
  } catch (failure) {
    if (isOfWholePortal(failure) || !isSourceError(failure)) throw failure;
    const event = rejection({ slug: 'record-unreachable', message: failure.message, nativeId: name });
    return { event, failure };
  }
}

/** Throws when so many records in a row failed that it is the portal. */
function count(tally: Tally, list: RecordList, shown: Shown & { readonly name: string }): void {
  tally.done += 1;
  tally.failuresInARow = shown.failure ? tally.failuresInARow + 1 : 0;
  if (shown.failure && tally.failuresInARow >= mostFailuresInARow) throw shown.failure;
  if (shown.event?.kind === 'rejected' && !list.isId(shown.name)) tally.unknown += 1;
}

/** Goes on behind the last name done, wherever it stands now; from the beginning when it is gone. */
function startAfter(names: readonly string[], from: ListCursor | undefined): number {
  if (from === undefined) return 0;
  return names[from.done - 1] === from.last ? from.done : names.indexOf(from.last) + 1;
}
