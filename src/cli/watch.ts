/**
 * `sampan harvest --watch`: sources are harvested when they are due, until Ctrl-C or SIGTERM; the index follows each run
 * that changed something. One line an event.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseDuration } from '../kit/duration.ts';
import type { HttpDoor } from '../kit/http/http-door.ts';
import { redact } from '../kit/http/redact.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import { type WatchEvent, watchSources } from '../pipeline/watch-sources.ts';
import { chosenSources } from './chosen-sources.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { openDoor } from './open-door.ts';
import { openWriteHome, readSources, readVocabulary, type WriteHome } from './open-home.ts';
import { runOptionsOf } from './run-options-of.ts';
import { runForPeople } from './runs.ts';
import { readServiceKeys, serviceKeyOf } from './service-keys.ts';
import { oneLine } from './table.ts';
import { updateIndexWithProgress } from './update-index.ts';

export interface WatchCommandOptions {
  readonly country?: readonly string[];
  readonly every?: string;
  readonly untilIdle?: boolean;
  readonly full?: boolean;
  readonly index: boolean;
  readonly json?: boolean;
}

/** Longest time between two looks at the books and the source files, in ms. */
const pollMs = 30_000;

export async function watch(context: CliContext, ids: readonly string[], options: WatchCommandOptions): Promise<void> {
  const http = openDoor(context, false);
  try {
    await watchThrough(http, context, ids, options);
  } finally {
    await http.close();
  }
}

export async function watchThrough(
  http: HttpDoor,
  context: CliContext,
  ids: readonly string[],
  options: WatchCommandOptions,
): Promise<void> {
  const everyMs = options.every === undefined ? undefined : cadenceFrom(options.every);
  const choice = { ids, countries: options.country ?? [] };
  const home = await openWriteHome(context);
  try {
    const vocabulary = await readVocabulary(context);
    const log = (line: string): void => void context.errors.write(`  ${oneLine(redact(line))}\n`);
    const tools = { context, store: home.catalogue, http, vocabulary, log, isWhole: options.full === true };
    const index = options.index ? indexFollower(context, home) : undefined;
    let needsPerson = false;
    await watchSources({
      store: home.catalogue,
      sources: async () => chosenSources(await readSources(context), choice),
      runOf: async (source, signal) => {
        const keys = await readServiceKeys(context, [source]);
        return { ...runOptionsOf(tools, source), signal, ...serviceKeyOf(keys, source) };
      },
      parallel: context.settings().parallel,
      ...(everyMs !== undefined && { everyMs }),
      pollMs,
      untilIdle: options.untilIdle === true,
      now: context.now,
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
      signal: context.signal,
      tell: (event) => {
        tellEvent(context, event, options.json === true);
        needsPerson ||= event.kind === 'broke' || (event.kind === 'ended' && isBad(event.run));
        if (event.kind === 'ended' && hasChanges(event.run)) index?.follow();
      },
    });
    await index?.settled();
    // To be stopped is how a watch ends.
    context.setExitCode(options.untilIdle === true && needsPerson ? exitCodes.attention : exitCodes.ok);
  } finally {
    await home.close();
  }
}

function cadenceFrom(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 60_000) return ms;
  throw new CliError(
    'usage',
    `--every: found "${text}", expected hourly, daily, weekly, monthly or an ISO 8601 duration from PT1M, such as PT6H`,
  );
}

function isBad({ state }: HarvestRun): boolean {
  return state === 'failed' || state === 'suspicious';
}

function hasChanges({ counts }: HarvestRun): boolean {
  return counts.added + counts.updated + counts.deleted + counts.restored > 0;
}

/** One update at a time; what changes meanwhile is taken over by one more. A failed one is told, the next one repeats it. */
function indexFollower(context: CliContext, home: WriteHome) {
  let isWanted = false;
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    while (isWanted && !context.signal.aborted) {
      isWanted = false;
      await updateIndexWithProgress(context, home).catch((failure: unknown) => {
        if (context.signal.aborted) return;
        const why = failure instanceof Error ? failure.message : String(failure);
        context.errors.write(`sampan: index: ${oneLine(why)}; the next run that changes something tries again\n`);
      });
    }
    working = undefined;
  };
  return {
    follow: (): void => {
      isWanted = true;
      working ??= work();
    },
    settled: async (): Promise<void> => working,
  };
}

function tellEvent(context: CliContext, event: WatchEvent, asJson: boolean): void {
  const at = context.now().toISOString();
  context.out(asJson ? JSON.stringify({ at, ...event }) : `${at} ${lineOf(event)}`);
}

function lineOf(event: WatchEvent): string {
  switch (event.kind) {
    case 'watching':
      return `watching ${event.sources} sources, ${event.parallel} at a time`;
    case 'started':
      return `${event.sourceId}: started`;
    case 'ended':
      return runForPeople(event.run)
        .split('\n')
        .map((line) => line.trim())
        .join('; ');
    case 'interrupted':
      return oneLine(event.run.why ?? `${event.sourceId}: interrupted`);
    case 'skipped':
      return `${event.sourceId}: not begun: ${oneLine(event.why)}`;
    case 'broke':
      return `${event.sourceId}: a bug of ours, please report it: ${oneLine(event.why)}`;
    case 'sources-unreadable':
      return oneLine(event.why);
    case 'stopped':
      return 'stopped';
  }
}
