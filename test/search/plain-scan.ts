/**
 * The oracle: what a search must answer, worked out by looking at every document, with nothing of the index but the text
 * analysis and the published weights. Slow and plain on purpose.
 */
import { boostWeight, fieldWeights, lengthNorms, saturation } from '../../src/search/score.ts';
import {
  type FacetCount,
  type FacetName,
  facetNames,
  type IndexDocument,
  type SearchRequest,
} from '../../src/search/search-contract.ts';
import { analyse } from '../../src/text/analyse.ts';
import type { QueryClause } from '../../src/text/analysis-contract.ts';
import { identifierKey } from '../../src/text/identifier-key.ts';
import { parseQuery } from '../../src/text/parse-query.ts';

interface ScannedField {
  readonly units: ReadonlyMap<number, string>;
  readonly words: readonly string[];
}

export interface ScannedDocument {
  readonly document: IndexDocument;
  readonly fields: readonly ScannedField[];
  readonly identifiers: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
}

export function scanDocument(document: IndexDocument): ScannedDocument {
  const texts = [document.titles, document.keywords, document.publisher, document.descriptions];
  return {
    document,
    fields: texts.map(scanField),
    identifiers: new Set(document.identifiers.map(identifierKey)),
    titles: new Set(document.titles.map(identifierKey)),
  };
}

/** Every line of every value begins far enough behind the one before it that no chain can reach over. */
function scanField(values: readonly string[]): ScannedField {
  const units = new Map<number, string>();
  const words: string[] = [];
  let begin = 0;
  for (const line of values.flatMap((value) => value.split(/[\n\r\u0085\u2028\u2029]+/))) {
    for (const token of analyse(line)) {
      if (token.kind === 'word') words.push(token.term);
      else units.set(begin + token.position, token.term);
    }
    begin += 100_000;
  }
  return { units, words };
}

export interface PlainAnswer {
  readonly total: number;
  readonly ids: readonly string[];
  readonly scores: readonly number[];
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetCount[]>>>;
}

interface Match {
  readonly scanned: ScannedDocument;
  readonly lane: number;
  readonly score: number;
}

export function plainSearch(documents: readonly ScannedDocument[], request: SearchRequest): PlainAnswer {
  const { clauses, identifier } = parseQuery(request.text);
  const score = scorer(documents, clauses);
  const matches: Match[] = [];
  for (const scanned of documents) {
    const all = clauses.every((clause) => clauseFrequencies(scanned, clause).some((count) => count > 0));
    const key = identifier ?? '';
    const lane = key === '' ? 0 : scanned.identifiers.has(key) ? 2 : scanned.titles.has(key) ? 1 : 0;
    if (all || lane > 0) matches.push({ scanned, lane, score: score(scanned, all) });
  }
  const passing = folded(matches.filter(({ scanned }) => passes(scanned.document, request, undefined)));
  passing.sort((a, b) => compareMatches(a, b, request.sort));
  const page = passing.slice(request.offset, request.offset + request.limit);
  const facets: Partial<Record<FacetName, readonly FacetCount[]>> = {};
  if (request.facetLimit > 0) {
    for (const name of facetNames) facets[name] = facetCounts(matches, request, name);
  }
  return {
    total: passing.length,
    ids: page.map(({ scanned }) => scanned.document.id),
    scores: page.map((match) => match.score),
    facets,
  };
}

/** Copies of one dataset: the authoritative one, when its lane is as high as that of the best, with the best's score. */
function folded(matches: readonly Match[]): Match[] {
  return [...groupsOf(matches).values()].map((copies) => {
    const [best] = [...copies].sort((a, b) => compareMatches(a, b, 'relevance'));
    if (best === undefined) throw new Error('a group without copies');
    const leading = copies.find(({ scanned }) => scanned.document.stored.group?.id === scanned.document.id);
    return { ...(leading !== undefined && leading.lane === best.lane ? leading : best), score: best.score };
  });
}

