/** Reads a folder of source files. The only file here that does I/O. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '../model/source.ts';
import { SourceFileError } from './source-file-error.ts';
import { sourceFromYaml } from './source-from-yaml.ts';

/** All sources of the folder's `*.yaml`, by id; the first mistake in any of them is a thrown `SourceFileError`. */
export async function loadSources(folder: string): Promise<readonly Source[]> {
  const names = (await yamlFiles(folder)).sort();
  const sources: Source[] = [];
  for (const name of names) sources.push(sourceFromYaml(await readFile(join(folder, name), 'utf8'), name));
  return sources;
}

/** Ids are file names, so an id can only be doubled by two spellings of one name (`a.yaml`, `A.yaml`, `a.yml`). */
async function yamlFiles(folder: string): Promise<string[]> {
  const names = await listFolder(folder);
  const odd = names.find((name) => /\.ya?ml$/i.test(name) && !/^[a-z0-9-]+\.yaml$/.test(name));
  if (odd !== undefined) {
    throw new SourceFileError(
      `${folder}: found ${odd}; expected names of lower-case letters, digits and dashes in .yaml`,
    );
  }
  return names.filter((name) => name.endsWith('.yaml'));
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new SourceFileError(`${folder}: found no readable folder; expected a folder of source files`, { cause });
  }
}
