/** A stretch of a query cut into what was recognised in it and what stands between. Pure. */

import type { QueryClause } from '../text/analysis-contract.ts';
import { hangulClass, ideographClass, isBigramClass } from '../text/character-class.ts';
import { clauseOfPiece } from '../text/parse-query.ts';
import { displayRange, gaps, type TextUnits, textUnits } from '../text/text-units.ts';
import { yearMentions } from '../text/year-mentions.ts';
import { isKoreanEnding } from '../vocabulary/label-agreement.ts';
import type { LabelMatch } from '../vocabulary/label-matcher.ts';
import { type Terminology, termTarget } from '../vocabulary/terminology.ts';
import type { Meaning, QueryPart } from './query-part.ts';

export interface QueryTerm {
  /** As typed. */
  readonly text: string;
  readonly clauses: readonly QueryClause[];
  readonly meanings: readonly Meaning[];
  readonly kind: QueryPart['kind'];
  /** A word of the question, not of what is asked for. */
  readonly isLetGo: boolean;
}

/** A step down in the lexicon keeps so much of a concept's weight; measured: 0.8 gave 0.760, 0.95 gave 0.766. */
const narrowerWeight = 0.95;

/** What is one step wider, or related, has so much of it; measured: without 0.758, with 0.767, with twice as much the same. */
const widerWeight = 0.3;

export function recogniseTerms(stretch: string, terminology: Terminology, language?: string): readonly QueryTerm[] {
  const units = textUnits(stretch);
  const matches = terminology.matcher.matchUnits(units);
  const spoken = spokenLanguages(matches, language);
  const years = yearTerms(stretch, units);
  const terms: QueryTerm[] = [];
  let at = 0;
  for (const found of inOrder(years, matches)) {
    const term = 'term' in found ? found.term : termOfMatch(found, at);
    if (term === undefined) continue;
    terms.push(...between(stretch, units, at, found.first));
    terms.push(term);
    at = found.last + 1;
  }
  terms.push(...between(stretch, units, at, units.keys.length));
  return terms;

  function termOfMatch(match: LabelMatch, from: number): QueryTerm | undefined {
    return isInsideWord(units, match, from) ? undefined : termOf(stretch, match, terminology, spoken);
  }
}

interface YearTerm {
  readonly first: number;
  readonly last: number;
  readonly term: QueryTerm;
}

/** Years and labels as they follow each other; no label reaches into a year (年度 in 112年度). */
function inOrder(years: readonly YearTerm[], matches: readonly LabelMatch[]): readonly (YearTerm | LabelMatch)[] {
  if (years.length === 0) return matches;
  const free = matches.filter(({ first, last }) => years.every((year) => last < year.first || first > year.last));
  return [...years, ...free].sort((a, b) => a.first - b.first);
}

function yearTerms(stretch: string, units: TextUnits): readonly YearTerm[] {
  return yearMentions(stretch, true).flatMap(({ years, start, end }) => {
    // In a code or a day (TA2023-01, 2023-04-01) the number stays where it is.
    if (/[\p{L}\p{N}][-_./]?$/u.test(asciiEnd(stretch, start)) || /^[-_./]?[a-z\d]/i.test(stretch.slice(end)))
      return [];
    const [first, last] = unitsWithin(units, start, end);
    if (first > last) return [];
    const text = stretch.slice(start, end);
    const meanings = years.map((year) => ({ kind: 'year', id: String(year), weight: 1 }) as const);
    return [{ first, last, term: { text, clauses: clausesOf(text), meanings, kind: 'year', isLetGo: false } }];
  });
}

/** What stands before the index, as far as it is of ASCII. */
function asciiEnd(text: string, index: number): string {
  return /[!-~]*$/.exec(text.slice(0, index))?.[0] ?? '';
}

/** First and last unit whose display text lies in the range; first > last when there is none. */
function unitsWithin(units: TextUnits, start: number, end: number): readonly [first: number, last: number] {
  let first = units.keys.length;
  let last = -1;
  for (let i = 0; i < units.keys.length; i++) {
    const [from, to] = displayRange(units, i, i);
    if (from < start || to > end) continue;
    first = Math.min(first, i);
    last = i;
  }
  return [first, last];
}

/**
 * Whether a small Korean word is only a piece of a longer one (`이` in 이용률, `정보` in 정보공개): it must close its word, and
 * open it or follow what was recognised (`를` in 데이터를). `at`: first unit that nothing recognised covers.
 */
function isInsideWord({ classes, gapsBefore }: TextUnits, { first, last, targets }: LabelMatch, at: number): boolean {
  if (classes[last] !== hangulClass || targets.some((target) => functionOf(target) === undefined)) return false;
  const isGlued = (unit: number): boolean =>
    gapsBefore[unit] === gaps.none && classes[unit] === hangulClass && classes[unit - 1] === hangulClass;
  return isGlued(last + 1) || (isGlued(first) && first !== at);
}

/** Languages of Latin letters besides English: a short word of one is often a name, or a word of another. */
const latinLanguages: ReadonlySet<string> = new Set(['vi', 'id', 'ms', 'fil']);