function groupsOf(matches: readonly Match[]): ReadonlyMap<string, readonly Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const { id, stored } = match.scanned.document;
    const key = stored.group === undefined ? `alone ${id}` : `group ${stored.group.id}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return groups;
}

/** How often the clause stands in each field, counted by its first term. */
export function clauseFrequencies(scanned: ScannedDocument, clause: QueryClause): number[] {
  return scanned.fields.map(({ units }) => {
    let count = 0;
    for (const place of units.keys()) {
      const start = place - (clause.offsets[0] ?? 0);
      const stands = clause.terms.every((term, i) => {
        const unit = units.get(start + (clause.offsets[i] ?? 0));
        if (unit === undefined) return false;
        return clause.prefix && i === clause.terms.length - 1 ? unit.startsWith(term) : unit === term;
      });
      if (stands) count++;
    }
    return count;
  });
}

function scorer(documents: readonly ScannedDocument[], clauses: readonly QueryClause[]) {
  const total = documents.length;
  const means = [0, 1, 2, 3].map(
    (f) => documents.reduce((sum, { fields }) => sum + (fields[f]?.units.size ?? 0), 0) / total,
  );
  const weightOf = (matching: number): number => Math.log(1 + (total - matching + 0.5) / (matching + 0.5));
  const weights = clauses.map((clause) =>
    weightOf(Math.min(...clause.terms.map((_, i) => documentsWithTerm(documents, clause, i)))),
  );
  const words = clauses.flatMap((clause) => clause.boosts);
  const wordWeights = words.map(
    (word) =>
      boostWeight * weightOf(documents.filter(({ fields }) => fields.some((f) => f.words.includes(word))).length),
  );
  return (scanned: ScannedDocument, matchesText: boolean): number => {
    let score = 0;
    for (const [i, clause] of clauses.entries()) {
      const counts = matchesText ? clauseFrequencies(scanned, clause) : [0, 0, 0, 0];
      score += (weights[i] ?? 0) * saturated(scanned, counts, means);
    }
    for (const [i, word] of words.entries()) {
      const counts = scanned.fields.map((field) => field.words.filter((each) => each === word).length);
      score += (wordWeights[i] ?? 0) * saturated(scanned, counts, means);
    }
    return score;
  };
}

function documentsWithTerm(documents: readonly ScannedDocument[], clause: QueryClause, index: number): number {
  const term = clause.terms[index] ?? '';
  const isPrefix = clause.prefix && index === clause.terms.length - 1;
  const has = (unit: string): boolean => (isPrefix ? unit.startsWith(term) : unit === term);
  return documents.filter(({ fields }) => fields.some(({ units }) => [...units.values()].some(has))).length;
}

function saturated(scanned: ScannedDocument, counts: readonly number[], means: readonly number[]): number {
  let weighted = 0;
  for (const [f, count] of counts.entries()) {
    const counted = Math.min(15, count);
    if (counted === 0) continue;
    const b = lengthNorms[f] ?? 0;
    const length = scanned.fields[f]?.units.size ?? 0;
    weighted += ((fieldWeights[f] ?? 0) * counted) / (1 - b + (b * length) / (means[f] ?? 1));
  }
  return (weighted * (saturation + 1)) / (weighted + saturation);
}

function compareMatches(a: Match, b: Match, sort: SearchRequest['sort']): number {
  const byId = a.scanned.document.id < b.scanned.document.id ? -1 : 1;
  if (sort === 'relevance') return b.lane - a.lane || b.score - a.score || byId;
  if (sort === 'modified') {
    const dateA = instantOf(a.scanned.document.modified);
    const dateB = instantOf(b.scanned.document.modified);
    return dateA === dateB ? byId : dateB - dateA;
  }
  const titleA = identifierKey(a.scanned.document.stored.title);
  const titleB = identifierKey(b.scanned.document.stored.title);
  return titleA === titleB ? byId : titleA < titleB ? -1 : 1;
}

/** The generator gives full dates, and times with a zone, only. */
function instantOf(modified: string | undefined): number {
  return modified === undefined ? -1e18 : new Date(modified).getTime();
}

function passes(document: IndexDocument, request: SearchRequest, except: FacetName | undefined): boolean {
  return Object.entries(request.filters).every(([name, values]) => {
    if (name === except || values.length === 0) return true;
    const own = name === 'source' ? [document.sourceId] : document.facets[name as FacetName];
    return values.some((value) => own.includes(value));
  });
}

function facetCounts(matches: readonly Match[], request: SearchRequest, name: FacetName): readonly FacetCount[] {
  const counts = new Map<string, number>();
  const passing = matches.filter(({ scanned }) => passes(scanned.document, request, name));
  for (const copies of groupsOf(passing).values()) {
    const values = new Set(copies.flatMap(({ scanned }) => scanned.document.facets[name]));
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, request.facetLimit);
}
