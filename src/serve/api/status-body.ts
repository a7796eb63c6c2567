/** The portals and their state as `/api/v1/status` answers them. */
import { healthAdvice, runHealth } from '../../model/source-health.ts';
import type { SourceSummary } from '../../store/catalogue-reader.ts';
import { datasetApiAddress, rawAddress, sourceAddress } from '../addresses.ts';
import type { RejectedExample } from '../rejected-records.ts';
import type { SourceStatus, StatusList } from '../source-status.ts';
import { runBody } from './sources-body.ts';
import type { StatusAnswerBody } from './status-schema.ts';

type StatusBody = StatusAnswerBody['sources'][number];

export function statusBody(
  baseUrl: string,
  { counts, sources }: StatusList,
  rejected: ReadonlyMap<string, readonly RejectedExample[]>,
): StatusAnswerBody {
  return {
    counts: { ...counts },
    sources: sources.map((status) => sourceBody(baseUrl, status, rejected.get(status.id) ?? [])),
  };
}

function sourceBody(
  baseUrl: string,
  { id, source, country, summary, health }: SourceStatus,
  rejected: readonly RejectedExample[],
): StatusBody {
  return {
    id,
    name: { ...source?.name },
    country,
    homepage: source?.homepage,
    page: `${baseUrl}${sourceAddress('en', id)}`,
    state: health.state,
    ...healthAdvice[health.state],
    since: health.since,
    datasets: summary?.datasets ?? 0,
    lastRun: runBody(summary?.lastRun),
    lastGoodRun: runBody(summary?.lastGoodRun),
    trend: (summary?.recentRuns ?? []).toReversed().map((run) => ({
      run: run.id,
      startedAt: run.startedAt,
      mode: run.mode,
      state: runHealth(run),
      seen: run.counts.seen,
    })),
    problems: summary === undefined ? [] : problemsOf(baseUrl, summary),
    rejected: rejected.map(({ datasetId, ...rest }) => ({
      ...rest,
      raw: datasetId === undefined ? undefined : `${baseUrl}${rawAddress(datasetId)}`,
    })),
  };
}

function problemsOf(baseUrl: string, { problems, problemExamples }: SourceSummary): StatusBody['problems'] {
  return Object.entries(problems)
    .sort((a, b) => b[1] - a[1])
    .map(([slug, datasets]) => ({ slug, datasets, example: exampleOf(baseUrl, problemExamples[slug]) }));
}

function exampleOf(baseUrl: string, id: string | undefined): StatusBody['problems'][number]['example'] {
  if (id === undefined) return undefined;
  return { id, dataset: `${baseUrl}${datasetApiAddress(id)}`, raw: `${baseUrl}${rawAddress(id)}` };
}
