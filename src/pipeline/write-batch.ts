/**
 * One batch of sightings: compared with what is archived, normalised when it differs, handed to the store as one
 * commit. A record with the same bytes as last time is not even parsed.
 */
import { sha256Hex } from '../kit/hash.ts';
import { redact } from '../kit/http/redact.ts';
import type { Problem } from '../model/problem.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { Normalised } from '../normalise/normalise-contract.ts';
import type { KnownRecord, ReceivedBytes, RecordWrite, RunBatch, StartedRun } from '../store/catalogue-store.ts';
import { saysTheSame } from './canonical-record.ts';
import type { RunOptions } from './run-options.ts';
import type { TallyBook } from './run-tally.ts';
import type { Sighting } from './sighting.ts';

export interface BatchContext {
  readonly options: RunOptions;
  readonly run: StartedRun;
  readonly tally: TallyBook;
}

export async function batchFromSightings(
  context: BatchContext,
  sightings: readonly Sighting[],
  cursor: string | undefined,
): Promise<RunBatch> {
  const { options, run, tally } = context;
  const ids = sightings.flatMap((each) =>
    each.kind === 'record'
      ? [each.record.nativeId]
      : each.kind === 'rejected' && each.nativeId !== undefined
        ? [each.nativeId]
        : [],
  );
  const known = await options.store.knownRecords(run, ids);
  const records: RecordWrite[] = [];
  const contexts = new Map<Uint8Array, string>();
  for (const sighting of sightings) {
    const write = await recordWrite({ ...context, known, contexts }, sighting);
    if (write !== undefined) records.push(withoutSecrets(write));
  }
  return {
    records,
    marks: sightings.flatMap((each) => ('mark' in each && each.mark !== undefined ? [each.mark] : [])),
    tally: tally.now(),
    ...(cursor === undefined ? {} : { cursor }),
    mappingVersion: options.mappingVersion,
    at: options.effects.now().toISOString(),
  };
}

/** An endpoint may carry a key; the address of a version is shown to everybody. */
function withoutSecrets(write: RecordWrite): RecordWrite {
  const { received } = write;
  return received === undefined ? write : { ...write, received: { ...received, url: redact(received.url) } };
}

interface WriteContext extends BatchContext {
  readonly known: ReadonlyMap<string, KnownRecord>;
  /** SHA-256 of contexts by identity: thousands of rows share one header. */
  readonly contexts: Map<Uint8Array, string>;
}

async function recordWrite(context: WriteContext, sighting: Sighting): Promise<RecordWrite | undefined> {
  switch (sighting.kind) {
    case 'repeated':
      context.tally.repeated();
      return undefined;
    case 'problem':
      context.tally.problem(sighting.problem);
      return undefined;
    case 'rejected':
      return rejectedWrite(context, sighting);
    case 'record': {
      const known = knownOf(context, sighting.record.nativeId);
      const received = receivedBytes(context, sighting.record, sighting.sha256);
      const same = await isUnchanged(context, known, received);
      if (same && !known.rejected) return unchangedWrite(context, sighting.record, known);
      const write = changedWrite(context, { nativeId: sighting.record.nativeId, known, received });
      // Bytes rejected before: a newer mapping may accept them; when it does not, nothing is written again.
      return same && write.dataset === undefined ? restoredOnly(write) : write;
    }
  }
}

/**
 * The adapter itself could make nothing of it: listed, so not absent. Its bytes are kept when they are new, but never
 * over a record that was accepted once: an error page is no version of a record.
 */
function rejectedWrite(
  context: WriteContext,
  sighting: Extract<Sighting, { kind: 'rejected' }>,
): RecordWrite | undefined {
  const { tally, options } = context;
  const { nativeId, problem, kept } = sighting;
  tally.record('rejected', [problem]);
  tally.rejection(nativeId, problem);
  if (nativeId === undefined) return undefined;
  const known = knownOf(context, nativeId);
  const restored = cameBack(context, known);
  const isNew = kept !== undefined && !known.accepted && kept.sha256 !== known.sha256;
  if (!isNew && !restored) return undefined;
  const received = isNew
    ? { received: { ...kept, url: options.source.endpoint, fetchedAt: options.effects.now().toISOString() } }
    : {};
  return { nativeId, datasetId: known.datasetId, problems: [problem], restored, ...received };
}

