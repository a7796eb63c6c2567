/** What Sampan knows of the words of its records, read once: the lexicon, the places and the theme model. */
import { join } from 'node:path';
import { loadTerminology, type Terminology } from '../vocabulary/terminology.ts';
import { loadThemeModel, type ThemeModel } from './theme-model.ts';

export interface Knowledge {
  /** What was derived with another version is derived anew. */
  readonly version: string;
  readonly terminology: Terminology;
  readonly themeModel: ThemeModel;
}

/** Counts up when the same files lead to other facts: rules of this folder. */
const rulesVersion = 3;

/** `vocabFolder`: the package's `vocab/`. A `VocabularyError` names file and line of what is wrong. */
export async function loadKnowledge(vocabFolder: string): Promise<Knowledge> {
  const [terminology, themeModel] = await Promise.all([
    loadTerminology(vocabFolder),
    loadThemeModel(join(vocabFolder, 'themes')),
  ]);
  const version = `${rulesVersion}-${terminology.version}-${themeModel.version}`;
  return { version, terminology, themeModel };
}
