/** Harvests of many sources, one or two at a time: what breaks one of them does not touch the others. */
import type { HarvestRun } from '../model/harvest-run.ts';
import { isStoreError } from '../store/store-error.ts';
import type { RunOptions } from './run-options.ts';
import { runSource } from './run-source.ts';

export type SourceOutcome =
  | { readonly kind: 'ran'; readonly sourceId: string; readonly run: HarvestRun }
  /** Another process is at work on it, or a bug of ours ended its run (`error` is then shown and reported). */
  | { readonly kind: 'broke'; readonly sourceId: string; readonly error: unknown };

export interface RunAllOptions {
  readonly runs: readonly RunOptions[];
  /** Sources harvested at a time. */
  readonly parallel: 1 | 2;
  readonly signal: AbortSignal;
  readonly finished?: (outcome: SourceOutcome) => void;
}

/** In the order of `runs`; sources not begun before `signal` are left out. Throws only when the store itself is unusable. */
export async function runAll({ runs, parallel, signal, finished }: RunAllOptions): Promise<readonly SourceOutcome[]> {
  const outcomes: (SourceOutcome | undefined)[] = runs.map(() => undefined);
  const queue = runs.entries();
  const work = async (): Promise<void> => {
    for (const [index, options] of queue) {
      if (signal.aborted) return;
      const outcome = await outcomeOf(options);
      outcomes[index] = outcome;
      finished?.(outcome);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return outcomes.filter((outcome) => outcome !== undefined);
}

async function outcomeOf(options: RunOptions): Promise<SourceOutcome> {
  const sourceId = options.source.id;
  try {
    return { kind: 'ran', sourceId, run: await runSource(options) };
  } catch (error) {
    // A full disk or a broken store would end every other run the same way.
    if (isStoreError(error) && error.code !== 'lease-held' && error.code !== 'lease-lost') throw error;
    return { kind: 'broke', sourceId, error };
  }
}
