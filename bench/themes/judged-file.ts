/**
 * Themes judged by hand, one JSON object a line: `{"source","id","title","theme","also"}`. Where the captures hold the record
 * (ids as in `../shared/relevance/README.md`, or the source's own id), it is read from there, as the product would have it;
 * else its title is all there is.
 */
import { readFileSync } from 'node:fs';
import type { Dataset } from '../../src/model/dataset.ts';
import { isThemeId, type ThemeId } from '../../src/model/theme.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { capturedRecords } from '../relevance/captured-records.ts';
import { relevanceSources } from '../relevance/relevance-sources.ts';
import { bareDataset } from './bare-dataset.ts';
import type { Judged } from './measure-themes.ts';

interface JudgedLine {
  readonly source: string;
  readonly id: string;
  readonly title?: string;
  readonly theme: ThemeId;
  readonly also: readonly ThemeId[];
}

export function judgedFile(path: string, vocabulary: Vocabulary): readonly Judged[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const judged = lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${path}:${index + 1}`)]));
  const records = recordsOf(judged, vocabulary);
  return judged.map((line) => {
    const dataset = records.get(`${line.source} ${line.id}`) ?? titleAlone(line, path);
    // Whatever the portal said of its theme is hidden.
    return { dataset: { ...dataset, themes: [], sourceCategories: [] }, theme: line.theme, also: line.also };
  });
}

function parseLine(line: string, where: string): JudgedLine {
  const { source, id, title, theme, also = [] } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const isRight = typeof theme === 'string' && isThemeId(theme);
  if (typeof source !== 'string' || !isRight || !Array.isArray(also))
    throw new Error(`${where}: found ${line.slice(0, 80)}; expected source, id, theme and also`);
  const others = also.filter((each): each is ThemeId => typeof each === 'string' && isThemeId(each));
  return { source, id: String(id), theme, also: others, ...(typeof title === 'string' ? { title } : {}) };
}

function recordsOf(judged: readonly JudgedLine[], vocabulary: Vocabulary): ReadonlyMap<string, Dataset> {
  const wanted = new Set(judged.map(({ source, id }) => `${source} ${id}`));
  const named = new Set(judged.map(({ source }) => source));
  const sources = relevanceSources().filter(({ id, sourceId }) => named.has(id) || named.has(sourceId));
  const found = new Map<string, Dataset>();
  for (const { source, id, dataset } of capturedRecords(sources, vocabulary)) {
    for (const key of [`${source} ${id}`, `${dataset.sourceId} ${id}`]) {
      if (wanted.has(key) && !found.has(key)) found.set(key, dataset);
    }
  }
  return found;
}

function titleAlone({ source, id, title }: JudgedLine, path: string): Dataset {
  if (title === undefined) throw new Error(`${path}: found no record ${source} ${id} in the captures, and no title`);
  const country = source.slice(0, 2).toUpperCase();
  return bareDataset({ sourceId: source, country, nativeId: id, titles: [title] });
}
