/**
 * The theme of a record from its words alone, the portal's category hidden: on the fifth of Korea, Japan, India, Malaysia and
 * Thailand that the classifier has not learnt from, and on hand-labelled records of Taiwan and Singapore
 * (`bench/themes/*.jsonl`). `--file FILE`: on records judged by hand instead. `--tables`: what was taken for what.
 * `--json`: last line `{"accuracy":{…},"unclassified":{…},…}` by country.
 */
import { loadKnowledge } from '../src/enrich/knowledge.ts';
import { loadSources } from '../src/registry/load-sources.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import { judgedFile } from './themes/judged-file.ts';
import { labelledRecords } from './themes/labelled-records.ts';
import { confusionTable, type Judged, measureThemes, type ThemeTally } from './themes/measure-themes.ts';
import { type Agreement, publisherAgreement } from './themes/publisher-agreement.ts';
import { splitRecords } from './themes/split-records.ts';

const handLabelled = ['bench/themes/tw.jsonl', 'bench/themes/sg.jsonl'];

export async function run(args: readonly string[]): Promise<void> {
  const knowledge = await loadKnowledge('vocab');
  const vocabulary = await loadVocabulary('vocab');
  const at = args.indexOf('--file');
  const file = at === -1 ? undefined : args[at + 1];
  let judged: readonly Judged[];
  let agreement: Agreement | undefined;
  if (file === undefined) {
    const records = labelledRecords(await loadSources('sources'));
    agreement = publisherAgreement(records.filter(({ dataset }) => dataset.country === 'KR'));
    const byHand = handLabelled.flatMap((path) => judgedFile(path, vocabulary));
    judged = [...splitRecords(records).test, ...byHand];
  } else judged = judgedFile(file, vocabulary);
  const tallies = measureThemes(judged, knowledge);
  print(tallies, agreement);
  if (args.includes('--tables')) {
    for (const [country, tally] of tallies) console.log(`\n${country}\n\n${confusionTable(tally)}`);
  }
  if (args.includes('--json')) console.log(JSON.stringify(figures(tallies, agreement)));
}

function print(tallies: ReadonlyMap<string, ThemeTally>, agreement: Agreement | undefined): void {
  console.log('country  records  right  unclassified  by concepts  of these right');
  for (const [country, tally] of tallies) {
    const { records, right, unclassified, byConcepts, byConceptsRight } = tally;
    const shares = [right / records, unclassified / records, byConcepts / records, byConceptsRight / byConcepts];
    console.log(
      `${country.padEnd(7)}  ${String(records).padStart(7)}  ${shares.map((each) => each.toFixed(3)).join('  ')}`,
    );
  }
  if (agreement !== undefined) {
    const { records, agreed } = agreement;
    console.log(`kr: publishers agree on ${agreed.toFixed(3)} of ${records} records that five or more name alike`);
  }
}

function figures(tallies: ReadonlyMap<string, ThemeTally>, agreement: Agreement | undefined) {
  const share = (pick: (tally: ThemeTally) => number) =>
    Object.fromEntries([...tallies].map(([country, tally]) => [country, pick(tally) / tally.records]));
  return {
    accuracy: share(({ right }) => right),
    unclassified: share(({ unclassified }) => unclassified),
    byConcepts: share(({ byConcepts }) => byConcepts),
    ...(agreement === undefined ? {} : { publisherAgreement: { kr: agreement.agreed } }),
  };
}
