/** Pieces of bytes laid end to end, with where each begins. */
import { GrowingArray } from './growing-array.ts';
import type { SectionArray } from './segment-file.ts';

export class ByteColumnBuilder {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  readonly #starts = new GrowingArray();

  get length(): number {
    return this.#length;
  }

  addText(text: string): void {
    this.#makeRoom(text.length * 3);
    this.#starts.push(this.#length);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  addBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#starts.push(this.#length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  sections(name: string): readonly (readonly [string, SectionArray])[] {
    this.#starts.push(this.#length);
    return [
      [`${name}.bytes`, new Uint8Array(this.#bytes.subarray(0, this.#length))],
      [`${name}.starts`, this.#starts.view().slice()],
    ];
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#length + bytes, Math.ceil(this.#bytes.length * 1.5)));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
