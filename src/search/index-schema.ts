/**
 * What builder and reader must agree on: the text fields, how a position is packed, the lanes of the term dictionary and
 * the names of the values that filter. A change here is a change of `segmentFormat`.
 */
import { facetNames } from './search-contract.ts';

/** Text fields in the order in which they are packed and scored. */
export const textFields = ['titles', 'keywords', 'publisher', 'descriptions'] as const;
export const fieldCount = textFields.length;

/** A position is `field << fieldShift | place`; places past `maxPlace` (a million units in one field) are not indexed. */
export const fieldShift = 20;
export const maxPlace = (1 << fieldShift) - 1;

/** Empty places between two values, or two lines, of a field: wider than any step inside a phrase. */
export const valueGap = 16;

/** How often a term stands in each field is kept in 4 bits a field: 15 means 15 or more. */
export const frequencyBits = 4;
export const maxFrequency = (1 << frequencyBits) - 1;

/** Units of a field count up to here in the length norm (16 bits). */
export const maxFieldLength = 0xffff;

/**
 * Terms that are not units of the text have a control character in front, which analysis never emits, so that they sort
 * before all units and no prefix of a unit reaches them.
 */
export const lanes = {
  word: '\u0001',
  identifier: '\u0002',
  title: '\u0003',
  concept: '\u0004',
  place: '\u0005',
  year: '\u0006',
  end: '\u0007',
} as const;

/** What a query can filter by: the six facets and the source. */
export const filterNames = [...facetNames, 'source'] as const;
export type FilterName = (typeof filterNames)[number];

/** High bit of a position reference: the rest is a place in the list of positions (count first), not the position. */
export const manyPositions = 0x80000000;

/** Documents that are compressed together in the section that segments are merged from. */
export const sourceBlockDocuments = 64;

/** Suggestion kinds in the order in which equal texts are listed. */
export const suggestionKinds = ['keyword', 'publisher', 'title'] as const;
