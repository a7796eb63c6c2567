/**
 * The lexicon: concepts of government data with their labels in thirteen languages, after SKOS (preferred and alternative
 * labels, broader, related). One file a theme in `vocab/lexicon/`, and `forms.yaml` for words that say what kind of data it
 * is (list, map, by month …): those gloss a title and never decide a theme.
 */
import { join } from 'node:path';
import { sha256Hex } from '../kit/hash.ts';
import { isThemeId, type ThemeId } from '../model/theme.ts';
import { type LabelEntry, type LabelLanguage, labelLanguages, labelsOf, readLabelFile } from './label-file.ts';
import type { Label } from './label-patterns.ts';
import { labelFiles, readVocabularyFile } from './load-vocabulary.ts';
import { VocabularyError } from './vocabulary-error.ts';

export interface Concept {
  readonly id: string;
  /** Absent for a form. */
  readonly theme?: ThemeId;
  readonly also: readonly ThemeId[];
  readonly isForm: boolean;
  readonly broader: readonly string[];
  readonly related: readonly string[];
  /** Preferred label first; a language without labels is absent. */
  readonly labels: Readonly<Partial<Record<LabelLanguage, readonly string[]>>>;
  /** Longer words in which a label means something else, by the label. */
  readonly guards: ReadonlyMap<string, readonly string[]>;
  /** Why a label is ambiguous, for people. */
  readonly note?: string;
  /** Languages whose labels a native reader has seen; all others are drafts. */
  readonly reviewed: readonly string[];
  /** `vocab/lexicon/transport.yaml:12`. */
  readonly from: string;
}

export interface Lexicon {
  /** Changes with any byte of any file; part of the version of what was derived with it. */
  readonly version: string;
  readonly concepts: ReadonlyMap<string, Concept>;
  /** All that is narrower, however far down, with the number of steps to it (1 = directly). */
  narrower(id: string): ReadonlyMap<string, number>;
  /** Broader and related ids that no concept has: they link to nothing, and `vocab --check` tells of them. */
  readonly danglingLinks: readonly { readonly from: string; readonly to: string }[];
}

/** Hexadecimal digits of the files' hash that name their version. */
const versionLength = 12;

/** Reads all files of `folder`; a `VocabularyError` names file and line of what is wrong. */
export async function loadLexicon(folder: string): Promise<Lexicon> {
  const names = await labelFiles(folder);
  const texts = await Promise.all(names.map((name) => readVocabularyFile(join(folder, name))));
  const concepts = new Map<string, Concept>();
  for (const [index, name] of names.entries()) {
    const path = `vocab/lexicon/${name}`;
    for (const entry of readLabelFile(texts[index] ?? '', path)) {
      const concept = conceptOf(entry, name.replace(/\.yaml$/, ''), path);
      const other = concepts.get(concept.id);
      if (other !== undefined) throw wrong(concept, `the id ${concept.id}`, `an id that ${other.from} does not have`);
      concepts.set(concept.id, concept);
    }
  }
  return {
    version: sha256Hex(texts.join('\0')).slice(0, versionLength),
    concepts,
    narrower: narrowerIn(concepts),
    danglingLinks: danglingLinksIn(concepts),
  };
}

/** Every label of every concept, for the matcher. */
export function* labelsOfLexicon(lexicon: Lexicon): Iterable<Label> {
  for (const { id, labels, guards } of lexicon.concepts.values()) {
    for (const lang of labelLanguages) {
      for (const text of labels[lang] ?? []) {
        yield { text, lang, target: id, guards: guards.get(text) ?? [] };
      }
    }
  }
}

/** The label to show in a language, else the English one, else any. */
export function preferredLabel({ id, labels }: Pick<Concept, 'id' | 'labels'>, language: string): string {
  const own = labelLanguages.find((known) => known === language);
  const first = (own === undefined ? undefined : labels[own]) ?? labels.en ?? Object.values(labels)[0];
  return first?.[0] ?? id;
}

function conceptOf(entry: LabelEntry, file: string, path: string): Concept {
  const isForm = file === 'forms';
  const from = `${path}:${entry.line}`;
  for (const field of entry.fields.keys()) {
    if (!knownFields.has(field)) throw wrong({ from }, `the field ${field}`, `one of ${[...knownFields].join(', ')}`);
  }
  if (!isForm && !isThemeId(file)) throw wrong({ from }, `the file ${file}`, 'a theme id or forms as its name');
  const note = entry.fields.get('note');
  return {
    id: entry.id,
    ...(isThemeId(file) ? { theme: file } : {}),
    also: labelsOf(entry, 'also').filter((id): id is ThemeId => isThemeId(id)),
    isForm,
    broader: labelsOf(entry, 'broader'),
    related: labelsOf(entry, 'related'),
    labels: Object.fromEntries(
      labelLanguages.map((lang) => [lang, labelsOf(entry, lang)] as const).filter(([, labels]) => labels.length > 0),
    ),
    guards: guardsOf(entry.fields.get('guard'), from),
    ...(note === undefined ? {} : { note }),
    reviewed: labelsOf(entry, 'reviewed'),
    from,
  };
}

const knownFields: ReadonlySet<string> = new Set([
  'broader',
  'related',
  'also',
  'note',
  'guard',
  'role',
  'reviewed',
  ...labelLanguages,
]);

/** `公車 in 公車庫 | 公車處; 台風 in …` */
function guardsOf(text: string | undefined, from: string): ReadonlyMap<string, readonly string[]> {
  const guards = new Map<string, readonly string[]>();
  for (const piece of text?.split(';') ?? []) {
    const border = piece.indexOf(' in ');
    const words = piece
      .slice(border + 4)
      .split('|')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    const label = piece.slice(0, Math.max(0, border)).trim();
    if (label === '' || words.length === 0)
      throw wrong({ from }, `the guard "${piece.trim()}"`, '"label in longer word | longer word"');
    guards.set(label, words);
  }
  return guards;
}

function danglingLinksIn(concepts: ReadonlyMap<string, Concept>): Lexicon['danglingLinks'] {
  return [...concepts.values()].flatMap(({ from, broader, related }) =>
    [...broader, ...related].flatMap((to) => (concepts.has(to) ? [] : { from, to })),
  );
}

function narrowerIn(concepts: ReadonlyMap<string, Concept>): Lexicon['narrower'] {
  const children = new Map<string, string[]>();
  for (const { id, broader } of concepts.values()) {
    for (const parent of broader) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [id]);
      else known.push(id);
    }
  }
  const known = new Map<string, ReadonlyMap<string, number>>();
  return (id) => {
    const found = known.get(id) ?? descend(children, id);
    known.set(id, found);
    return found;
  };
}

function descend(children: ReadonlyMap<string, readonly string[]>, id: string): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  let level: readonly string[] = [id];
  for (let step = 1; level.length > 0; step++) {
    level = level.flatMap((each) => children.get(each) ?? []).filter((each) => each !== id && !steps.has(each));
    for (const each of level) steps.set(each, step);
  }
  return steps;
}

function wrong(where: { readonly from: string }, found: string, expected: string): VocabularyError {
  return new VocabularyError(`${where.from}: found ${found}; expected ${expected}`);
}
