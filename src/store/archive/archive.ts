/**
 * The archive of one store: bytes in, the same bytes out, checked against their SHA-256. Knows packs and folders, not
 * which record the bytes belong to.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import {
  openPackWriter,
  type PackEffects,
  type PackSlice,
  type PackWriter,
  packPath,
  readPackBlock,
} from './pack-file.ts';

/** Blocks kept unpacked: a walk in archive order touches each once, records of one page lie close together. */
const cachedBlocks = 4;

export interface StoredSlice extends PackSlice {
  readonly sourceId: string;
  readonly sha256: Uint8Array;
}

export class Archive {
  readonly #folder: string;
  readonly #effects: PackEffects;
  readonly #writers = new Map<string, PackWriter>();
  readonly #blocks = new Map<string, Promise<Uint8Array>>();

  constructor(folder: string, effects: PackEffects) {
    this.#folder = folder;
    this.#effects = effects;
  }

  /** Begins to append for a source; cuts off what is behind the last byte the store knows of. */
  async openForWriting(
    sourceId: string,
    committed: { readonly pack: number; readonly bytes: number } | undefined,
  ): Promise<void> {
    await this.closeWriter(sourceId);
    this.#writers.set(sourceId, await openPackWriter(join(this.#folder, sourceId), committed, this.#effects));
  }

  /** On the disk when it answers. */
  append(sourceId: string, contents: readonly Uint8Array[]): Promise<readonly PackSlice[]> {
    const writer = this.#writers.get(sourceId);
    if (writer === undefined)
      throw new TypeError(`${sourceId}: its archive is not open for writing; expected startRun first`);
    return writer.append(contents);
  }

  async closeWriter(sourceId: string): Promise<void> {
    const writer = this.#writers.get(sourceId);
    this.#writers.delete(sourceId);
    await writer?.close();
  }

  /** Byte for byte what was received. `corrupt` when the pack no longer holds it. */
  async read(slice: StoredSlice): Promise<Uint8Array> {
    const path = packPath(join(this.#folder, slice.sourceId), slice.pack);
    const where = `${path} at ${slice.blockOffset}`;
    let block: Uint8Array;
    try {
      block = await this.#block(`${slice.sourceId}/${slice.pack}/${slice.blockOffset}`, slice);
    } catch (cause) {
      throw new StoreError('corrupt', `${where}: the block cannot be read; expected the pack as it was written`, {
        cause,
      });
    }
    const bytes = block.slice(slice.start, slice.start + slice.bytes);
    if (!createHash('sha256').update(bytes).digest().equals(slice.sha256)) {
      throw new StoreError(
        'corrupt',
        `${where}: the bytes have another SHA-256 than when they were stored; restore the pack`,
      );
    }
    return bytes;
  }

  async close(): Promise<void> {
    for (const sourceId of [...this.#writers.keys()]) await this.closeWriter(sourceId);
    this.#blocks.clear();
  }

  #block(key: string, slice: StoredSlice): Promise<Uint8Array> {
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const block = readPackBlock(join(this.#folder, slice.sourceId), slice).catch((cause: unknown) => {
      this.#blocks.delete(key);
      throw cause;
    });
    this.#blocks.set(key, block);
    const oldest = this.#blocks.size > cachedBlocks ? this.#blocks.keys().next().value : undefined;
    if (oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }
}
