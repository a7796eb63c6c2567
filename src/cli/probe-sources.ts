/** `sampan sources --probe`: portals asked once, politely; those that answer are switched on in the operator's folder. */
import { adapters } from '../harvest/adapters.ts';
import type { HttpDoor } from '../kit/http/http-door.ts';
import type { Source } from '../model/source.ts';
import { type ProbeReport, probeSource } from '../pipeline/probe-source.ts';
import { switchedYaml, writeOwnSource } from '../registry/own-source-file.ts';
import { readSourceFiles } from '../registry/source-files.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { openDoor } from './open-door.ts';
import { builtInSources, readSources } from './open-home.ts';
import { type SourcesOptions, wantedSources } from './sources-options.ts';

export async function probeSources(context: CliContext, options: SourcesOptions): Promise<void> {
  const sources = chosen(await readSources(context), options);
  const http = openDoor(context, false);
  const yamls = readYamls(context);
  let failed = 0;
  try {
    // One after the other: nobody waits for this, and no host is asked twice at once.
    for (const source of sources) {
      const report = await probe(context, source, http);
      const written = await switchOn(context, source, yamls.get(source.id), report);
      if (report.state !== 'ok') failed += 1;
      const line = { ...report, ...(written !== undefined && { written }) };
      context.out(options.json === true ? JSON.stringify(line) : probeForPeople(report, written));
    }
  } finally {
    await http.close();
  }
  context.setExitCode(failed === 0 ? exitCodes.ok : exitCodes.attention);
}

function chosen(sources: readonly Source[], options: SourcesOptions): readonly Source[] {
  const { probe: id } = options;
  const left = wantedSources(sources, options);
  const found = typeof id === 'string' ? left.filter((source) => source.id === id) : left;
  if (found.length > 0) return found;
  throw new CliError(
    'usage',
    `sources --probe: no source ${typeof id === 'string' ? `"${id}"` : 'is left'}; expected one that \`sampan sources\` lists`,
  );
}

function probe(context: CliContext, source: Source, http: HttpDoor): Promise<ProbeReport> {
  const log = (line: string): void => void context.errors.write(`  ${line}\n`);
  return probeSource(source, {
    harvest: adapters[source.protocol],
    effects: { now: context.now, http, log },
    signal: context.signal,
  });
}

/** The text of each source's file, the operator's own before the built-in one. */
function readYamls(context: CliContext): ReadonlyMap<string, string> {
  const { sourcesFolder } = context.settings();
  const own = sourcesFolder === undefined ? [] : readSourceFiles(sourcesFolder);
  const files = [...readSourceFiles(builtInSources(context)), ...own];
  return new Map(files.map(({ name, yaml }) => [name.slice(0, -'.yaml'.length), yaml]));
}

/**
 * Writes the operator's own file: enabled when the portal's robots.txt lets us, else not (CKAN's own robots.txt keeps
 * crawlers out of `/api/`; whether that means its API's users too, a person decides). Answers what was written.
 */
async function switchOn(
  context: CliContext,
  source: Source,
  yaml: string | undefined,
  report: ProbeReport,
): Promise<string | undefined> {
  const { sourcesFolder } = context.settings();
  if (report.state !== 'ok' || source.enabled || yaml === undefined || sourcesFolder === undefined) return undefined;
  const { state, crawlDelayMs = 0 } = report.robots;
  const enabled = state === 'none' || state === 'allows';
  const count = report.records === undefined ? '' : `, ${report.records} records`;
  const note = `Probed ${report.probedAt.slice(0, 10)}: ${report.protocol} answers${count}; robots.txt: ${state}.`;
  const minGapMs = Math.ceil(crawlDelayMs);
  const text = switchedYaml(yaml, { enabled, note, ...(minGapMs > source.pace.minGapMs && { minGapMs }) });
  return writeOwnSource(sourcesFolder, source.id, text);
}

function probeForPeople(report: ProbeReport, written: string | undefined): string {
  const { robots, records } = report;
  const facts = [
    `${report.sourceId}: ${report.state}${report.reason === undefined ? '' : ` (${report.reason})`}`,
    `${report.protocol}${records === undefined ? '' : `, ${records.toLocaleString('en')} records`}`,
    `TLS ${report.tls}`,
    `robots.txt ${robots.state}${robots.crawlDelayMs === undefined ? '' : `, one request in ${robots.crawlDelayMs / 1000} s`}`,
  ];
  return [facts.join('; '), report.message, adviceOf(report, written)]
    .filter((line) => line !== undefined)
    .join('\n  ');
}

function adviceOf({ state, robots }: ProbeReport, written: string | undefined): string | undefined {
  if (state !== 'ok') return undefined;
  if (written === undefined) return 'To switch it on, name a folder of your own in SAMPAN_SOURCES and probe again.';
  if (robots.state === 'none' || robots.state === 'allows') return `Switched on in ${written}.`;
  const why = robots.state === 'unknown' ? 'robots.txt could not be read' : 'robots.txt asks programs to stay away';
  return `${why}, so it stays off; if you may use the interface, set enabled: true in ${written}.`;
}
