/** Our theme beside the right one, record by record: how often they agree, and what is taken for what. */

import { decideTheme } from '../../src/enrich/decide-theme.ts';
import type { Knowledge } from '../../src/enrich/knowledge.ts';
import { recogniseRecord } from '../../src/enrich/recognise-record.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { type ThemeId, themeIds, unclassified } from '../../src/model/theme.ts';
import { bareRecord } from './bare-dataset.ts';

export interface Judged {
  readonly dataset: Dataset;
  readonly theme: ThemeId;
  readonly also: readonly ThemeId[];
}

export interface ThemeTally {
  records: number;
  right: number;
  unclassified: number;
  /** Said by the concepts, and of those how many right. */
  byConcepts: number;
  byConceptsRight: number;
  /** Right theme → ours → records. */
  readonly confusion: Map<string, Map<string, number>>;
}

/** By country code in lower case, in the order in which countries come up. */
export function measureThemes(judged: Iterable<Judged>, knowledge: Knowledge): ReadonlyMap<string, ThemeTally> {
  const tallies = new Map<string, ThemeTally>();
  for (const { dataset, theme, also } of judged) {
    const country = dataset.country.toLowerCase();
    const tally = tallies.get(country) ?? emptyTally();
    tallies.set(country, tally);
    const terms = recogniseRecord(bareRecord(dataset), knowledge.terminology);
    const found = decideTheme(dataset, terms, knowledge);
    const isRight = found.value === theme || also.some((each) => each === found.value);
    tally.records++;
    if (isRight) tally.right++;
    if (found.value === unclassified) tally.unclassified++;
    if (found.rule === 'concepts') tally.byConcepts++;
    if (found.rule === 'concepts' && isRight) tally.byConceptsRight++;
    const row = tally.confusion.get(theme) ?? new Map<string, number>();
    tally.confusion.set(theme, row);
    const ours = isRight ? theme : found.value;
    row.set(ours, (row.get(ours) ?? 0) + 1);
  }
  return tallies;
}

function emptyTally(): ThemeTally {
  return { records: 0, right: 0, unclassified: 0, byConcepts: 0, byConceptsRight: 0, confusion: new Map() };
}

/** Markdown, a row a right theme, a column ours; a second theme that is right counts as the first. */
export function confusionTable({ confusion }: ThemeTally): string {
  const columns = [...themeIds, unclassified];
  const head = ['right \\ ours', ...columns.map(shortName)];
  const rows = themeIds
    .filter((theme) => confusion.has(theme))
    .map((theme) => [theme, ...columns.map((each) => String(confusion.get(theme)?.get(each) ?? '·'))]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `public-services` → `public`. */
function shortName(theme: string): string {
  return theme.split('-')[0] ?? theme;
}
