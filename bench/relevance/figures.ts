/** From scores by topic, query language and record language to the figures that are reported. Pure. */
import type { Scores } from './measures.ts';

/** One topic asked in one language; `recordLanguage` absent: of records in all languages. */
export interface ScoredTopic {
  readonly topic: string;
  readonly queryLanguage: string;
  readonly recordLanguage?: string;
  readonly scores: Scores;
  /** Judged records among the results. */
  readonly judgedFound: number;
}

export interface Figures {
  readonly wholeList: Scores;
  /** nDCG@10 of the whole list. */
  readonly byQueryLanguage: Readonly<Record<string, number>>;
  readonly sameLanguage: CellScores;
  readonly crossLanguage: CellScores;
  /** Mean over the cells of two languages of (score − random) / (same language − random); NaN without such cells. */
  readonly ratioAboveChance: number;
  /** The lowest of these. */
  readonly lowestCell: number;
}

type CellScores = Pick<Scores, 'ndcg10' | 'bpref'>;

/** nDCG@10 of a random order of a cell's records by record language: README of the relevance set, "How to compute". */
export const randomScores: Readonly<Record<string, number>> = {
  en: 0.43,
  'zh-Hant': 0.46,
  ja: 0.51,
  ko: 0.49,
  th: 0.7,
};

export interface Cell extends CellScores {
  readonly queryLanguage: string;
  readonly recordLanguage: string;
  readonly topics: number;
}

export function cellsOf(scored: readonly ScoredTopic[]): readonly Cell[] {
  const groups = new Map<string, ScoredTopic[]>();
  for (const each of scored) {
    if (each.recordLanguage === undefined) continue;
    const key = `${each.queryLanguage} ${each.recordLanguage}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups].map(([key, group]) => {
    const [queryLanguage = '', recordLanguage = ''] = key.split(' ');
    const { ndcg10, bpref } = meanScores(group);
    return { queryLanguage, recordLanguage, ndcg10, bpref, topics: group.length };
  });
}

export function figuresOf(scored: readonly ScoredTopic[]): Figures {
  const whole = scored.filter(({ recordLanguage }) => recordLanguage === undefined);
  const languages = [...new Set(whole.map(({ queryLanguage }) => queryLanguage))];
  const cells = cellsOf(scored);
  const ratios = ratiosAboveChance(cells).map(({ ratio }) => ratio);
  return {
    wholeList: meanScores(whole),
    byQueryLanguage: Object.fromEntries(
      languages.map((lang) => [lang, meanScores(whole.filter((each) => each.queryLanguage === lang)).ndcg10]),
    ),
    sameLanguage: meanOfCells(cells.filter((each) => each.queryLanguage === each.recordLanguage)),
    crossLanguage: meanOfCells(cells.filter((each) => each.queryLanguage !== each.recordLanguage)),
    ratioAboveChance: mean(ratios),
    lowestCell: ratios.length === 0 ? Number.NaN : Math.min(...ratios),
  };
}

/** Cells of two languages beside the cell of the record's language alone; those that this one cannot say anything of are left out. */
export function ratiosAboveChance(cells: readonly Cell[]): readonly (Cell & { readonly ratio: number })[] {
  return cells.flatMap((cell) => {
    const { queryLanguage, recordLanguage, ndcg10 } = cell;
    const same = cells.find((each) => each.queryLanguage === recordLanguage && each.recordLanguage === recordLanguage);
    const random = randomScores[recordLanguage];
    if (queryLanguage === recordLanguage || same === undefined || random === undefined) return [];
    return same.ndcg10 <= random ? [] : [{ ...cell, ratio: (ndcg10 - random) / (same.ndcg10 - random) }];
  });
}

function meanScores(scored: readonly ScoredTopic[]): Scores {
  const meanOf = (pick: (scores: Scores) => number): number => mean(scored.map(({ scores }) => pick(scores)));
  return {
    ndcg10: meanOf(({ ndcg10 }) => ndcg10),
    recall20: meanOf(({ recall20 }) => recall20),
    bpref: meanOf(({ bpref }) => bpref),
    hardNegatives10: meanOf(({ hardNegatives10 }) => hardNegatives10),
  };
}

function meanOfCells(cells: readonly Cell[]): CellScores {
  return { ndcg10: mean(cells.map(({ ndcg10 }) => ndcg10)), bpref: mean(cells.map(({ bpref }) => bpref)) };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
