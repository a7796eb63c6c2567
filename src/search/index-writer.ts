/**
 * Writes the next generation of an index: documents go into new segments, ids that are replaced or gone die in the old
 * ones. Nothing that readers see changes before `commit`; files of a writer that never got there are swept by the next.
 * One writer at a time (the caller holds the store's lease).
 */
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { clearBit, fullBitmap, hasBit } from './bitmap.ts';
import { analysisProblem, documentProblem } from './check-document.ts';
import { newestGeneration, sweepFolder } from './index-folder.ts';
import { writeLive } from './live-file.ts';
import { type IndexVersions, type SegmentEntry, swapManifest } from './manifest.ts';
import { chooseSegmentsToMerge } from './merge-policy.ts';
import type { IndexDocument } from './search-contract.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { segmentFormat, writeSegmentFile } from './segment-file.ts';
import { findDocument, type SegmentIds } from './segment-ids.ts';
import { sourceDocuments } from './segment-source.ts';

export interface RejectedDocument {
  readonly id: string;
  readonly problem: Problem;
}

export interface IndexReport {
  /** Live documents of the index now. */
  readonly documents: number;
  readonly segments: number;
  readonly generation: number;
  readonly changeNumber: number;
  readonly rejected: readonly RejectedDocument[];
}

/** When a segment is written out. */
export interface FlushLimits {
  /** Term occurrences: 8 bytes each while collected, 24 while the sections are made. */
  readonly occurrences: number;
  /** Bytes of stored text. */
  readonly bytes: number;
}

/** About 200 MB at most while the sections of a segment are made; some 40,000 datasets. */
export const defaultFlushLimits: FlushLimits = { occurrences: 5_000_000, bytes: 64 * 1024 * 1024 };

/** A segment of the generation in the making. */
interface Part {
  readonly entry: SegmentEntry;
  readonly live: Uint8Array;
  dead: number;
}

export class IndexWriter {
  readonly #folder: string;
  readonly #generation: number;
  readonly #flushAt: FlushLimits;
  readonly #old: readonly SegmentIds[];
  #parts: Part[];
  /** Where the newest form of an id of this batch stands (part, document); undefined = gone. */
  readonly #seen = new Map<string, readonly [part: number, document: number] | undefined>();
  readonly #rejected: RejectedDocument[] = [];
  #builder = new SegmentBuilder();
  #builderDead = new Set<number>();
  #files = 0;

  private constructor(folder: string, generation: number, old: readonly SegmentIds[], flushAt: FlushLimits) {
    this.#folder = folder;
    this.#flushAt = flushAt;
    this.#generation = generation;
    this.#old = old;
    this.#parts = old.map(({ entry, live }) => ({ entry, live, dead: entry.live?.dead ?? 0 }));
  }

  /** `old`: the segments of the index as it is, in the manifest's order; none for a new one. The folder must exist. */
  static async open(folder: string, old: readonly SegmentIds[], flushAt = defaultFlushLimits): Promise<IndexWriter> {
    return new IndexWriter(folder, (await newestGeneration(folder)) + 1, old, flushAt);
  }

  /** Whether anything was added or removed. */
  get touched(): boolean {
    return this.#seen.size > 0;
  }

  /** A document that cannot be indexed is reported; an older form of it goes all the same, because it is no longer true. */
  async add(document: IndexDocument): Promise<void> {
    const problem = documentProblem(document);
    if (problem !== undefined) {
      this.#reject(String(document.id), problem);
      return;
    }
    this.remove(document.id);
    const number = this.#build(document);
    if (number === undefined) return;
    this.#seen.set(document.id, [this.#parts.length, number]);
    await this.#flushWhenFull();
  }

  remove(id: string): void {
    const place = this.#seen.get(id);
    this.#seen.set(id, undefined);
    if (place === undefined) return;
    const part = this.#parts[place[0]];
    if (part === undefined) this.#builderDead.add(place[1]);
    else kill(part, place[1]);
  }

  /** Makes what was added and removed visible, all at once. */
  async commit(changeNumber: number, versions: IndexVersions): Promise<IndexReport> {
    await this.#flush();
    this.#killReplaced();
    await this.#merge();
    const segments: SegmentEntry[] = [];
    for (const part of this.#parts) {
      if (part.dead < part.entry.documents) segments.push(await this.#entryOf(part));
    }
    const generation = this.#generation;
    await swapManifest(this.#folder, { format: segmentFormat, versions, generation, changeNumber, segments });
    await sweepFolder(this.#folder, segments);
    return {
      documents: this.#parts.reduce((sum, part) => sum + part.entry.documents - part.dead, 0),
      segments: segments.length,
      generation,
      changeNumber,
      rejected: this.#rejected,
    };
  }

  #reject(id: string, problem: Problem): void {
    this.#rejected.push({ id, problem });
    this.remove(id);
  }

  #build(document: IndexDocument): number | undefined {
    try {
      return this.#builder.add(document);
    } catch (cause) {
      this.#reject(document.id, analysisProblem(document, cause));
      return undefined;
    }
  }

  async #flushWhenFull(): Promise<void> {
    const { occurrences, bytes } = this.#builder;
    if (occurrences >= this.#flushAt.occurrences || bytes >= this.#flushAt.bytes) await this.#flush();
  }

  async #flush(): Promise<void> {
    const documents = this.#builder.documents;
    if (documents === 0) return;
    const file = `segment-${this.#generation}-${this.#files++}.bin`;
    await writeSegmentFile(join(this.#folder, file), this.#builder.sections());
    const part: Part = { entry: { file, documents }, live: fullBitmap(documents), dead: 0 };
    for (const document of this.#builderDead) kill(part, document);
    this.#parts.push(part);
    this.#builder = new SegmentBuilder();
    this.#builderDead = new Set();
  }

  #killReplaced(): void {
    for (const [index, segment] of this.#old.entries()) {
      const part = this.#parts[index];
      if (part === undefined) continue;
      for (const id of this.#seen.keys()) {
        const document = findDocument(segment, id);
        if (document !== undefined) kill(part, document);
      }
    }
  }

  /** The live documents of the chosen segments are analysed again into new ones; slower than splicing, and never stale. */
  async #merge(): Promise<void> {
    const chosen = new Set(chooseSegmentsToMerge(this.#parts.map((part) => ({ ...part.entry, dead: part.dead }))));
    const merged = this.#parts.filter((_, index) => chosen.has(index));
    this.#parts = this.#parts.filter((_, index) => !chosen.has(index));
    for (const part of merged) {
      for await (const { number, document } of sourceDocuments(this.#folder, part.entry.file)) {
        if (!hasBit(part.live, number)) continue;
        this.#build(document);
        await this.#flushWhenFull();
      }
    }
    await this.#flush();
  }

  async #entryOf(part: Part): Promise<SegmentEntry> {
    const { file, documents, live } = part.entry;
    if (part.dead === 0) return { file, documents };
    if (live?.dead === part.dead) return part.entry;
    const liveFile = `live-${this.#generation}-${this.#files++}.bin`;
    return { file, documents, live: await writeLive(this.#folder, liveFile, part.live, part.dead) };
  }
}

function kill(part: Part, document: number): void {
  if (clearBit(part.live, document)) part.dead++;
}
