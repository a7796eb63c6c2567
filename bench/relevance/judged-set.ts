/** Topics and judgements of a relevance set, as its README describes them (`../shared/relevance`). */
import { readFileSync } from 'node:fs';

export interface Topic {
  readonly id: string;
  /** Query by BCP 47 language. */
  readonly queries: Readonly<Record<string, string>>;
}

export type Grade = 0 | 1 | 2;

export interface Judgement {
  readonly topic: string;
  readonly source: string;
  readonly id: string;
  readonly grade: Grade;
  /** Language of the record's own text. */
  readonly lang: string;
}

/** What names a judged record; several records share it where a title is the id. */
export type RecordKey = string;

export function recordKey({ source, id }: { readonly source: string; readonly id: string }): RecordKey {
  return `${source}\n${id}`;
}

export interface JudgedSet {
  readonly topics: readonly Topic[];
  /** Topic id → its judgements by record. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<RecordKey, Judgement>>;
}

export function readJudgedSet(topicsFile: string, judgementsFile: string): JudgedSet {
  const topics = jsonLines(topicsFile).map(topicOf);
  const judgements = new Map<string, Map<RecordKey, Judgement>>(topics.map(({ id }) => [id, new Map()]));
  for (const line of jsonLines(judgementsFile)) {
    const judgement = judgementOf(line);
    const ofTopic = judgements.get(judgement.topic);
    if (ofTopic === undefined)
      throw new Error(`${line.where}: found the topic "${judgement.topic}", expected one of ${topicsFile}`);
    ofTopic.set(recordKey(judgement), judgement);
  }
  return { topics, judgements };
}

interface Line {
  /** `topics.jsonl:12`. */
  readonly where: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function jsonLines(path: string): readonly Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, number): Line[] => {
      if (text.trim() === '') return [];
      return [{ where: `${path}:${number + 1}`, value: JSON.parse(text) as Line['value'] }];
    });
}

function topicOf({ where, value }: Line): Topic {
  const { id, queries } = value;
  if (typeof id !== 'string' || typeof queries !== 'object' || queries === null)
    throw new Error(`${where}: found ${JSON.stringify(value).slice(0, 80)}, expected a topic with id and queries`);
  return { id, queries: Object.fromEntries(Object.entries(queries).map(([lang, text]) => [lang, String(text)])) };
}

function judgementOf({ where, value }: Line): Judgement {
  const { topic, source, id, grade, lang } = value;
  if (grade !== 0 && grade !== 1 && grade !== 2)
    throw new Error(`${where}: found the grade ${JSON.stringify(grade)}, expected 0, 1 or 2`);
  return { topic: String(topic), source: String(source), id: String(id), grade, lang: String(lang) };
}
