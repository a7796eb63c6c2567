/**
 * `sampan demo`: the whole idea on one machine. Sample portals on loopback are harvested through the real adapters into
 * a home of the demo's own, which is emptied at each start.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { Source } from '../model/source.ts';
import type { SourceOutcome } from '../pipeline/run-all.ts';
import { sourceFromYaml } from '../registry/source-from-yaml.ts';
import { portalFromFolder } from '../simulator/portal-from-folder.ts';
import { startSimulator } from '../simulator/start-simulator.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { emptyDemoHome } from './demo-home.ts';
import { harvestSources } from './harvest-sources.ts';
import { openReadHome, openWriteHome } from './open-home.ts';
import { startPortal } from './portal.ts';
import { runForPeople } from './runs.ts';
import { demoHome, wholeNumber } from './settings.ts';
import { updateIndexWithProgress } from './update-index.ts';

interface DemoOptions {
  readonly once?: boolean;
  readonly port?: string;
}

export async function demo(context: CliContext, options: DemoOptions): Promise<void> {
  const settings = context.settings();
  const port = options.port === undefined ? settings.port : wholeNumber('--port', options.port, 65_535);
  const folder = demoHome(settings);
  const sources = await sampleSources(context);
  await emptyDemoHome(folder);
  const summary = await fillHome(context, folder, sources);
  if (context.signal.aborted) throw new CliError('interrupted', 'demo: interrupted');
  context.errors.write(summaryForPeople(summary));
  if (options.once === true) context.out(JSON.stringify(summary));
  else await serveDemo(context, { folder, sources, port });
}

/** The sample portals as source files describe them; their addresses end in `.example` and exist nowhere. */
async function sampleSources(context: CliContext): Promise<readonly Source[]> {
  const folder = join(context.packageRoot, 'demo');
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    ids.sort().map(async (id) => sourceFromYaml(await readFile(join(folder, id, 'source.yaml'), 'utf8'), `${id}.yaml`)),
  );
}

interface DemoSummary {
  readonly portals: number;
  readonly countries: number;
  readonly datasets: number;
  readonly distributions: number;
  readonly rejected: number;
  readonly seconds: number;
}

async function fillHome(context: CliContext, folder: string, sources: readonly Source[]): Promise<DemoSummary> {
  const started = context.now().getTime();
  const portals = await Promise.all(
    sources.map((source) => portalFromFolder(join(context.packageRoot, 'demo', source.id))),
  );
  const simulator = await startSimulator({ portals });
  const home = await openWriteHome(context, folder);
  try {
    context.errors.write(`${portals.length} sample portals answer at ${simulator.origin}\n`);
    const outcomes = await harvestSources({
      context,
      store: home.catalogue,
      sources: sources.map((source) => ({ ...source, endpoint: simulator.urlOf(source.id) })),
      allowLoopback: true,
      finished: (outcome) => void context.errors.write(`${outcomeForPeople(outcome)}\n`),
    });
    const runs = outcomes.map(runOf);
    await updateIndexWithProgress(context, home);
    const { countries, datasets, distributions } = await home.catalogue.totals();
    const rejected = runs.reduce((sum, run) => sum + run.counts.rejected, 0);
    const seconds = Math.round((context.now().getTime() - started) / 100) / 10;
    return { portals: sources.length, countries, datasets, distributions, rejected, seconds };
  } finally {
    await home.close();
    await simulator.close();
  }
}

function outcomeForPeople(outcome: SourceOutcome): string {
  return outcome.kind === 'ran' ? runForPeople(outcome.run) : `✗ ${outcome.sourceId}: ${String(outcome.error)}`;
}

/** In the demo nothing outside this machine can be at fault: what breaks here is ours. */
function runOf(outcome: SourceOutcome): HarvestRun {
  if (outcome.kind === 'broke') throw outcome.error;
  const { run } = outcome;
  if (run.state === 'done' || run.state === 'done-with-problems') return run;
  throw new CliError('failed', `demo: the run of ${run.sourceId} ended ${run.state}: ${run.why ?? 'no reason given'}`);
}

function summaryForPeople({ portals, countries, datasets, distributions, rejected, seconds }: DemoSummary): string {
  return `\n${datasets} datasets with ${distributions} distributions from ${portals} portals in ${countries} countries; ${rejected} records rejected and reported; ${seconds} s\n`;
}

async function serveDemo(
  context: CliContext,
  { folder, sources, port }: { readonly folder: string; readonly sources: readonly Source[]; readonly port: number },
): Promise<void> {
  const home = await openReadHome(context, folder);
  try {
    const portal = await startPortal({ context, home, sources, port, host: context.settings().host });
    const search = (words: string): string => `${portal.address}/en/search?q=${encodeURIComponent(words)}`;
    context.errors.write(
      [
        '',
        `  Sampan is at ${portal.address}`,
        '',
        '  Three things to try:',
        `    ${search('避難所')}   shelters, as Japan and Taiwan write them`,
        `    ${search('ฝุ่น PM2.5')}   fine dust, in Thai`,
        `    ${portal.address}/en/sources   what is wrong with the portals' records, by name`,
        '',
        '  Ctrl-C ends it.',
        '',
      ].join('\n'),
    );
    await portal.closed;
  } finally {
    await home.close();
  }
}
