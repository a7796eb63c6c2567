/** English names of the canonical licences, from `vocab/licences.json`, for people to read. */
import { join } from 'node:path';
import { readVocabularyFile } from './load-vocabulary.ts';
import { licencesFile, parseVocabularyFile } from './vocabulary-files.ts';

/** Label by licence id; a `VocabularyError` of one sentence when the file is missing or malformed. */
export async function loadLicenceLabels(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readVocabularyFile(join(folder, 'licences.json'));
  const { licences } = parseVocabularyFile(text, 'vocab/licences.json', licencesFile);
  return new Map(licences.map(({ id, label }) => [id, label]));
}
