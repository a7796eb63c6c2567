/** One portal on the status page. */
import type { VNode } from 'preact';
import type { HarvestRun } from '../../model/harvest-run.ts';
import { needsAttention } from '../../model/source-health.ts';
import { permanentAddress, rawAddress, sourceAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import type { RejectedExample } from '../rejected-records.ts';
import type { SourceStatus } from '../source-status.ts';
import { HealthBadge } from './health-badge.tsx';
import { PortalLink, PortalText } from './portal-text.tsx';
import { RunScope } from './run-scope.tsx';
import { RunTrend } from './run-trend.tsx';

interface StatusItemProps {
  readonly page: PageContext;
  readonly status: SourceStatus;
  readonly rejected: readonly RejectedExample[];
}

/** Problems shown of one portal, the most frequent first; all of them are on its own page. */
const problemsShown = 5;

export function StatusItem({ page, status, rejected }: StatusItemProps): VNode {
  const { names, lang } = page;
  const { id, country, source, summary } = status;
  return (
    <li class={needsAttention(status.health.state) ? 'attention' : undefined}>
      <h2>
        <a href={sourceAddress(lang, id)}>
          <PortalText text={names.source(id)} />
        </a>
      </h2>
      <p class="hit-by">
        <HealthBadge page={page} health={status.health} />
        {country !== undefined && <span>{names.country(country)}</span>}
        {source?.homepage !== undefined && (
          <span>
            <PortalLink address={source.homepage}>{page.texts.status.portal}</PortalLink>
          </span>
        )}
      </p>
      <Advice page={page} status={status} />
      <StatusFacts page={page} status={status} />
      {summary !== undefined && <RunTrend page={page} runs={summary.recentRuns} />}
      <ProblemExamples page={page} status={status} />
      <RejectedList page={page} rejected={rejected} />
    </li>
  );
}

function Advice({ page, status: { health } }: Omit<StatusItemProps, 'rejected'>): VNode | null {
  const { status } = page.texts;
  const { meaning, action } = status.advice[health.state];
  if (!needsAttention(health.state)) return null;
  return (
    <>
      <p>{meaning}</p>
      {health.run?.why !== undefined && (
        <p class="quiet" dir="auto">
          {health.run.why}
        </p>
      )}
      <p>
        <strong>{status.whatToDo}:</strong> {action}
      </p>
    </>
  );
}

function StatusFacts({ page, status: { summary } }: Omit<StatusItemProps, 'rejected'>): VNode | null {
  const { texts, names } = page;
  const { status } = texts;
  if (summary === undefined) return null;
  const { lastRun, lastGoodRun } = summary;
  return (
    <dl class="pairs">
      <dt>{status.lastGoodRun}</dt>
      <dd>{lastGoodRun === undefined ? status.never : <RunTime page={page} run={lastGoodRun} />}</dd>
      <dt>{status.lastRun}</dt>
      <dd>
        {lastRun === undefined ? status.never : <RunTime page={page} run={lastRun} />}
        {lastRun?.state === 'running' && ` (${status.stillRunning})`}
        {lastRun !== undefined && <RunScope page={page} run={lastRun} />}
      </dd>
      <dt>{status.records}</dt>
      <dd>{texts.resultCount(names.number(summary.datasets), summary.datasets === 1)}</dd>
      {lastRun !== undefined && (
        <>
          <dt>{status.lastCounts}</dt>
          <dd>{countsOf(page, lastRun)}</dd>
        </>
      )}
      {lastRun?.tlsProfile === 'legacy' && (
        <>
          <dt>TLS</dt>
          <dd>{status.legacyTls}</dd>
        </>
      )}
    </dl>
  );
}

function countsOf({ texts, names }: PageContext, { counts }: HarvestRun): string {
  const { seen, added, updated, unchanged, rejected } = counts;
  const [a = '', b = '', c = '', d = '', e = ''] = [seen, added, updated, unchanged, rejected].map(names.number);
  return texts.status.counts(a, b, c, d, e);
}

function RunTime({ page, run }: { page: PageContext; run: HarvestRun }): VNode {
  const instant = run.endedAt ?? run.startedAt;
  return <time dateTime={instant}>{page.names.instant(instant)}</time>;
}

function ProblemExamples({ page, status: { summary } }: Omit<StatusItemProps, 'rejected'>): VNode | null {
  const { texts, names } = page;
  const problems = Object.entries(summary?.problems ?? {}).sort((a, b) => b[1] - a[1]);
  if (problems.length === 0) return null;
  return (
    <>
      <h3>{texts.status.problems}</h3>
      <ul class="problem-examples">
        {problems.slice(0, problemsShown).map(([slug, count]) => (
          <li key={slug}>
            <code>{slug}</code> <span class="quiet">{texts.status.problemCount(names.number(count), count === 1)}</span>{' '}
            <ExampleLinks page={page} slug={slug} datasetId={summary?.problemExamples[slug]} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ExampleLinks(props: { page: PageContext; slug: string; datasetId: string | undefined }): VNode | null {
  const { page, slug, datasetId } = props;
  const { status } = page.texts;
  if (datasetId === undefined) return null;
  return (
    <>
      <a href={permanentAddress(datasetId)} aria-label={`${slug}: ${status.problemExample}`}>
        {status.problemExample}
      </a>{' '}
      ·{' '}
      <a href={rawAddress(datasetId)} aria-label={`${slug}: ${status.problemRaw}`}>
        {status.problemRaw}
      </a>
    </>
  );
}

function RejectedList({ page, rejected }: { page: PageContext; rejected: readonly RejectedExample[] }): VNode | null {
  const { status } = page.texts;
  if (rejected.length === 0) return null;
  return (
    <>
      <h3>{status.rejected}</h3>
      <ul class="problem-examples">
        {rejected.map(({ nativeId, problem, datasetId }) => (
          <li key={problem.slug}>
            <code>{problem.slug}</code>{' '}
            {nativeId !== undefined && (
              <code class="quiet" dir="auto">
                {nativeId}
              </code>
            )}{' '}
            {datasetId !== undefined && <a href={rawAddress(datasetId)}>{status.problemRaw}</a>}
            <p class="quiet" dir="auto">
              {problem.message}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
