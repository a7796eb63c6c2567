/**
 * Concepts and places of the vocabulary whose names begin as what is being typed, in any of its languages. Those that no
 * dataset of the index has are not suggested: they would lead to nothing.
 */
import { typingKey } from '../text/typing-key.ts';
import { labelsOfLexicon } from '../vocabulary/lexicon.ts';
import { labelsOfPlaces } from '../vocabulary/places.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import { laneSlot } from './clause-slots.ts';
import { largestCounts } from './count-facets.ts';
import type { Generation } from './generation.ts';
import { type InnerStarts, innerRange, innerStartsOf } from './inner-starts.ts';
import type { Suggestion } from './search-contract.ts';
import { prefixRange, type StringTable, stringAt, tableFromStrings } from './string-table.ts';

export interface TermSuggester {
  /** Those that begin so, the most frequent first, then those in which a word begins so; each term once. */
  suggest(generation: Generation, key: string, limit: number): readonly Suggestion[];
}

interface Term {
  readonly kind: 'concept' | 'place';
  readonly id: string;
}

interface LabelTable {
  /** Entries are `key NUL text NUL number of the term`. */
  readonly table: StringTable;
  readonly inner: InnerStarts;
  readonly terms: readonly Term[];
  /** Entry → number of its term. */
  readonly termOf: Uint32Array;
}

/** Builds its table when it is first asked: a command that only searches needs none. */
export function termSuggester(terminology: Terminology): TermSuggester {
  let labels: LabelTable | undefined;
  let counted: { readonly generation: number; readonly counts: Uint32Array } | undefined;
  return {
    suggest(generation, key, limit) {
      if (key === '' || limit <= 0) return [];
      labels ??= labelTable(terminology);
      if (counted?.generation !== generation.number) {
        counted = { generation: generation.number, counts: countsOf(generation, labels.terms) };
      }
      return suggestTerms(labels, counted.counts, key, limit);
    },
  };
}

function suggestTerms(labels: LabelTable, counts: Uint32Array, key: string, limit: number): readonly Suggestion[] {
  const { table, inner } = labels;
  const [start, end] = prefixRange(table, key);
  const begin = nearestEntries(
    labels,
    Array.from({ length: end - start }, (_, i) => start + i),
  );
  const found = topEntries(begin, counts, limit);
  if (found.length < limit) {
    const [from, to] = innerRange(table, inner, key);
    const others = nearestEntries(labels, inner.entries.subarray(from, to));
    for (const term of begin.keys()) others.delete(term);
    found.push(...topEntries(others, counts, limit - found.length));
  }
  return found.map(([number, entry]) => {
    const { kind = 'concept', id = '' } = labels.terms[number] ?? {};
    return { text: textOfEntry(stringAt(table, entry)), kind, id, count: counts[number] ?? 0 };
  });
}

/** Each term with its shortest label, which is nearest to what was typed. */
function nearestEntries({ table, termOf }: LabelTable, entries: Iterable<number>): Map<number, number> {
  const nearest = new Map<number, number>();
  const length = (entry: number): number => (table.offsets[entry + 1] ?? 0) - (table.offsets[entry] ?? 0);
  for (const entry of entries) {
    const term = termOf[entry] ?? 0;
    const known = nearest.get(term);
    if (known === undefined || length(entry) < length(known)) nearest.set(term, entry);
  }
  return nearest;
}

function topEntries(entries: ReadonlyMap<number, number>, counts: Uint32Array, limit: number): [number, number][] {
  const rows = [...entries];
  const own = Uint32Array.from(rows, ([term]) => counts[term] ?? 0);
  return largestCounts(own, 0, own.length, limit).flatMap((row) => {
    const found = rows[row];
    return found === undefined ? [] : [found];
  });
}

/** Live datasets that have each term. */
function countsOf({ parts }: Generation, terms: readonly Term[]): Uint32Array {
  return Uint32Array.from(terms, ({ kind, id }) => {
    return parts.reduce((sum, part) => sum + laneSlot(part, kind, id).documents, 0);
  });
}

function labelTable({ lexicon, gazetteer }: Terminology): LabelTable {
  const numbers = new Map<string, number>();
  const terms: Term[] = [];
  const entries = new Set<string>();
  const add = (kind: Term['kind'], labels: Iterable<{ readonly text: string; readonly target: string }>): void => {
    for (const { text, target: id } of labels) {
      const { key } = typingKey(text);
      const number = numbers.get(`${kind}:${id}`) ?? terms.push({ kind, id }) - 1;
      numbers.set(`${kind}:${id}`, number);
      if (key !== '') entries.add(`${key}\0${text}\0${number}`);
    }
  };
  add('concept', labelsOfLexicon(lexicon));
  add('place', labelsOfPlaces(gazetteer));
  const sorted = [...entries].sort();
  const table = tableFromStrings(sorted);
  const termOf = Uint32Array.from(sorted, (entry) => Number(entry.slice(entry.lastIndexOf('\0') + 1)));
  return { table, inner: innerStartsOf(table, textOfEntry), terms, termOf };
}

function textOfEntry(entry: string): string {
  return entry.slice(entry.indexOf('\0') + 1, entry.lastIndexOf('\0'));
}
