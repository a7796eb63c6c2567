/**
 * What of a record's words the classifier sees: words of scripts with spaces and pairs of them, short runs of characters of
 * the others, the concepts that were recognised and all that is wider, the publisher's name. Pure. Nothing is folded but
 * case and the English plural: 国 and 國 are two characters here. Numbers say nothing and are left out.
 */
import type { Dataset } from '../model/dataset.ts';
import type { RecognisedTerm } from '../model/recognised-term.ts';
import { digitClass, hangulClass, isBigramClass, isDictionaryClass, latinClass } from '../text/character-class.ts';
import { singularKey } from '../text/english-singular.ts';
import { gaps, type TextUnits, textUnits } from '../text/text-units.ts';
import type { Lexicon } from '../vocabulary/lexicon.ts';
import { type Terminology, termTarget } from '../vocabulary/terminology.ts';

/** Feature → how much of it there is; 1 = once in a title. */
export type ThemeFeatures = ReadonlyMap<string, number>;

/** A description says more about everything the further it goes; UTF-16 units that are read of it, and of a title. */
const readThrough = 160;
const titleThrough = 400;
const mostKeywords = 20;

/**
 * A concept counts as much as so many words: it stands for the same thing in thirteen languages. Measured: 1 to 36 tried on
 * the hand-labelled records of Taiwan and Singapore, and on the portals' categories (docs/themes.md).
 */
const conceptWeight = 16;

/** What a feature counts where it stands; a publisher's are features of their own (`p:`). */
const fieldWeights = { titles: 1, keywords: 0.5, descriptions: 0.35, publisher: 0.5 } as const;

export function themeFeatures(
  dataset: Dataset,
  terms: readonly RecognisedTerm[],
  { lexicon, matcher }: Terminology,
): ThemeFeatures {
  const features = new Map<string, number>();
  const add = (feature: string, amount: number) => features.set(feature, (features.get(feature) ?? 0) + amount);
  for (const { text } of dataset.title) addText(text.slice(0, titleThrough), '', fieldWeights.titles, add);
  for (const { text } of dataset.keywords.slice(0, mostKeywords)) addText(text, '', fieldWeights.keywords, add);
  for (const { text } of dataset.description) addText(text.slice(0, readThrough), '', fieldWeights.descriptions, add);
  for (const { text } of dataset.publisher?.name ?? []) {
    addText(text, 'p:', fieldWeights.publisher, add);
    addAgencyConcepts(text, { lexicon, matcher }, add);
  }
  addConcepts(terms, lexicon, add);
  return features;
}

type Add = (feature: string, amount: number) => void;

function addConcepts(terms: readonly RecognisedTerm[], lexicon: Lexicon, add: Add): void {
  for (const { kind, id, field } of terms) {
    const concept = kind === 'concept' ? lexicon.concepts.get(id) : undefined;
    if (concept === undefined || concept.isForm) continue;
    const weight = fieldWeights[field] * conceptWeight;
    if (concept.theme !== undefined) add(`t:${concept.theme}`, weight);
    for (const theme of concept.also) add(`t:${theme}`, weight / 2);
    for (const each of [id, ...widerThan(id, lexicon)]) add(`c:${each}`, weight);
  }
}

/** What the name of an agency is about (東京消防庁: fire service); features of their own, for it publishes budgets too. */
function addAgencyConcepts(
  name: string,
  { lexicon, matcher }: Pick<Terminology, 'lexicon' | 'matcher'>,
  add: Add,
): void {
  const targets = matcher.match(name).flatMap((match) => match.targets.map(termTarget));
  for (const { kind, id } of targets) {
    const concept = kind === 'concept' ? lexicon.concepts.get(id) : undefined;
    if (concept?.theme === undefined) continue;
    add(`pt:${concept.theme}`, fieldWeights.publisher * conceptWeight);
    add(`pc:${id}`, fieldWeights.publisher * conceptWeight);
  }
}

function widerThan(id: string, { concepts }: Lexicon): ReadonlySet<string> {
  const wider = new Set<string>();
  const queue = [...(concepts.get(id)?.broader ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === id || wider.has(next)) continue;
    wider.add(next);
    queue.push(...(concepts.get(next)?.broader ?? []));
  }
  return wider;
}

/** Longest run of characters that is one feature, by what is written in them. */
const longestRun = { ideograph: 3, hangul: 4, dictionary: 5 } as const;

function addText(text: string, prefix: string, weight: number, add: Add): void {
  const units = textUnits(text);
  for (let at = 0; at < units.keys.length; at++) {
    const found = units.classes[at] ?? 0;
    if (found === digitClass) continue;
    if (isBigramClass(found)) addRuns(units, at, { prefix, weight, add });
    else addWords(units, at, { prefix, weight, add });
  }
}

interface Where {
  readonly prefix: string;
  readonly weight: number;
  readonly add: Add;
}

function addRuns(units: TextUnits, at: number, { prefix, weight, add }: Where): void {
  const found = units.classes[at] ?? 0;
  const longest = isDictionaryClass(found)
    ? longestRun.dictionary
    : found === hangulClass
      ? longestRun.hangul
      : longestRun.ideograph;
  const shortest = isDictionaryClass(found) || found === hangulClass ? 2 : 1;
  const start = units.starts[at] ?? 0;
  for (let last = at; last < at + longest && units.classes[last] === found; last++) {
    if (last > at && units.gapsBefore[last] !== gaps.none) return;
    if (last - at + 1 >= shortest) add(prefix + units.normal.text.slice(start, units.ends[last]), weight);
  }
}

function addWords(units: TextUnits, at: number, { prefix, weight, add }: Where): void {
  const word = wordAt(units, at);
  add(prefix + word, weight);
  const after = units.classes[at + 1];
  const joined = after !== undefined && after === units.classes[at] && (units.gapsBefore[at + 1] ?? 0) <= gaps.space;
  if (joined) add(`${prefix}${word} ${wordAt(units, at + 1)}`, weight);
}

function wordAt({ exacts, classes }: TextUnits, at: number): string {
  const word = exacts[at] ?? '';
  return classes[at] === latinClass ? singularKey(word) : word;
}
