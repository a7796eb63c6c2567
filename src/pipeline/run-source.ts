/**
 * One harvest of one source: adapter events → compare with the archive → normalise → store, in batches. The one place
 * where a bad world is caught: the run then ends `failed` with a sentence and everything stored before stays. A store
 * that cannot be written and a bug are thrown on.
 */
import type { HarvestEffects } from '../harvest/harvest-contract.ts';
import { sourceDoor } from '../harvest/source-door.ts';
import { redact } from '../kit/http/redact.ts';
import type { HarvestRun, RunFailure } from '../model/harvest-run.ts';
import { isSourceError, type SourceError } from '../model/source-error.ts';
import type { HarvestEnd, HarvestEvent } from '../model/source-record.ts';
import type { HarvestBasis, RunEnd, RunTally, StartedRun } from '../store/catalogue-store.ts';
import { isStoreError } from '../store/store-error.ts';
import { judgeEnd, type Verdict } from './judge-end.ts';
import type { RunOptions } from './run-options.ts';
import { type RunPlan, runPlan, scopeOf } from './run-plan.ts';
import { createTally, type TallyBook } from './run-tally.ts';
import { type RunWatchdog, startWatchdog } from './run-watchdog.ts';
import { createSeenSet, type SeenSet } from './seen-set.ts';
import type { Sighting } from './sighting.ts';
import { recordSighting, rejectedSighting } from './take-event.ts';
import { batchFromSightings } from './write-batch.ts';

/**
 * Sightings in a batch at most. Each commit costs about 10 ms whatever it holds; 500 records are written in some 50 ms
 * on a quiet machine, and the promise is ≤ 0.1 s, so that readers and other writers never wait longer.
 */
const batchRecords = 500;

/** Or as many raw bytes; Tokyo's records have 9 kB on average. */
const batchBytes = 2 * 1024 * 1024;

/** A slow portal's records are kept at least this often, in ms, when it gives a checkpoint. */
const keepEveryMs = 5_000;

/** Sign of life for the lease, in ms; it holds for 90 s. */
const heartbeatMs = 20_000;

/** The run as it stands in the books; `failed` when the portal broke it or `signal` stopped it. */
export async function runSource(given: RunOptions): Promise<HarvestRun> {
  const { basis, plan, run } = await begin(given);
  const watchdog = startWatchdog(given);
  const effects = { ...given.effects, http: watchdog.http, ...asked(plan, run) };
  const options = { ...given, signal: watchdog.signal, effects };
  const session = createSession(options, run, watchdog);
  const heartbeat = setInterval(() => session.beat(), heartbeatMs);
  heartbeat.unref();
  try {
    const end = await watchdog.within(takeEvents(session));
    return await finish(session, await judgeEnd(session, end, basis));
  } catch (cause) {
    if (isStoreError(cause)) throw cause;
    return await finishBroken(session, cause, given.signal);
  } finally {
    clearInterval(heartbeat);
    watchdog.close();
  }
}

interface Beginning {
  readonly basis: HarvestBasis | undefined;
  readonly plan: RunPlan;
  readonly run: StartedRun;
}

async function begin({ source, store, effects, isWhole = false }: RunOptions): Promise<Beginning> {
  const now = effects.now();
  const scope = scopeOf(source);
  const basis = await store.harvestBasis(source.id, scope);
  const plan = runPlan(source, basis, { isWhole, now });
  const since = plan.since === undefined ? {} : { since: plan.since };
  const { id: sourceId, country } = source;
  const run = await store.startRun({ sourceId, country, at: now.toISOString(), scope, isWhole, ...since });
  return { basis, plan, run };
}

/** What the adapter is told: an interrupted run goes on with what it was begun with, and has read a part already. */
function asked({ documents }: RunPlan, { since, resumed }: StartedRun): Pick<HarvestEffects, 'since' | 'documents'> {
  return {
    ...(since !== undefined && { since }),
    ...(documents !== undefined && resumed === undefined && { documents }),
  };
}

/** A limit, the operator or the world ended it; anything else is thrown on. */
async function finishBroken(session: Session, cause: unknown, stop: AbortSignal): Promise<HarvestRun> {
  const { id } = session.options.source;
  const limit = session.watchdog.expired();
  if (!stop.aborted && limit === undefined && !isSourceError(cause)) {
    const why = `${id}: an error in Sampan itself ended the run: ${redact(String(cause))}`;
    await finishFailed(session, why, { code: 'internal' });
    throw cause;
  }
  // What had come in before is good.
  await session.flush();
  const failure = limit ?? cause;
  if ((stop.aborted && limit === undefined) || !isSourceError(failure))
    return finishFailed(session, stopped(id), { code: 'stopped' });
  return finishFailed(session, redact(failure.message), failureOf(failure));
}

interface Session {
  readonly options: RunOptions;
  readonly watchdog: RunWatchdog;
  readonly run: StartedRun;
  readonly tally: TallyBook;
  readonly seen: SeenSet;
  readonly deleted: Set<string>;
  /** Notes a sighting of so many raw bytes; writes the batch when it is full. */
  readonly take: (sighting: Sighting, bytes: number) => Promise<void>;
  readonly checkpoint: (cursor: string) => Promise<void>;
  /** Writes what is pending and waits until it is stored. */
  readonly flush: () => Promise<void>;
  readonly beat: () => void;
  /** The books up to the last batch that was handed to the store. */
  readonly kept: () => RunTally;
  /** Whether a checkpoint was stored since this process began or went on with the run. */
  readonly advanced: () => boolean;
}

