/** Runs with the real door, adapters, mapping and vocabulary, from the simulator into a real store. */
import { join } from 'node:path';
import { adapters } from '../../src/harvest/adapters.ts';
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import type { Source } from '../../src/model/source.ts';
import { mappingVersion } from '../../src/normalise/mapping-version.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { RunOptions } from '../../src/pipeline/run-options.ts';
import { loadSources } from '../../src/registry/load-sources.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { testPace } from '../support/test-source.ts';

const root = join(import.meta.dirname, '..', '..');

export async function realVocabulary(): Promise<Vocabulary> {
  return loadVocabulary(join(root, 'vocab'));
}

/** The source as its file describes it, but at another address and in a hurry. */
export async function realSource(id: string, endpoint: string, options: Source['options'] = {}): Promise<Source> {
  const source = (await loadSources(join(root, 'sources'))).find((each) => each.id === id);
  if (source === undefined) throw new Error(`sources/${id}.yaml: not found`);
  return { ...source, endpoint, pace: testPace, options: { ...source.options, ...options } };
}

export interface RealRun {
  readonly source: Source;
  readonly store: CatalogueStore;
  readonly http: HttpDoor;
  readonly vocabulary: Vocabulary;
}

export function realRunOptions({ source, store, http, vocabulary }: RealRun): RunOptions {
  return {
    source,
    harvest: adapters[source.protocol],
    effects: { now: () => new Date(), http, log: () => undefined },
    store,
    vocabulary,
    normalise,
    mappingVersion: `${mappingVersion}/${vocabulary.version}`,
    signal: new AbortController().signal,
  };
}
