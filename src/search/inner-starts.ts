/**
 * Where words begin inside the suggestions of a table: a suffix array, six bytes a word and no text twice. All words that
 * begin alike stand together, so that what is typed is found anywhere in a suggestion by two binary searches.
 */
import { typingKey } from '../text/typing-key.ts';
import { GrowingArray } from './growing-array.ts';
import { type StringTable, stringAt, tableSize } from './string-table.ts';

/** Entries begin with their key and a NUL; `entries[i]` from unit `starts[i]` on is in order. */
export interface InnerStarts {
  readonly entries: Uint32Array;
  readonly starts: Uint16Array;
}

/** Words of one text that can be typed: what stands further back is not what it is looked for by. */
const maxStarts = 40;

/** `textOf`: the text that an entry's key was made of. The beginning of the whole is not among the inner ones. */
export function innerStartsOf(table: StringTable, textOf: (entry: string) => string): InnerStarts {
  const entries = new GrowingArray();
  const starts = new GrowingArray();
  for (let entry = 0; entry < tableSize(table); entry++) {
    const inner = typingKey(textOf(stringAt(table, entry))).starts.filter((start) => start > 0);
    for (const start of inner.slice(0, maxStarts)) {
      entries.push(entry);
      starts.push(start);
    }
  }
  return sorted(table, entries.view(), starts.view());
}

function sorted(table: StringTable, entries: Uint32Array, starts: Uint32Array): InnerStarts {
  const count = entries.length;
  const heads = new Float64Array(count);
  for (let i = 0; i < count; i++) heads[i] = headAt(table, (table.offsets[entries[i] ?? 0] ?? 0) + (starts[i] ?? 0));
  const order = new Uint32Array(count).map((_, i) => i);
  order.sort((a, b) => {
    const difference = (heads[a] ?? 0) - (heads[b] ?? 0);
    if (difference !== 0) return difference;
    return compareSuffixes(table, placeOf(a), placeOf(b)) || (entries[a] ?? 0) - (entries[b] ?? 0);
  });
  return { entries: order.map((i) => entries[i] ?? 0), starts: Uint16Array.from(order, (i) => starts[i] ?? 0) };

  function placeOf(i: number): number {
    return (table.offsets[entries[i] ?? 0] ?? 0) + (starts[i] ?? 0);
  }
}

/** The first three units as one number: most pairs are told apart by it. Behind the NUL of a key nothing counts. */
function headAt({ units }: StringTable, place: number): number {
  let head = 0;
  let ended = false;
  for (let k = 0; k < 3; k++) {
    const unit: number = ended ? 0 : (units[place + k] ?? 0);
    ended ||= unit === 0;
    head = head * 0x10000 + unit;
  }
  return head;
}

function compareSuffixes({ units }: StringTable, a: number, b: number): number {
  for (let k = 0; ; k++) {
    const difference = (units[a + k] ?? 0) - (units[b + k] ?? 0);
    if (difference !== 0) return difference;
    if ((units[a + k] ?? 0) === 0) return 0;
  }
}

/** Half-open range of the words that begin with `key`. */
export function innerRange(table: StringTable, inner: InnerStarts, key: string): readonly [start: number, end: number] {
  const start = firstNotBelow(0, (i) => compareStart(table, inner, i, key) < 0);
  return [start, firstNotBelow(start, (i) => compareStart(table, inner, i, key) === 0)];

  function firstNotBelow(from: number, isBefore: (index: number) => boolean): number {
    let low = from;
    let high = inner.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** 0 when the word begins with the key. */
function compareStart(table: StringTable, { entries, starts }: InnerStarts, index: number, key: string): number {
  const place = (table.offsets[entries[index] ?? 0] ?? 0) + (starts[index] ?? 0);
  for (let k = 0; k < key.length; k++) {
    const difference = (table.units[place + k] ?? 0) - key.charCodeAt(k);
    if (difference !== 0) return difference;
  }
  return 0;
}
