/** A concept or a place as the vocabulary has it, or what is recognised in a text. */
import type { LabelMatch } from '../vocabulary/label-matcher.ts';
import type { Concept } from '../vocabulary/lexicon.ts';
import type { Place } from '../vocabulary/places.ts';
import { termLabel } from '../vocabulary/term-label.ts';
import { type Terminology, termTarget } from '../vocabulary/terminology.ts';
import { oneLine } from './table.ts';

export interface VocabEntry {
  readonly text: string;
  /** The same for programs. */
  readonly value: object;
}

/** An id is shown with its labels; anything else is read as a text. */
export function vocabEntry(asked: string, terminology: Terminology): VocabEntry {
  const concept = terminology.lexicon.concepts.get(asked);
  if (concept !== undefined) return conceptEntry(concept, terminology);
  const place = terminology.gazetteer.places.get(asked);
  return place === undefined ? textEntry(asked, terminology) : placeEntry(place, terminology);
}

function conceptEntry(concept: Concept, { lexicon }: Terminology): VocabEntry {
  const { id, theme, also, isForm, broader, related, labels, guards, note, reviewed, from } = concept;
  const narrower = [...lexicon.narrower(id).keys()];
  const guardTexts = [...guards].map(([label, words]) => `${label} in ${words.join(' | ')}`);
  const text = [
    `${id} (${isForm ? 'form' : [theme, ...also].join(', ')})   ${from}`,
    ...row('broader', broader),
    ...row('narrower', narrower),
    ...row('related', related),
    ...row('not in', guardTexts),
    ...(note === undefined ? [] : row('note', [note])),
    ...labelRows(labels),
    ...row('reviewed', reviewed),
  ];
  const value = { kind: 'concept', ...concept, narrower, guards: Object.fromEntries(guards) };
  return { text: text.join('\n'), value };
}

function placeEntry(place: Place, { gazetteer }: Terminology): VocabEntry {
  const { id, kind, iso, point, bbox, labels, ambiguous, from } = place;
  const text = [
    `${id} (${[kind, iso].filter((each) => each !== undefined).join(', ')})   ${from}`,
    ...row('within', gazetteer.within(id).slice(1)),
    ...row('point', point === undefined ? [] : [point.join(' ')]),
    ...row('bbox', bbox === undefined ? [] : [bbox.join(' ')]),
    ...row('ambiguous', [...ambiguous]),
    ...labelRows(labels),
  ];
  // A place has a kind of its own (country, division, city, district).
  const value = { ...place, kind: 'place', placeKind: kind, within: gazetteer.within(id).slice(1) };
  return { text: text.join('\n'), value: { ...value, ambiguous: [...ambiguous] } };
}

function labelRows(labels: Concept['labels']): readonly string[] {
  return Object.entries(labels).flatMap(([language, texts]) => row(language, texts));
}

function row(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`  ${name.padEnd(10)} ${values.map(oneLine).join(' | ')}`];
}

function textEntry(text: string, terminology: Terminology): VocabEntry {
  const recognised = terminology.matcher.match(text).map((match) => matchEntry(text, match, terminology));
  const lines = recognised.map(({ words, meanings }) => {
    const named = meanings.map(({ kind, id, label }) => `${kind} ${id}${label === undefined ? '' : ` (${label})`}`);
    return `  ${oneLine(words)} = ${named.join(', ')}`;
  });
  return {
    text: lines.length === 0 ? 'Nothing of the vocabulary was recognised.' : lines.join('\n'),
    value: { kind: 'text', text, recognised },
  };
}

function matchEntry(text: string, { start, end, targets, languages }: LabelMatch, terminology: Terminology) {
  const meanings = targets.map(termTarget).map(({ kind, id }) => {
    const label = kind === 'function' ? undefined : termLabel({ kind, id }, terminology, 'en');
    return { kind, id, ...(label === undefined ? {} : { label }) };
  });
  return { words: text.slice(start, end), start, end, languages, meanings };
}
