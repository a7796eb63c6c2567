/** Opens an index folder for queries and follows it: a new generation takes over without a query being lost. */

import type { Terminology } from '../vocabulary/terminology.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Generation } from './generation.ts';
import { loadGeneration } from './load-generation.ts';
import { type ReadableVersions, readManifest } from './manifest.ts';
import { type NearLabels, nearLabels } from './near-labels.ts';
import { type QueryEngine, queryEngineInThread } from './query-engine.ts';
import { type ReadQueryOptions, readQuery } from './read-query.ts';
import type { SearchAnswer, SearchIndex, SearchRequest } from './search-contract.ts';
import { startQueryThread } from './start-query-thread.ts';
import { suggestAll } from './suggest-all.ts';
import { termSuggester } from './suggest-terms.ts';
import { startWorkerPool } from './worker-pool.ts';

export interface OpenSearchIndexOptions {
  readonly folder: string;
  /** Of the program; an index of other knowledge is read all the same. */
  readonly versions: ReadableVersions;
  /** Query threads; 0 = answer in the calling thread. */
  readonly workers: number;
  /** How often the manifest is looked at, in ms; 0 = never. */
  readonly pollMs: number;
  /** What words mean; absent: a search is for words alone. */
  readonly terminology?: Terminology;
  /** Takes plain sentences: a new generation, one that cannot be read, a worker that died. */
  readonly log?: (line: string) => void;
}

/** Throws `IndexDamagedError` when there is no usable index, `IndexMismatchError` when it is of other versions. */
export async function openSearchIndex(options: OpenSearchIndexOptions): Promise<SearchIndex> {
  const { folder, workers, pollMs } = options;
  const versions = { analysis: options.versions.analysis, icu: options.versions.icu };
  const log = options.log ?? (() => {});
  let generation = await loadGeneration(folder, versions);
  const engine: QueryEngine =
    workers > 0
      ? startWorkerPool(generation, workers, { log, startThread: startQueryThread })
      : queryEngineInThread(generation);
  const follower = followManifest(
    { folder, versions, pollMs, log },
    () => generation,
    (next) => {
      generation = next;
      engine.swap(next);
    },
  );
  const terms = options.terminology === undefined ? undefined : termSuggester(options.terminology);
  const labels = options.terminology === undefined ? undefined : nearLabels(options.terminology);
  return {
    search: (request) => searchWithSpelling(engine, request, { terminology: options.terminology, labels }),
    suggest: (prefix, limit) => suggestAll({ engine, generation, terms }, prefix, limit),
    similar: (request) => engine.similar(request),
    status: () => ({
      generation: generation.number,
      changeNumber: generation.changeNumber,
      documents: generation.documents,
    }),
    async close() {
      await follower.stop();
      await engine.close();
    },
  };
}

interface Words {
  readonly terminology: Terminology | undefined;
  readonly labels: NearLabels | undefined;
}

/** The answer, and another spelling of the query where that finds what the typed one does not. */
async function searchWithSpelling(
  engine: QueryEngine,
  request: SearchRequest,
  { terminology, labels }: Words,
): Promise<SearchAnswer> {
  const query = readQuery(request.text, readingOptions(request, terminology));
  const answer = await engine.search(request, query);
  if (request.offset > 0) return answer;
  const corrected = await didYouMean(
    { text: request.text, parts: query.parts, answer },
    {
      nearest: (words) => engine.nearest(words),
      labels: request.meaning === false ? undefined : labels,
      ask: (text) => {
        const other = { ...request, text, limit: 1, facetLimit: 0 };
        return engine.search(other, readQuery(text, readingOptions(other, terminology)));
      },
    },
  );
  return corrected === undefined ? answer : { ...answer, didYouMean: corrected };
}

function readingOptions(request: SearchRequest, terminology: Terminology | undefined): ReadQueryOptions {
  const { meaning = true, language } = request;
  return {
    ...(meaning && terminology !== undefined ? { terminology } : {}),
    ...(language === undefined ? {} : { language }),
  };
}

interface Follower {
  stop(): Promise<void>;
}

/** Loads what the manifest names whenever its generation is another one; a failure is told once and the old stays. */
function followManifest(
  options: Pick<OpenSearchIndexOptions, 'folder' | 'versions' | 'pollMs'> & { readonly log: (line: string) => void },
  current: () => Generation,
  take: (next: Generation) => void,
): Follower {
  const { folder, versions, pollMs, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = pollMs <= 0;
  let lastFailure = '';
  const look = async (): Promise<void> => {
    try {
      if ((await readManifest(folder, versions)).generation === current().number) return;
      const next = await loadGeneration(folder, versions, current());
      if (stopped) return;
      take(next);
      lastFailure = '';
      log(`search index: generation ${next.number} with ${next.documents} datasets answers now`);
    } catch (error) {
      // The old generation goes on answering; the operator is told what is wrong with the new one.
      const message = error instanceof Error ? error.message : String(error);
      if (message !== lastFailure) log(`search index: generation ${current().number} stays, because ${message}`);
      lastFailure = message;
    }
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look().finally(schedule);
    }, pollMs);
    timer.unref();
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
