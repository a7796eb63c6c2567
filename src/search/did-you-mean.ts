/**
 * Another spelling of a query that finds nothing, or has words that nothing has: each unknown word becomes the nearest
 * one of the index or of the vocabulary. Proposed only when the query so corrected finds what the typed one does not.
 */
import { isBigramClass, separatorClass } from '../text/character-class.ts';
import { cutQuery } from '../text/parse-query.ts';
import { displayRange, gaps, textUnits } from '../text/text-units.ts';
import type { NearLabels } from './near-labels.ts';
import type { NearTerm } from './nearest-terms.ts';
import type { QueryPart } from './query-part.ts';
import type { SearchAnswer } from './search-contract.ts';

export interface SpellingSources {
  /** Of the index; undefined for a word that it has. */
  readonly nearest: (words: readonly string[]) => Promise<readonly (readonly NearTerm[] | undefined)[]>;
  /** Absent: no vocabulary. */
  readonly labels: NearLabels | undefined;
  /** The same search for another text. */
  readonly ask: (text: string) => Promise<Pick<SearchAnswer, 'total' | 'reading'>>;
}

/** Words of one query that are looked up: a pasted paragraph is not worth the time. */
const maxWords = 8;

/** Corrected queries that are tried. */
const maxTries = 3;

/** Undefined when there is nothing to propose. `typed`: the query, its parts, and what it found. */
export async function didYouMean(
  typed: { readonly text: string; readonly parts: readonly QueryPart[]; readonly answer: SearchAnswer },
  { nearest, labels, ask }: SpellingSources,
): Promise<string | undefined> {
  const { answer, parts } = typed;
  if (answer.total > 0 && answer.reading.relaxed.length === 0) return undefined;
  const { kept } = cutQuery(typed.text);
  const words = wordsOf(kept, parts).slice(0, maxWords);
  const rows = await nearest(words.map(({ key }) => key));
  const unknown = words.flatMap((word, index) => {
    const row = rows[index];
    const near = row === undefined ? [] : [...row, ...(labels?.near(word.key) ?? [])];
    near.sort((a, b) => a.slips - b.slips || b.count - a.count);
    return near.length === 0 ? [] : [{ ...word, near }];
  });
  for (const { text, words: chosen } of correctedQueries(kept, unknown)) {
    if ((await ask(text)).total === 0) continue;
    // When something was found all the same, the words in their new spelling must find something by themselves.
    const finds = answer.total === 0 || (await allFound(chosen, ask));
    if (finds) return text;
  }
  return undefined;
}

async function allFound(words: readonly NearTerm[], ask: SpellingSources['ask']): Promise<boolean> {
  for (const { text, count } of words) if (count === 0 && (await ask(text)).total === 0) return false;
  return true;
}

interface Word {
  /** Folded. */
  readonly key: string;
  /** Half-open UTF-16 range of the query. */
  readonly start: number;
  readonly end: number;
}

/** Words, and runs of scripts without spaces, in the parts of a query that nothing was recognised in. */
function wordsOf(text: string, parts: readonly QueryPart[]): readonly Word[] {
  const words: Word[] = [];
  let from = 0;
  for (const { source, meanings } of parts) {
    const at = text.indexOf(source, from);
    if (at < 0) continue;
    from = at + source.length;
    if (meanings.length === 0) words.push(...runsOf(source, at));
  }
  return words;
}

function runsOf(source: string, offset: number): readonly Word[] {
  const units = textUnits(source);
  const runs: Word[] = [];
  for (let first = 0; first < units.keys.length; ) {
    const script = units.classes[first] ?? separatorClass;
    let last = first;
    while (isBigramClass(script) && units.classes[last + 1] === script && units.gapsBefore[last + 1] === gaps.none)
      last++;
    const [start, end] = displayRange(units, first, last);
    runs.push({ key: units.keys.slice(first, last + 1).join(''), start: offset + start, end: offset + end });
    first = last + 1;
  }
  return runs;
}

interface CorrectedQuery {
  readonly text: string;
  readonly words: readonly NearTerm[];
}

/** The nearest of every word first, then the others of one word that has others. */
function correctedQueries(
  text: string,
  unknown: readonly (Word & { readonly near: readonly NearTerm[] })[],
): readonly CorrectedQuery[] {
  const varied = unknown.find(({ near }) => near.length > 1) ?? unknown[0];
  return (varied?.near ?? []).slice(0, maxTries).map((choice) => {
    const words: NearTerm[] = [];
    let made = '';
    let at = 0;
    for (const word of unknown) {
      const chosen = word === varied ? choice : (word.near[0] ?? choice);
      words.push(chosen);
      made += text.slice(at, word.start) + chosen.text;
      at = word.end;
    }
    return { text: made + text.slice(at), words };
  });
}
