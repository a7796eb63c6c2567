/**
 * Before a complete run says what is gone: records that only changed their id keep their permanent one. The new id is bound
 * to it, the data come in as a new version with a note, and nothing is doubled or deleted. Where the signs are too few, the
 * run counts a `identifier-may-have-changed` and leaves both records alone.
 */
import { type IdentityMark, type IdentityMatch, identityMark, sameIdentities } from '../enrich/identity-continuity.ts';
import { sha256Hex } from '../kit/hash.ts';
import type { Problem } from '../model/problem.ts';
import type { RecordWrite, StartedRun } from '../store/catalogue-store.ts';
import type { RunOptions } from './run-options.ts';
import type { TallyBook } from './run-tally.ts';
import type { SeenSet } from './seen-set.ts';

const pageSize = 500;

/** Beyond so many new or gone records it is another catalogue, not one with other ids; both lists are held in memory. */
const mostRecords = 200_000;

export interface RunSightings {
  readonly seen: SeenSet;
  /** What the portal itself called deleted is deleted. */
  readonly deleted: ReadonlySet<string>;
  readonly tally: TallyBook;
}

/** Answers how many records kept their permanent id under a new native one. */
export async function keepIdentities(
  options: RunOptions,
  run: StartedRun,
  { seen, deleted, tally }: RunSightings,
): Promise<number> {
  const { gone, appeared } = await movedIds(options, run, { seen, deleted });
  if (gone.length === 0 || appeared.length === 0 || gone.length + appeared.length > mostRecords) return 0;
  const [formers, presents] = [await marksOf(options, gone), await marksOf(options, appeared)];
  let kept = 0;
  for (const match of sameIdentities(formers, presents)) {
    if (!match.sure) tally.problem(mayHaveChanged(match));
    else if (await keepIdentity(options, run, { match, tally })) kept += 1;
  }
  return kept;
}

async function movedIds(
  { store }: RunOptions,
  run: StartedRun,
  { seen, deleted }: Pick<RunSightings, 'seen' | 'deleted'>,
): Promise<{ readonly gone: readonly string[]; readonly appeared: readonly string[] }> {
  const gone: string[] = [];
  const appeared: string[] = [];
  for (let after = ''; ; ) {
    const page = await store.listedRecords(run, after, pageSize);
    for (const { nativeId, datasetId, addedByThisRun } of page) {
      if (!seen.has(nativeId)) {
        if (!deleted.has(nativeId)) gone.push(datasetId);
      } else if (addedByThisRun) appeared.push(datasetId);
    }
    const last = page.at(-1);
    if (last === undefined) return { gone, appeared };
    after = last.nativeId;
  }
}

async function marksOf({ store }: RunOptions, ids: readonly string[]): Promise<readonly IdentityMark[]> {
  const marks: IdentityMark[] = [];
  for (let i = 0; i < ids.length; i += pageSize) {
    const records = await store.records(ids.slice(i, i + pageSize));
    for (const { dataset } of records.values()) marks.push(identityMark(dataset));
  }
  return marks;
}

interface Keeping {
  readonly match: IdentityMatch;
  readonly tally: TallyBook;
}

async function keepIdentity(options: RunOptions, run: StartedRun, { match, tally }: Keeping): Promise<boolean> {
  const { store, source, mappingVersion, effects } = options;
  const write = await writeUnderFormerId(options, match);
  if (write === undefined) return false;
  await store.bindNativeId(source.id, match.present.nativeId, match.former.datasetId);
  tally.keptIdentity(changed(match));
  if (write.restored) tally.restored();
  const at = effects.now().toISOString();
  await store.commitBatch(run, { records: [write], marks: [], tally: tally.now(), mappingVersion, at });
  return true;
}

/** The bytes that came under the new id, as the next version of the record that was there before. */
async function writeUnderFormerId(
  { store, source, vocabulary, normalise }: RunOptions,
  match: IdentityMatch,
): Promise<RecordWrite | undefined> {
  const { former, present } = match;
  const { nativeId } = present;
  const datasetId = former.datasetId;
  const archived = await store.archived(present.datasetId);
  const records = await store.records([datasetId, present.datasetId]);
  if (archived === undefined) return undefined;
  const { form, raw, context, url, fetchedAt, sha256 } = archived;
  const input = { source, datasetId, nativeId, form, raw, fetchedAt };
  const made = normalise(context === undefined ? input : { ...input, context }, vocabulary);
  if (made.dataset === undefined) return undefined;
  const known = new Set(made.problems.map(({ slug, path }) => `${slug} ${path}`));
  const ofBytes = (records.get(present.datasetId)?.problems ?? []).filter(
    ({ slug, path }) => !known.has(`${slug} ${path}`),
  );
  // Kept with the version, so that making the dataset anew does not lose it.
  const problems = [...ofBytes, changed(match)];
  const withContext = context === undefined ? {} : { context, contextSha256: sha256Hex(context) };
  return {
    nativeId,
    datasetId,
    received: { form, raw, sha256, url, fetchedAt, problems, ...withContext },
    dataset: made.dataset,
    problems: [...problems, ...made.problems],
    restored: records.get(datasetId)?.state === 'missing',
  };
}

function changed({ former, present }: IdentityMatch): Problem {
  return {
    slug: 'identifier-changed',
    severity: 'note',
    path: '',
    message: `the record had the id "${former.nativeId}" and has "${present.nativeId}" now; title, publisher and files are the same: it keeps its address here`,
  };
}

function mayHaveChanged({ former, present }: IdentityMatch): Problem {
  return {
    slug: 'identifier-may-have-changed',
    severity: 'note',
    path: '',
    message: `"${former.nativeId}" is gone and "${present.nativeId}" has come with the same title and publisher; expected files to compare: both are kept as they are`,
  };
}