async function isUnchanged({ options }: WriteContext, known: KnownRecord, received: ReceivedBytes): Promise<boolean> {
  if (known.writtenByThisRun !== undefined || known.sha256 === undefined) return false;
  if (known.sha256 === received.sha256 && known.contextSha256 === received.contextSha256) return true;
  const before = await options.store.archived(known.datasetId);
  return before !== undefined && saysTheSame(before, received, options.source.volatile);
}

function unchangedWrite(
  context: WriteContext,
  { nativeId }: SourceRecord,
  known: KnownRecord,
): RecordWrite | undefined {
  context.tally.record('unchanged', []);
  return restoredOnly({ nativeId, datasetId: known.datasetId, problems: [], restored: cameBack(context, known) });
}

/** What there is to write of a record whose bytes are archived already. */
function restoredOnly({ nativeId, datasetId, restored }: RecordWrite): RecordWrite | undefined {
  return restored ? { nativeId, datasetId, problems: [], restored } : undefined;
}

function changedWrite(
  context: WriteContext,
  {
    nativeId,
    known,
    received,
  }: { readonly nativeId: string; readonly known: KnownRecord; readonly received: ReceivedBytes },
): RecordWrite {
  const restored = cameBack(context, known);
  const { dataset, problems } = normalised(context, known.datasetId, { nativeId, ...received });
  const write = { nativeId, datasetId: known.datasetId, received, problems, restored };
  if (dataset === undefined) {
    reject(context, nativeId, problems);
    return write;
  }
  context.tally.record(known.writtenByThisRun ?? (known.accepted ? 'updated' : 'added'), problems);
  return { ...write, dataset };
}

function normalised(
  { options }: WriteContext,
  datasetId: string,
  record: Pick<SourceRecord, 'nativeId' | 'form' | 'raw' | 'context' | 'fetchedAt' | 'problems'>,
): Normalised {
  const { nativeId, form, raw, context, fetchedAt } = record;
  const input = { source: options.source, datasetId, nativeId, form, raw, fetchedAt };
  const made = options.normalise(context === undefined ? input : { ...input, context }, options.vocabulary);
  return record.problems === undefined ? made : { ...made, problems: [...record.problems, ...made.problems] };
}

function reject({ tally }: WriteContext, nativeId: string, problems: readonly Problem[]): void {
  tally.record('rejected', problems);
  const worst = problems.find((problem) => problem.severity === 'error') ?? problems[0];
  if (worst === undefined)
    throw new TypeError(`${nativeId}: rejected without a problem; expected at least one of severity error`);
  tally.rejection(nativeId, worst);
}

function cameBack({ tally }: WriteContext, known: KnownRecord): boolean {
  if (known.isNew || known.state === 'live') return false;
  tally.restored();
  return true;
}

function knownOf({ known }: WriteContext, nativeId: string): KnownRecord {
  const found = known.get(nativeId);
  if (found === undefined)
    throw new TypeError(`${nativeId}: the store gave it no id; expected one for each native id asked for`);
  return found;
}

function receivedBytes({ contexts }: WriteContext, record: SourceRecord, sha256: string): ReceivedBytes {
  const { form, raw, context, url, fetchedAt } = record;
  const received = {
    form,
    raw,
    sha256,
    url,
    fetchedAt,
    ...(record.problems === undefined ? {} : { problems: record.problems }),
  };
  if (context === undefined) return received;
  const contextSha256 = contexts.get(context) ?? sha256Hex(context);
  contexts.set(context, contextSha256);
  return { ...received, context, contextSha256 };
}
