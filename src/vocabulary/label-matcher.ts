/**
 * Finds the labels of a vocabulary (concepts, places) in a text of any script: the longest that fit, whole words only,
 * never one inside another. Built once from all labels; a text costs two look-ups a unit.
 */
import { displayRange, type TextUnits, textUnits } from '../text/text-units.ts';
import { agreement, WordBorders } from './label-agreement.ts';
import { type Candidate, type Label, LabelPatterns } from './label-patterns.ts';

export interface LabelMatch {
  /** Half-open UTF-16 range of the display text, never inside a grapheme. */
  readonly start: number;
  readonly end: number;
  /** Units `first` to `last` (inclusive) of the analysed text. */
  readonly first: number;
  readonly last: number;
  /** All that this piece of text may name; several when a label is ambiguous. */
  readonly targets: readonly string[];
  /** BCP 47 languages that the label is written so in. */
  readonly languages: readonly string[];
}

export interface LabelMatcher {
  /** In the order of the text. `languages` = those the text may be written in; English labels always count. */
  match(text: string, languages?: ReadonlySet<string>): readonly LabelMatch[];
  matchUnits(units: TextUnits, languages?: ReadonlySet<string>): readonly LabelMatch[];
}

export function labelMatcher(labels: Iterable<Label>): LabelMatcher {
  const patterns = new LabelPatterns(labels);
  const matchUnits: LabelMatcher['matchUnits'] = (units, languages) =>
    resolve(units, patterns.candidates(units, languages));
  return { match: (text, languages) => matchUnits(textUnits(text), languages), matchUnits };
}

/** Guards first, then the longest of those that agree with the text's words; equal ranges are one match. */
function resolve(units: TextUnits, candidates: readonly Candidate[]): readonly LabelMatch[] {
  if (candidates.length === 0) return [];
  const guards = candidates.filter(({ pattern }) => pattern.guards);
  const borders = new WordBorders(units.normal.text);
  const taken = new Uint8Array(units.keys.length);
  const chosen: Candidate[][] = [];
  const weak: Candidate[][] = [];
  for (const group of byRange(candidates)) {
    const open = group.filter((each) => !each.pattern.guards && !guards.some((guard) => isGuarded(each, guard)));
    const [one] = open;
    if (one === undefined || !isFree(taken, one)) continue;
    const agrees = agreement(units, borders, one.first, one.last);
    if (agrees === 'weak') weak.push(open);
    if (agrees !== 'yes') continue;
    taken.fill(1, one.first, one.last + 1);
    chosen.push(open);
  }
  for (const open of weak) {
    const [one] = open;
    if (one === undefined || !isFree(taken, one) || !(taken[one.first - 1] === 1 || taken[one.last + 1] === 1))
      continue;
    taken.fill(1, one.first, one.last + 1);
    chosen.push(open);
  }
  return chosen.map((group) => matchOf(units, group)).sort((a, b) => a.first - b.first);
}

/** Whether the guard keeps the label from being found: a longer word of its own concept and language, around it. */
export function isGuarded(each: Candidate, guard: Candidate): boolean {
  const inside = guard.first <= each.first && each.last <= guard.last;
  return inside && guard.pattern.target === each.pattern.target && guard.pattern.lang === each.pattern.lang;
}

/** Candidates of one range together; longest range first, then the one further left. */
function byRange(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<number, Candidate[]>();
  for (const each of candidates) {
    const key = each.first * 4096 + (each.last - each.first);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const length = (group: readonly Candidate[]) => (group[0]?.last ?? 0) - (group[0]?.first ?? 0);
  return [...groups.values()].sort((a, b) => length(b) - length(a) || (a[0]?.first ?? 0) - (b[0]?.first ?? 0));
}

function isFree(taken: Uint8Array, { first, last }: Candidate): boolean {
  for (let i = first; i <= last; i++) if (taken[i] === 1) return false;
  return true;
}

function matchOf(units: TextUnits, group: readonly Candidate[]): LabelMatch {
  const first = group[0]?.first ?? 0;
  const last = group[0]?.last ?? 0;
  const [start, end] = displayRange(units, first, last);
  const targets = [...new Set(group.map(({ pattern }) => pattern.target))];
  return { start, end, first, last, targets, languages: [...new Set(group.map(({ pattern }) => pattern.lang))] };
}
