/**
 * `npm run bench -- segmentation [--json]`: what cutting texts of scripts without spaces into dictionary words, or into
 * pairs of units, finds of the vocabulary's own labels in real titles. A label stands in a title when its units stand
 * there in a row; what a way of cutting finds beyond that is noise.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { normalText } from '../src/text/normal-text.ts';
import { textUnits } from '../src/text/text-units.ts';
import type { LabelLanguage } from '../src/vocabulary/label-file.ts';
import { loadTerminology, type Terminology } from '../src/vocabulary/terminology.ts';
import { capture } from '../test/support/captures.ts';
import { capturedEntries } from './search/captured-records.ts';

/** Titles of each script that are looked at, spread over all. */
const sample = 4_000;

const scripts: readonly (readonly [name: string, script: RegExp, languages: readonly LabelLanguage[]])[] = [
  ['Thai', /\p{Script=Thai}/u, ['th']],
  ['Khmer', /\p{Script=Khmer}/u, ['km']],
  ['Burmese', /\p{Script=Myanmar}/u, ['my']],
  ['Han', /\p{Script=Han}/u, ['zh-Hant', 'ja']],
  ['Hangul', /\p{Script=Hangul}/u, ['ko']],
];

/** From a text to its terms, each with its place; a query's terms must follow each other as they do in the text. */
interface Cutting {
  readonly name: string;
  readonly cut: (text: string) => readonly string[];
  /** Whether the order counts. */
  readonly ordered: boolean;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const words = (text: string): readonly string[] =>
  [...segmenter.segment(normalText(text).text)].flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
const units = (text: string): readonly string[] => textUnits(text).keys;
const pairs = (text: string): readonly string[] => {
  const all = units(text);
  return all.length < 2 ? all : all.slice(1).map((unit, i) => all[i] + unit);
};

const cuttings: readonly Cutting[] = [
  { name: 'dictionary words', cut: words, ordered: true },
  { name: 'single units, any order', cut: units, ordered: false },
  { name: 'pairs, any order', cut: pairs, ordered: false },
  { name: 'pairs in order', cut: pairs, ordered: true },
];

interface ScriptFigures {
  readonly script: string;
  readonly titles: number;
  readonly labels: number;
  readonly standing: number;
  readonly ways: readonly {
    readonly way: string;
    readonly recall: number;
    readonly precision: number;
    readonly us: number;
  }[];
}

export async function run(args: readonly string[]): Promise<void> {
  const terminology = await loadTerminology(fileURLToPath(new URL('../vocab/', import.meta.url)));
  const titles = [...capturedEntries().map(({ title }) => title), ...khmerTitles(), ...burmeseLines()];
  const figures = scripts.flatMap(([name, script, languages]) =>
    measure(name, spread(titles, script), labelsIn(terminology, languages)),
  );
  for (const { script, titles: count, labels, standing, ways } of figures) {
    console.error(`${script}: ${count} titles, ${labels} labels, ${standing} stand there`);
    for (const { way, recall, precision, us } of ways) {
      console.error(
        `  ${way.padEnd(24)} found ${percent(recall)}  right ${percent(precision)}  ${us.toFixed(1)} µs a title`,
      );
    }
  }
  if (args.includes('--json')) console.log(JSON.stringify({ segmentation: figures }));
}

/** Titles of Cambodian laws: full of zero-width spaces, where one was put and where one was not. */
function khmerTitles(): readonly string[] {
  const packed = readFileSync(capture('data', 'kh', 'opendevelopmentcambodia.net', 'laws-2015.jsonl.gz'));
  const rows = gunzipSync(packed).toString('utf8').trim().split('\n');
  return rows.flatMap((row) => {
    const law: unknown = JSON.parse(row);
    const title = typeof law === 'object' && law !== null && 'title_km' in law ? law.title_km : undefined;
    return typeof title === 'string' ? [title] : [];
  });
}

/** No portal of Myanmar titles its datasets in Burmese: lines of official texts instead. */
function burmeseLines(): readonly string[] {
  return ['mmgov_unicode_out.txt', 'udhr_mya_unicode_src.txt'].flatMap((name) =>
    readFileSync(capture('data', 'messy', 'mm-zawgyi', name), 'utf8').split('\n'),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}

function spread(titles: readonly string[], script: RegExp): readonly string[] {
  const own = [...new Set(titles.filter((title) => script.test(title)))];
  const step = Math.max(1, Math.floor(own.length / sample));
  return own.filter((_, i) => i % step === 0).slice(0, sample);
}

/** Of two units or more: one unit is asked for as a beginning. */
function labelsIn({ lexicon }: Terminology, languages: readonly LabelLanguage[]): readonly string[] {
  const labels = [...lexicon.concepts.values()].flatMap(({ labels: all }) =>
    languages.flatMap((each) => all[each] ?? []),
  );
  return [...new Set(labels)].filter((label) => !/\s/u.test(label) && units(label).length >= 2);
}

function measure(script: string, titles: readonly string[], labels: readonly string[]): readonly ScriptFigures[] {
  if (titles.length === 0) return [];
  const truth = new CutTitles(titles);
  const standing = labels.map((label) => truth.titlesWith(units(label), true));
  const total = standing.reduce((sum, found) => sum + found.size, 0);
  const ways = cuttings.map(({ name, cut, ordered }) => {
    const before = performance.now();
    const index = new CutTitles(titles, cut);
    const us = ((performance.now() - before) * 1_000) / titles.length;
    let found = 0;
    let right = 0;
    for (const [i, label] of labels.entries()) {
      const hits = index.titlesWith(cut(label), ordered);
      found += hits.size;
      for (const hit of hits) right += Number(standing[i]?.has(hit) === true);
    }
    return { way: name, recall: right / Math.max(1, total), precision: right / Math.max(1, found), us };
  });
  return [{ script, titles: titles.length, labels: labels.length, standing: total, ways }];
}

/** Titles cut into terms, and an index from a term to the titles that hold it. */
class CutTitles {
  readonly #rows: readonly (readonly string[])[];
  readonly #titles = new Map<string, Set<number>>();

  constructor(titles: readonly string[], cut: Cutting['cut'] = units) {
    this.#rows = titles.map(cut);
    for (const [number, row] of this.#rows.entries()) {
      for (const term of row) this.#titles.set(term, (this.#titles.get(term) ?? new Set()).add(number));
    }
  }

  titlesWith(terms: readonly string[], ordered: boolean): ReadonlySet<number> {
    const sets = terms.map((term) => this.#titles.get(term) ?? new Set<number>()).sort((a, b) => a.size - b.size);
    const [least = new Set<number>()] = sets;
    return new Set(
      [...least].filter((title) => sets.every((set) => set.has(title)) && (!ordered || this.#inRow(title, terms))),
    );
  }

  #inRow(title: number, terms: readonly string[]): boolean {
    const row = this.#rows[title] ?? [];
    return row.some((_, at) => terms.every((term, i) => row[at + i] === term));
  }
}
