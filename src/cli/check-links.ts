/** `sampan check-links`: do the addresses that datasets publish still answer? */
import { setTimeout as delay } from 'node:timers/promises';
import type { Source } from '../model/source.ts';
import { type CheckLinksOptions, checkLinks, type LinkReport } from '../pipeline/check-links.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { openDoor } from './open-door.ts';
import { openWriteHome, readSources } from './open-home.ts';
import { createProgress } from './progress-bar.ts';
import { wholeNumber } from './settings.ts';
import { oneLine } from './table.ts';

interface CheckLinksCommand {
  readonly limit?: string;
  readonly country?: readonly string[];
  readonly json?: boolean;
}

export async function checkLinksCommand(
  context: CliContext,
  ids: readonly string[],
  options: CheckLinksCommand,
): Promise<void> {
  const sources = await readSources(context);
  const onlySources = chosenIds(sources, ids, options.country);
  const limit = options.limit === undefined ? undefined : wholeNumber('--limit', options.limit, 1_000_000_000);
  const home = await openWriteHome(context);
  const http = openDoor(context, false);
  const progress = createProgress(context.errors, () => context.now().getTime());
  try {
    const report = await checkLinks({
      store: home.catalogue,
      sources,
      ...(onlySources !== undefined && { onlySources }),
      ...(limit !== undefined && { limit }),
      http,
      now: context.now,
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
      concurrency: context.settings().linkConcurrency,
      signal: context.signal,
      progress: tellOn(progress),
    });
    progress.clear();
    context.out(options.json === true ? JSON.stringify(report) : reportForPeople(report));
    if (report.interrupted) context.setExitCode(exitCodes.interrupted);
  } finally {
    await http.close();
    await home.close();
  }
}

/** Undefined = the links of all sources, also of those that are no longer known. */
function chosenIds(
  sources: readonly Source[],
  ids: readonly string[],
  countries: readonly string[] | undefined,
): readonly string[] | undefined {
  const unknown = ids.find((id) => !sources.some((source) => source.id === id));
  if (unknown !== undefined) {
    throw new CliError('usage', `check-links: no source "${unknown}"; expected an id that \`sampan sources\` lists`);
  }
  if (ids.length === 0 && countries === undefined) return undefined;
  const codes = countries?.map((code) => code.toUpperCase());
  const chosen = sources.filter(
    ({ id, country }) => (ids.length === 0 || ids.includes(id)) && (codes?.includes(country) ?? true),
  );
  if (chosen.length > 0) return chosen.map((source) => source.id);
  throw new CliError(
    'usage',
    `check-links: no source of ${codes?.join(', ') ?? 'those'} is left; expected a country that \`sampan sources\` lists`,
  );
}

function tellOn(progress: ReturnType<typeof createProgress>): NonNullable<CheckLinksOptions['progress']> {
  return (told) => {
    if (told.kind === 'links') progress.update(told.done, told.of, 'links');
    else progress.update(told.done, undefined, 'datasets looked through for links');
  };
}

function reportForPeople({ checked, byState, due, hostsLeftAlone, interrupted }: LinkReport): string {
  const states = Object.entries(byState).filter(([, count]) => count > 0);
  const count = (value: number): string => value.toLocaleString('en');
  return [
    `${count(checked)} links checked${interrupted ? ' before it was stopped' : ''}; ${count(due)} still due`,
    ...states.map(([state, links]) => `  ${state.padEnd(12)} ${count(links).padStart(9)}`),
    ...hostsLeftAlone.slice(0, 20).map(({ host, why }) => `  left alone   ${oneLine(host)}: ${oneLine(why)}`),
    ...(hostsLeftAlone.length > 20 ? [`  left alone   ${count(hostsLeftAlone.length - 20)} more hosts`] : []),
  ].join('\n');
}
