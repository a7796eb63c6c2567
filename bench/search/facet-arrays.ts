/** Facets of the baselines: the ordinals of each record's values in typed arrays, counted record by record. */
import {
  type FacetName,
  facetNames,
  type IndexDocument,
  type SearchRequest,
} from '../../src/search/search-contract.ts';

interface Column {
  readonly name: FacetName;
  readonly values: string[];
  readonly ordinals: Map<string, number>;
  readonly draft: number[];
  readonly draftStarts: number[];
  flat: Uint32Array;
  starts: Uint32Array;
}

export interface FacetAnswer {
  readonly total: number;
  /** Counts of each facet's first values, in the order of `facetNames`. */
  readonly facets: readonly (readonly number[])[];
  /** Whether a record passes all filters. */
  readonly passes: (row: number) => boolean;
}

export class FacetArrays {
  readonly #columns: readonly Column[] = facetNames.map((name) => ({
    name,
    values: [],
    ordinals: new Map(),
    draft: [],
    draftStarts: [],
    flat: new Uint32Array(),
    starts: new Uint32Array(),
  }));

  add(document: IndexDocument): void {
    for (const column of this.#columns) {
      column.draftStarts.push(column.draft.length);
      for (const value of new Set(document.facets[column.name])) {
        let ordinal = column.ordinals.get(value);
        if (ordinal === undefined) {
          ordinal = column.values.push(value) - 1;
          column.ordinals.set(value, ordinal);
        }
        column.draft.push(ordinal);
      }
    }
  }

  seal(): void {
    for (const column of this.#columns) {
      column.flat = Uint32Array.from(column.draft);
      column.starts = Uint32Array.from([...column.draftStarts, column.draft.length]);
    }
  }

  /** A facet's own filter does not restrict its own counts. */
  count(rows: Int32Array, filters: SearchRequest['filters'], limit: number): FacetAnswer {
    const wanted = this.#columns.map((column) => this.#wanted(column, filters[column.name]));
    const counts = this.#columns.map((column) => new Uint32Array(column.values.length));
    let total = 0;
    for (const row of rows) {
      const failed = this.#failed(row, wanted);
      if (failed === -1) total++;
      for (const [i, column] of this.#columns.entries()) {
        if (failed !== -1 && failed !== i) continue;
        const count = counts[i] as Uint32Array;
        const end = column.starts[row + 1] ?? 0;
        for (let at = column.starts[row] ?? 0; at < end; at++) add(count, column.flat[at] ?? 0);
      }
    }
    const facets = this.#columns.map((column, i) => topOf(column.values, counts[i] as Uint32Array, limit));
    return { total, facets, passes: (row) => this.#failed(row, wanted) === -1 };
  }

  #wanted(column: Column, values: readonly string[] | undefined): Uint8Array | undefined {
    if (values === undefined || values.length === 0) return undefined;
    const wanted = new Uint8Array(column.values.length);
    for (const value of values) {
      const ordinal = column.ordinals.get(value);
      if (ordinal !== undefined) wanted[ordinal] = 1;
    }
    return wanted;
  }

  /** -1: passes all filters; a column: fails that one only; -2: fails several. */
  #failed(row: number, wanted: readonly (Uint8Array | undefined)[]): number {
    let failed = -1;
    for (const [i, column] of this.#columns.entries()) {
      const mine = wanted[i];
      if (mine === undefined) continue;
      let passed = false;
      const end = column.starts[row + 1] ?? 0;
      for (let at = column.starts[row] ?? 0; at < end; at++) if (mine[column.flat[at] ?? 0] === 1) passed = true;
      if (passed) continue;
      if (failed !== -1) return -2;
      failed = i;
    }
    return failed;
  }
}

function add(counts: Uint32Array, ordinal: number): void {
  counts[ordinal] = (counts[ordinal] ?? 0) + 1;
}

/** The values are put in order too, as an answer needs them, though only the counts are compared. */
function topOf(values: readonly string[], counts: Uint32Array, limit: number): readonly number[] {
  const found: (readonly [value: string, count: number])[] = [];
  for (const [ordinal, count] of counts.entries()) if (count > 0) found.push([values[ordinal] ?? '', count]);
  found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return found.slice(0, limit).map(([, count]) => count);
}
