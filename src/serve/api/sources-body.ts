/** The portals as `/api/v1/sources` answers them. */
import type { HarvestRun } from '../../model/harvest-run.ts';
import type { Source } from '../../model/source.ts';
import { sourceHealth } from '../../model/source-health.ts';
import type { SourceSummary } from '../../store/catalogue-reader.ts';
import { type ListedSource, listedSources } from '../listed-sources.ts';
import type { SourcesAnswerBody } from './answer-schemas.ts';

type SourceBody = SourcesAnswerBody['sources'][number];

export function sourcesBody(
  sources: readonly Source[],
  summaries: ReadonlyMap<string, SourceSummary>,
): SourcesAnswerBody {
  return { sources: listedSources(sources, summaries).map(sourceBody) };
}

function sourceBody({ id, source, country, summary }: ListedSource): SourceBody {
  return {
    id,
    name: { ...source?.name },
    country,
    homepage: source?.homepage,
    protocol: source?.protocol,
    languages: [...(source?.languages ?? [])],
    state: sourceHealth(summary?.recentRuns ?? []).state,
    datasets: summary?.datasets ?? 0,
    distributions: summary?.distributions ?? 0,
    tombstones: summary?.tombstones ?? 0,
    problems: { ...summary?.problems },
    lastRun: runBody(summary?.lastRun),
    lastGoodRun: runBody(summary?.lastGoodRun),
  };
}

/** Everything of a run but the id of its source, which stands above it. */
export function runBody(run: HarvestRun | undefined): SourceBody['lastRun'] {
  if (run === undefined) return undefined;
  const { sourceId, ...rest } = run;
  return { ...rest, counts: { ...run.counts }, problems: { ...run.problems }, rejections: [...run.rejections] };
}
