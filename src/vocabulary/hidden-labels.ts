/**
 * Labels that a matcher would find by chance inside a word of another meaning (명장 in 구명장비, 택시 in 주택시장). The longer
 * words known here are the labels of all other concepts. It counts as chance when the label is found there although it
 * begins and ends in the middle of words: between two borders of a dictionary, or of a Korean run. It is no fault when the
 * two concepts are linked or share a theme (the parts of a compound mean what they say), or when a guard names the word.
 */
import { gaps, type TextUnits, textUnits } from '../text/text-units.ts';
import { agreement, WordBorders } from './label-agreement.ts';
import { type LabelLanguage, labelLanguages } from './label-file.ts';
import { isGuarded } from './label-matcher.ts';
import { type Candidate, LabelPatterns } from './label-patterns.ts';
import { type Concept, type Lexicon, labelsOfLexicon } from './lexicon.ts';
import { findingIn, type LexiconFinding } from './lexicon-finding.ts';

export function hiddenLabelFindings(lexicon: Lexicon): readonly LexiconFinding[] {
  const patterns = new LabelPatterns(labelsOfLexicon(lexicon));
  return [...lexicon.concepts.values()].flatMap((longer) =>
    labelLanguages.flatMap((language) =>
      (longer.labels[language] ?? []).flatMap((word) => {
        const chances = chanceIn(word, language, patterns);
        return chances.flatMap((chance) => findingsOf(chance, { word, longer, language }, lexicon));
      }),
    ),
  );
}

function findingsOf(
  { target, label }: Chance,
  { word, longer, language }: { readonly word: string; readonly longer: Concept; readonly language: LabelLanguage },
  lexicon: Lexicon,
): readonly LexiconFinding[] {
  const shorter = lexicon.concepts.get(target);
  if (shorter === undefined || isAkin(shorter, longer, lexicon)) return [];
  const message = `stands by chance in "${word}" of ${longer.id}; expected the guard "${label} in ${word}"`;
  return [findingIn(shorter, { slug: 'hidden-label', language, label, message })];
}

interface Chance {
  readonly target: string;
  readonly label: string;
}

function chanceIn(word: string, language: string, patterns: LabelPatterns): readonly Chance[] {
  const units = textUnits(word);
  const candidates = patterns.candidates(units, new Set([language])).filter(({ pattern }) => pattern.lang === language);
  const guards = candidates.filter(({ pattern }) => pattern.guards);
  const borders = new WordBorders(units.normal.text);
  return candidates
    .filter(({ pattern }) => !pattern.guards)
    .filter((each) => isInsideWords(units, borders, each))
    .filter((each) => !guards.some((guard) => isGuarded(each, guard)))
    .filter(({ first, last }) => agreement(units, borders, first, last) === 'yes')
    .map(({ first, last, pattern }) => {
      const label = units.normal.text.slice(units.starts[first], units.ends[last]);
      return { target: pattern.target, label };
    });
}

function isInsideWords(units: TextUnits, borders: WordBorders, { first, last }: Candidate): boolean {
  const runsOn = (at: number): boolean =>
    at > 0 &&
    at < units.keys.length &&
    units.gapsBefore[at] === gaps.none &&
    units.classes[at] === units.classes[at - 1];
  if (!runsOn(first) || !runsOn(last + 1)) return false;
  return !borders.at(units.starts[first] ?? 0) && !borders.at(units.ends[last] ?? 0);
}

function isAkin(a: Concept, b: Concept, { narrower }: Lexicon): boolean {
  if (a.id === b.id || a.isForm || b.isForm) return true;
  const themes = (concept: Concept) => [...(concept.theme === undefined ? [] : [concept.theme]), ...concept.also];
  return (
    themes(a).some((theme) => themes(b).includes(theme)) ||
    narrower(a.id).has(b.id) ||
    narrower(b.id).has(a.id) ||
    a.related.includes(b.id) ||
    b.related.includes(a.id) ||
    a.broader.some((id) => b.broader.includes(id))
  );
}
