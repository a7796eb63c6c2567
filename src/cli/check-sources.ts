/** `sampan sources --check`: every source file read, every mistake told. */
import type { Source } from '../model/source.ts';
import { checkSources } from '../registry/load-sources.ts';
import type { CliContext } from './cli-context.ts';
import { exitCodes } from './cli-error.ts';
import { builtInSources } from './open-home.ts';
import { type SourcesOptions, wantedSources } from './sources-options.ts';

interface SourceCounts {
  readonly sources: number;
  readonly openData: number;
  readonly countries: number;
  readonly byProtocol: Readonly<Record<string, number>>;
  readonly errors: number;
}

export async function checkAllSources(context: CliContext, options: SourcesOptions): Promise<void> {
  const { sourcesFolder } = context.settings();
  const folders = [builtInSources(context), ...(sourcesFolder === undefined ? [] : [sourcesFolder])];
  const checked = [];
  for (const folder of folders) checked.push(await checkSources(folder));
  const errors = checked.flatMap((each) => each.errors);
  for (const error of errors) context.errors.write(`sampan: ${error.message}\n`);
  const byId = new Map(checked.flatMap((each) => each.sources).map((source) => [source.id, source]));
  const counts = countSources(wantedSources([...byId.values()], options), errors.length);
  context.out(options.json === true ? JSON.stringify(counts) : countsForPeople(counts));
  context.setExitCode(errors.length === 0 ? exitCodes.ok : exitCodes.failed);
}

function countSources(sources: readonly Source[], errors: number): SourceCounts {
  const byProtocol: Record<string, number> = {};
  for (const { protocol } of sources) byProtocol[protocol] = (byProtocol[protocol] ?? 0) + 1;
  return {
    sources: sources.length,
    openData: sources.filter(({ kind = 'open-data', unproven }) => kind === 'open-data' && unproven !== true).length,
    countries: new Set(sources.map(({ country }) => country)).size,
    byProtocol: Object.fromEntries(Object.entries(byProtocol).sort(([a], [b]) => (a < b ? -1 : 1))),
    errors,
  };
}

function countsForPeople({ sources, openData, countries, byProtocol, errors }: SourceCounts): string {
  const protocols = Object.entries(byProtocol).map(([name, count]) => `${name} ${count}`);
  return [
    `${sources} sources of ${countries} countries, ${openData} of them open data portals: ${protocols.join(', ')}`,
    errors === 0 ? 'No mistake found.' : `${errors} ${errors === 1 ? 'file has a mistake' : 'files have mistakes'}.`,
  ].join('\n');
}
