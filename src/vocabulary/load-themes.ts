/** The twelve themes with their names, from `vocab/themes.json`. */
import { join } from 'node:path';
import { type ThemeId, themeIds } from '../model/theme.ts';
import { readVocabularyFile } from './load-vocabulary.ts';
import { VocabularyError } from './vocabulary-error.ts';
import { parseVocabularyFile, themesFile } from './vocabulary-files.ts';

export interface Theme {
  readonly id: ThemeId;
  /** Names by BCP 47 language; `en` and `zh-Hant` now. */
  readonly labels: Readonly<Record<string, string>>;
  /** Addresses in the EU data theme vocabulary. */
  readonly euThemes: readonly string[];
  readonly match: 'exact' | 'close';
}

/** All twelve, in the order of the model; a `VocabularyError` of one sentence when the file is not that. */
export async function loadThemes(folder: string): Promise<readonly Theme[]> {
  const text = await readVocabularyFile(join(folder, 'themes.json'));
  const { themes } = parseVocabularyFile(text, 'vocab/themes.json', themesFile);
  return themeIds.map((id) => {
    const theme = themes.find((each) => each.id === id);
    if (theme === undefined)
      throw new VocabularyError(`vocab/themes.json: found no theme "${id}"; expected all twelve`);
    return theme;
  });
}
