/**
 * Concepts and places of the vocabulary whose names begin as what is being typed, in any of its languages. Those that no
 * dataset of the index has are not suggested: they would lead to nothing.
 */
import { type TypingKey, typingKey } from '../text/typing-key.ts';
import { labelsOfLexicon } from '../vocabulary/lexicon.ts';
import { labelsOfPlaces } from '../vocabulary/places.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import { laneSlot } from './clause-slots.ts';
import type { Generation } from './generation.ts';
import { type InnerStarts, innerRange, innerStartsOf } from './inner-starts.ts';
import type { Suggestion } from './search-contract.ts';
import { prefixRange, type StringTable, stringAt, tableFromStrings } from './string-table.ts';

export interface TermSuggester {
  /** Those that begin so, the most frequent first, then those in which a word begins so; each term once. */
  suggest(generation: Generation, key: string, limit: number): readonly Suggestion[];
}

type TermKind = 'concept' | 'place';

interface LabelEntry {
  readonly text: string;
  readonly kind: TermKind;
  readonly id: string;
}

/** Builds its table when it is first asked: a command that only searches needs none. */
export function termSuggester(terminology: Terminology): TermSuggester {
  let labels: { readonly table: StringTable; readonly inner: InnerStarts } | undefined;
  let counted: { readonly generation: number; readonly counts: Map<string, number> } | undefined;
  return {
    suggest(generation, key, limit) {
      if (key === '' || limit <= 0) return [];
      labels ??= labelTable(terminology);
      if (counted?.generation !== generation.number) counted = { generation: generation.number, counts: new Map() };
      const { counts } = counted;
      const ordered = entriesInOrder(labels.table, labels.inner, key).flatMap((entries) =>
        byCount(entries, (entry) => countOf(generation, entry, counts)),
      );
      return distinctTerms(ordered).slice(0, limit);
    },
  };
}

function distinctTerms(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const distinct = new Map<string, Suggestion>();
  for (const each of suggestions) {
    const name = `${each.kind}:${each.id}`;
    if (!distinct.has(name)) distinct.set(name, each);
  }
  return [...distinct.values()];
}

/** First the labels that begin so, then those in which a word does. */
function entriesInOrder(table: StringTable, inner: InnerStarts, key: string): readonly (readonly LabelEntry[])[] {
  const [start, end] = prefixRange(table, key);
  const begin = Array.from({ length: end - start }, (_, i) => start + i);
  const [from, to] = innerRange(table, inner, key);
  return [begin, [...inner.entries.subarray(from, to)]].map((entries) =>
    entries.map((entry) => labelOfEntry(stringAt(table, entry))),
  );
}

/** Of equal counts the shorter label, which is nearer to what was typed. */
function byCount(entries: readonly LabelEntry[], count: (entry: LabelEntry) => number): readonly Suggestion[] {
  return entries
    .map((entry) => ({ ...entry, count: count(entry) }))
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count || a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
}

function countOf(generation: Generation, { kind, id }: LabelEntry, counts: Map<string, number>): number {
  const name = `${kind}:${id}`;
  const known = counts.get(name);
  if (known !== undefined) return known;
  const count = generation.parts.reduce((sum, part) => sum + laneSlot(part, kind, id).documents, 0);
  counts.set(name, count);
  return count;
}

/** Entries are `key NUL kind text NUL id`. */
function labelTable({ lexicon, gazetteer }: Terminology): { readonly table: StringTable; readonly inner: InnerStarts } {
  const entries = new Set<string>();
  const add = (kind: TermKind, labels: Iterable<{ readonly text: string; readonly target: string }>): void => {
    for (const { text, target } of labels) {
      const { key }: TypingKey = typingKey(text);
      if (key !== '') entries.add(`${key}\0${kind === 'concept' ? 'c' : 'p'}${text}\0${target}`);
    }
  };
  add('concept', labelsOfLexicon(lexicon));
  add('place', labelsOfPlaces(gazetteer));
  const table = tableFromStrings([...entries].sort());
  return { table, inner: innerStartsOf(table, (entry) => labelOfEntry(entry).text) };
}

function labelOfEntry(entry: string): LabelEntry {
  const [, text = '', id = ''] = entry.split('\0');
  return { text: text.slice(1), kind: text.startsWith('c') ? 'concept' : 'place', id };
}
