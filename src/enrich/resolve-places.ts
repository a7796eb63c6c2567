/**
 * Which place a name means. A name that several places have, or that is a common word too, is resolved only by context:
 * the record's own country, then a place named beside it that holds one of the candidates. What stays in doubt is left out.
 */
import type { RecognisedTerm } from '../model/recognised-term.ts';
import type { Gazetteer, Place } from '../vocabulary/places.ts';
import type { FoundTerm } from './found-term.ts';

/** Each place and all it lies in, so that what is about a city is found under its country. */
export function resolvePlaces(
  found: readonly FoundTerm[],
  country: string,
  gazetteer: Gazetteer,
): readonly RecognisedTerm[] {
  const certain = new Set<string>([country.toLowerCase()]);
  const resolved: RecognisedTerm[] = [];
  const take = ({ field, words }: FoundTerm, id: string) => {
    for (const each of gazetteer.within(id)) {
      certain.add(each);
      resolved.push({ kind: 'place', id: each, field, words });
    }
  };
  const doubtful: { readonly term: FoundTerm; readonly candidates: readonly Place[] }[] = [];
  for (const term of found) {
    const candidates = inCountryFirst(term.places, country, gazetteer);
    const [only] = candidates;
    if (only === undefined) continue;
    if (candidates.length === 1 && !only.ambiguous.has(term.words)) take(term, only.id);
    else doubtful.push({ term, candidates });
  }
  for (const { term, candidates } of doubtful) {
    const held = candidates.filter(
      ({ within }) => within !== undefined && within !== country.toLowerCase() && certain.has(within),
    );
    const [only] = held;
    if (only !== undefined && held.length === 1) take(term, only.id);
  }
  return resolved;
}

/** Those of the record's own country when there are any; else all. */
function inCountryFirst(ids: readonly string[], country: string, { places }: Gazetteer): readonly Place[] {
  const all = ids.flatMap((id) => places.get(id) ?? []);
  const own = all.filter((place) => place.country === country);
  return own.length > 0 ? own : all;
}
