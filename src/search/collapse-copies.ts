/**
 * Copies of one dataset count once. Among the matches of a group one stands for all: the authoritative copy when it is there,
 * at the place that the best of them has earned; else the best. Records that are nobody's copy cost one look each, and an
 * index without groups costs nothing.
 */
import { othersMask } from './filter-matches.ts';
import type { Generation, Part } from './generation.ts';
import type { FilterName } from './index-schema.ts';
import type { Matches } from './match-part.ts';
import type { FacetName } from './search-contract.ts';

/** Matches of one segment with what they are ranked by. */
export interface RankedMatches {
  readonly part: Part;
  readonly matches: Matches;
  /** One mask a match; absent when nothing is filtered. */
  readonly failed: Uint8Array | undefined;
  /** Aligned with the matches. The score of a match that stands for others becomes the best of theirs. */
  readonly scores: Float64Array;
}

interface Place {
  /** Index of the segment, of the match in it, and number of the document there. */
  readonly at: number;
  readonly match: number;
  readonly document: number;
}

/** Groups of which two or more copies pass all filters (or all but that of `own`). */
function matchedGroups(generation: Generation, found: readonly RankedMatches[], own?: FilterName): readonly Place[][] {
  if (generation.groups === 0) return [];
  const groups: (Place[] | undefined)[] = new Array(generation.groups + 1);
  const others = othersMask(own);
  for (const [at, each] of found.entries()) addPlaces(groups, each, { at, others });
  return groups.filter((places) => places !== undefined).filter((places) => places.length > 1);
}

function addPlaces(
  groups: (Place[] | undefined)[],
  { part, matches, failed }: RankedMatches,
  { at, others }: { readonly at: number; readonly others: number },
): void {
  const { groupNumbers } = part;
  for (let match = 0; match < matches.length; match++) {
    const document = matches.documents[match] ?? 0;
    const group = groupNumbers[document] ?? 0;
    if (group === 0 || (failed !== undefined && ((failed[match] ?? 0) & others) !== 0)) continue;
    const places = groups[group];
    if (places === undefined) groups[group] = [{ at, match, document }];
    else places.push({ at, match, document });
  }
}

export interface Collapsed {
  /** Matches that are shown by another; one mask a segment, absent where there is none. */
  readonly hidden: readonly (Uint8Array | undefined)[];
  readonly hiddenCount: number;
  readonly groups: readonly Place[][];
}

export function collapseCopies(generation: Generation, found: readonly RankedMatches[]): Collapsed {
  const groups = matchedGroups(generation, found);
  const hidden: (Uint8Array | undefined)[] = found.map(() => undefined);
  let hiddenCount = 0;
  for (const places of groups) {
    const shown = standIn(found, places);
    for (const place of places) {
      if (place === shown) continue;
      const mask = hidden[place.at] ?? new Uint8Array(found[place.at]?.matches.length ?? 0);
      mask[place.match] = 1;
      hidden[place.at] = mask;
      hiddenCount += 1;
    }
  }
  return { hidden, hiddenCount, groups };
}

/** A copy that was found by its identifier is better than one found by text: that is the one somebody asked for. */
function standIn(found: readonly RankedMatches[], places: readonly Place[]): Place | undefined {
  const lane = (place: Place): number => found[place.at]?.matches.lanes?.[place.match] ?? 0;
  const score = (place: Place): number => found[place.at]?.scores[place.match] ?? 0;
  const idRank = ({ at, document }: Place): number => found[at]?.part.idRanks[document] ?? 0;
  const best = places.reduce((a, b) => {
    const order = lane(b) - lane(a) || score(b) - score(a) || idRank(a) - idRank(b);
    return order > 0 ? b : a;
  });
  const leading = places.find((place) => isLeading(found, place));
  const shown = leading !== undefined && lane(leading) === lane(best) ? leading : best;
  const scores = found[shown.at]?.scores;
  if (scores !== undefined) scores[shown.match] = score(best);
  return shown;
}

function isLeading(found: readonly RankedMatches[], { at, document }: Place): boolean {
  return found[at]?.part.leading[document] === 1;
}

/**
 * A value that several copies of a dataset carry counts once: what was counted too often is taken away. With a filter on the
 * facet itself other copies pass, so that they are looked for anew.
 */
export function discountCopies(
  generation: Generation,
  found: readonly RankedMatches[],
  facet: { readonly name: FacetName; readonly isFiltered: boolean; readonly counts: Uint32Array },
  groups: readonly Place[][],
): void {
  const { name, isFiltered, counts } = facet;
  for (const places of isFiltered ? matchedGroups(generation, found, name) : groups) {
    for (const [number, times] of valuesOf(found, name, places)) {
      counts[number] = (counts[number] ?? 0) - (times - 1);
    }
  }
}

function valuesOf(
  found: readonly RankedMatches[],
  name: FacetName,
  places: readonly Place[],
): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const { at, document } of places) {
    const place = found[at];
    if (place === undefined) continue;
    const column = place.part.segment.filters[name];
    const numbers = place.part.filterNumbers[name];
    for (let v = column.starts[document] ?? 0; v < (column.starts[document + 1] ?? 0); v++) {
      const number = numbers[column.values[v] ?? 0] ?? 0;
      times.set(number, (times.get(number) ?? 0) + 1);
    }
  }
  return times;
}
