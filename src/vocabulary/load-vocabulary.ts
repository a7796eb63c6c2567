/** Reads `vocab/` from disk into the tables that the pure stages take. The only file here that does I/O. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../kit/hash.ts';
import { formatTable } from './format-table.ts';
import { frequencyTable } from './frequency-table.ts';
import { licenceTable } from './licence-table.ts';
import type { Vocabulary } from './vocabulary.ts';
import { VocabularyError } from './vocabulary-error.ts';
import { formatsFile, frequenciesFile, licencesFile, parseVocabularyFile } from './vocabulary-files.ts';

/** Hexadecimal digits of the tables' hash that name their version. */
const versionLength = 12;

/** The tables of the folder; a `VocabularyError` of one sentence when a file is missing or malformed. */
export async function loadVocabulary(folder: string): Promise<Vocabulary> {
  const read = (name: string) => readVocabularyFile(join(folder, name));
  const [licences, formats, frequencies] = await Promise.all([
    read('licences.json'),
    read('formats.json'),
    read('frequencies.json'),
  ]);
  return {
    version: sha256Hex(`${licences}\0${formats}\0${frequencies}`).slice(0, versionLength),
    licence: licenceTable(parseVocabularyFile(licences, 'vocab/licences.json', licencesFile), 'vocab/licences.json'),
    formats: formatTable(parseVocabularyFile(formats, 'vocab/formats.json', formatsFile), 'vocab/formats.json'),
    frequency: frequencyTable(
      parseVocabularyFile(frequencies, 'vocab/frequencies.json', frequenciesFile),
      'vocab/frequencies.json',
    ),
  };
}

export async function readVocabularyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new VocabularyError(`${path}: found no readable file; expected a table of Sampan's vocab folder`, { cause });
  }
}

/** Names of the YAML files of a folder of labels, in order. */
export async function labelFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (cause) {
    throw new VocabularyError(`${folder}: found no readable folder; expected one of Sampan's vocab folder`, { cause });
  }
}
