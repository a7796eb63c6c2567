/** The catalogues of the relevance set: which of its source ids is which capture and which source of ours. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RelevanceSource {
  /** As in the judgements. */
  readonly id: string;
  /** Of Sampan; for a list that no portal gives, an id of the bench. */
  readonly sourceId: string;
  /** ISO 3166-1 alpha-2; absent where each record names its own. */
  readonly country?: string;
  /** BCP 47, of the records' own text. */
  readonly language: string;
  /** Name of the reader in `captured-records.ts`. */
  readonly reader: string;
  /** File or folder below the captures' `data`. */
  readonly file: string;
}

const path = join(dirname(fileURLToPath(import.meta.url)), 'sources.json');

export function relevanceSources(): readonly RelevanceSource[] {
  return JSON.parse(readFileSync(path, 'utf8')) as RelevanceSource[];
}

/** Throws when one of the ids is not of the relevance set: a judgement that nothing can match would only lower the score. */
export function checkSourceIds(ids: Iterable<string>, sources: readonly RelevanceSource[]): void {
  const known = new Set(sources.map(({ id }) => id));
  for (const id of ids) {
    if (!known.has(id))
      throw new Error(`bench relevance: found the source "${id}", expected one of ${[...known].join(', ')}`);
  }
}
