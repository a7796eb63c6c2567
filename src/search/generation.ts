/**
 * One state of the index, ready to be asked: its segments, who is alive, and the numbers that hold across segments.
 * Everything is flat and shared, so that handing it to a query worker copies nothing.
 */
import { hasBit } from './bitmap.ts';
import { type FilterName, fieldCount, filterNames } from './index-schema.ts';
import { type MergedTables, mergeStringTables } from './merge-string-tables.ts';
import type { Segment } from './segment.ts';
import { stringAt } from './string-table.ts';

export interface Part {
  readonly segment: Segment;
  /** Absent: all documents are live. */
  readonly live?: Uint8Array;
  /** Place of each document among all in the order of ids, and of titles (equal titles share one). */
  readonly idRanks: Uint32Array;
  readonly titleRanks: Uint32Array;
  /** Group of copies of each document, 0 = none; equal across segments. */
  readonly groupNumbers: Uint32Array;
  /** 1 = the authoritative copy of its group. */
  readonly leading: Uint8Array;
  /** Entry of the segment's own table → number of the value in the generation. */
  readonly filterNumbers: Readonly<Record<FilterName, Uint32Array>>;
}

/** A number of the generation → the segment whose table holds the string, and where. */
export interface SharedNumbers {
  readonly size: number;
  readonly tableOf: Uint16Array;
  readonly entryOf: Uint32Array;
}

export interface Generation {
  readonly number: number;
  readonly changeNumber: number;
  readonly parts: readonly Part[];
  /** Live documents. */
  readonly documents: number;
  /** Mean units in each field of a live document. */
  readonly meanLengths: readonly number[];
  readonly filterValues: Readonly<Record<FilterName, SharedNumbers>>;
  /** Groups of copies, those of dead documents too. */
  readonly groups: number;
  readonly suggestions: SuggestionNumbers;
}

export interface SuggestionNumbers extends SharedNumbers {
  /** Entry of each segment's table → number in the generation. */
  readonly numbers: readonly Uint32Array[];
  /** Live documents that carry the suggestion. */
  readonly counts: Uint32Array;
}

export interface LoadedSegment {
  readonly segment: Segment;
  readonly live?: Uint8Array;
}

export function makeGeneration(
  state: { readonly generation: number; readonly changeNumber: number },
  loaded: readonly LoadedSegment[],
): Generation {
  const segments = loaded.map(({ segment }) => segment);
  const ids = mergeStringTables(segments.map(({ ids }) => ids.table));
  const titles = mergeStringTables(segments.map((segment) => segment.titles.table));
  const groups = mergeStringTables(segments.map((segment) => segment.groups.table));
  const filters = filterNames.map((name) => mergeStringTables(segments.map((segment) => segment.filters[name].table)));
  const statistics = liveStatistics(loaded);
  return {
    number: state.generation,
    changeNumber: state.changeNumber,
    parts: loaded.map(({ segment, live }, index) => ({
      segment,
      ...(live === undefined ? {} : { live: shared(live) }),
      idRanks: ranksOf(segment.ids.values, ids.numbers[index]),
      titleRanks: ranksOf(segment.titles.values, titles.numbers[index]),
      ...groupsOf(segment, groups.numbers[index]),
      filterNumbers: byFilterName((position) => shared(filters[position]?.numbers[index] ?? new Uint32Array(0))),
    })),
    documents: statistics.documents,
    meanLengths: statistics.lengths.map((sum) => (statistics.documents === 0 ? 0 : sum / statistics.documents)),
    filterValues: byFilterName((position) => sharedNumbers(filters[position] ?? noTables)),
    groups: groups.size,
    suggestions: suggestionNumbers(loaded),
  };
}

const noTables: MergedTables = mergeStringTables([]);

function byFilterName<T>(make: (position: number) => T): Readonly<Record<FilterName, T>> {
  return Object.fromEntries(filterNames.map((name, position) => [name, make(position)])) as Record<FilterName, T>;
}

function ranksOf(entries: Uint32Array, numbers: Uint32Array | undefined): Uint32Array {
  const ranks = shared(entries);
  for (let document = 0; document < ranks.length; document++) ranks[document] = numbers?.[ranks[document] ?? 0] ?? 0;
  return ranks;
}

/** A group is called after its authoritative copy. */
function groupsOf(
  { ids, groups, documents }: Segment,
  numbers: Uint32Array | undefined,
): Pick<Part, 'groupNumbers' | 'leading'> {
  const groupNumbers = shared(new Uint32Array(documents));
  const leading = shared(new Uint8Array(documents));
  for (let document = 0; document < documents; document++) {
    const start = groups.starts[document] ?? 0;
    if (start === groups.starts[document + 1]) continue;
    const entry = groups.values[start] ?? 0;
    groupNumbers[document] = (numbers?.[entry] ?? 0) + 1;
    if (stringAt(groups.table, entry) === stringAt(ids.table, ids.values[document] ?? 0)) leading[document] = 1;
  }
  return { groupNumbers, leading };
}

function liveStatistics(loaded: readonly LoadedSegment[]): { documents: number; lengths: number[] } {
  const lengths = new Array<number>(fieldCount).fill(0);
  let documents = 0;
  for (const { segment, live } of loaded) {
    for (let document = 0; document < segment.documents; document++) {
      if (live !== undefined && !hasBit(live, document)) continue;
      documents++;
      for (let field = 0; field < fieldCount; field++) {
        lengths[field] = (lengths[field] ?? 0) + (segment.lengths[document * fieldCount + field] ?? 0);
      }
    }
  }
  return { documents, lengths };
}

function suggestionNumbers(loaded: readonly LoadedSegment[]): SuggestionNumbers {
  const merged = mergeStringTables(loaded.map(({ segment }) => segment.suggestions.table));
  const counts = shared(new Uint32Array(merged.size));
  for (const [index, each] of loaded.entries()) addSuggestionCounts(each, merged.numbers[index], counts);
  return { ...sharedNumbers(merged), numbers: merged.numbers.map((numbers) => shared(numbers)), counts };
}

function addSuggestionCounts(
  { segment, live }: LoadedSegment,
  numbers: Uint32Array | undefined,
  counts: Uint32Array,
): void {
  const { starts, documents } = segment.suggestions;
  for (let entry = 0; entry + 1 < starts.length; entry++) {
    const number = numbers?.[entry] ?? 0;
    for (let i = starts[entry] ?? 0; i < (starts[entry + 1] ?? 0); i++) {
      if (live === undefined || hasBit(live, documents[i] ?? 0)) counts[number] = (counts[number] ?? 0) + 1;
    }
  }
}

function sharedNumbers({ size, tableOf, entryOf }: MergedTables): SharedNumbers {
  return { size, tableOf: shared(tableOf), entryOf: shared(entryOf) };
}

/** A copy in shared memory. */
function shared<T extends Uint8Array | Uint16Array | Uint32Array>(array: T): T {
  const make = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new make(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
