/** A Uint32Array that grows by half when it is full: many numbers without an object each. */
export class GrowingArray {
  #values: Uint32Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#values = new Uint32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length + (this.#values.length >>> 1) + 16);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** Forgets what was pushed after the first `length` numbers. */
  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** The numbers so far, without a copy: valid until the next push. */
  view(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}