/**
 * Languages whose small words may be let go: those of other scripts always; of Latin ones English, the person's own, and any
 * that the query speaks: by a question of several words, by two small words (`di` alone may be a name), or by a concept
 * that is called so in this language and not in English.
 */
function spokenLanguages(matches: readonly LabelMatch[], language: string | undefined): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { targets, languages, first, last } of matches) {
    const small = targets.every((target) => functionOf(target) !== undefined);
    const isTelling = small ? last > first : !languages.includes('en');
    for (const each of languages) {
      const isSure = isTelling || !latinLanguages.has(each);
      counts.set(each, (counts.get(each) ?? 0) + (isSure ? 2 : Number(small)));
    }
  }
  const spoken = [...counts].filter(([, count]) => count > 1).map(([each]) => each);
  return new Set([...spoken, 'en', ...(language === undefined ? [] : [language])]);
}

function functionOf(target: string): { readonly language: string } | undefined {
  const { kind, id } = termTarget(target);
  return kind === 'function' ? { language: id.slice(id.indexOf('/') + 1) } : undefined;
}

/** Undefined for a small word of a language that is not spoken here: it is text like any other. */
function termOf(
  stretch: string,
  match: LabelMatch,
  terminology: Terminology,
  spoken: ReadonlySet<string>,
): QueryTerm | undefined {
  const text = stretch.slice(match.start, match.end);
  const meanings = match.targets.flatMap((target) => meaningsOf(target, terminology));
  const clauses = clausesOf(text);
  if (meanings.length > 0) return { text, clauses, meanings, kind: kindOf(match, terminology), isLetGo: false };
  const isSpoken = match.targets.some((target) => spoken.has(functionOf(target)?.language ?? ''));
  return isSpoken ? { text, clauses, meanings: [], kind: 'text', isLetGo: true } : undefined;
}

function kindOf(match: LabelMatch, { lexicon }: Terminology): QueryPart['kind'] {
  const targets = match.targets.map(termTarget);
  const concepts = targets.flatMap(({ kind, id }) => (kind === 'concept' ? (lexicon.concepts.get(id) ?? []) : []));
  if (concepts.some(({ isForm }) => !isForm)) return 'concept';
  return targets.some(({ kind }) => kind === 'place') ? 'place' : 'form';
}

function meaningsOf(target: string, { lexicon }: Terminology): readonly Meaning[] {
  const { kind, id } = termTarget(target);
  if (kind === 'function') return [];
  if (kind === 'place') return [{ kind, id, weight: 1 }];
  const narrower = [...lexicon.narrower(id)].map(([each, steps]): Meaning => {
    return { kind, id: each, weight: narrowerWeight ** steps };
  });
  return [{ kind, id, weight: 1 }, ...narrower, ...widerMeanings(id, lexicon)];
}

function widerMeanings(id: string, { concepts, narrower }: Terminology['lexicon']): readonly Meaning[] {
  const concept = concepts.get(id);
  if (concept === undefined || concept.isForm) return [];
  const below = narrower(id);
  const wider = new Set([...concept.broader, ...concept.related].filter((each) => each !== id && !below.has(each)));
  return [...wider].map((each) => ({ kind: 'concept', id: each, weight: widerWeight, wider: true }));
}

/** What was not recognised, cut at white space; the grammar that hangs on a recognised word is let go. */
function between(stretch: string, units: TextUnits, from: number, to: number): readonly QueryTerm[] {
  const terms: QueryTerm[] = [];
  for (let first = from; first < to; ) {
    let last = first;
    while (last + 1 < to && units.gapsBefore[last + 1] !== gaps.space) last++;
    const text = stretch.slice(...displayRange(units, first, last));
    const clauses = clausesOf(text);
    if (clauses.length > 0) {
      const isLetGo = hangsOn(units, first, last, { from, to });
      terms.push({ text, clauses, meanings: [], kind: 'text', isLetGo });
    }
    first = last + 1;
  }
  return terms;
}

/** A Korean particle, Japanese grammar in Hiragana, or a single character glued to a recognised word (Korean: after one). */
function hangsOn(units: TextUnits, first: number, last: number, range: { from: number; to: number }): boolean {
  const gluedBefore = first === range.from && first > 0 && units.gapsBefore[first] === gaps.none;
  const gluedAfter = last === range.to - 1 && units.gapsBefore[last + 1] === gaps.none;
  if (!gluedBefore && !gluedAfter) return false;
  const classes = units.classes.slice(first, last + 1);
  if (first === last && isBigramClass(classes[0] ?? 0)) return classes[0] !== hangulClass || gluedBefore;
  const text = units.keys.slice(first, last + 1).join('');
  if (classes.every((each) => each === hangulClass)) return gluedBefore && isKoreanEnding(text);
  return classes.every((each) => each === ideographClass) && /^[ぁ-ゖ]{1,4}$/.test(text);
}

function clausesOf(text: string): readonly QueryClause[] {
  return text.split(/\s+/u).flatMap((piece) => clauseOfPiece({ text: piece, star: false }) ?? []);
}
