/** Collects the values that documents carry (several each, or none) and lays them out as numbers of a sorted table. */
import { GrowingArray } from './growing-array.ts';
import type { SectionArray } from './segment-file.ts';
import { type StringTable, tableFromStrings } from './string-table.ts';

export class ValueColumnBuilder {
  readonly #ids = new Map<string, number>();
  readonly #values = new GrowingArray();
  readonly #starts = new GrowingArray();

  /** The next document's values; one named twice counts once. */
  add(values: readonly string[]): void {
    this.#starts.push(this.#values.length);
    for (const value of values.length > 1 ? new Set(values) : values) this.#values.push(this.#idOf(value));
  }

  /** Sections `{name}.units/.offsets` (the sorted values), `.starts` (per document) and `.values` (numbers in the table). */
  sections(name: string): readonly (readonly [string, SectionArray])[] {
    const { sorted, ranks } = rankStrings(this.#ids);
    const values = this.#values.view().map((id) => ranks[id] ?? 0);
    this.#starts.push(values.length);
    const table = tableFromStrings(sorted);
    return [
      [`${name}.units`, table.units],
      [`${name}.offsets`, table.offsets],
      [`${name}.starts`, this.#starts.view().slice()],
      [`${name}.values`, values],
    ];
  }

  /** The same the other way round: `.starts` per value, `.documents` ascending. */
  invertedSections(name: string): readonly (readonly [string, SectionArray])[] {
    const { sorted, ranks } = rankStrings(this.#ids);
    const values = this.#values.view();
    const counts = new Uint32Array(sorted.length + 1);
    for (const id of values) counts[(ranks[id] ?? 0) + 1] = (counts[(ranks[id] ?? 0) + 1] ?? 0) + 1;
    for (let rank = 0; rank < sorted.length; rank++) counts[rank + 1] = (counts[rank + 1] ?? 0) + (counts[rank] ?? 0);
    const next = counts.slice();
    const documents = new Uint32Array(values.length);
    const starts = this.#starts.view();
    for (let document = 0; document < starts.length; document++) {
      for (let i = starts[document] ?? 0; i < (starts[document + 1] ?? values.length); i++) {
        const rank = ranks[values[i] ?? 0] ?? 0;
        const to = next[rank] ?? 0;
        documents[to] = document;
        next[rank] = to + 1;
      }
    }
    const table = tableFromStrings(sorted);
    return [
      [`${name}.units`, table.units],
      [`${name}.offsets`, table.offsets],
      [`${name}.starts`, counts],
      [`${name}.documents`, documents],
    ];
  }

  /** The sorted values. */
  table(): StringTable {
    return tableFromStrings(rankStrings(this.#ids).sorted);
  }

  #idOf(value: string): number {
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(value, id);
    return id;
  }
}

function rankStrings(ids: ReadonlyMap<string, number>): { sorted: string[]; ranks: Uint32Array } {
  const sorted = [...ids.keys()].sort();
  const ranks = new Uint32Array(sorted.length);
  for (let rank = 0; rank < sorted.length; rank++) ranks[ids.get(sorted[rank] ?? '') ?? 0] = rank;
  return { sorted, ranks };
}
