/**
 * The best `capacity` matches seen, in flat arrays: a heap whose root is the worst of them. Better is: the higher lane,
 * then the higher key, then the lower id rank; no two documents are equal.
 */
export interface TopHit {
  /** Index of the segment in the generation. */
  readonly part: number;
  /** Index among the segment's matches. */
  readonly match: number;
}

export class TopHits {
  readonly #capacity: number;
  readonly #keys: Float64Array;
  readonly #lanes: Uint8Array;
  readonly #idRanks: Uint32Array;
  readonly #parts: Uint16Array;
  readonly #matches: Uint32Array;
  #length = 0;
  #part = 0;

  /** One place more than asked for, where a newcomer is looked at. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#keys = new Float64Array(capacity + 1);
    this.#lanes = new Uint8Array(capacity + 1);
    this.#idRanks = new Uint32Array(capacity + 1);
    this.#parts = new Uint16Array(capacity + 1);
    this.#matches = new Uint32Array(capacity + 1);
  }

  /** Matches offered from now on are of this segment. */
  beginPart(part: number): void {
    this.#part = part;
  }

  offer(match: number, lane: number, key: number, idRank: number): void {
    const at = this.#length;
    this.#keys[at] = key;
    this.#lanes[at] = lane;
    this.#idRanks[at] = idRank;
    this.#parts[at] = this.#part;
    this.#matches[at] = match;
    if (at < this.#capacity) {
      this.#length++;
      this.#siftUp(at);
    } else if (at > 0 && this.#isWorse(0, at)) {
      this.#swap(0, at);
      this.#siftDown(0);
    }
  }

  /** Best first, without the first `offset`. Empties the heap. */
  take(offset: number): readonly TopHit[] {
    const taken: TopHit[] = [];
    while (this.#length > 0) {
      if (this.#length > offset) taken.push({ part: this.#parts[0] ?? 0, match: this.#matches[0] ?? 0 });
      this.#length--;
      this.#swap(0, this.#length);
      this.#siftDown(0);
    }
    return taken.reverse();
  }

  #isWorse(a: number, b: number): boolean {
    const lanes = (this.#lanes[a] ?? 0) - (this.#lanes[b] ?? 0);
    if (lanes !== 0) return lanes < 0;
    const keyA = this.#keys[a] ?? 0;
    const keyB = this.#keys[b] ?? 0;
    if (keyA !== keyB) return keyA < keyB;
    return (this.#idRanks[a] ?? 0) > (this.#idRanks[b] ?? 0);
  }

  #siftUp(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.#isWorse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #siftDown(from: number): void {
    let at = from;
    for (;;) {
      let worst = at;
      const left = 2 * at + 1;
      if (left < this.#length && this.#isWorse(left, worst)) worst = left;
      if (left + 1 < this.#length && this.#isWorse(left + 1, worst)) worst = left + 1;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    swapIn(this.#keys, a, b);
    swapIn(this.#lanes, a, b);
    swapIn(this.#idRanks, a, b);
    swapIn(this.#parts, a, b);
    swapIn(this.#matches, a, b);
  }
}

function swapIn(row: Float64Array | Uint8Array | Uint16Array | Uint32Array, a: number, b: number): void {
  const kept = row[a] ?? 0;
  row[a] = row[b] ?? 0;
  row[b] = kept;
}
