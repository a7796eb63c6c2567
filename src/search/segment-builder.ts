/**
 * Documents in, the sections of one segment out. Holds everything in memory: whoever fills it flushes it in time
 * (`occurrences`, `bytes`).
 */
import { deflateRawSync } from 'node:zlib';
import { identifierKey } from '../text/identifier-key.ts';
import { analyseDocument, type TermSink } from './analyse-document.ts';
import { ByteColumnBuilder } from './byte-column-builder.ts';
import { fieldCount, filterNames, maxFieldLength, sourceBlockDocuments } from './index-schema.ts';
import { instantFromPartial } from './partial-instant.ts';
import { PostingBuilder } from './posting-builder.ts';
import type { IndexDocument } from './search-contract.ts';
import type { SectionArray, Sections } from './segment-file.ts';
import { suggestionEntries } from './suggestion-entry.ts';
import { ValueColumnBuilder } from './value-column-builder.ts';

export class SegmentBuilder {
  readonly #postings = new PostingBuilder();
  readonly #filters = filterNames.map((name) => ({ name, column: new ValueColumnBuilder() }));
  readonly #ids = new ValueColumnBuilder();
  readonly #titleKeys = new ValueColumnBuilder();
  readonly #suggestions = new ValueColumnBuilder();
  readonly #stored = new ByteColumnBuilder();
  readonly #source = new ByteColumnBuilder();
  readonly #lengths: number[] = [];
  readonly #modified: number[] = [];
  #block: string[] = [];

  get documents(): number {
    return this.#modified.length;
  }

  /** Term occurrences held: 8 bytes each now, 24 while the sections are made. */
  get occurrences(): number {
    return this.#postings.occurrences;
  }

  /** Bytes of stored text held. */
  get bytes(): number {
    return this.#stored.length + this.#source.length;
  }

  /** Takes the document; returns its number in the segment. Throws before anything is kept when it cannot be analysed. */
  add(document: IndexDocument): number {
    const terms = termsOf(document);
    const stored = JSON.stringify(document.stored);
    const number = this.documents;
    this.#postings.beginDocument();
    for (let i = 0; i < terms.names.length; i++) {
      this.#postings.add(terms.names[i] ?? '', terms.fields[i] ?? 0, terms.places[i] ?? 0);
    }
    this.#lengths.push(...terms.lengths);
    this.#modified.push(instantFromPartial(document.modified ?? '') ?? Number.NEGATIVE_INFINITY);
    for (const { name, column } of this.#filters) {
      column.add(name === 'source' ? [document.sourceId] : document.facets[name]);
    }
    this.#ids.add([document.id]);
    this.#titleKeys.add([identifierKey(document.stored.title)]);
    this.#suggestions.add(suggestionEntries(document));
    this.#stored.addText(stored);
    this.#addSource(JSON.stringify(document));
    return number;
  }

  sections(): Sections {
    this.#flushBlock();
    const sections = new Map<string, SectionArray>([
      ...this.#postings.sections(),
      ...this.#filters.flatMap(({ name, column }) => column.sections(`filter.${name}`)),
      ...this.#ids.sections('ids'),
      ...this.#titleKeys.sections('titles'),
      ...this.#suggestions.invertedSections('suggestions'),
      ...this.#stored.sections('stored'),
      ...this.#source.sections('source'),
    ]);
    sections.set('lengths', Uint16Array.from(this.#lengths));
    sections.set('modified', Float64Array.from(this.#modified));
    return sections;
  }

  #addSource(json: string): void {
    this.#block.push(json);
    if (this.#block.length === sourceBlockDocuments) this.#flushBlock();
  }

  /** Level 1: the block is read again only when segments are merged. */
  #flushBlock(): void {
    if (this.#block.length === 0) return;
    this.#source.addBytes(deflateRawSync(`[${this.#block.join(',')}]`, { level: 1 }));
    this.#block = [];
  }
}

interface DocumentTerms {
  readonly names: string[];
  readonly fields: number[];
  readonly places: number[];
  /** Units in each field, up to `maxFieldLength`. */
  readonly lengths: number[];
}

/** All terms of the document before any is kept, so that one bad document leaves no traces. */
function termsOf(document: IndexDocument): DocumentTerms {
  const terms = { names: [] as string[], fields: [] as number[], places: [] as number[] };
  const lengths = new Array<number>(fieldCount).fill(0);
  const sink: TermSink = {
    unit(term, field, place) {
      terms.names.push(term);
      terms.fields.push(field);
      terms.places.push(place);
      lengths[field] = Math.min(maxFieldLength, (lengths[field] ?? 0) + 1);
    },
    extra(term, field) {
      terms.names.push(term);
      terms.fields.push(field);
      terms.places.push(0);
    },
  };
  analyseDocument(document, sink);
  return { ...terms, lengths };
}
