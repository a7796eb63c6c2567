/**
 * `npm run bench -- search [--size n,…] [--json]`: how fast the index answers at 100,000 records, beside SQLite FTS5 and
 * MiniSearch on the same terms. An answer is the top 20 with stored fields, highlights and six facets; nothing is cached.
 */
import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndex } from '../src/search/build-index.ts';
import { openSearchIndex } from '../src/search/open-search-index.ts';
import {
  facetNames,
  type IndexDocument,
  type SearchAnswer,
  type SearchIndex,
  type SearchRequest,
} from '../src/search/search-contract.ts';
import { loadTerminology } from '../src/vocabulary/terminology.ts';
import { capturesFolder, hasCaptures } from '../test/support/captures.ts';
import { type Corpus, makeCorpus } from './search/corpus.ts';
import { type BaselineAnswer, Fts5Baseline } from './search/fts5.ts';
import { indexVersions } from './search/index-versions.ts';
import { latencyOf } from './search/latency.ts';
import { meaningQueries, withTerms } from './search/meaning-queries.ts';
import { type Asked, measureOurs, type OurFigures } from './search/measure-ours.ts';
import { MiniSearchBaseline } from './search/minisearch.ts';
import { makeQueries, type Queries, type QueryClass, queryClasses } from './search/queries.ts';
import { seededRandom } from './search/random.ts';
import { typedTexts } from './search/typed-texts.ts';

interface SizeFigures {
  readonly p95Ms: Readonly<Record<QueryClass | 'suggest' | 'misspelt' | 'meaning', number>>;
  readonly vsFts5: number;
  readonly vsFts5GroupBy: number;
  readonly perSecond20: number;
  readonly rssMb: number;
  readonly openSeconds: number;
}

/** Marks the process that measures our index alone, so that its memory is that of a server. */
const measureFlag = '--measure-ours=';

/** Slow baselines are asked so many queries a class. */
const slowSample = 15;

export async function run(args: readonly string[]): Promise<void> {
  const folder = args.find((each) => each.startsWith(measureFlag))?.slice(measureFlag.length);
  if (folder !== undefined) return measureInThisProcess(folder);
  if (!hasCaptures)
    throw new Error(`bench search: no captures in ${capturesFolder}; expected the real records to search`);
  const sizes: Record<string, SizeFigures> = {};
  for (const size of sizesOf(args)) sizes[size] = await benchSize(size, args.includes('--quick'));
  if (args.includes('--json')) console.log(JSON.stringify({ sizes }));
}

function sizesOf(args: readonly string[]): readonly number[] {
  const at = args.indexOf('--size');
  const sizes = (at === -1 ? '100000' : (args[at + 1] ?? '')).split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size >= 100)) return sizes;
  throw new Error(`bench search: --size: found "${args[at + 1]}", expected whole numbers from 100 on, commas between`);
}

