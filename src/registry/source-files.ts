/**
 * The files of a folder of sources: `<id>.yaml` in it (written by hand), and in one folder a country, `<cc>/<id>.yaml`
 * (in the package: generated). The only file here that reads the disk.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SourceFileError } from './source-file-error.ts';

export interface SourceFile {
  /** `<id>.yaml`. */
  readonly name: string;
  /** Below the folder: `<id>.yaml` or `<cc>/<id>.yaml`. */
  readonly path: string;
  readonly yaml: string;
  /** Text of another file in the same folder; undefined when there is none. */
  readonly readBeside: (name: string) => string | undefined;
}

/**
 * All files, sorted by path. Throws `SourceFileError` for an unreadable folder and for names that cannot be ids. Reads
 * synchronously: six hundred files of half a kilobyte take 20 ms so, 60 to 200 through the thread pool.
 */
export function readSourceFiles(folder: string): readonly SourceFile[] {
  return sourcePaths(folder).map((path) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    yaml: readFileSync(join(folder, path), 'utf8'),
    readBeside: (name) => {
      const beside = join(folder, dirname(path), name);
      return existsSync(beside) ? readFileSync(beside, 'utf8') : undefined;
    },
  }));
}

function sourcePaths(folder: string): readonly string[] {
  const entries = listFolder(folder);
  const countries = entries.filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name));
  const paths = yamlNames(folder, entries);
  for (const { name: country } of countries) {
    const inside = join(folder, country);
    paths.push(...yamlNames(inside, listFolder(inside)).map((name) => `${country}/${name}`));
  }
  return paths.sort();
}

type FolderEntries = ReturnType<typeof listFolder>;

/** On some disks `A.yaml` and `a.yaml` are one file, so only one spelling is accepted. */
function yamlNames(folder: string, entries: FolderEntries): string[] {
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const odd = names.find((name) => /\.ya?ml$/i.test(name) && !/^[a-z0-9-]+\.yaml$/.test(name));
  if (odd !== undefined) {
    throw new SourceFileError(
      `${folder}: found ${odd}; expected names of lower-case letters, digits and dashes in .yaml`,
    );
  }
  return names.filter((name) => name.endsWith('.yaml'));
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new SourceFileError(`${folder}: found no readable folder; expected a folder of source files`, { cause });
  }
}
