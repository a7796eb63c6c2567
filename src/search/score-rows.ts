/**
 * Rows of scores, one entry a document of a segment, lent for the time of one query. A query of several parts needs a dozen
 * of them: taken fresh each time, several megabytes, they kept the garbage collector busy for half of all the time
 * (209,826 records, measured).
 */

/** Rows kept for the next query, of the size of the largest segment; a query of more parts takes the others fresh. */
const mostKept = 32;

export class ScoreRows {
  #idle: Float32Array[] = [];
  #lent: Float32Array[] = [];

  /** All zero; valid until `takeBack`. */
  lend(length: number): Float32Array {
    const at = this.#idle.findIndex((row) => row.length >= length);
    const row = at === -1 ? new Float32Array(length) : (this.#idle.splice(at, 1)[0] ?? new Float32Array(length));
    this.#lent.push(row);
    return row.subarray(0, length).fill(0);
  }

  takeBack(): void {
    // The longest serve every segment.
    this.#idle = [...this.#idle, ...this.#lent].sort((a, b) => b.length - a.length).slice(0, mostKept);
    this.#lent = [];
  }
}
