/** The records that are searched: all captured ones, and made ones after real titles until there are enough. */
import type { IndexDocument } from '../../src/search/search-contract.ts';
import { analyseInto } from '../../src/text/analyse.ts';
import {
  capturedEntries,
  documentFromEntry,
  type Entry,
  type TitlePool,
  themeOf,
  titlePools,
} from './captured-records.ts';
import { type Random, seededRandom } from './random.ts';

export interface Corpus {
  readonly documents: readonly IndexDocument[];
  /** Term → documents that hold it. */
  readonly frequencies: ReadonlyMap<string, number>;
  readonly properties: CorpusProperties;
}

export interface CorpusProperties {
  readonly records: number;
  readonly captured: number;
  readonly distinctTerms: number;
  readonly meanTerms: number;
  /** Share of the records that hold the most common term, 0 to 1. */
  readonly widestShare: number;
  readonly widestTerm: string;
}

const seed = 20_261_125;
/** Invented words are drawn by Zipf's law from so many. */
const inventedWords = 3_000_000;

/** `size` records: the captured ones (every n-th when there are more than that), the rest made. */
export function makeCorpus(size: number): Corpus {
  const captured = capturedEntries();
  const step = Math.max(1, Math.ceil(captured.length / size));
  const entries = captured.filter((_, i) => i % step === 0).slice(0, size);
  const real = entries.length;
  const random = seededRandom(seed);
  const pools = titlePools(captured);
  while (entries.length < size) entries.push(madeEntry(entries.length, pools, random));
  const documents = entries.map(documentFromEntry);
  return { documents, ...measure(documents, real) };
}

function madeEntry(number: number, pools: readonly TitlePool[], random: Random): Entry {
  const pool = pools[pickPool(random)] ?? (pools[0] as TitlePool);
  const title = variedTitle(pool, random);
  const words = Array.from({ length: 20 + random.below(30) }, () => zipfWord(random));
  const publisher = `${pool.country} ${zipfWord(random)}`;
  return {
    nativeId: `made-${number}`,
    title,
    description: `${random.pick(pool.titles)}。${random.pick(pool.titles)}。${words.join(' ')}`,
    keywords: [zipfWord(random), zipfWord(random)],
    publisher,
    country: pool.country,
    language: pool.language,
    theme: themeOf(publisher.slice(0, 6)),
    formats: [random.pick(['CSV', 'XLSX', 'JSON', 'PDF', 'XML', 'SHP'])],
    licenceId: random.pick(['OGDL-Taiwan-1.0', 'CC-BY-4.0', 'unknown']),
    openness: random.pick(['open', 'open', 'unknown', 'not-open']),
    modified: `${2005 + random.below(21)}-0${1 + random.below(9)}-1${random.below(10)}`,
  };
}

/** Taiwan 40 %, India 30 %, Thailand 20 %, Malaysia 10 %. */
function pickPool(random: Random): number {
  const drawn = random.next();
  return drawn < 0.4 ? 0 : drawn < 0.7 ? 1 : drawn < 0.9 ? 2 : 3;
}

/** A real title with another year, part of another title behind it, or a number. */
function variedTitle(pool: TitlePool, random: Random): string {
  const title = random.pick(pool.titles);
  const other = random.pick(pool.titles);
  switch (random.below(3)) {
    case 0:
      return `${title} ${1990 + random.below(36)}`;
    case 1:
      return `${title} ${[...other].slice(0, 4 + random.below(8)).join('')}`;
    default:
      return `${title} ${zipfWord(random)} ${random.below(1_000)}`;
  }
}

const syllables =
  'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu'.split(
    ' ',
  );

/** Log-uniform rank, so that the n-th word comes up in proportion to 1/n. */
function zipfWord(random: Random): string {
  let rank = Math.floor(Math.exp(random.next() * Math.log(inventedWords)));
  let word = '';
  do {
    word += syllables[rank % syllables.length];
    rank = Math.floor(rank / syllables.length);
  } while (rank > 0);
  return word;
}

function measure(documents: readonly IndexDocument[], captured: number): Omit<Corpus, 'documents'> {
  const frequencies = new Map<string, number>();
  let terms = 0;
  for (const { titles, keywords, publisher, descriptions } of documents) {
    const seen = new Set<string>();
    for (const text of [...titles, ...keywords, ...publisher, ...descriptions]) {
      analyseInto(text, (term, _position, _start, _end, kind) => {
        if (kind === 'word') return;
        terms++;
        seen.add(term);
      });
    }
    for (const term of seen) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  let widestTerm = '';
  for (const [term, count] of frequencies) if (count > (frequencies.get(widestTerm) ?? 0)) widestTerm = term;
  const records = documents.length;
  return {
    frequencies,
    properties: {
      records,
      captured,
      distinctTerms: frequencies.size,
      meanTerms: terms / records,
      widestShare: (frequencies.get(widestTerm) ?? 0) / records,
      widestTerm,
    },
  };
}
