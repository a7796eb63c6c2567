/**
 * The theme of a record from its words alone, the portal's category hidden: on the fifth of Korea, Japan, India, Malaysia and
 * Thailand that the classifier has not learnt from, and on hand-labelled records of Taiwan and Singapore
 * (`bench/themes/*.jsonl`); beside it, how we do on records of Korea and Japan out of that fifth that a person has read. `--file FILE`: on records judged by hand instead. `--tables`: what was taken for what.
 * `--json`: last line `{"accuracy":{…},"unclassified":{…},…}` by country.
 */
import { type Knowledge, loadKnowledge } from '../src/enrich/knowledge.ts';
import { loadSources } from '../src/registry/load-sources.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../src/vocabulary/vocabulary.ts';
import { judgedFile } from './themes/judged-file.ts';
import { labelledRecords } from './themes/labelled-records.ts';
import { confusionTable, type Judged, measureThemes, type ThemeTally } from './themes/measure-themes.ts';
import { type Agreement, publisherAgreement } from './themes/publisher-agreement.ts';
import { splitRecords } from './themes/split-records.ts';

const handLabelled = ['bench/themes/tw.jsonl', 'bench/themes/sg.jsonl'];
/** Drawn from the test fifth and read without looking at the category. */
const readAgain = ['bench/themes/kr.jsonl', 'bench/themes/jp.jsonl'];

export async function run(args: readonly string[]): Promise<void> {
  const knowledge = await loadKnowledge('vocab');
  const vocabulary = await loadVocabulary('vocab');
  const at = args.indexOf('--file');
  const file = at === -1 ? undefined : args[at + 1];
  const report =
    file === undefined
      ? await wholeReport(knowledge, vocabulary)
      : { tallies: measureThemes(judgedFile(file, vocabulary), knowledge) };
  print(report);
  if (args.includes('--tables')) {
    for (const [country, tally] of report.tallies) console.log(`\n${country}\n\n${confusionTable(tally)}`);
  }
  if (args.includes('--json')) console.log(JSON.stringify(figures(report)));
}

interface Report {
  readonly tallies: ReadonlyMap<string, ThemeTally>;
  readonly byHand?: ReadonlyMap<string, ThemeTally>;
  readonly agreement?: Agreement;
}

async function wholeReport(knowledge: Knowledge, vocabulary: Vocabulary): Promise<Report> {
  const records = labelledRecords(await loadSources('sources'));
  const read = (paths: readonly string[]): readonly Judged[] => paths.flatMap((path) => judgedFile(path, vocabulary));
  return {
    tallies: measureThemes([...splitRecords(records).test, ...read(handLabelled)], knowledge),
    byHand: measureThemes(read(readAgain), knowledge),
    agreement: publisherAgreement(records.filter(({ dataset }) => dataset.country === 'KR')),
  };
}

function print({ tallies, byHand, agreement }: Report): void {
  console.log('country  records  right  unclassified  by concepts  of these right');
  for (const [country, tally] of tallies) console.log(lineOf(country, tally));
  for (const [country, tally] of byHand ?? []) console.log(`${lineOf(country, tally)}  (read by hand)`);
  if (agreement !== undefined) {
    const { records, agreed } = agreement;
    console.log(`kr: publishers agree on ${agreed.toFixed(3)} of ${records} records that five or more name alike`);
  }
}

function lineOf(country: string, { records, right, unclassified, byConcepts, byConceptsRight }: ThemeTally): string {
  const shares = [right / records, unclassified / records, byConcepts / records, byConceptsRight / byConcepts];
  return `${country.padEnd(7)}  ${String(records).padStart(7)}  ${shares.map((each) => each.toFixed(3)).join('  ')}`;
}

function figures({ tallies, byHand, agreement }: Report) {
  return {
    accuracy: shareOf(tallies, ({ right }) => right),
    unclassified: shareOf(tallies, ({ unclassified }) => unclassified),
    byConcepts: shareOf(tallies, ({ byConcepts }) => byConcepts),
    ...(byHand === undefined ? {} : { readByHand: shareOf(byHand, ({ right }) => right) }),
    ...(agreement === undefined ? {} : { publisherAgreement: { kr: agreement.agreed } }),
  };
}

function shareOf(tallies: ReadonlyMap<string, ThemeTally>, pick: (tally: ThemeTally) => number) {
  return Object.fromEntries([...tallies].map(([country, tally]) => [country, pick(tally) / tally.records]));
}
