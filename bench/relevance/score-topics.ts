/** Asks a ranker all topics in all their languages, over all records and over those of each record language. */

import type { ScoredTopic } from './figures.ts';
import { type JudgedSet, type Judgement, type RecordKey, recordKey, type Topic } from './judged-set.ts';
import { condense, scoresOf } from './measures.ts';
import type { Ranker } from './ranker.ts';
import type { RelevanceSource } from './relevance-sources.ts';

/** The README's depth: results that are looked at. */
export const depth = 500;

/** Queries on their way at once. */
const concurrency = 4;

export interface ScoreOptions {
  readonly set: JudgedSet;
  readonly sources: readonly RelevanceSource[];
  /** Document id → the judged record that it is. */
  readonly keys: ReadonlyMap<string, RecordKey>;
  /** Which cells are asked: all, or those where a query's language is that of the records. */
  readonly cells: 'all' | 'same';
}

export async function scoreTopics(rank: Ranker, options: ScoreOptions): Promise<readonly ScoredTopic[]> {
  const asked = options.set.topics.flatMap((topic) => questionsOf(topic, options));
  const scored: ScoredTopic[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < asked.length; at = next++) {
      const question = asked[at];
      if (question !== undefined) scored[at] = await scoreOne(rank, question, options);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return scored;
}

interface Question {
  readonly topic: string;
  readonly text: string;
  readonly queryLanguage: string;
  readonly recordLanguage?: string;
  readonly judged: ReadonlyMap<RecordKey, Judgement>;
}

function questionsOf({ id, queries }: Topic, { set, cells }: ScoreOptions): readonly Question[] {
  const judged = set.judgements.get(id) ?? new Map<RecordKey, Judgement>();
  // A topic without a right record in a language says nothing about that cell.
  const recordLanguages = new Set([...judged.values()].filter(({ grade }) => grade === 2).map(({ lang }) => lang));
  return Object.entries(queries).flatMap(([queryLanguage, text]) => {
    const whole: Question = { topic: id, text, queryLanguage, judged };
    const asked = [...recordLanguages].filter((lang) => cells === 'all' || lang === queryLanguage);
    return [
      whole,
      ...asked.map((recordLanguage) => ({ ...whole, recordLanguage, judged: inLanguage(judged, recordLanguage) })),
    ];
  });
}

function inLanguage(judged: ReadonlyMap<RecordKey, Judgement>, language: string): ReadonlyMap<RecordKey, Judgement> {
  return new Map([...judged].filter(([, { lang }]) => lang === language));
}

async function scoreOne(rank: Ranker, question: Question, { sources, keys }: ScoreOptions): Promise<ScoredTopic> {
  const { topic, text, queryLanguage, recordLanguage, judged } = question;
  const sourceIds = sources.filter(({ language }) => language === recordLanguage).map(({ sourceId }) => sourceId);
  const ids = await rank(text, { depth, ...(recordLanguage === undefined ? {} : { sourceIds }) });
  const condensed = condense(
    ids.map((id) => keys.get(id)),
    judged,
  );
  const grades = [...judged.values()].map(({ grade }) => grade);
  return {
    topic,
    queryLanguage,
    ...(recordLanguage === undefined ? {} : { recordLanguage }),
    scores: scoresOf(condensed, grades),
    judgedFound: condensed.length,
  };
}

/** Document ids by judged record are kept only for records that a topic judges. */
export function judgedKeys({ judgements }: JudgedSet): ReadonlySet<RecordKey> {
  return new Set([...judgements.values()].flatMap((ofTopic) => [...ofTopic.values()].map(recordKey)));
}
