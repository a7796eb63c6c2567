/** A folder of source files → its sources, or everything that is wrong with it. */
import type { Source } from '../model/source.ts';
import { SourceFileError } from './source-file-error.ts';
import { readSourceFiles, type SourceFile } from './source-files.ts';
import { sourceFromYaml } from './source-from-yaml.ts';

export interface CheckedSources {
  /** Sorted by id; those of files with a mistake are missing. */
  readonly sources: readonly Source[];
  readonly errors: readonly SourceFileError[];
}

/** All sources of the folder, by id; the first mistake in any of its files is a thrown `SourceFileError`. */
export async function loadSources(folder: string): Promise<readonly Source[]> {
  const { sources, errors } = await checkSources(folder);
  if (errors[0] !== undefined) throw errors[0];
  return sources;
}

/** As `loadSources`, going on behind a mistake, so that one run tells them all. An unreadable folder still throws. */
export async function checkSources(folder: string): Promise<CheckedSources> {
  const sources = new Map<string, Source>();
  const catalogues = new Map<string, string>();
  const errors: SourceFileError[] = [];
  for (const file of readSourceFiles(folder)) {
    try {
      const source = sourceFromYaml(file.yaml, file.name, file.readBeside);
      checkAmongOthers(file, source, { sources, catalogues });
      sources.set(source.id, source);
      catalogues.set(catalogueOf(source), source.id);
    } catch (mistake) {
      if (!(mistake instanceof SourceFileError)) throw mistake;
      errors.push(mistake);
    }
  }
  return { sources: [...sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), errors };
}

interface Others {
  readonly sources: ReadonlyMap<string, Source>;
  /** What is asked → id of the source that asks it. */
  readonly catalogues: ReadonlyMap<string, string>;
}

function checkAmongOthers({ path }: SourceFile, source: Source, { sources, catalogues }: Others): void {
  const folder = path.includes('/') ? path.slice(0, 2) : undefined;
  if (folder !== undefined && folder !== source.country.toLowerCase()) {
    throw new SourceFileError(
      `sources/${path}: found country: ${source.country}; expected ${folder.toUpperCase()}, as its folder says`,
    );
  }
  if (sources.has(source.id)) {
    throw new SourceFileError(`sources/${path}: found a second file of the id ${source.id}; expected one`);
  }
  const twin = catalogues.get(catalogueOf(source));
  if (twin !== undefined) {
    throw new SourceFileError(
      `sources/${path}: found the catalogue of ${twin} (same protocol, endpoint and options); expected another one`,
    );
  }
}

/** Two sources with the same answer here would harvest every record twice. */
function catalogueOf({ protocol, endpoint, options }: Source): string {
  return JSON.stringify([protocol, endpoint.replace(/\/$/, ''), Object.entries(options).sort()]);
}
