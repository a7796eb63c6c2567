/** The portals to show: those of the registry, and any other that has records here, the fullest first. */
import type { Source } from '../model/source.ts';
import type { SourceSummary } from '../store/catalogue-reader.ts';

export interface ListedSource {
  readonly id: string;
  /** Absent when the registry no longer knows the source. */
  readonly source?: Source;
  readonly country?: string;
  /** Absent when it was never harvested. */
  readonly summary?: SourceSummary;
}

export function listedSources(
  sources: readonly Source[],
  summaries: ReadonlyMap<string, SourceSummary>,
): readonly ListedSource[] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  return [...new Set([...byId.keys(), ...summaries.keys()])]
    .map((id): ListedSource => {
      const source = byId.get(id);
      const summary = summaries.get(id);
      return {
        id,
        ...(source === undefined ? {} : { source, country: source.country }),
        ...(summary === undefined ? {} : { summary }),
      };
    })
    .sort((a, b) => (b.summary?.datasets ?? 0) - (a.summary?.datasets ?? 0) || (a.id < b.id ? -1 : 1));
}
