/** The figures as lines for people. */
import { cellsOf, type Figures, ratiosAboveChance, type ScoredTopic } from './figures.ts';

type Say = (line: string) => void;

/** Fewer judged records among the results than this say little about their order (README of the relevance set). */
const tellingRecords = 5;

export function tellFigures(figures: Figures, scored: readonly ScoredTopic[], say: Say): void {
  const { ndcg10, recall20, bpref, hardNegatives10 } = figures.wholeList;
  say(
    `whole list: nDCG@10 ${three(ndcg10)}, Recall@20 ${three(recall20)}, bpref ${three(bpref)}, hard negatives ${three(hardNegatives10)}`,
  );
  const languages = Object.entries(figures.byQueryLanguage);
  say(`by query language: ${languages.map(([lang, score]) => `${lang} ${three(score)}`).join(', ')}`);
  say(`same language: nDCG@10 ${three(figures.sameLanguage.ndcg10)}, bpref ${three(figures.sameLanguage.bpref)}`);
  const thin = scored.filter((each) => each.recordLanguage === undefined && each.judgedFound < tellingRecords);
  say(`queries with fewer than ${tellingRecords} judged records found: ${thin.length}`);
  if (Number.isNaN(figures.ratioAboveChance)) return;
  say(`cross language: nDCG@10 ${three(figures.crossLanguage.ndcg10)}, bpref ${three(figures.crossLanguage.bpref)}`);
  say(
    `above chance: ${three(figures.ratioAboveChance)} of the same language, lowest cell ${three(figures.lowestCell)}`,
  );
  tellCells(scored, say);
}

/** Rows: query languages; columns: record languages; nDCG@10 and its ratio above chance. */
function tellCells(scored: readonly ScoredTopic[], say: Say): void {
  const cells = cellsOf(scored);
  const ratios = ratiosAboveChance(cells);
  const columns = [...new Set(cells.map(({ recordLanguage }) => recordLanguage))].sort();
  say(`cells      ${columns.map((lang) => lang.padEnd(13)).join('')}`);
  for (const row of new Set(cells.map(({ queryLanguage }) => queryLanguage))) {
    const isCell = (column: string) => (cell: { queryLanguage: string; recordLanguage: string }) =>
      cell.queryLanguage === row && cell.recordLanguage === column;
    const values = columns.map((column) => {
      const score = cells.find(isCell(column))?.ndcg10 ?? Number.NaN;
      const ratio = ratios.find(isCell(column))?.ratio;
      return `${three(score)} ${ratio === undefined ? '' : `(${ratio.toFixed(2)})`}`.padEnd(13);
    });
    say(`  ${row.padEnd(8)} ${values.join('')}`.trimEnd());
  }
}

/** nDCG@10 of the whole list, one row a topic. */
export function tellByTopic(scored: readonly ScoredTopic[], say: Say): void {
  const whole = scored.filter(({ recordLanguage }) => recordLanguage === undefined);
  const languages = [...new Set(whole.map(({ queryLanguage }) => queryLanguage))];
  say(`topic  ${languages.map((lang) => lang.slice(-4).padStart(5)).join('')}`);
  for (const topic of new Set(whole.map((each) => each.topic))) {
    const cells = languages.map((lang) => {
      const found = whole.find((each) => each.topic === topic && each.queryLanguage === lang);
      return (found === undefined ? '' : found.scores.ndcg10.toFixed(2)).padStart(5);
    });
    say(`  ${topic.padEnd(5)}${cells.join('')}`);
  }
}

function three(score: number): string {
  return score.toFixed(3);
}
