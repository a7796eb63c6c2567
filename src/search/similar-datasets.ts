/**
 * Datasets that share concepts with another one, country by country. What a concept is worth is how rare it is; a dataset
 * has it by the concept itself or, for less, by its kin. Reads the postings of these concepts and nothing else. Pure.
 */
import { hasBit } from './bitmap.ts';
import { laneSlot, postingOf, type TermSlot } from './clause-slots.ts';
import type { Generation, Part } from './generation.ts';
import { clauseScore, inverseFrequency, meaningNorms, saturation } from './score.ts';
import type { SimilarHit, SimilarRequest } from './search-contract.ts';
import { storedOf } from './stored-fields.ts';
import { stringAt } from './string-table.ts';

/** A dataset with less of the concepts' weight is about something else; read off pairs of real titles. */
const leastShare = 0.3;

/** Copies of one dataset looked through for each that is shown; real groups have two or three. */
const copiesConsidered = 6;

interface Found {
  readonly part: Part;
  readonly document: number;
  readonly share: number;
}

export function similarDatasets(
  generation: Generation,
  { concepts, except, perCountry }: SimilarRequest,
): Readonly<Record<string, readonly SimilarHit[]>> {
  const weights = concepts.map(({ id, weight }) => {
    const matching = generation.parts.reduce((sum, part) => sum + laneSlot(part, 'concept', id).documents, 0);
    return weight * inverseFrequency(matching, generation.documents);
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return {};
  const shortlist = new Map<number, Found[]>();
  for (const part of generation.parts) {
    const scores = scoresIn(part, concepts, { weights, meanLengths: generation.meanLengths });
    addToShortlist(shortlist, part, { scores, whole, capacity: perCountry * copiesConsidered });
  }
  const best = bestByCountry([...shortlist.values()].flat(), new Set(except), perCountry);
  return Object.fromEntries(
    [...best].map(([country, hits]) => [country, hits.map((hit) => hitOf(hit, concepts))] as const),
  );
}

function scoresIn(
  part: Part,
  concepts: SimilarRequest['concepts'],
  { weights, meanLengths }: { readonly weights: readonly number[]; readonly meanLengths: readonly number[] },
): Float32Array {
  const { documents } = part.segment;
  const scores = new Float32Array(documents);
  const best = new Float32Array(documents);
  for (const [index, { id, kin }] of concepts.entries()) {
    const touched: TermSlot[] = [];
    for (const each of [{ id, weight: 1 }, ...kin]) {
      const slot = laneSlot(part, 'concept', each.id);
      touched.push(slot);
      keepBest(part, slot, { best, weight: each.weight, meanLengths });
    }
    const weight = weights[index] ?? 0;
    for (const slot of touched) {
      for (let i = slot.start; i < slot.end; i++) {
        const document = part.segment.postingDocuments[i] ?? 0;
        scores[document] = (scores[document] ?? 0) + weight * (best[document] ?? 0);
        best[document] = 0;
      }
    }
  }
  return scores;
}

/** A document has a concept once, by whatever says it best. */
function keepBest(
  part: Part,
  { start, end }: TermSlot,
  to: { readonly best: Float32Array; readonly weight: number; readonly meanLengths: readonly number[] },
): void {
  const { postingDocuments, frequencies, lengths } = part.segment;
  const fields = { lengths, meanLengths: to.meanLengths, norms: meaningNorms };
  for (let i = start; i < end; i++) {
    const document = postingDocuments[i] ?? 0;
    if (part.live !== undefined && !hasBit(part.live, document)) continue;
    const value = (to.weight * clauseScore(frequencies[i] ?? 0, document, fields)) / (saturation + 1);
    if (value > (to.best[document] ?? 0)) to.best[document] = value;
  }
}

interface Scored {
  readonly scores: Float32Array;
  readonly whole: number;
  /** Datasets of a country that are kept. */
  readonly capacity: number;
}

/** Of each country the best so far, the best first: what is about a broad concept is a tenth of a catalogue. */
function addToShortlist(shortlist: Map<number, Found[]>, part: Part, { scores, whole, capacity }: Scored): void {
  for (let document = 0; document < scores.length; document++) {
    const share = (scores[document] ?? 0) / whole;
    if (share < leastShare) continue;
    const country = countryNumber({ part, document });
    const list = shortlist.get(country) ?? [];
    if (list.length === 0) shortlist.set(country, list);
    const last = list[capacity - 1];
    const found = { part, document, share };
    if (last !== undefined && isBefore(last, found)) continue;
    const at = list.findIndex((each) => isBefore(found, each));
    list.splice(at === -1 ? list.length : at, 0, found);
    list.length = Math.min(list.length, capacity);
  }
}

/** Of equal datasets the one with the lower id comes first. */
function isBefore(a: Found, b: Found): boolean {
  if (a.share !== b.share) return a.share > b.share;
  return (a.part.idRanks[a.document] ?? 0) < (b.part.idRanks[b.document] ?? 0);
}

/** Of copies the best. */
function bestByCountry(
  found: readonly Found[],
  except: ReadonlySet<string>,
  perCountry: number,
): ReadonlyMap<string, readonly Found[]> {
  const sorted = [...found].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const best = new Map<number, Found[]>();
  const groups = new Set<number>();
  for (const each of sorted) {
    const country = countryNumber(each);
    const hits = best.get(country) ?? [];
    const group = each.part.groupNumbers[each.document] ?? 0;
    if (hits.length >= perCountry || groups.has(group) || except.has(idOf(each))) continue;
    best.set(country, [...hits, each]);
    if (group !== 0) groups.add(group);
  }
  return new Map([...best.values()].map((hits) => [hits[0] === undefined ? '' : countryOf(hits[0]), hits]));
}

function idOf({ part: { segment }, document }: Found): string {
  return stringAt(segment.ids.table, segment.ids.values[document] ?? 0);
}

/** Cheaper to compare than the code itself. */
function countryNumber({ part, document }: Pick<Found, 'part' | 'document'>): number {
  const { values, starts } = part.segment.filters.country;
  return part.filterNumbers.country[values[starts[document] ?? 0] ?? 0] ?? 0;
}

function countryOf({ part: { segment }, document }: Found): string {
  const { table, values, starts } = segment.filters.country;
  return stringAt(table, values[starts[document] ?? 0] ?? 0);
}

function hitOf(found: Found, concepts: SimilarRequest['concepts']): SimilarHit {
  const { part, document, share } = found;
  return {
    id: idOf(found),
    share,
    stored: storedOf(part.segment, document),
    concepts: concepts
      .filter(({ id, kin }) =>
        [{ id }, ...kin].some((each) => postingOf(part, laneSlot(part, 'concept', each.id), document) >= 0),
      )
      .map(({ id }) => id),
  };
}
