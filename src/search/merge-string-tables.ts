/**
 * Numbers that hold across segments: every entry of every table gets its place in the sorted union of all of them.
 * Equal strings get equal numbers, so that the numbers order documents (ids, titles) or count together (facet values,
 * suggestions) without a look at the text.
 */
import { compareEntries, type StringTable, tableSize } from './string-table.ts';

export interface MergedTables {
  /** Distinct strings of all tables. */
  readonly size: number;
  /** One array a table: entry → its number in the union. */
  readonly numbers: readonly Uint32Array[];
  /** Number in the union → a table that holds the string, and where. */
  readonly tableOf: Uint16Array;
  readonly entryOf: Uint32Array;
}

export function mergeStringTables(tables: readonly StringTable[]): MergedTables {
  const numbers = tables.map((table) => new Uint32Array(tableSize(table)));
  const bound = tables.reduce((sum, table) => sum + tableSize(table), 0);
  const tableOf = new Uint16Array(bound);
  const entryOf = new Uint32Array(bound);
  const cursors = new Uint32Array(tables.length);
  let size = 0;
  for (let least = leastTable(tables, cursors); least >= 0; least = leastTable(tables, cursors)) {
    const leastTableValue = tables[least];
    if (leastTableValue === undefined) break;
    const entry = cursors[least] ?? 0;
    tableOf[size] = least;
    entryOf[size] = entry;
    takeEqual(tables, cursors, numbers, { table: leastTableValue, entry, number: size, from: least });
    size++;
  }
  return { size, numbers, tableOf: tableOf.slice(0, size), entryOf: entryOf.slice(0, size) };
}

/** The table whose next entry is the least; -1 when all are used up. Few tables, so a plain search beats a heap. */
function leastTable(tables: readonly StringTable[], cursors: Uint32Array): number {
  let least = -1;
  for (let t = 0; t < tables.length; t++) {
    const table = tables[t];
    const cursor = cursors[t] ?? 0;
    if (table === undefined || cursor >= tableSize(table)) continue;
    const best = least < 0 ? undefined : tables[least];
    if (best === undefined || compareEntries(table, cursor, best, cursors[least] ?? 0) < 0) least = t;
  }
  return least;
}

function takeEqual(
  tables: readonly StringTable[],
  cursors: Uint32Array,
  numbers: readonly Uint32Array[],
  taken: { readonly table: StringTable; readonly entry: number; readonly number: number; readonly from: number },
): void {
  for (let t = taken.from; t < tables.length; t++) {
    const table = tables[t];
    const own = numbers[t];
    const cursor = cursors[t] ?? 0;
    if (table === undefined || own === undefined || cursor >= tableSize(table)) continue;
    if (t !== taken.from && compareEntries(table, cursor, taken.table, taken.entry) !== 0) continue;
    own[cursor] = taken.number;
    cursors[t] = cursor + 1;
  }
}
