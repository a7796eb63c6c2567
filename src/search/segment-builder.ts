/**
 * Documents in, the sections of one segment out. Holds everything in memory: whoever fills it flushes it in time
 * (`occurrences`, `bytes`).
 */
import { deflateRawSync } from 'node:zlib';
import { identifierKey } from '../text/identifier-key.ts';
import { analyseDocument, type TermSink } from './analyse-document.ts';
import { ByteColumnBuilder } from './byte-column-builder.ts';
import { fieldCount, filterNames, maxFieldLength, sourceBlockDocuments } from './index-schema.ts';
import { innerStartsOf } from './inner-starts.ts';
import { instantFromPartial } from './partial-instant.ts';
import { PostingBuilder } from './posting-builder.ts';
import type { IndexDocument } from './search-contract.ts';
import type { SectionArray, Sections } from './segment-file.ts';
import { suggestionEntries, suggestionFromEntry } from './suggestion-entry.ts';
import { ValueColumnBuilder } from './value-column-builder.ts';

export class SegmentBuilder {
  readonly #postings = new PostingBuilder();
  readonly #filters = filterNames.map((name) => ({ name, column: new ValueColumnBuilder() }));
  readonly #ids = new ValueColumnBuilder();
  readonly #titleKeys = new ValueColumnBuilder();
  readonly #groups = new ValueColumnBuilder();
  readonly #suggestions = new ValueColumnBuilder();
  readonly #stored = new ByteColumnBuilder();
  readonly #source = new ByteColumnBuilder();
  readonly #lengths: number[] = [];
  readonly #modified: number[] = [];
  #block: string[] = [];
  /** Units in each field of the document at hand. */
  readonly #fieldLengths = new Array<number>(fieldCount).fill(0);
  readonly #sink: TermSink = {
    unit: (term, field, place) => {
      this.#postings.add(term, field, place);
      this.#fieldLengths[field] = Math.min(maxFieldLength, (this.#fieldLengths[field] ?? 0) + 1);
    },
    extra: (term, field) => this.#postings.add(term, field, 0),
  };

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

  /** Takes the document; returns its number in the segment. Throws and keeps nothing when it cannot be analysed. */
  add(document: IndexDocument): number {
    const number = this.documents;
    const stored = JSON.stringify(document.stored);
    this.#addTerms(document);
    for (let field = 0; field < fieldCount; field++) this.#lengths.push(this.#fieldLengths[field] ?? 0);
    this.#modified.push(instantFromPartial(document.modified ?? '') ?? Number.NEGATIVE_INFINITY);
    for (const { name, column } of this.#filters) {
      column.add(name === 'source' ? [document.sourceId] : document.facets[name]);
    }
    this.#ids.add([document.id]);
    this.#titleKeys.add([identifierKey(document.stored.title)]);
    this.#groups.add(document.stored.group === undefined ? [] : [document.stored.group.id]);
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
      ...this.#groups.sections('groups'),
      ...this.#suggestionSections(),
      ...this.#stored.sections('stored'),
      ...this.#source.sections('source'),
    ]);
    sections.set('lengths', Uint16Array.from(this.#lengths));
    sections.set('modified', Float64Array.from(this.#modified));
    return sections;
  }

  #suggestionSections(): readonly (readonly [string, SectionArray])[] {
    const table = this.#suggestions.table();
    const inner = innerStartsOf(table, (entry) => suggestionFromEntry(entry).text);
    return [
      ...this.#suggestions.invertedSections('suggestions'),
      ['suggestions.inner.entries', inner.entries],
      ['suggestions.inner.starts', inner.starts],
    ];
  }

  #addTerms(document: IndexDocument): void {
    this.#postings.beginDocument();
    this.#fieldLengths.fill(0);
    try {
      analyseDocument(document, this.#sink);
    } catch (error) {
      this.#postings.dropDocument();
      throw error;
    }
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
