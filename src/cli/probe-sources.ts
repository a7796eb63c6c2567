/** `sampan sources --probe`: portals asked once, politely; those that answer are switched on in the operator's folder. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { adapters } from '../harvest/adapters.ts';
import type { HttpDoor } from '../kit/http/http-door.ts';
import type { SecretKey } from '../kit/service-key.ts';
import { heedsRobots, type Source } from '../model/source.ts';
import { type ProbeReport, probeSource } from '../pipeline/probe-source.ts';
import { switchedYaml, writeOwnSource } from '../registry/own-source-file.ts';
import { readSourceFiles } from '../registry/source-files.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { openDoor } from './open-door.ts';
import { builtInSources, readSources } from './open-home.ts';
import { readServiceKeys, serviceKeyOf } from './service-keys.ts';
import { type SourcesOptions, wantedSources } from './sources-options.ts';

export async function probeSources(context: CliContext, options: SourcesOptions): Promise<void> {
  const http = openDoor(context, false);
  try {
    await probeThrough(http, context, options);
  } finally {
    await http.close();
  }
}

export async function probeThrough(http: HttpDoor, context: CliContext, options: SourcesOptions): Promise<void> {
  const { sourcesFolder } = context.settings();
  if (sourcesFolder !== undefined) await mkdir(sourcesFolder, { recursive: true });
  const sources = chosen(await readSources(context), options);
  const files = sourceTexts(context);
  const keys = await readServiceKeys(context, sources);
  let failed = 0;
  // One after the other: nobody waits for this, and no host is asked twice at once.
  for (const source of sources) {
    const report = await probe(context, source, { http, ...serviceKeyOf(keys, source) });
    const written = await switchOn(source, files.get(source.id), report);
    if (report.state !== 'ok') failed += 1;
    const line = { ...report, ...(written !== undefined && { written }) };
    context.out(options.json === true ? JSON.stringify(line) : probeForPeople(source, report, written));
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

function probe(
  context: CliContext,
  source: Source,
  { http, ...key }: { readonly http: HttpDoor; readonly serviceKey?: SecretKey },
): Promise<ProbeReport> {
  const log = (line: string): void => void context.errors.write(`  ${line}\n`);
  return probeSource(source, {
    harvest: adapters[source.protocol],
    effects: { now: context.now, http, log },
    signal: context.signal,
    ...key,
  });
}

interface SourceText {
  readonly yaml: string;
  /** Where the operator's own file of the source is, or would be; absent without a folder of the operator's. */
  readonly ownFolder: string | undefined;
}

/** The text of each source's file, the operator's own before the built-in one. */
function sourceTexts(context: CliContext): ReadonlyMap<string, SourceText> {
  const { sourcesFolder } = context.settings();
  const texts = new Map<string, SourceText>();
  const idOf = (name: string): string => name.slice(0, -'.yaml'.length);
  for (const { name, yaml } of readSourceFiles(builtInSources(context))) {
    texts.set(idOf(name), { yaml, ownFolder: sourcesFolder });
  }
  for (const { name, path, yaml } of sourcesFolder === undefined ? [] : readSourceFiles(sourcesFolder)) {
    texts.set(idOf(name), { yaml, ownFolder: join(sourcesFolder ?? '', dirname(path)) });
  }
  return texts;
}

/**
 * Writes the operator's own file: enabled unless the portal's robots.txt keeps us out. Answers what was written.
 */
async function switchOn(
  source: Source,
  file: SourceText | undefined,
  report: ProbeReport,
): Promise<string | undefined> {
  if (report.state !== 'ok' || source.enabled || file?.ownFolder === undefined) return undefined;
  const { state, crawlDelayMs = 0 } = report.robots;
  const enabled = keptOut(source, report) === undefined;
  const count = report.records === undefined ? '' : `, ${report.records} records`;
  const note = `Probed ${report.probedAt.slice(0, 10)}: ${report.protocol} answers${count}; robots.txt: ${state}.`;
  const minGapMs = Math.ceil(crawlDelayMs);
  const text = switchedYaml(file.yaml, { enabled, note, ...(minGapMs > source.pace.minGapMs && { minGapMs }) });
  return writeOwnSource(file.ownFolder, source.id, text);
}

function probeForPeople(source: Source, report: ProbeReport, written: string | undefined): string {
  const { robots, records } = report;
  const facts = [
    `${report.sourceId}: ${report.state}${report.reason === undefined ? '' : ` (${report.reason})`}`,
    `${report.protocol}${records === undefined ? '' : `, ${records.toLocaleString('en')} records`}`,
    `TLS ${report.tls}`,
    `robots.txt ${robots.state}${robots.crawlDelayMs === undefined ? '' : `, one request in ${robots.crawlDelayMs / 1000} s`}`,
  ];
  return [facts.join('; '), report.message, adviceOf(source, report, written)]
    .filter((line) => line !== undefined)
    .join('\n  ');
}

function adviceOf(source: Source, report: ProbeReport, written: string | undefined): string | undefined {
  if (report.state !== 'ok') return undefined;
  if (source.enabled) return 'It is switched on already.';
  if (written === undefined) return 'To switch it on, name a folder of your own in SAMPAN_SOURCES and probe again.';
  const why = keptOut(source, report);
  if (why !== undefined) {
    return `${why}, so it stays off; if you may read it, set enabled: true, robots: ignore and robotsWhy in ${written}.`;
  }
  const isForCrawlers = report.robots.state === 'disallows' && source.robots !== 'ignore';
  const note = isForCrawlers ? ' (its robots.txt closes it to crawlers; it is an interface for programs)' : '';
  return `Switched on in ${written}${note}.`;
}

/** Why harvests of the source would be refused by the portal's robots.txt. */
function keptOut(source: Source, { robots }: ProbeReport): string | undefined {
  if (source.robots === 'ignore') return undefined;
  if (robots.namesUs === true) return 'robots.txt asks Sampan by name to stay away';
  if (!heedsRobots(source)) return undefined;
  if (robots.state === 'unknown') return 'robots.txt could not be read';
  return robots.state === 'disallows' ? 'robots.txt asks programs to stay away' : undefined;
}
