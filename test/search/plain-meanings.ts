/**
 * The oracle for queries with meanings: what must be found and in which order, worked out document by document from the
 * parts of the query, without anything of the index but text analysis, the reading of the query and the published weights.
 */
import type { QueryPart } from '../../src/search/query-part.ts';
import type { ReadQuery } from '../../src/search/read-query.ts';
import { fieldWeights, lengthNorms, meaningNorms, saturation } from '../../src/search/score.ts';
import { clauseFrequencies, type ScannedDocument } from './plain-scan.ts';

const fields = ['titles', 'keywords', 'publisher', 'descriptions'] as const;

export interface PlainMeaningAnswer {
  readonly ids: readonly string[];
  readonly scores: readonly number[];
  /** Sources of the parts that were let go. */
  readonly relaxed: readonly string[];
  /** Documents were let in that have none but one of the concepts, or what is wider. */
  readonly isWide: boolean;
}

interface Scanned {
  readonly scanned: ScannedDocument;
  /** One a part: what it is worth by the words and by what was asked, and with what is wider. */
  readonly own: readonly number[];
  readonly wide: readonly number[];
}

export function plainMeaningSearch(documents: readonly ScannedDocument[], query: ReadQuery): PlainMeaningAnswer {
  const { parts } = query;
  const means = [0, 1, 2, 3].map(
    (f) => sumOf(documents.map((each) => each.fields[f]?.units.size ?? 0)) / documents.length,
  );
  const table = documents.map((scanned): Scanned => {
    const score = (wider: boolean) => parts.map((part) => partScore(scanned, part, { means, wider }));
    return { scanned, own: score(false), wide: score(true) };
  });
  const weights = parts.map((_, i) => weightOf(table.filter(({ own }) => own[i] !== 0).length, documents.length));
  const matching = parts.map((_, i) => table.filter(({ own }) => own[i] !== 0).length);
  const order = orderOf(parts, weights, matching);
  const forms = parts.filter(({ kind }) => kind === 'form').length;
  const optional = forms === parts.length ? 0 : forms;
  const kept = (level: number) => table.filter(({ own }) => order.slice(level).every((i) => own[i] !== 0));
  const enough = Math.min(100, Math.max(5, Math.round(documents.length / 2000)));
  let level = optional;
  while (level < order.length - 1 && kept(level).length < enough) level++;
  const most = kept(order.length - 1);
  let found = kept(level);
  let isWide = false;
  let letGo = level;
  if (found.length < enough) {
    const named = parts.flatMap(({ kind }, i) => (kind === 'concept' ? [i] : []));
    const wide = table.filter((each) => most.includes(each) || named.some((i) => each.wide[i] !== 0));
    isWide = wide.length > most.length;
    found = isWide ? wide : most;
    letGo = isWide
      ? order.length
      : Math.max(0, [...order.keys()].findLast((at) => kept(at).length > (at === 0 ? 0 : kept(at - 1).length)) ?? 0);
  }
  const scoreOf = ({ own, wide }: Scanned) => {
    const share = (i: number) => (optional > 0 && parts[i]?.kind === 'form' ? 0.3 : 1);
    return sumOf((isWide ? wide : own).map((value, i) => (weights[i] ?? 0) * share(i) * value));
  };
  const strict = new Set(kept(optional));
  const exactRank = ({ scanned }: Scanned): number => {
    const key = query.identifier ?? '';
    return key === '' ? 0 : scanned.identifiers.has(key) ? 3 : scanned.titles.has(key) ? 2 : 0;
  };
  const named = table.filter((each) => exactRank(each) > 0 && !found.includes(each));
  const ranked = [...found, ...named]
    .map((each) => ({ each, rank: exactRank(each) || (strict.has(each) ? 1 : 0), score: scoreOf(each) }))
    .sort((a, b) => b.rank - a.rank || b.score - a.score || (idOf(a.each) < idOf(b.each) ? -1 : 1));
  return {
    ids: ranked.map(({ each }) => idOf(each)),
    scores: ranked.map(({ score }) => score),
    relaxed: order.slice(optional, letGo).map((i) => parts[i]?.source ?? ''),
    isWide,
  };
}

function idOf({ scanned }: Scanned): string {
  return scanned.document.id;
}

function weightOf(matching: number, documents: number): number {
  return Math.log(1 + (documents - matching + 0.5) / (matching + 0.5));
}

/** Forms, then what nothing has, years, words without a meaning beside a concept, places, and what is left by weight. */
function orderOf(parts: readonly QueryPart[], weights: readonly number[], matching: readonly number[]): number[] {
  const words = parts.some(({ kind }) => kind === 'concept') ? 3 : 5;
  const rankOf = (i: number): number => {
    const kind = parts[i]?.kind;
    if (kind === 'form') return 0;
    if (matching[i] === 0) return 1;
    if (kind === 'year') return 2;
    return kind === 'text' ? words : kind === 'place' ? 4 : 5;
  };
  return [...parts.keys()].sort((a, b) => rankOf(a) - rankOf(b) || (weights[a] ?? 0) - (weights[b] ?? 0));
}

/** The better of the words and the meanings; single precision, as the index keeps it. */
function partScore(
  scanned: ScannedDocument,
  part: QueryPart,
  { means, wider }: { readonly means: readonly number[]; readonly wider: boolean },
): number {
  const frequencies = part.clauses.map((clause) => clauseFrequencies(scanned, clause));
  const standsAsText = frequencies.length > 0 && frequencies.every((counts) => counts.some((count) => count > 0));
  let best = standsAsText
    ? Math.fround(
        sumOf(frequencies.map((counts) => saturated(scanned, counts, { means, norms: lengthNorms }))) /
          frequencies.length,
      )
    : 0;
  for (const { kind, id, weight, wider: isWider } of part.meanings) {
    if (isWider === true && !wider) continue;
    const counts = fields.map(
      (field) =>
        scanned.document.terms.filter((term) => term.kind === kind && term.id === id && term.field === field).length,
    );
    if (counts.every((count) => count === 0)) continue;
    best = Math.max(best, Math.fround(weight * saturated(scanned, counts, { means, norms: meaningNorms })));
  }
  return best;
}

function saturated(
  scanned: ScannedDocument,
  counts: readonly number[],
  { means, norms }: { readonly means: readonly number[]; readonly norms: readonly number[] },
): number {
  let weighted = 0;
  for (const [f, count] of counts.entries()) {
    if (count === 0) continue;
    const b = norms[f] ?? 0;
    const length = scanned.fields[f]?.units.size ?? 0;
    weighted += ((fieldWeights[f] ?? 0) * Math.min(15, count)) / (1 - b + (b * length) / (means[f] ?? 1));
  }
  return (weighted * (saturation + 1)) / (weighted + saturation);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
