/** Small index documents for the tests of the search. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexVersions } from '../../src/search/manifest.ts';
import type { IndexDocument, SearchRequest } from '../../src/search/search-contract.ts';

export const versions: IndexVersions = { analysis: 'test-1', icu: process.versions['icu'] ?? '', knowledge: 'test' };

export interface DocumentSketch {
  readonly id: string;
  readonly title: string;
  readonly keywords?: readonly string[];
  readonly publisher?: string;
  readonly description?: string;
  readonly identifiers?: readonly string[];
  readonly country?: string;
  readonly theme?: string;
  readonly formats?: readonly string[];
  readonly openness?: string;
  readonly language?: string;
  readonly sourceId?: string;
  readonly modified?: string;
}

export function documentOf(sketch: DocumentSketch): IndexDocument {
  const { id, title, keywords = [], publisher = 'Office', description = '', identifiers = [] } = sketch;
  const { country = 'TW', theme = 'transport', formats = ['CSV'], openness = 'open', language = 'en' } = sketch;
  const { sourceId = 'tw-test' } = sketch;
  const modified = sketch.modified === undefined ? {} : { modified: sketch.modified };
  return {
    id,
    titles: [title],
    keywords,
    publisher: [publisher],
    descriptions: [description],
    terms: [],
    identifiers,
    facets: {
      country: [country],
      theme: [theme],
      format: formats,
      licence: [openness],
      publisher: [publisher],
      language: [language],
    },
    sourceId,
    ...modified,
    stored: {
      title,
      titleLang: language,
      description,
      publisher,
      country,
      sourceId,
      theme,
      licenceId: 'unknown',
      openness,
      formats,
      distributions: formats.length,
      terms: [],
      ...modified,
    },
  };
}

export function requestOf(text: string, rest: Partial<SearchRequest> = {}): SearchRequest {
  return { text, filters: {}, sort: 'relevance', offset: 0, limit: 20, facetLimit: 10, ...rest };
}

/** A folder of its own for `work`, gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sampan-search-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
