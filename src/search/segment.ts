/** A segment as queries see it: flat arrays in shared memory, no object per term or document. */
import { join } from 'node:path';
import { type FilterName, filterNames, lanes } from './index-schema.ts';
import type { InnerStarts } from './inner-starts.ts';
import type { SegmentEntry } from './manifest.ts';
import { sectionF64, sectionU8, sectionU16, sectionU32 } from './section.ts';
import { damaged, readSegmentFile, type Sections } from './segment-file.ts';
import { lowerBound, type StringTable } from './string-table.ts';

export interface Segment {
  readonly file: string;
  readonly documents: number;
  readonly terms: StringTable;
  /** Postings of term t: `postingStarts[t] … postingStarts[t + 1])` of the arrays below. */
  readonly postingStarts: Uint32Array;
  readonly postingDocuments: Uint32Array;
  /** 4 bits a field. */
  readonly frequencies: Uint16Array;
  /** First posting that has positions; `positions[i]` belongs to posting `i + firstUnitPosting`. */
  readonly firstUnitPosting: number;
  readonly positions: Uint32Array;
  readonly positionLists: Uint32Array;
  /** Units per document and field, four a document. */
  readonly lengths: Uint16Array;
  /** ms since 1970; -Infinity = unknown. */
  readonly modified: Float64Array;
  readonly filters: Readonly<Record<FilterName, ValueColumn>>;
  readonly ids: ValueColumn;
  readonly titles: ValueColumn;
  /** Group of copies that a document is of; most are of none. */
  readonly groups: ValueColumn;
  readonly suggestions: SuggestionColumn;
  readonly stored: Uint8Array;
  readonly storedStarts: Uint32Array;
}

/** Values of document d: entries `values[starts[d] … starts[d + 1])` of the table. */
export interface ValueColumn {
  readonly table: StringTable;
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
  /** Every document has exactly one value: `values[d]` is it. */
  readonly single: boolean;
}

/** Documents of entry e: `documents[starts[e] … starts[e + 1])`. */
export interface SuggestionColumn {
  readonly table: StringTable;
  readonly inner: InnerStarts;
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
}

export async function readSegment(folder: string, entry: SegmentEntry): Promise<Segment> {
  const path = join(folder, entry.file);
  const sections = await readSegmentFile(path, (name) => !name.startsWith('source.'));
  const modified = sectionF64(sections, 'modified', path);
  if (modified.length !== entry.documents) {
    throw damaged(path, `holds ${modified.length} documents, but the manifest announces ${entry.documents}`);
  }
  const terms = tableOf(sections, 'terms', path);
  const postingStarts = sectionU32(sections, 'postings.starts', path);
  const filters = filterNames.map((name) => [name, columnOf(sections, `filter.${name}`, path)]);
  return {
    file: entry.file,
    documents: entry.documents,
    terms,
    postingStarts,
    postingDocuments: sectionU32(sections, 'postings.documents', path),
    frequencies: sectionU16(sections, 'postings.frequencies', path),
    firstUnitPosting: postingStarts[lowerBound(terms, lanes.end)] ?? 0,
    positions: sectionU32(sections, 'postings.positions', path),
    positionLists: sectionU32(sections, 'positions.lists', path),
    lengths: sectionU16(sections, 'lengths', path),
    modified,
    filters: Object.fromEntries(filters) as Segment['filters'],
    ids: columnOf(sections, 'ids', path),
    titles: columnOf(sections, 'titles', path),
    groups: columnOf(sections, 'groups', path),
    suggestions: {
      table: tableOf(sections, 'suggestions', path),
      inner: {
        entries: sectionU32(sections, 'suggestions.inner.entries', path),
        starts: sectionU16(sections, 'suggestions.inner.starts', path),
      },
      starts: sectionU32(sections, 'suggestions.starts', path),
      documents: sectionU32(sections, 'suggestions.documents', path),
    },
    stored: sectionU8(sections, 'stored.bytes', path),
    storedStarts: sectionU32(sections, 'stored.starts', path),
  };
}

function columnOf(sections: Sections, name: string, path: string): ValueColumn {
  const starts = sectionU32(sections, `${name}.starts`, path);
  const values = sectionU32(sections, `${name}.values`, path);
  const single = values.length === starts.length - 1 && starts.every((start, document) => start === document);
  return { table: tableOf(sections, name, path), starts, values, single };
}

function tableOf(sections: Sections, name: string, path: string): StringTable {
  return {
    units: sectionU16(sections, `${name}.units`, path),
    offsets: sectionU32(sections, `${name}.offsets`, path),
  };
}
