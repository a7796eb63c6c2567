/**
 * All that can be recognised in a text or a query: concepts, places and words that say nothing. One matcher for all of
 * them, so that the longest wins whatever it is (大安森林公園 is a place before it is a park).
 */
import { join } from 'node:path';
import { sha256Hex } from '../kit/hash.ts';
import { labelLanguages, labelsOf, readLabelFile } from './label-file.ts';
import { type LabelMatcher, labelMatcher } from './label-matcher.ts';
import type { Label } from './label-patterns.ts';
import { type Lexicon, labelsOfLexicon, loadLexicon } from './lexicon.ts';
import { readVocabularyFile } from './load-vocabulary.ts';
import { type Gazetteer, labelsOfPlaces, loadPlaces } from './places.ts';

/** What a label names. */
export type TermTarget =
  | { readonly kind: 'concept'; readonly id: string }
  | { readonly kind: 'place'; readonly id: string }
  /** `question/en`, `particle/ko`, `data/th` …: see `vocab/function-words.yaml`. */
  | { readonly kind: 'function'; readonly id: string };

export interface Terminology {
  /** Of all its files: what was derived with another version is derived anew. */
  readonly version: string;
  readonly lexicon: Lexicon;
  readonly gazetteer: Gazetteer;
  /** Targets are read with `termTarget`. */
  readonly matcher: LabelMatcher;
}

/** Hexadecimal digits of the hash that names the version. */
const versionLength = 12;

/** Reads `vocab/`; a `VocabularyError` names file and line of what is wrong. */
export async function loadTerminology(vocabFolder: string): Promise<Terminology> {
  const [lexicon, gazetteer, functionWords] = await Promise.all([
    loadLexicon(join(vocabFolder, 'lexicon')),
    loadPlaces(join(vocabFolder, 'places')),
    readVocabularyFile(join(vocabFolder, 'function-words.yaml')),
  ]);
  return {
    version: sha256Hex(`${lexicon.version}\0${gazetteer.version}\0${functionWords}`).slice(0, versionLength),
    lexicon,
    gazetteer,
    matcher: labelMatcher(allLabels(lexicon, gazetteer, functionWords)),
  };
}

function* allLabels(lexicon: Lexicon, gazetteer: Gazetteer, functionWords: string): Iterable<Label> {
  for (const label of labelsOfLexicon(lexicon)) yield { ...label, target: `concept:${label.target}` };
  for (const label of labelsOfPlaces(gazetteer)) yield { ...label, target: `place:${label.target}` };
  for (const entry of readLabelFile(functionWords, 'vocab/function-words.yaml')) {
    for (const lang of labelLanguages) {
      for (const text of labelsOf(entry, lang)) yield { text, lang, target: `function:${entry.id}/${lang}` };
    }
  }
}

export function termTarget(target: string): TermTarget {
  const colon = target.indexOf(':');
  const kind = target.slice(0, colon);
  const id = target.slice(colon + 1);
  if (kind === 'concept' || kind === 'place' || kind === 'function') return { kind, id };
  throw new TypeError(`found the target ${target}; expected concept:, place: or function: before its id`);
}
