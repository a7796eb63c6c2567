/** `package_list`, then `package_show` for each name: several at a time, given in the order of the list. */
import { JsonSliceScanner } from '../../kit/json-slices.ts';
import { tokenValue } from '../../kit/json-tokens.ts';
import { isSourceError, type SourceError } from '../../model/source-error.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import { inOrder } from '../in-order.ts';
import { rejection } from '../rejection.ts';
import { type CalledAction, type CkanRun, callPatiently, isOfWholePortal } from './action.ts';
import { type CkanCursor, cursorToText } from './cursor.ts';
import { faultError } from './envelope.ts';
import { readPackage } from './package.ts';

/** Packages between two checkpoints: few enough to be asked again after a crash. */
const checkpointEvery = 100;

/** So many packages in a row that fail mean that the portal is down. */
const mostFailuresInARow = 10;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

export async function fetchPackageList(run: CkanRun): Promise<readonly string[]> {
  const { envelope, url } = await callPatiently(run, 'package_list', {}, 'result[*]');
  if (envelope.kind === 'fault') {
    throw faultError(`${run.source.id}: ${url}`, envelope, 'a JSON list of names');
  }
  return envelope.slices.flatMap((slice) => {
    const name = slice.kind === 'element' ? tokenValue(new TextDecoder().decode(slice.bytes)) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

type ListCursor = Extract<CkanCursor, { by: 'list' }>;

/** What came of one name: an event, nothing (gone, not public), or a portal that did not answer. */
interface Shown {
  readonly name: string;
  readonly event: HarvestEvent | undefined;
  readonly failure?: SourceError;
}

/** How far the list is done, and how well. */
interface Tally {
  done: number;
  /** Listed names that could not be read and are no ids. */
  unknown: number;
  failuresInARow: number;
}

export async function* harvestList(
  run: CkanRun,
  names: readonly string[],
  from: ListCursor | undefined,
): AsyncGenerator<HarvestEvent> {
  const start = startAfter(names, from);
  const tally: Tally = { done: start, unknown: start === 0 ? 0 : (from?.unknown ?? 0), failuresInARow: 0 };
  for await (const shown of inOrder(names.slice(start), run.source.pace.concurrency, (name) => show(run, name))) {
    run.signal.throwIfAborted();
    count(tally, shown);
    if (shown.event) yield shown.event;
    if (tally.done % checkpointEvery === 0 && tally.failuresInARow === 0) {
      const { done, unknown } = tally;
      yield { kind: 'checkpoint', cursor: cursorToText({ by: 'list', done, last: shown.name, unknown }) };
    }
  }
  const claimedTotal = names.length;
  if (tally.unknown === 0) yield { kind: 'end', complete: true, claimedTotal };
  else {
    const found = `${tally.unknown} listed packages could not be read and are known by name only`;
    yield { kind: 'end', complete: false, why: `${run.source.id}: ${found}; expected all to be read`, claimedTotal };
  }
}

/** Throws when so many packages in a row failed that it is the portal. */
function count(tally: Tally, shown: Shown): void {
  tally.done += 1;
  tally.failuresInARow = shown.failure ? tally.failuresInARow + 1 : 0;
  if (shown.failure && tally.failuresInARow >= mostFailuresInARow) throw shown.failure;
  if (shown.event?.kind === 'rejected' && !uuid.test(shown.name)) tally.unknown += 1;
}

/** Goes on behind the last name done, wherever it stands now; from the beginning when it is gone. */
function startAfter(names: readonly string[], from: ListCursor | undefined): number {
  if (from === undefined) return 0;
  return names[from.done - 1] === from.last ? from.done : names.indexOf(from.last) + 1;
}

async function show(run: CkanRun, name: string): Promise<Shown> {
  try {
    const called = await callPatiently(run, 'package_show', { id: name }, 'result');
    return { name, ...eventOf(run, name, called) };
  } catch (failure) {
    if (isOfWholePortal(failure) || !isSourceError(failure)) throw failure;
    const event = rejection({ slug: 'record-unreachable', message: failure.message, nativeId: name });
    return { name, event, failure };
  }
}

function eventOf(run: CkanRun, name: string, called: CalledAction): Omit<Shown, 'name'> {
  const { envelope, bytes, url, fetchedAt } = called;
  const who = `${run.source.id}: package_show of ${name}`;
  if (envelope.kind === 'fault') {
    // Deleted between the list and now: it is no longer listed, which is no error.
    if (envelope.status === 404 || envelope.status === 410) return { event: undefined };
    const message = `${who} answered ${envelope.found}; expected the package`;
    const event = rejection({ slug: envelope.slug, message, nativeId: name, raw: bytes });
    return envelope.status >= 500 ? { event, failure: faultError(who, envelope, 'the package') } : { event };
  }
  const [result] = envelope.slices.flatMap((slice) => (slice.kind === 'element' ? [slice.bytes] : []));
  if (result === undefined) {
    const message = `${who} answered a package that is too large`;
    return { event: rejection({ slug: 'record-too-large', message, nativeId: name }) };
  }
  const origin = { sourceId: run.source.id, url, fetchedAt, listedAs: name };
  const only = onlyElement(result);
  return { event: readPackage(only ?? result, { ...origin, isDkan: only !== undefined }).event };
}

/** DKAN answers a list of one package (seen on opendata.hautsdefrance.fr, fixture `ckan-dkan/udata`); undefined for CKAN. */
function onlyElement(result: Uint8Array): Uint8Array | undefined {
  if (result[0] !== 0x5b) return undefined;
  const [first] = new JsonSliceScanner({ path: '[*]' }).push(result);
  return first?.kind === 'element' ? first.bytes : undefined;
}