/** `quick` leaves out the two slow baselines (their ratios are then NaN, null in JSON). */
async function benchSize(size: number, quick: boolean): Promise<SizeFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'sampan-bench-search-'));
  try {
    const terminology = await loadTerminology('vocab');
    const words = makeCorpus(size);
    const corpus = { ...words, documents: withTerms(words.documents, terminology) };
    const queries = makeQueries(corpus);
    tellCorpus(corpus);
    const before = performance.now();
    await buildIndex({
      folder: join(folder, 'index'),
      documents: corpus.documents,
      changeNumber: 1,
      versions: indexVersions,
    });
    say(`built in ${seconds(before)} s`);
    const asked: Asked = {
      queries,
      typed: typedTexts(corpus.documents, seededRandom(11)),
      meanings: meaningQueries(corpus.documents, terminology, seededRandom(13)),
    };
    await writeFile(join(folder, 'asked.json'), JSON.stringify(asked));
    const ours = await measureInOwnProcess(folder);
    tellOurs(ours);
    const index = await openSearchIndex({
      folder: join(folder, 'index'),
      versions: indexVersions,
      workers: 0,
      pollMs: 0,
    });
    const fts5 = await benchFts5(join(folder, 'fts5.db'), corpus.documents, { queries, index, quick });
    if (!quick) await benchMiniSearch(corpus.documents, queries, index);
    await index.close();
    const round = (value: number): number => Math.round(value * 100) / 100;
    return {
      p95Ms: {
        ...(Object.fromEntries(queryClasses.map((name) => [name, round(ours.latency[name].p95)])) as Record<
          QueryClass,
          number
        >),
        suggest: round(ours.suggest.p95),
        misspelt: round(ours.misspelt.p95),
        meaning: round(ours.meaning.p95),
      },
      vsFts5: round(fts5.plain),
      vsFts5GroupBy: round(fts5.groupBy),
      perSecond20: Math.round(ours.perSecond20),
      rssMb: Math.round(ours.rssMb),
      openSeconds: round(ours.openSeconds),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureInThisProcess(folder: string): Promise<void> {
  const asked = JSON.parse(await readFile(join(folder, 'asked.json'), 'utf8')) as Asked;
  const figures = await measureOurs(join(folder, 'index'), asked);
  await writeFile(join(folder, 'figures.json'), JSON.stringify(figures));
}

async function measureInOwnProcess(folder: string): Promise<OurFigures> {
  const child = fork(process.argv[1] ?? '', ['search', `${measureFlag}${folder}`]);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`bench search: the measuring process ended with ${code}, expected 0`);
  return JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8')) as OurFigures;
}

/** How many times slower the baselines are in the class `common`, by mean time. */
async function benchFts5(
  path: string,
  documents: readonly IndexDocument[],
  { queries, index, quick }: { readonly queries: Queries; readonly index: SearchIndex; readonly quick: boolean },
): Promise<{ readonly plain: number; readonly groupBy: number }> {
  const before = performance.now();
  const baseline = new Fts5Baseline(path, documents, !quick);
  say(`\nFTS5 built in ${seconds(before)} s`);
  const plain = await compare('FTS5 + arrays', queries, { index, ask: (request) => baseline.search(request) });
  const groupBy = quick
    ? Number.NaN
    : await compare('FTS5 + group by', sampled(queries), { index, ask: (request) => baseline.searchBySql(request) });
  baseline.close();
  return { plain, groupBy };
}

async function benchMiniSearch(
  documents: readonly IndexDocument[],
  queries: Queries,
  index: SearchIndex,
): Promise<void> {
  const before = performance.now();
  const baseline = new MiniSearchBaseline(documents);
  say(`\nMiniSearch built in ${seconds(before)} s; asked only where each clause is one term`);
  const understands = MiniSearchBaseline.understands;
  await compare('MiniSearch', sampled(queries), { index, ask: (request) => baseline.search(request), understands });
}

interface Comparison {
  readonly index: SearchIndex;
  readonly ask: (request: SearchRequest) => BaselineAnswer;
  readonly understands?: (request: SearchRequest) => boolean;
}

/**
 * Asks the baseline and our index in turn, in one thread, so that whatever else the machine does slows both; asserts that
 * matches and facet counts are equal. Returns how many times slower the baseline is in the class `common`, by mean time.
 */
async function compare(title: string, queries: Queries, { index, ask, understands }: Comparison): Promise<number> {
  say(`${title}: queries, p50/p95 ms, and how many times our mean in the same thread`);
  let common = Number.NaN;
  for (const name of queryClasses) {
    const theirs: number[] = [];
    const ours: number[] = [];
    for (const request of queries[name]) {
      if (understands?.(request) === false) continue;
      assertEqual(title, request, ask(request), await index.search(request));
      let before = performance.now();
      ask(request);
      theirs.push(performance.now() - before);
      before = performance.now();
      await index.search(request);
      ours.push(performance.now() - before);
    }
    if (theirs.length === 0) continue;
    const { p50, p95, mean } = latencyOf(theirs);
    const ratio = mean / latencyOf(ours).mean;
    if (name === 'common') common = ratio;
    say(row(name, p50, p95, `${String(theirs.length).padStart(6)}   ${ratio.toFixed(1)} x ours`));
  }
  return common;
}

function assertEqual(title: string, request: SearchRequest, theirs: BaselineAnswer, ours: SearchAnswer): void {
  const facets = facetNames.map((name) => (ours.facets[name] ?? []).map((each) => each.count));
  const found = JSON.stringify([theirs.total, theirs.facets]);
  const expected = JSON.stringify([ours.total, facets]);
  if (found === expected) return;
  throw new Error(
    `bench search: ${title}: ${JSON.stringify(request)} counts ${found}, expected ${expected} as in our index`,
  );
}

function sampled(queries: Queries): Queries {
  return Object.fromEntries(
    queryClasses.map((name) => [name, queries[name].slice(0, slowSample)]),
  ) as unknown as Queries;
}

function tellCorpus({ properties }: Corpus): void {
  const { records, captured, distinctTerms, meanTerms, widestShare, widestTerm } = properties;
  say(
    `${records} records (${captured} captured), ${distinctTerms} distinct terms, ${meanTerms.toFixed(1)} terms a record on average`,
  );
  say(`most common term ${widestTerm}: in ${(widestShare * 100).toFixed(1)} % of the records`);
  if (records < 100_000) return;
  if (distinctTerms < 300_000 || meanTerms < 40 || widestShare < 0.2) {
    throw new Error(
      'bench search: the corpus is too easy; expected >= 300,000 distinct terms, mean >= 40, one term in >= 20 %',
    );
  }
}

function tellOurs(ours: OurFigures): void {
  say(
    `opened in ${ours.openSeconds.toFixed(2)} s, RSS ${ours.rssMb.toFixed(0)} MB, ${ours.perSecond20.toFixed(0)} answers/s at 20 at once`,
  );
  say('Sampan: p50/p95 ms');
  for (const name of queryClasses) say(row(name, ours.latency[name].p50, ours.latency[name].p95));
  for (const name of ['suggest', 'misspelt', 'meaning'] as const) say(row(name, ours[name].p50, ours[name].p95));
}

function row(name: string, p50: number, p95: number, rest = ''): string {
  return `  ${name.padEnd(8)} ${p50.toFixed(2).padStart(8)} ${p95.toFixed(2).padStart(8)} ${rest}`.trimEnd();
}

function seconds(before: number): string {
  return ((performance.now() - before) / 1_000).toFixed(1);
}

/** For people; standard output belongs to the JSON line. */
function say(line: string): void {
  console.error(line);
}