function createSession(options: RunOptions, run: StartedRun, watchdog: RunWatchdog): Session {
  const { store, effects } = options;
  const tally = createTally(run.resumed?.tally);
  let kept = tally.now();
  let pending: Sighting[] = [];
  let pendingBytes = 0;
  let checkpoint: { readonly cursor: string; readonly index: number } | undefined;
  let keptAt = effects.now().getTime();
  // The next batch is gathered and normalised while the last one is packed and written.
  let committing: Promise<void> = Promise.resolve();
  let lost: unknown;
  let advanced = false;

  const write = async (): Promise<void> => {
    // Cut at the last checkpoint, so that the cursor stands for exactly what is stored with it.
    const { cursor, index } = checkpoint ?? { cursor: undefined, index: pending.length };
    const sightings = pending.slice(0, index);
    pending = pending.slice(index);
    pendingBytes = 0;
    checkpoint = undefined;
    keptAt = effects.now().getTime();
    if (sightings.length === 0 && cursor === undefined) return;
    const batch = await batchFromSightings({ options, run, tally }, sightings, cursor);
    await committing;
    if (lost !== undefined) throw lost;
    committing = store.commitBatch(run, batch);
    // Awaited with the next batch or the flush; until then a failure must not count as unhandled.
    committing.catch(() => undefined);
    kept = batch.tally;
    advanced ||= cursor !== undefined;
    options.progress?.({ sourceId: options.source.id, counts: batch.tally.counts });
  };
  return {
    options,
    watchdog,
    run,
    tally,
    seen: createSeenSet(run.resumed?.seen ?? []),
    kept: () => kept,
    advanced: () => advanced,
    deleted: new Set(),
    take: async (sighting, bytes) => {
      pending.push(sighting);
      pendingBytes += bytes;
      if (pending.length >= batchRecords || pendingBytes >= batchBytes) await write();
    },
    checkpoint: async (cursor) => {
      checkpoint = { cursor, index: pending.length };
      const due = effects.now().getTime() - keptAt >= keepEveryMs;
      // With nothing pending it stands for what was written last: later it would go with records that come behind it.
      if (pending.length === 0 || due || pending.length * 2 >= batchRecords) await write();
    },
    flush: async () => {
      await write();
      if (pending.length > 0) await write();
      await committing;
    },
    beat: () => {
      store.keepRun(run, effects.now().toISOString()).catch((cause: unknown) => {
        lost = cause;
      });
    },
  };
}

async function takeEvents(session: Session): Promise<HarvestEnd> {
  const { options, run } = session;
  const { source, effects, signal } = options;
  let end: HarvestEnd | undefined;
  const guarded = { ...effects, http: sourceDoor(source, effects.http, options.serviceKey) };
  for await (const event of options.harvest(source, run.resumed?.cursor, guarded, signal)) {
    // An adapter that did not hear its signal may speak up when nobody waits for it any more.
    signal.throwIfAborted();
    session.watchdog.sign();
    if (event.kind === 'end') end = event;
    else await takeEvent(session, event);
  }
  await session.flush();
  signal.throwIfAborted();
  if (end === undefined) throw new TypeError(`${source.id}: the adapter stopped without an end event; expected one`);
  return end;
}

async function takeEvent(session: Session, event: Exclude<HarvestEvent, HarvestEnd>): Promise<void> {
  switch (event.kind) {
    case 'record':
      return session.take(recordSighting(event.record, session.seen), event.record.raw.length);
    case 'rejected':
      return session.take(
        rejectedSighting(event, session.options.source.protocol, session.seen),
        event.raw?.length ?? 0,
      );
    case 'problem':
      return session.take({ kind: 'problem', problem: event.problem }, 0);
    case 'deleted':
      session.deleted.add(event.nativeId);
      return;
    case 'checkpoint':
      return session.checkpoint(event.cursor);
  }
}

function finish({ options, watchdog, run, tally }: Session, verdict: Verdict): Promise<HarvestRun> {
  const at = options.effects.now().toISOString();
  const why = verdict.why === undefined ? {} : { why: redact(verdict.why) };
  const end = {
    ...verdict,
    ...why,
    ...tlsProfileOf(options),
    tally: { ...tally.now(), ...paceOf(watchdog) },
    resumable: false,
    at,
  };
  return options.store.finishRun(run, end);
}

/** A connection that was lost: the list is as good as it was, and may be gone on with. */
const lostConnections: ReadonlySet<RunFailure['code']> = new Set(['unreachable', 'timeout', 'truncated']);

/**
 * Nothing is deleted. A stopped run can be gone on with, and so can one whose connection was lost on the way. One that got
 * no further than where it began is over: else a portal that is down would have one endless run instead of many failed ones.
 */
function finishFailed(
  { options, watchdog, run, kept, advanced }: Session,
  why: string,
  failure: RunFailure,
): Promise<HarvestRun> {
  return options.store.finishRun(run, {
    state: 'failed',
    complete: false,
    why,
    failure,
    ...tlsProfileOf(options),
    tally: { ...kept(), ...paceOf(watchdog) },
    resumable: options.signal.aborted || (lostConnections.has(failure.code) && advanced()),
    at: options.effects.now().toISOString(),
  });
}

function stopped(sourceId: string): string {
  return `${sourceId}: stopped by the operator; the next run goes on from its last checkpoint`;
}

function failureOf({ code, reason, status }: SourceError): RunFailure {
  return {
    code,
    ...(reason === undefined ? {} : { reason: redact(reason) }),
    ...(status === undefined ? {} : { status }),
  };
}

function paceOf(watchdog: RunWatchdog): Pick<RunTally, 'pace'> {
  const pace = watchdog.pace();
  return pace === undefined ? {} : { pace };
}

function tlsProfileOf({ source }: RunOptions): Pick<RunEnd, 'tlsProfile'> {
  return source.tls === undefined ? {} : { tlsProfile: source.tls };
}
