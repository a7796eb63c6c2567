/**
 * What a word that no dataset has may have been meant to be: terms of the index that are spelt almost so. Words of letters
 * are looked for among the terms; Hangul, Thai and their like among the words that stand in the texts; scripts without
 * spaces also among keywords and other short texts.
 */
import { hangulClass, ideographClass, isBigramClass } from '../text/character-class.ts';
import { clauseOfPiece } from '../text/parse-query.ts';
import { type Spelling, slipsBetween, spellingOf } from '../text/spelling.ts';
import { textUnits } from '../text/text-units.ts';
import { clauseInPart } from './clause-slots.ts';
import type { Generation } from './generation.ts';
import { lanes } from './index-schema.ts';
import { matchText } from './match-part.ts';
import type { Segment } from './segment.ts';
import { lowerBound, type StringTable, stringAt, tableSize } from './string-table.ts';
import { suggestionFromEntry } from './suggestion-entry.ts';

export interface NearTerm {
  readonly text: string;
  /** How many letters differ; at least 1. */
  readonly slips: number;
  /** Datasets, or texts, that have it. */
  readonly count: number;
}

/** Candidates that are worth a try. */
const maxNear = 5;

/** One row a word (folded, of one script): undefined for a word that the index has or that is too short to tell. */
export function nearestTerms(
  generation: Generation,
  words: readonly string[],
): readonly (readonly NearTerm[] | undefined)[] {
  return words.map((word) => {
    const spelling = spellingOf(word);
    if (spelling === undefined || spelling.slips === 0 || isKnown(generation, word)) return undefined;
    const near = new Map<string, NearTerm>();
    for (const { key, text, count } of likeTerms(generation, word, spelling)) {
      const slips = slipsTo(spelling, key);
      if (slips > 0 && slips <= spelling.slips) {
        near.set(key, { text, slips, count: count + (near.get(key)?.count ?? 0) });
      }
    }
    return [...near.values()].sort((a, b) => a.slips - b.slips || b.count - a.count).slice(0, maxNear);
  });
}

/** 0 for a word of another script, too. */
function slipsTo(spelling: Spelling, key: string): number {
  const other = spellingOf(key);
  if (other?.scriptClass !== spelling.scriptClass) return 0;
  return slipsBetween(spelling.letters, other.letters, spelling.slips);
}

function isKnown(generation: Generation, word: string): boolean {
  const clause = clauseOfPiece({ text: word, star: false });
  return (
    clause === undefined || generation.parts.some((part) => matchText(part, [clauseInPart(part, clause)]).length > 0)
  );
}

/** Code units of a consonant with all that stands on it, mostly. */
const clusterUnits = 3;

interface LikeTerm {
  /** Folded. */
  readonly key: string;
  /** As it is shown: the text itself where the index has it. */
  readonly text: string;
  readonly count: number;
}

function* likeTerms({ parts }: Generation, word: string, { scriptClass, slips }: Spelling): Iterable<LikeTerm> {
  const isRun = isBigramClass(scriptClass);
  // A cluster of Thai or Khmer may hold several code units; a slip in a syllable of Hangul leaves the others as they are.
  const reach = scriptClass === hangulClass ? 1 : isRun ? clusterUnits : slips;
  const like = { word, reach, others: isRun && scriptClass !== hangulClass ? clusterUnits : slips };
  for (const { segment } of parts) {
    if (isRun && scriptClass !== hangulClass) yield* likeTexts(segment, like);
    if (scriptClass !== ideographClass) yield* likeWords(segment, like, scriptClass);
  }
}

/** Among keywords, publishers and titles. */
function* likeTexts({ suggestions }: Segment, like: Like): Iterable<LikeTerm> {
  const { table, starts } = suggestions;
  for (const entry of likeEntries(table, like, { from: 0, end: tableSize(table), skip: 0 })) {
    const { text } = suggestionFromEntry(stringAt(table, entry));
    yield { key: textUnits(text).keys.join(''), text, count: (starts[entry + 1] ?? 0) - (starts[entry] ?? 0) };
  }
}

/** Among the terms of the index. */
function* likeWords({ terms, postingStarts }: Segment, like: Like, scriptClass: number): Iterable<LikeTerm> {
  const lane = isBigramClass(scriptClass) ? lanes.word : '';
  const [first, last] = blocksOf(like.word, scriptClass);
  const range = { from: lowerBound(terms, lane + first), end: lowerBound(terms, lane + last), skip: lane.length };
  for (const entry of likeEntries(terms, like, range)) {
    const key = stringAt(terms, entry).slice(lane.length);
    yield { key, text: key, count: (postingStarts[entry + 1] ?? 0) - (postingStarts[entry] ?? 0) };
  }
}

/** Where terms of the word's script begin and end: Hangul syllables, else the letters of its block of 128 characters. */
function blocksOf(word: string, scriptClass: number): readonly [first: string, last: string] {
  if (scriptClass === hangulClass) return ['\uac00', '\ud7b0'];
  const block = word.charCodeAt(0) & 0xff80;
  return [String.fromCharCode(Math.max(block, 0x61)), String.fromCharCode(block + 0x80)];
}

interface Like {
  readonly word: string;
  /** Length in code units may differ by so many. */
  readonly reach: number;
  /** Code units, of the longer of the two, that may be others. */
  readonly others: number;
}

interface EntryRange {
  readonly from: number;
  readonly end: number;
  /** Code units of a lane before the key. */
  readonly skip: number;
}

/** Told apart by length and letters in the flat table, before any string is made; a key ends at a NUL. */
function* likeEntries(table: StringTable, { word, reach, others }: Like, range: EntryRange): Iterable<number> {
  const { units, offsets } = table;
  const left = new Int16Array(0x10000);
  for (let i = 0; i < word.length; i++) left[word.charCodeAt(i)] = (left[word.charCodeAt(i)] ?? 0) + 1;
  for (let entry = range.from; entry < range.end; entry++) {
    const start = (offsets[entry] ?? 0) + range.skip;
    const stop = Math.min(offsets[entry + 1] ?? 0, start + word.length + reach + 1);
    let end = start;
    while (end < stop && units[end] !== 0) end++;
    const length = end - start;
    if (Math.abs(length - word.length) > reach) continue;
    if (Math.max(length, word.length) - shared(units, start, end, left) <= others) yield entry;
  }
}

/**
 * Code units that stand in the range as often as in the word: whatever was changed or swapped, the others do. `left` says
 * how often each stands in the word, before and after.
 */
function shared(units: Uint16Array, start: number, end: number, left: Int16Array): number {
  let same = 0;
  for (let at = start; at < end; at++) {
    const unit = units[at] ?? 0;
    const count = left[unit] ?? 0;
    if (count > 0) same++;
    left[unit] = count - 1;
  }
  for (let at = start; at < end; at++) left[units[at] ?? 0] = (left[units[at] ?? 0] ?? 0) + 1;
  return same;
}
