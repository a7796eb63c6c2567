/** The portals: how much of each is here and how its last harvest went. */
import type { VNode } from 'preact';
import type { HarvestRun } from '../../model/harvest-run.ts';
import { sourceHealth } from '../../model/source-health.ts';
import { sourceAddress, sourcesAddress } from '../addresses.ts';
import type { ListedSource } from '../listed-sources.ts';
import type { PageContext } from '../page-context.ts';
import { HealthBadge } from './health-badge.tsx';
import { PageFrame } from './page-frame.tsx';
import { PortalText } from './portal-text.tsx';

export function SourcesPage({ page, sources }: { page: PageContext; sources: readonly ListedSource[] }): VNode {
  const { texts, lang } = page;
  const harvested = sources.filter((source) => source.summary !== undefined);
  const known = sources.filter((source) => source.summary === undefined);
  return (
    <PageFrame page={page} title={texts.sourcesTitle} canonicalPath={sourcesAddress(lang)} current="sources">
      <div class="narrow">
        <h1>{texts.sourcesTitle}</h1>
        <p class="lead">{texts.sourcesLead}</p>
        {harvested.length === 0 ? (
          <p>{texts.sourcesNone}</p>
        ) : (
          <ul class="sources">
            {harvested.map((source) => (
              <SourceItem key={source.id} page={page} source={source} />
            ))}
          </ul>
        )}
        {known.length > 0 && <KnownSources page={page} sources={known} />}
      </div>
    </PageFrame>
  );
}

/** Portals that the registry describes and nobody has harvested here: folded away, by country. */
function KnownSources({ page, sources }: { page: PageContext; sources: readonly ListedSource[] }): VNode {
  const { texts, names, lang } = page;
  const countries = [...new Set(sources.map((source) => source.country ?? ''))].sort();
  return (
    <details class="known-sources">
      <summary>{texts.sourcesKnown(names.number(sources.length))}</summary>
      {countries.map((country) => {
        const ofCountry = sources.filter((source) => (source.country ?? '') === country);
        return (
          <section key={country}>
            <h2>
              {names.country(country)} <span class="quiet">{names.number(ofCountry.length)}</span>
            </h2>
            <ul>
              {ofCountry.map((source) => (
                <li key={source.id}>
                  <a href={sourceAddress(lang, source.id)}>
                    <PortalText text={names.source(source.id)} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </details>
  );
}

function SourceItem({ page, source }: { page: PageContext; source: ListedSource }): VNode {
  const { texts, names, lang } = page;
  const { summary } = source;
  const problems = Object.entries(summary?.problems ?? {}).sort((a, b) => b[1] - a[1]);
  return (
    <li>
      <h2>
        <a href={sourceAddress(lang, source.id)}>
          <PortalText text={names.source(source.id)} />
        </a>
      </h2>
      <p class="hit-by">
        {source.country !== undefined && <span>{names.country(source.country)}</span>}
        <span>
          <strong>{names.number(summary?.datasets ?? 0)}</strong> {texts.datasets}
        </span>
        <span>
          <strong>{names.number(summary?.distributions ?? 0)}</strong> {texts.distributions}
        </span>
      </p>
      <p>
        <HealthBadge page={page} health={sourceHealth(summary?.recentRuns ?? [])} />
      </p>
      <p>
        <RunState page={page} run={summary?.lastRun} />{' '}
        {summary?.lastGoodRun !== undefined && summary.lastGoodRun.id !== summary.lastRun?.id && (
          <span class="quiet">
            {texts.lastGoodRun}: <RunInstant page={page} run={summary.lastGoodRun} />
          </span>
        )}
      </p>
      {problems.length > 0 && (
        <ul class="slugs" aria-label={texts.problemCounts}>
          {problems.slice(0, 5).map(([slug, count]) => (
            <li key={slug}>
              <code>{slug}</code> <span class="quiet">{names.number(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function RunState({ page, run }: { page: PageContext; run: HarvestRun | undefined }): VNode {
  const { texts } = page;
  if (run === undefined) {
    return <span class="quiet">{`${texts.lastRun}: ${texts.never}`}</span>;
  }
  return (
    <>
      <span class={`badge run-${run.state}`}>{texts.runState[run.state]}</span>{' '}
      <span class="quiet">
        <RunInstant page={page} run={run} />
      </span>
    </>
  );
}

function RunInstant({ page, run }: { page: PageContext; run: HarvestRun }): VNode {
  const instant = run.endedAt ?? run.startedAt;
  return <time dateTime={instant}>{page.names.instant(instant)}</time>;
}
