/** Sources through the pipeline with the real effects: the door to the world, the clock, progress on stderr. */
import { redact } from '../kit/http/redact.ts';
import type { Source } from '../model/source.ts';
import { runAll, type SourceOutcome } from '../pipeline/run-all.ts';
import type { RunProgress } from '../pipeline/run-options.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import type { CliContext } from './cli-context.ts';
import { openDoor } from './open-door.ts';
import { readVocabulary } from './open-home.ts';
import { createProgress } from './progress-bar.ts';
import { runOptionsOf } from './run-options-of.ts';
import { readServiceKeys, serviceKeyOf } from './service-keys.ts';
import { oneLine } from './table.ts';

export interface HarvestSourcesOptions {
  readonly context: CliContext;
  readonly store: CatalogueStore;
  readonly sources: readonly Source[];
  /** Only for the sample portals of the demo: nothing else may reach loopback. */
  readonly allowLoopback: boolean;
  /** Whole lists, whatever source files and portals say. */
  readonly isWhole?: boolean;
  /** Said about each source when it has ended. */
  readonly finished: (outcome: SourceOutcome) => void;
  /** Told after each batch. */
  readonly told?: (progress: RunProgress) => void;
}

/** Sources harvested at a time: while one portal makes us wait, the other keeps us busy. */
const parallel = 2;

export async function harvestSources(options: HarvestSourcesOptions): Promise<readonly SourceOutcome[]> {
  const { context, store, sources, isWhole = false } = options;
  const vocabulary = await readVocabulary(context);
  const keys = await readServiceKeys(context, sources);
  const http = openDoor(context, options.allowLoopback);
  const progress = createProgress(context.errors, () => context.now().getTime());
  const log = (line: string): void => progress.finish(`  ${oneLine(redact(line))}`);
  const seen = new Map<string, number>();
  const runs = sources.map((source) => ({
    ...runOptionsOf({ context, store, http, vocabulary, log, isWhole }, source),
    ...serviceKeyOf(keys, source),
    progress: (told: RunProgress) => {
      options.told?.(told);
      seen.set(told.sourceId, told.counts.seen);
      progress.update(sum(seen.values()), undefined, `records seen (${told.sourceId})`);
    },
  }));
  try {
    return await runAll({
      runs,
      parallel,
      signal: context.signal,
      finished: (outcome) => {
        progress.clear();
        options.finished(outcome);
      },
    });
  } finally {
    await http.close();
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
