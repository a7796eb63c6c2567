/** Turns the elements of one page into events; knows what earlier pages had, and how far this one is read. */
import { isUtf8 } from 'node:buffer';
import { sha256Hex } from '../../kit/hash.ts';
import { byteOf } from '../../kit/json-bytes.ts';
import type { JsonSlice } from '../../kit/json-slices.ts';
import type { Source } from '../../model/source.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import type { HarvestEffects } from '../harvest-contract.ts';
import { rejection } from '../rejection.ts';
import { cursorToText, type PageCursor } from './cursor.ts';
import { dcatUsIdentifier } from './identifier.ts';

const checkpointEvery = 500;

/** What is known over all pages of a harvest. */
export interface Reading {
  readonly source: Source;
  readonly effects: HarvestEffects;
  readonly signal: AbortSignal;
  /** Keys of the elements of finished pages. */
  readonly seen: Set<string>;
  /** Key of the first element that was read. */
  firstKey: string | undefined;
}

export interface PageOptions {
  readonly url: string;
  readonly page: number;
  /** The portal did not name this page; it was only tried. */
  readonly isProbe: boolean;
  readonly from: PageCursor | undefined;
}

export class PageReader {
  readonly url: string;
  /** Nothing comes after this page. */
  isLast = false;
  /** What the cursor names is not where it was, or no longer there. */
  lostItsPlace = false;
  readonly #reading: Reading;
  readonly #options: PageOptions;
  readonly #keys: string[] = [];
  /** The same to look up, from the first time that it is needed. */
  #known: Set<string> | undefined;
  readonly #fetchedAt: string;
  #last = '';
  #news = 0;

  constructor(reading: Reading, options: PageOptions) {
    this.url = options.url;
    this.#reading = reading;
    this.#options = options;
    this.#fetchedAt = reading.effects.now().toISOString();
  }

  get hasNews(): boolean {
    return this.#news > 0;
  }

  /** Whether a status ends the pages: nothing was announced, and there is nothing. */
  endsWith(status: number): boolean {
    this.isLast = this.#options.isProbe && status >= 400 && status < 500 && status !== 429;
    if (this.isLast) this.#doubtPlace();
    return this.isLast;
  }

  *take(slice: JsonSlice): Generator<HarvestEvent> {
    if (slice.kind === 'scalar') return;
    if (slice.kind === 'problem') {
      if (slice.index < 0) this.#reading.effects.log(`${this.#reading.source.id}: ${slice.problem.message}`);
      else
        yield* this.#takeElement(
          `element ${slice.index}`,
          rejection({ slug: slice.problem.slug, message: `${this.#reading.source.id}: ${slice.problem.message}` }),
        );
      return;
    }
    const id = dcatUsIdentifier(slice.bytes);
    // A member of a series, or what a service serves, may stand in `dataset` too, or be named by its address alone.
    if (slice.also !== undefined && (slice.bytes[0] === byteOf.quote || this.#isKnown(id ?? ''))) return;
    yield* this.#takeElement(id ?? sha256Hex(slice.bytes), this.#eventOf(id, slice.bytes));
  }

  #isKnown(key: string): boolean {
    this.#known ??= new Set(this.#keys);
    return this.#known.has(key);
  }

  /** The whole page was read. */
  finish(): void {
    if (this.#keys.length === 0 || (this.#options.page > 1 && this.#news === 0)) this.isLast = true;
    this.#doubtPlace();
    for (const key of this.#keys) this.#reading.seen.add(key);
  }

  /** Fewer elements than the cursor counts are another list. */
  #doubtPlace(): void {
    if (this.#keys.length < (this.#options.from?.elements ?? 0)) this.lostItsPlace = true;
  }

  /** Behind the last element read, even at the end of the page: going on meets it again, which proves the place. */
  checkpoint(): HarvestEvent {
    const { url, page, isProbe } = this.#options;
    return {
      kind: 'checkpoint',
      cursor: cursorToText({ url, page, isProbe, elements: this.#keys.length, last: this.#last }),
    };
  }

  *#takeElement(key: string, event: HarvestEvent): Generator<HarvestEvent> {
    const { isProbe, from } = this.#options;
    const isFirst = this.#keys.length === 0;
    // A server that ignores `page` sends the first page again: one element is enough to know.
    if (isFirst && isProbe && key === this.#reading.firstKey) {
      this.isLast = true;
      return;
    }
    this.#reading.firstKey ??= key;
    this.#keys.push(key);
    this.#known?.add(key);
    this.#last = key;
    if (from !== undefined && this.#keys.length <= from.elements) {
      this.#news += 1;
      this.lostItsPlace = this.#keys.length === from.elements && key !== from.last;
      return;
    }
    if (this.#reading.seen.has(key)) return;
    this.#news += 1;
    yield event;
    if (this.#keys.length % checkpointEvery === 0) yield this.checkpoint();
  }

  #eventOf(id: string | undefined, raw: Uint8Array): HarvestEvent {
    const who = `${this.#reading.source.id}: element ${this.#keys.length} of ${this.url}`;
    if (!isUtf8(raw)) {
      return rejection({
        slug: 'record-not-utf8',
        message: `${who} holds bytes that are not UTF-8`,
        nativeId: id?.includes('\uFFFD') ? undefined : id,
        raw,
      });
    }
    if (id === undefined) {
      const message = `${who} has no identifier; expected a text, an Identifier or an @id`;
      return rejection({ slug: 'record-without-id', message, raw });
    }
    const record = { nativeId: id, form: 'dcat-us-dataset', raw, url: this.url, fetchedAt: this.#fetchedAt } as const;
    return { kind: 'record', record };
  }
}
