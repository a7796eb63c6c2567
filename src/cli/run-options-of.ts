/** What a run of a source gets from the command line: the real adapter, mapping, clock, door, key and limits. */
import { adapters } from '../harvest/adapters.ts';
import type { HttpDoor } from '../kit/http/http-door.ts';
import type { Source } from '../model/source.ts';
import { normalise } from '../normalise/normalise.ts';
import type { RunOptions } from '../pipeline/run-options.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { CliContext } from './cli-context.ts';
import { mappingVersionWith } from './open-home.ts';

export interface RunTools {
  readonly context: CliContext;
  readonly store: CatalogueStore;
  readonly http: HttpDoor;
  readonly vocabulary: Vocabulary;
  readonly log: (line: string) => void;
  /** Whole lists, whatever source files and portals say. */
  readonly isWhole?: boolean;
}

export function runOptionsOf(
  { context, store, http, vocabulary, log, isWhole = false }: RunTools,
  source: Source,
): RunOptions {
  const { runLimitMs: totalMs, runIdleMs: idleMs } = context.settings();
  return {
    source,
    harvest: adapters[source.protocol],
    effects: { now: context.now, http, log },
    store,
    vocabulary,
    normalise,
    mappingVersion: mappingVersionWith(vocabulary),
    signal: context.signal,
    limits: { totalMs, idleMs },
    isWhole,
  };
}
