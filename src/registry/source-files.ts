/**
 * The files of a folder of sources: `<id>.yaml` in it (written by hand), and in one folder a country, `<cc>/<id>.yaml`
 * (in the package: generated). The only file here that reads the disk.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceFileError } from './source-file-error.ts';

export interface SourceFile {
  /** `<id>.yaml`. */
  readonly name: string;
  /** Below the folder: `<id>.yaml` or `<cc>/<id>.yaml`. */
  readonly path: string;
  readonly yaml: string;
}

/** Files read at a time: what a disk likes, far below the limit of open files. */
const parallel = 32;

/** All files, sorted by path. Throws `SourceFileError` for an unreadable folder and for names that cannot be ids. */
export async function readSourceFiles(folder: string): Promise<readonly SourceFile[]> {
  const paths = await sourcePaths(folder);
  const files: SourceFile[] = [];
  for (let start = 0; start < paths.length; start += parallel) {
    const some = paths.slice(start, start + parallel);
    files.push(...(await Promise.all(some.map((path) => readSourceFile(folder, path)))));
  }
  return files;
}

async function readSourceFile(folder: string, path: string): Promise<SourceFile> {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, yaml: await readFile(join(folder, path), 'utf8') };
}

async function sourcePaths(folder: string): Promise<readonly string[]> {
  const entries = await listFolder(folder);
  const countries = entries.filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name));
  const paths = yamlNames(folder, entries);
  for (const { name: country } of countries) {
    const inside = join(folder, country);
    paths.push(...yamlNames(inside, await listFolder(inside)).map((name) => `${country}/${name}`));
  }
  return paths.sort();
}

type FolderEntries = Awaited<ReturnType<typeof listFolder>>;

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

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new SourceFileError(`${folder}: found no readable folder; expected a folder of source files`, { cause });
  }
}
