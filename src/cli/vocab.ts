/** `sampan vocab`: the vocabulary that records and queries are understood with, checked or looked up. */
import { checkLexicon, type LexiconReport } from '../vocabulary/check-lexicon.ts';
import { loadTerminology } from '../vocabulary/terminology.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { vocabFolder } from './open-home.ts';
import { formatTable } from './table.ts';
import { vocabEntry } from './vocab-entry.ts';

interface VocabOptions {
  readonly check?: boolean;
  readonly show?: string;
  readonly folder?: string;
  readonly json?: boolean;
}

export async function vocab(context: CliContext, options: VocabOptions): Promise<void> {
  if (options.check !== true && options.show === undefined) {
    throw new CliError('usage', 'vocab: found neither --check nor --show; expected one of them');
  }
  const terminology = await loadTerminology(options.folder ?? vocabFolder(context));
  if (options.show !== undefined) {
    const entry = vocabEntry(options.show, terminology);
    context.out(options.json === true ? JSON.stringify(entry.value) : entry.text);
    return;
  }
  const report = checkLexicon(terminology.lexicon, terminology.gazetteer);
  const ok = report.findings.length === 0;
  context.out(options.json === true ? JSON.stringify({ ok, ...report }) : reportForPeople(report));
  context.setExitCode(ok ? exitCodes.ok : exitCodes.failed);
}

function reportForPeople(report: LexiconReport): string {
  const { concepts, forms, labels, reviewedLabels, cells, indonesianAsMalay, places, findings } = report;
  const countries = Object.values(places.byCountry);
  const divisions = countries.reduce((sum, each) => sum + each.divisions, 0);
  const cities = countries.reduce((sum, each) => sum + each.cities, 0);
  return [
    formatTable(
      [
        { title: 'THEME', value: ([theme]) => theme },
        { title: 'CONCEPTS', value: ([, counts]) => number(counts.concepts), align: 'right' },
        { title: 'LABELS', value: ([, counts]) => number(counts.labels), align: 'right' },
      ],
      Object.entries(report.byTheme),
    ),
    '',
    formatTable(
      [
        { title: 'LANGUAGE', value: ([language]) => language },
        { title: 'CONCEPTS', value: ([, counts]) => number(counts.concepts), align: 'right' },
        { title: 'LABELS', value: ([, counts]) => number(counts.labels), align: 'right' },
        { title: 'REVIEWED', value: ([, counts]) => number(counts.reviewedLabels), align: 'right' },
      ],
      Object.entries(report.byLanguage),
    ),
    '',
    `${number(concepts)} concepts and ${number(forms)} forms, ${number(labels)} labels; a native reader has seen ${number(reviewedLabels)} of them.`,
    `${number(cells.missing)} of ${number(cells.all)} cells have no label (${percent(cells.share)}).`,
    `Indonesian equals Malay in ${percent(indonesianAsMalay.share)} of the preferred labels.`,
    `${number(places.all)} places of ${countries.length} countries: ${number(divisions)} divisions, ${number(cities)} cities and districts.`,
    ...findings.map(({ slug, where, concept, language, label, message }) => {
      const what = [concept, language, label === undefined ? undefined : `"${label}"`].filter((each) => each);
      return `${where} ${slug} ${what.join(' ')}: ${message}`;
    }),
    findings.length === 0 ? 'No fault found.' : `${number(findings.length)} faults.`,
  ].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
