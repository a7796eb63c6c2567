/**
 * A sorted list of distinct strings in two flat buffers (UTF-16 code units and offsets), ordered by code unit as `<`
 * orders strings. UTF-16 and not UTF-8, so that a string with a lone surrogate comes out as it went in and no query needs
 * an encoder. No object per entry: a million entries cost their text and 4 bytes each.
 */

export interface StringTable {
  /** Entry i is `units[offsets[i] … offsets[i + 1])`; `offsets` has one more element than there are entries. */
  readonly units: Uint16Array;
  readonly offsets: Uint32Array;
}

/** `sorted` must ascend by code unit and hold no value twice (as `[...set].sort()` gives it). */
export function tableFromStrings(sorted: readonly string[]): StringTable {
  const offsets = new Uint32Array(sorted.length + 1);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    size += sorted[i]?.length ?? 0;
    offsets[i + 1] = size;
  }
  const units = new Uint16Array(size);
  let at = 0;
  for (const text of sorted) for (let k = 0; k < text.length; k++) units[at++] = text.charCodeAt(k);
  return { units, offsets };
}

export function tableSize(table: StringTable): number {
  return table.offsets.length - 1;
}

export function stringAt(table: StringTable, index: number): string {
  const start = table.offsets[index] ?? 0;
  const end = table.offsets[index + 1] ?? start;
  // Pieces, because the arguments of one call live on the stack.
  let text = '';
  for (let i = start; i < end; i += 4096) {
    text += String.fromCharCode(...table.units.subarray(i, Math.min(end, i + 4096)));
  }
  return text;
}

/** Index of the first entry that is not less than `text`. */
export function lowerBound(table: StringTable, text: string): number {
  let low = 0;
  let high = tableSize(table);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareWithText(table, middle, text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of `text`, or -1. */
export function findString(table: StringTable, text: string): number {
  const index = lowerBound(table, text);
  return index < tableSize(table) && compareWithText(table, index, text) === 0 ? index : -1;
}

/** Half-open range of the entries that begin with `prefix`. */
export function prefixRange(table: StringTable, prefix: string): readonly [start: number, end: number] {
  const start = lowerBound(table, prefix);
  let low = start;
  let high = tableSize(table);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (beginsWith(table, middle, prefix)) low = middle + 1;
    else high = middle;
  }
  return [start, low];
}

/** Negative, zero or positive as entry `a` of `left` is less than, equal to or greater than entry `b` of `right`. */
export function compareEntries(left: StringTable, a: number, right: StringTable, b: number): number {
  const leftStart = left.offsets[a] ?? 0;
  const rightStart = right.offsets[b] ?? 0;
  const leftLength = (left.offsets[a + 1] ?? 0) - leftStart;
  const rightLength = (right.offsets[b + 1] ?? 0) - rightStart;
  const shared = Math.min(leftLength, rightLength);
  for (let k = 0; k < shared; k++) {
    const difference = (left.units[leftStart + k] ?? 0) - (right.units[rightStart + k] ?? 0);
    if (difference !== 0) return difference;
  }
  return leftLength - rightLength;
}

function compareWithText(table: StringTable, index: number, text: string): number {
  const start = table.offsets[index] ?? 0;
  const length = (table.offsets[index + 1] ?? 0) - start;
  const shared = Math.min(length, text.length);
  for (let k = 0; k < shared; k++) {
    const difference = (table.units[start + k] ?? 0) - text.charCodeAt(k);
    if (difference !== 0) return difference;
  }
  return length - text.length;
}

function beginsWith(table: StringTable, index: number, prefix: string): boolean {
  const start = table.offsets[index] ?? 0;
  if ((table.offsets[index + 1] ?? 0) - start < prefix.length) return false;
  for (let k = 0; k < prefix.length; k++) if (table.units[start + k] !== prefix.charCodeAt(k)) return false;
  return true;
}
