/** The governments of first-level divisions with the names they publish under, from `vocab/governments.json`. */
import { join } from 'node:path';
import { readVocabularyFile } from './load-vocabulary.ts';
import { governmentsFile, parseVocabularyFile } from './vocabulary-files.ts';

export interface Government {
  /** ISO 3166-2 code of the division it governs. */
  readonly subdivision: string;
  /** The first is its full name in the language of the country; the others are names of the same body. */
  readonly names: readonly string[];
  /** Names of the division that begin the names of its offices (臺北市 in 臺北市市場處). */
  readonly places: readonly string[];
}

/** A `VocabularyError` of one sentence when the file is not what is expected. */
export async function loadGovernments(folder: string): Promise<readonly Government[]> {
  const text = await readVocabularyFile(join(folder, 'governments.json'));
  return parseVocabularyFile(text, 'vocab/governments.json', governmentsFile).governments;
}
