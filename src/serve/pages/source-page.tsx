/** One portal: what it is, its figures, its harvests, and what is wrong in its records. */
import type { VNode } from 'preact';
import type { HarvestRun } from '../../model/harvest-run.ts';
import { needsAttention, sourceHealth } from '../../model/source-health.ts';
import type { LinkFigures } from '../../store/link-store.ts';
import { searchAddress, sourceAddress } from '../addresses.ts';
import type { ListedSource } from '../listed-sources.ts';
import type { PageContext } from '../page-context.ts';
import { HealthBadge } from './health-badge.tsx';
import { LinkCounts } from './link-state.tsx';
import { PageFrame } from './page-frame.tsx';
import { PortalLink, PortalText } from './portal-text.tsx';
import { RunScope } from './run-scope.tsx';
import { RunState } from './sources-page.tsx';

interface SourcePageProps {
  readonly page: PageContext;
  readonly listed: ListedSource;
  /** Newest first. */
  readonly runs: readonly HarvestRun[];
}

interface SourcePageWithLinks extends SourcePageProps {
  readonly links: LinkFigures;
}

export function SourcePage({ page, listed, runs, links }: SourcePageWithLinks): VNode {
  const { texts, names, lang } = page;
  const name = names.source(listed.id);
  const health = sourceHealth(runs);
  return (
    <PageFrame page={page} title={name.text} canonicalPath={sourceAddress(lang, listed.id)} current="sources">
      <div class="narrow">
        <h1>
          <PortalText text={name} />
        </h1>
        <OtherNames listed={listed} shown={name.text} />
        <p class="hit-by">
          <HealthBadge page={page} health={health} />
          <span>
            <RunState page={page} run={runs[0]} />
          </span>
        </p>
        {needsAttention(health.state) && <p>{texts.status.advice[health.state].meaning}</p>}
        <SourceFacts page={page} listed={listed} runs={runs} />
        <p>
          <a class="button" href={searchAddress(lang, { filters: { source: [listed.id] } })}>
            {texts.sourceBrowse}
          </a>
        </p>
        <Runs page={page} runs={runs} />
        <LinkCounts page={page} figures={links} />
        <ProblemCounts page={page} listed={listed} />
        <Rejections page={page} run={runs[0]} />
      </div>
    </PageFrame>
  );
}

function OtherNames({ listed, shown }: { listed: ListedSource; shown: string }): VNode | null {
  const others = Object.entries(listed.source?.name ?? {}).filter(([, text]) => text !== shown);
  if (others.length === 0) return null;
  return (
    <ul class="other-titles">
      {others.map(([lang, text]) => (
        <li key={lang}>
          <PortalText text={{ text, lang }} />
        </li>
      ))}
    </ul>
  );
}

function SourceFacts({ page, listed, runs }: SourcePageProps): VNode {
  const { texts, names } = page;
  const crawlDelayMs = runs.find(({ pace }) => pace?.crawlDelayMs !== undefined)?.pace?.crawlDelayMs;
  const { source, summary } = listed;
  return (
    <dl class="pairs">
      <dt>{texts.sourceDatasets}</dt>
      <dd>{names.number(summary?.datasets ?? 0)}</dd>
      <dt>{texts.sourceDistributions}</dt>
      <dd>{names.number(summary?.distributions ?? 0)}</dd>
      <dt>{texts.sourceTombstones}</dt>
      <dd>{names.number(summary?.tombstones ?? 0)}</dd>
      {source !== undefined && (
        <>
          <dt>{texts.sourceCountry}</dt>
          <dd>{names.country(source.country)}</dd>
          <dt>{texts.sourceLanguages}</dt>
          <dd>{source.languages.map(names.language).join(', ')}</dd>
          <dt>{texts.sourceProtocol}</dt>
          <dd>{source.protocol}</dd>
        </>
      )}
      {crawlDelayMs !== undefined && (
        <>
          <dt>{texts.sourceCrawlDelay}</dt>
          <dd>{texts.crawlDelay(crawlDelayMs / 1000)}</dd>
        </>
      )}
      {source?.homepage !== undefined && (
        <>
          <dt>{texts.sourceHomepage}</dt>
          <dd>
            <PortalLink address={source.homepage} />
          </dd>
        </>
      )}
      <dt>{texts.sourceId}</dt>
      <dd>
        <code>{listed.id}</code>
      </dd>
      {source !== undefined && source.quirks.length > 0 && (
        <>
          <dt>{texts.sourceQuirks}</dt>
          <dd>
            {source.quirks.map((quirk) => (
              <p key={quirk}>{quirk}</p>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function Runs({ page, runs }: { page: PageContext; runs: readonly HarvestRun[] }): VNode | null {
  const { texts } = page;
  if (runs.length === 0) return null;
  const columns = [
    texts.runStarted,
    texts.runResult,
    texts.runSeen,
    texts.runAdded,
    texts.runUpdated,
    texts.runUnchanged,
    texts.runRejected,
    texts.runDeleted,
  ];
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">{texts.runs}</h2>
      <table class="stacked">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} page={page} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RunRow({ page, run }: { page: PageContext; run: HarvestRun }): VNode {
  const { texts, names } = page;
  const { counts } = run;
  const figures = [
    [texts.runSeen, counts.seen],
    [texts.runAdded, counts.added],
    [texts.runUpdated, counts.updated],
    [texts.runUnchanged, counts.unchanged],
    [texts.runRejected, counts.rejected],
    [texts.runDeleted, counts.deleted],
  ] as const;
  return (
    <tr>
      <td data-label={texts.runStarted}>
        <time dateTime={run.startedAt}>{names.instant(run.startedAt)}</time>
      </td>
      <td data-label={texts.runResult}>
        <span class={`badge run-${run.state}`}>{texts.runState[run.state]}</span>
        <RunScope page={page} run={run} />
        {run.why !== undefined && <p class="quiet">{run.why}</p>}
        {run.tlsProfile === 'legacy' && <p class="quiet">{texts.status.legacyTls}</p>}
        {counts.heldDeletions > 0 && <p class="quiet">{texts.runHeld(names.number(counts.heldDeletions))}</p>}
      </td>
      {figures.map(([name, count]) => (
        <td key={name} data-label={name} class="number">
          {names.number(count)}
        </td>
      ))}
    </tr>
  );
}

function ProblemCounts({ page, listed }: Omit<SourcePageProps, 'runs'>): VNode | null {
  const { texts, names } = page;
  const problems = Object.entries(listed.summary?.problems ?? {}).sort((a, b) => b[1] - a[1]);
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{texts.problemCounts}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.problemName}</th>
            <th scope="col">{texts.problemDatasets}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(([slug, count]) => (
            <tr key={slug}>
              <td>
                <code>{slug}</code>
              </td>
              <td class="number">{names.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rejections({ page, run }: { page: PageContext; run: HarvestRun | undefined }): VNode | null {
  if (run === undefined || run.rejections.length === 0) return null;
  return (
    <section aria-labelledby="rejections">
      <h2 id="rejections">{page.texts.rejections}</h2>
      <ul class="problems">
        {run.rejections.map(({ nativeId, problem }, at) => (
          <li key={`${at}`} class="problem problem-error">
            <p>
              <code>{problem.slug}</code> {nativeId !== undefined && <code dir="auto">{nativeId}</code>}
            </p>
            <p dir="auto">{problem.message}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
