/** Faults that one label or one concept shows by itself, and labels that two concepts share. Pure. */
import { textUnits } from '../text/text-units.ts';
import { type LabelLanguage, labelLanguages } from './label-file.ts';
import { LabelPatterns } from './label-patterns.ts';
import { isLatinLanguage, scriptFault } from './label-script.ts';
import type { Concept, Lexicon } from './lexicon.ts';
import { findingIn, type LexiconFinding } from './lexicon-finding.ts';
import { textKey } from './text-key.ts';

export function labelFindings(concept: Concept): readonly LexiconFinding[] {
  const english = new Set((concept.labels.en ?? []).map(textKey));
  return labelLanguages.flatMap((language) => {
    const labels = concept.labels[language] ?? [];
    return labels.flatMap((label, place) => {
      const fault = { language, label };
      const script = scriptFault(label, language);
      const key = textKey(label);
      return [
        ...(script === undefined
          ? []
          : [findingIn(concept, { slug: 'wrong-script', ...fault, message: `found ${script}` })]),
        ...(!isLatinLanguage(language) && english.has(key)
          ? [findingIn(concept, { slug: 'equals-english', ...fault, message: 'found the English label again' })]
          : []),
        ...(labels.indexOf(label) < place
          ? [findingIn(concept, { slug: 'repeated-label', ...fault, message: 'found twice in this language' })]
          : []),
      ];
    });
  });
}

/** A guard of a label that the concept does not have, or in a word that does not hold it, guards nothing. */
export function guardFindings(concept: Concept): readonly LexiconFinding[] {
  return [...concept.guards].flatMap(([label, words]) => {
    const languages = labelLanguages.filter((language) => concept.labels[language]?.includes(label) === true);
    if (languages.length === 0) {
      return [
        findingIn(concept, { slug: 'idle-guard', label, message: 'guards a label that the concept does not have' }),
      ];
    }
    const patterns = new LabelPatterns(languages.map((lang) => ({ text: label, lang, target: concept.id })));
    return (
      words
        .filter((word) => !textKey(word).includes(textKey(label)))
        // farmer welfare: Ministry of Agriculture and Farmers Welfare
        .filter((word) => patterns.candidates(textUnits(word)).length === 0)
        .map((word) => findingIn(concept, { slug: 'idle-guard', label, message: `does not stand in "${word}"` }))
    );
  });
}

/** One label in two concepts is right where a note of one of them says why. */
export function sharedLabelFindings({ concepts }: Lexicon): readonly LexiconFinding[] {
  const owners = new Map<string, { readonly language: LabelLanguage; readonly label: string; of: Concept[] }>();
  for (const concept of concepts.values()) {
    for (const language of labelLanguages) {
      for (const label of concept.labels[language] ?? []) {
        const key = `${language} ${textKey(label)}`;
        const known = owners.get(key) ?? { language, label, of: [] };
        owners.set(key, known);
        if (!known.of.includes(concept)) known.of.push(concept);
      }
    }
  }
  return [...owners.values()].flatMap(({ language, label, of: [first, ...others] }) => {
    if (first === undefined || others.length === 0) return [];
    if ([first, ...others].some(({ note }) => note !== undefined)) return [];
    const message = `found in ${others.map(({ id }) => id).join(', ')} too; expected a note in one of them`;
    return [findingIn(first, { slug: 'shared-label', language, label, message })];
  });
}

export function linkFindings(concept: Concept, { concepts, narrower }: Lexicon): readonly LexiconFinding[] {
  const broken = [...concept.broader, ...concept.related].filter((id) => !concepts.has(id));
  return [
    ...broken.map((id) =>
      findingIn(concept, { slug: 'broken-link', message: `links to ${id}; expected the id of a concept` }),
    ),
    ...(concept.broader.includes(concept.id) || concept.broader.some((id) => narrower(concept.id).has(id))
      ? [findingIn(concept, { slug: 'circular-link', message: 'is broader than itself' })]
      : []),
  ];
}
