/**
 * `npm run bench -- relevance [--topics FILE --judgements FILE] [--by-topic] [--json]`: whether a search in one language finds
 * the right records written in another. Topics, judgements and rules are those of the relevance set beside the captures;
 * all its catalogues are searched at once, and so are two baselines in the same run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Knowledge, loadKnowledge } from '../src/enrich/knowledge.ts';
import { recogniseRecord } from '../src/enrich/recognise-record.ts';
import type { CatalogueRecord, Dataset } from '../src/model/dataset.ts';
import { buildIndex } from '../src/search/build-index.ts';
import { indexDocumentFromRecord } from '../src/search/index-document-from-record.ts';
import { openSearchIndex } from '../src/search/open-search-index.ts';
import type { IndexDocument } from '../src/search/search-contract.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import { capture, capturesFolder, hasCaptures } from '../test/support/captures.ts';
import { capturedRecords } from './relevance/captured-records.ts';
import { type Figures, figuresOf, type ScoredTopic } from './relevance/figures.ts';
import { TrigramBaseline } from './relevance/fts5-trigram.ts';
import { type JudgedSet, type RecordKey, readJudgedSet, recordKey } from './relevance/judged-set.ts';
import { indexRanker, type Ranker } from './relevance/ranker.ts';
import { checkSourceIds, type RelevanceSource, relevanceSources } from './relevance/relevance-sources.ts';
import { judgedKeys, scoreTopics } from './relevance/score-topics.ts';
import { tellByTopic, tellFigures } from './relevance/tell-figures.ts';
import { indexVersions } from './search/index-versions.ts';

export async function run(args: readonly string[]): Promise<void> {
  if (!hasCaptures)
    throw new Error(`bench relevance: no captures in ${capturesFolder}; expected the real records to search`);
  const set = readJudgedSet(fileOption(args, 'topics'), fileOption(args, 'judgements'));
  const sources = relevanceSources();
  checkSourceIds(judgedSources(set), sources);
  const folder = await mkdtemp(join(tmpdir(), 'sampan-bench-relevance-'));
  try {
    const { figures, baselines } = await measure(folder, { set, sources, byTopic: args.includes('--by-topic') });
    if (args.includes('--json')) console.log(JSON.stringify({ ...rounded(figures), baselines: rounded(baselines) }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function fileOption(args: readonly string[], name: 'topics' | 'judgements'): string {
  const at = args.indexOf(`--${name}`);
  if (at === -1) return capture('relevance', `${name}.jsonl`);
  const file = args[at + 1];
  if (file === undefined || file.startsWith('--'))
    throw new Error(`bench relevance: found --${name} without a file, expected --${name} FILE`);
  return file;
}

function judgedSources({ judgements }: JudgedSet): ReadonlySet<string> {
  return new Set([...judgements.values()].flatMap((ofTopic) => [...ofTopic.values()].map(({ source }) => source)));
}

interface Task {
  readonly set: JudgedSet;
  readonly sources: readonly RelevanceSource[];
  readonly byTopic: boolean;
}

async function measure(folder: string, { set, sources, byTopic }: Task) {
  const knowledge = await loadKnowledge('vocab');
  const trigram = new TrigramBaseline(join(folder, 'trigram.db'));
  const loaded = new Loaded(set, knowledge, trigram);
  const indexFolder = join(folder, 'index');
  await buildIndex({
    folder: indexFolder,
    documents: loaded.documents(sources, await loadVocabulary('vocab')),
    changeNumber: 1,
    versions: indexVersions,
  });
  trigram.seal();
  loaded.tell();
  const { terminology } = knowledge;
  const index = await openSearchIndex({
    folder: indexFolder,
    versions: indexVersions,
    workers: 2,
    pollMs: 0,
    terminology,
  });
  const score = async (name: string, rank: Ranker, cells: 'all' | 'same'): Promise<Figures> => {
    const before = performance.now();
    const scored = await scoreTopics(rank, { set, sources, keys: loaded.keys, cells });
    return tell(name, scored, { before, byTopic });
  };
  const figures = await score('Sampan', indexRanker(index, true), 'all');
  const words = await score('its text analysis without concepts', indexRanker(index, false), 'same');
  const fts5Trigram = await score('SQLite FTS5, trigram', trigram.rank, 'same');
  await index.close();
  trigram.close();
  return { figures, baselines: { fts5Trigram, words } };
}

function tell(
  name: string,
  scored: readonly ScoredTopic[],
  { before, byTopic }: { before: number; byTopic: boolean },
): Figures {
  const figures = figuresOf(scored);
  say(`\n${name}: ${scored.length} queries in ${seconds(before)} s`);
  tellFigures(figures, scored, say);
  if (byTopic) tellByTopic(scored, say);
  return figures;
}

const never = '2026-11-25T00:00:00.000Z';

function recordOf(dataset: Dataset): CatalogueRecord {
  return {
    dataset,
    changeNumber: 1,
    state: 'live',
    firstSeen: never,
    lastSeen: never,
    lastChanged: never,
    theme: { value: 'unclassified', by: 'rule', confidence: 0 },
    problems: [],
  };
}

/** The records on their way into both indexes, and which documents are judged. */
class Loaded {
  readonly keys = new Map<string, RecordKey>();
  readonly #judged: ReadonlySet<RecordKey>;
  readonly #knowledge: Knowledge;
  readonly #trigram: TrigramBaseline;
  readonly #start = performance.now();
  #count = 0;
  #withConcept = 0;

  constructor(set: JudgedSet, knowledge: Knowledge, trigram: TrigramBaseline) {
    this.#judged = judgedKeys(set);
    this.#knowledge = knowledge;
    this.#trigram = trigram;
  }

  *documents(
    sources: readonly RelevanceSource[],
    vocabulary: Parameters<typeof capturedRecords>[1],
  ): Generator<IndexDocument> {
    for (const captured of capturedRecords(sources, vocabulary)) {
      const record = recordOf(captured.dataset);
      const terms = recogniseRecord(record, this.#knowledge.terminology);
      const document = indexDocumentFromRecord(record, terms);
      const key = recordKey(captured);
      if (this.#judged.has(key)) this.keys.set(document.id, key);
      if (terms.some(({ kind }) => kind === 'concept')) this.#withConcept++;
      if (++this.#count % 50_000 === 0) say(`${this.#count} records in ${seconds(this.#start)} s`);
      this.#trigram.add(document);
      yield document;
    }
  }

  tell(): void {
    const share = ((100 * this.#withConcept) / this.#count).toFixed(1);
    say(`${this.#count} records in ${seconds(this.#start)} s, ${share} % with a concept`);
    const found = new Set(this.keys.values());
    const lost = [...this.#judged].filter((key) => !found.has(key));
    if (lost.length > 0) say(`${lost.length} judged records are in no list, the first ${JSON.stringify(lost[0])}`);
  }
}

/** Four digits: more is noise. NaN becomes null in JSON. */
function rounded<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'number' ? Math.round(each * 10_000) / 10_000 : each,
  ) as T;
}

function seconds(before: number): string {
  return ((performance.now() - before) / 1_000).toFixed(1);
}

/** For people; standard output belongs to the JSON line. */
function say(line: string): void {
  console.error(line);
}
