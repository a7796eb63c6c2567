/**
 * The home folder (`SAMPAN_HOME`) opened for a command: the store to read or to write, the index, and what the package
 * brings along (sources, vocabulary).
 */
import { join } from 'node:path';
import { type Knowledge, loadKnowledge } from '../enrich/knowledge.ts';
import type { Source } from '../model/source.ts';
import { mappingVersion } from '../normalise/mapping-version.ts';
import { loadSources } from '../registry/load-sources.ts';
import type { IndexVersions } from '../search/manifest.ts';
import { openSearchIndex } from '../search/open-search-index.ts';
import type { SearchIndex } from '../search/search-contract.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import { processOwner } from '../store/lease-owner.ts';
import { openCatalogueReader, openCatalogueStore } from '../store/open-catalogue-store.ts';
import { analysisVersion } from '../text/analyse.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { CliContext } from './cli-context.ts';

export interface ReadHome {
  readonly catalogue: CatalogueReader;
  readonly indexFolder: string;
  /** What records and queries are understood with; read when first asked for. */
  knowledge(): Promise<Knowledge>;
  versions(): Promise<IndexVersions>;
  openIndex(options: {
    readonly workers: number;
    readonly pollMs?: number;
    readonly log?: (line: string) => void;
  }): Promise<SearchIndex>;
  close(): Promise<void>;
}

export interface WriteHome extends ReadHome {
  readonly catalogue: CatalogueStore;
}

/** Which home: the operator's unless another folder is named (the demo's). */
export async function openReadHome(context: CliContext, folder = context.settings().home): Promise<ReadHome> {
  const catalogue = await openCatalogueReader(folder);
  return { catalogue, ...indexOf(context, folder), close: () => catalogue.close() };
}

/** Makes the home when there is none, migrates an older store after copying it aside. */
export async function openWriteHome(context: CliContext, folder = context.settings().home): Promise<WriteHome> {
  const catalogue = await openCatalogueStore({ home: folder, owner: processOwner() });
  return { catalogue, ...indexOf(context, folder), close: () => catalogue.close() };
}

function indexOf(
  context: CliContext,
  folder: string,
): Pick<ReadHome, 'indexFolder' | 'knowledge' | 'versions' | 'openIndex'> {
  const indexFolder = join(folder, 'index');
  const icu = process.versions['icu'] ?? 'none';
  let read: Promise<Knowledge> | undefined;
  const knowledge = (): Promise<Knowledge> => {
    read ??= loadKnowledge(vocabFolder(context));
    return read;
  };
  const versions = async (): Promise<IndexVersions> => {
    return { analysis: analysisVersion(icu), icu, knowledge: (await knowledge()).version };
  };
  return {
    indexFolder,
    knowledge,
    versions,
    async openIndex({ workers, pollMs = 0, log }) {
      const { terminology } = await knowledge();
      const options = { folder: indexFolder, versions: await versions(), workers, pollMs, terminology };
      return openSearchIndex({ ...options, ...(log && { log }) });
    },
  };
}

/** The folder of the built-in sources. */
export function builtInSources(context: CliContext): string {
  return join(context.packageRoot, 'sources');
}

/** Built-in sources and the operator's own, which take the place of built-in ones with the same id. */
export async function readSources(context: CliContext): Promise<readonly Source[]> {
  const builtIn = await loadSources(builtInSources(context));
  const { sourcesFolder } = context.settings();
  const own = sourcesFolder === undefined ? [] : await loadSources(sourcesFolder);
  const byId = new Map([...builtIn, ...own].map((source) => [source.id, source]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function readVocabulary(context: CliContext): Promise<Vocabulary> {
  return loadVocabulary(vocabFolder(context));
}

export function vocabFolder(context: CliContext): string {
  return join(context.packageRoot, 'vocab');
}

/** What decides how a record becomes a dataset: the code's version and the tables'. */
export function mappingVersionWith(vocabulary: Vocabulary): string {
  return `${mappingVersion}-${vocabulary.version}`;
}
