/** Our index in a process of its own: opened, warmed, asked one by one and by twenty at once. */
import { fileURLToPath } from 'node:url';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { SearchIndex, SearchRequest } from '../../src/search/search-contract.ts';
import { loadTerminology } from '../../src/vocabulary/terminology.ts';
import { indexVersions } from './index-versions.ts';
import { type Latency, latencyOf } from './latency.ts';
import { type Queries, type QueryClass, queryClasses } from './queries.ts';
import type { TypedTexts } from './typed-texts.ts';

export interface OurFigures {
  readonly latency: Readonly<Record<QueryClass, Latency>>;
  /** Completions, with the vocabulary's names among them; a query with a slip that finds nothing, with its correction. */
  readonly suggest: Latency;
  readonly misspelt: Latency;
  /** Concepts and places in any language. */
  readonly meaning: Latency;
  readonly perSecond20: number;
  readonly rssMb: number;
  readonly openSeconds: number;
}

const vocabFolder = fileURLToPath(new URL('../../vocab/', import.meta.url));
const workers = 2;
const concurrency = 20;
const stride = 211;
/** Until the query threads run compiled code. */
const warmUpRounds = 3;
const measuredRounds = 2;

export interface Asked {
  readonly queries: Queries;
  readonly typed: TypedTexts;
  readonly meanings: readonly SearchRequest[];
}

export async function measureOurs(folder: string, { queries, typed, meanings }: Asked): Promise<OurFigures> {
  const before = performance.now();
  const index = await openSearchIndex({ folder, versions: indexVersions, workers, pollMs: 0 });
  await index.search({ text: '', filters: {}, sort: 'relevance', offset: 0, limit: 1, facetLimit: 1 });
  const openSeconds = (performance.now() - before) / 1_000;
  const latency = {} as Record<QueryClass, Latency>;
  await askTogether(index, queries, warmUpRounds);
  for (const name of queryClasses) {
    latency[name] = latencyOf(await askOneByOne(index, queries[name]));
  }
  const perSecond20 = await askTogether(index, queries, measuredRounds);
  const rssMb = process.memoryUsage.rss() / 1024 / 1024;
  await index.close();
  const read = await measureRead(folder, typed, meanings);
  return { latency, ...read, perSecond20, rssMb, openSeconds };
}

/** What needs the vocabulary. */
async function measureRead(
  folder: string,
  texts: TypedTexts,
  meanings: readonly SearchRequest[],
): Promise<Pick<OurFigures, 'suggest' | 'misspelt' | 'meaning'>> {
  const terminology = await loadTerminology(vocabFolder);
  const index = await openSearchIndex({ folder, versions: indexVersions, workers, pollMs: 0, terminology });
  const suggest = async (): Promise<Latency> => {
    const samples: number[] = [];
    for (const text of texts.beginnings) {
      const before = performance.now();
      await index.suggest(text, 8);
      samples.push(performance.now() - before);
    }
    return latencyOf(samples);
  };
  await suggest();
  const requests = texts.misspelt.map((text) => {
    return { text, filters: {}, sort: 'relevance', offset: 0, limit: 20, facetLimit: 10 } as const;
  });
  await askOneByOne(index, requests);
  for (let round = 0; round < warmUpRounds; round++) await askOneByOne(index, meanings);
  const figures = {
    suggest: await suggest(),
    misspelt: latencyOf(await askOneByOne(index, requests)),
    meaning: latencyOf(await askOneByOne(index, meanings)),
  };
  await index.close();
  return figures;
}

/** Time of each answer in ms. */
async function askOneByOne(index: SearchIndex, requests: readonly SearchRequest[]): Promise<number[]> {
  const samples: number[] = [];
  for (const request of requests) {
    const before = performance.now();
    await index.search(request);
    samples.push(performance.now() - before);
  }
  return samples;
}

/** All queries of all classes, `rounds` times, twenty waiting at any moment; answers a second. */
async function askTogether(index: SearchIndex, queries: Queries, rounds: number): Promise<number> {
  const all = queryClasses.flatMap((name) => queries[name]);
  const total = all.length * rounds;
  let next = 0;
  const before = performance.now();
  const ask = async (): Promise<void> => {
    // A stride that shares no factor with the number of queries mixes the classes.
    while (next < total) await index.search(all[(next++ * stride) % all.length] as SearchRequest);
  };
  await Promise.all(Array.from({ length: concurrency }, ask));
  return total / ((performance.now() - before) / 1_000);
}
