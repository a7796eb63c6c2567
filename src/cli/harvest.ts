/** `sampan harvest`: portals are asked, the store takes what changed, the index follows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../model/source.ts';
import { dryRunStore } from '../pipeline/dry-run-store.ts';
import type { SourceOutcome } from '../pipeline/run-all.ts';
import { existsStore } from '../store/open-catalogue-store.ts';
import { chosenSources } from './chosen-sources.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { harvestSources } from './harvest-sources.ts';
import { openReadHome, openWriteHome, readSources, type WriteHome } from './open-home.ts';
import { runForPeople } from './runs.ts';
import { type IndexBehind, type IndexThreadData, indexBehindHarvest } from './start-index-thread.ts';
import { oneLine } from './table.ts';
import { updateIndexWithProgress } from './update-index.ts';
import { type WatchCommandOptions, watch } from './watch.ts';

interface HarvestOptions extends WatchCommandOptions {
  readonly dryRun?: boolean;
  readonly watch?: boolean;
}

export async function harvest(context: CliContext, ids: readonly string[], options: HarvestOptions): Promise<void> {
  if (options.watch === true) return watch(context, ids, options);
  const choice = { ids, countries: options.country ?? [] };
  const sources = someSources(chosenSources(await readSources(context), choice));
  const work = options.dryRun === true ? harvestDry : harvestAndIndex;
  context.setExitCode(exitCodeOf(context, await work(context, sources, options)));
}

function someSources(sources: readonly Source[]): readonly Source[] {
  if (sources.length > 0) return sources;
  throw new CliError(
    'usage',
    'harvest: no source is enabled; name those to harvest (`sampan sources` lists them), or set `enabled: true` in a source file',
  );
}

async function harvestAndIndex(
  context: CliContext,
  sources: readonly Source[],
  options: HarvestOptions,
): Promise<readonly SourceOutcome[]> {
  const home = await openWriteHome(context);
  try {
    await home.catalogue.endInterruptedRuns(context.now().toISOString());
    const finished = (outcome: SourceOutcome): void => tell(context, outcome, options);
    const behind = options.index ? await indexBehind(context, home) : undefined;
    const outcomes = await harvestSources({
      context,
      store: home.catalogue,
      sources,
      allowLoopback: false,
      isWhole: options.full === true,
      finished,
      ...(behind && { told: behind.progress }),
    });
    await behind?.finish(context.signal.aborted ? 'stop' : 'ended');
    if (options.index && !context.signal.aborted) await updateIndexWithProgress(context, home);
    return outcomes;
  } finally {
    await home.close();
  }
}

async function indexBehind(context: CliContext, home: WriteHome): Promise<IndexBehind> {
  const data: IndexThreadData = {
    home: context.settings().home,
    folder: home.indexFolder,
    versions: await home.versions(),
    vocabFolder: join(context.packageRoot, 'vocab'),
  };
  return indexBehindHarvest(data, (error) => {
    context.errors.write(
      `sampan: index: the thread beside the harvest broke (${error.message}); going on at the end\n`,
    );
  });
}

/** Against the operator's store when there is one, else against an empty one that is thrown away. */
async function harvestDry(
  context: CliContext,
  sources: readonly Source[],
  options: HarvestOptions,
): Promise<readonly SourceOutcome[]> {
  const { home: folder } = context.settings();
  // A dry run migrates nothing: an older store is refused with the sentence that says how.
  if (existsStore(folder)) await (await openReadHome(context, folder)).close();
  const scratch = existsStore(folder) ? undefined : await mkdtemp(join(tmpdir(), 'sampan-dry-run-'));
  const home: WriteHome = await openWriteHome(context, scratch ?? folder);
  try {
    const finished = (outcome: SourceOutcome): void => tell(context, outcome, options);
    const store = dryRunStore(home.catalogue);
    const isWhole = options.full === true;
    const outcomes = await harvestSources({ context, store, sources, allowLoopback: false, isWhole, finished });
    context.errors.write('Dry run: nothing was written.\n');
    return outcomes;
  } finally {
    await home.close();
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
  }
}

function tell(context: CliContext, outcome: SourceOutcome, options: HarvestOptions): void {
  if (outcome.kind === 'ran')
    context.out(options.json === true ? JSON.stringify(outcome.run) : runForPeople(outcome.run));
  else context.errors.write(`sampan: ${outcome.sourceId}: ${sentenceOf(outcome.error)}\n`);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  const text = error.name === 'StoreError' ? error.message : (error.stack ?? error.message);
  return text.split('\n').map(oneLine).join('\n');
}

function exitCodeOf(context: CliContext, outcomes: readonly SourceOutcome[]): number {
  if (context.signal.aborted) return exitCodes.interrupted;
  const needsPerson = outcomes.some(
    (outcome) => outcome.kind === 'broke' || outcome.run.state === 'failed' || outcome.run.state === 'suspicious',
  );
  return needsPerson ? exitCodes.attention : exitCodes.ok;
}
