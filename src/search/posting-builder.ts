/**
 * Collects the terms of documents and lays them out as postings: sorted by term, then document, then position.
 * While collecting, an occurrence costs 8 bytes; terms are interned once.
 */
import { GrowingArray } from './growing-array.ts';
import { fieldShift, frequencyBits, lanes, manyPositions, maxFrequency } from './index-schema.ts';
import type { SectionArray } from './segment-file.ts';
import { lowerBound, tableFromStrings } from './string-table.ts';

/** A power of two, large enough for most of what a catalogue repeats. */
const recentSlots = 1 << 15;

function recentSlot(term: string): number {
  const last = term.length - 1;
  const mixed = term.charCodeAt(0) * 31 + term.charCodeAt(last >> 1) * 257 + term.charCodeAt(last) * 8191 + last;
  return mixed & (recentSlots - 1);
}

export class PostingBuilder {
  readonly #ids = new Map<string, number>();
  readonly #terms = new GrowingArray(1 << 16);
  readonly #positions = new GrowingArray(1 << 16);
  /** Terms met last, by a hash of three characters: a term is a new string each time, and hashing it whole costs more. */
  readonly #recentTerms = new Array<string>(recentSlots).fill('');
  readonly #recentIds = new Uint32Array(recentSlots);
  /** Where each document's occurrences begin. */
  readonly #starts = new GrowingArray();

  get occurrences(): number {
    return this.#terms.length;
  }

  /** Terms added from now on belong to the next document. */
  beginDocument(): void {
    this.#starts.push(this.#terms.length);
  }

  /** Takes back the document that was begun last; its terms stay in the dictionary, without postings. */
  dropDocument(): void {
    const start = this.#starts.view().at(-1) ?? 0;
    this.#starts.truncate(this.#starts.length - 1);
    this.#terms.truncate(start);
    this.#positions.truncate(start);
  }

  add(term: string, field: number, place: number): void {
    const slot = recentSlot(term);
    let id = this.#recentIds[slot] ?? 0;
    if (this.#recentTerms[slot] !== term) {
      id = this.#idOf(term);
      this.#recentTerms[slot] = term;
      this.#recentIds[slot] = id;
    }
    this.#terms.push(id);
    this.#positions.push((field << fieldShift) | place);
  }

  #idOf(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(term, id);
    return id;
  }

  /** The sections of the postings: terms, where their postings begin, documents, frequencies, positions. */
  sections(): readonly (readonly [string, SectionArray])[] {
    const sorted = [...this.#ids.keys()].sort();
    const table = tableFromStrings(sorted);
    const ranks = new Uint32Array(sorted.length);
    for (let rank = 0; rank < sorted.length; rank++) ranks[this.#ids.get(sorted[rank] ?? '') ?? 0] = rank;
    const runs = this.#sortByTerm(ranks);
    const firstUnit = lowerBound(table, lanes.end);
    const layout = layOut(runs, firstUnit);
    const unitStart = layout.postingStarts[firstUnit] ?? 0;
    return [
      ['terms.units', table.units],
      ['terms.offsets', table.offsets],
      ['postings.starts', layout.postingStarts],
      ['postings.documents', runs.documents.slice(0, layout.postings)],
      ['postings.frequencies', layout.frequencies.slice(0, layout.postings)],
      ['postings.positions', runs.positions.slice(unitStart, layout.postings)],
      ['positions.lists', layout.lists.view().slice()],
    ];
  }

  /** Counting sort of all occurrences by the rank of their term; documents and positions stay in order. */
  #sortByTerm(ranks: Uint32Array): Runs {
    const terms = this.#terms.view();
    const places = this.#positions.view();
    const starts = new Uint32Array(ranks.length + 1);
    for (const id of terms) {
      const after = (ranks[id] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let rank = 0; rank < ranks.length; rank++) starts[rank + 1] = (starts[rank + 1] ?? 0) + (starts[rank] ?? 0);
    const next = starts.slice();
    const documents = new Uint32Array(terms.length);
    const positions = new Uint32Array(terms.length);
    const documentStarts = this.#starts.view();
    let document = -1;
    for (let i = 0; i < terms.length; i++) {
      while (document + 1 < documentStarts.length && (documentStarts[document + 1] ?? 0) <= i) document++;
      const rank = ranks[terms[i] ?? 0] ?? 0;
      const to = next[rank] ?? 0;
      next[rank] = to + 1;
      documents[to] = document;
      positions[to] = places[i] ?? 0;
    }
    return { starts, documents, positions };
  }
}

/** Occurrences sorted by term: those of term t are `starts[t] … starts[t + 1])`. */
interface Runs {
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
  readonly positions: Uint32Array;
}

interface Layout {
  readonly postingStarts: Uint32Array;
  readonly frequencies: Uint16Array;
  readonly lists: GrowingArray;
  readonly postings: number;
}

/**
 * Gathers the occurrences of one term in one document into one posting. `documents` and `positions` are overwritten in
 * place: the n-th posting never lies behind the occurrences it is made of.
 */
function layOut(runs: Runs, firstUnit: number): Layout {
  const { starts, documents, positions } = runs;
  const terms = starts.length - 1;
  const layout = {
    postingStarts: new Uint32Array(terms + 1),
    frequencies: new Uint16Array(documents.length),
    lists: new GrowingArray(),
    postings: 0,
  };
  for (let term = 0; term < terms; term++) {
    layout.postingStarts[term] = layout.postings;
    const end = starts[term + 1] ?? 0;
    for (let i = starts[term] ?? 0; i < end; ) {
      const document = documents[i] ?? 0;
      let last = i + 1;
      while (last < end && documents[last] === document) last++;
      const found = positions.subarray(i, last);
      layout.frequencies[layout.postings] = packFrequencies(found);
      documents[layout.postings] = document;
      positions[layout.postings] = term < firstUnit ? 0 : positionReference(found, layout.lists);
      layout.postings++;
      i = last;
    }
  }
  layout.postingStarts[terms] = layout.postings;
  return layout;
}

function packFrequencies(positions: Uint32Array): number {
  let packed = 0;
  for (const position of positions) {
    const shift = (position >>> fieldShift) * frequencyBits;
    if (((packed >>> shift) & maxFrequency) < maxFrequency) packed += 1 << shift;
  }
  return packed;
}

/** One position stands for itself; several go to the lists, ascending, their count first. */
function positionReference(positions: Uint32Array, lists: GrowingArray): number {
  if (positions.length === 1) return positions[0] ?? 0;
  const reference = (manyPositions | lists.length) >>> 0;
  const ascending = isAscending(positions) ? positions : positions.slice().sort();
  lists.push(ascending.length);
  for (let i = 0; i < ascending.length; i++) lists.push(ascending[i] ?? 0);
  return reference;
}

function isAscending(positions: Uint32Array): boolean {
  for (let i = 1; i < positions.length; i++) if ((positions[i] ?? 0) < (positions[i - 1] ?? 0)) return false;
  return true;
}
