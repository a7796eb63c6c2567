/** How each portal fares: its state, its last harvests, its problems with examples. Those that need somebody come first. */
import type { VNode } from 'preact';
import { healthStates } from '../../model/source-health.ts';
import { failuresFeedPath, sourcesAddress, statusAddress, statusApiAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import type { RejectedExample } from '../rejected-records.ts';
import type { StatusFilter, StatusList } from '../source-status.ts';
import { PageFrame } from './page-frame.tsx';
import { StatusItem } from './status-item.tsx';

export interface StatusPageProps {
  readonly page: PageContext;
  readonly list: StatusList;
  readonly filter: StatusFilter;
  readonly rejected: ReadonlyMap<string, readonly RejectedExample[]>;
}

export function StatusPage({ page, list, filter, rejected }: StatusPageProps): VNode {
  const { texts, lang } = page;
  const { status } = texts;
  return (
    <PageFrame
      page={page}
      title={status.title}
      canonicalPath={statusAddress(lang, {})}
      alternateJson={statusApiAddress(filter)}
      alternateAtom={failuresFeedPath}
      current="status"
    >
      <div class="narrow">
        <h1>{status.title}</h1>
        <p class="lead">{status.lead}</p>
        <StateCounts page={page} list={list} filter={filter} />
        <StatusForm page={page} list={list} filter={filter} />
        {list.sources.length === 0 ? (
          <p>{Object.keys(list.counts).some((state) => state !== 'never') ? status.none : status.noneHarvested}</p>
        ) : (
          <ul class="statuses">
            {list.sources.map((source) => (
              <StatusItem key={source.id} page={page} status={source} rejected={rejected.get(source.id) ?? []} />
            ))}
          </ul>
        )}
        {filter.state === undefined && (list.counts.never ?? 0) > 0 && (
          <p>
            <a href={sourcesAddress(lang)}>{status.neverHarvested(page.names.number(list.counts.never ?? 0))}</a>
          </p>
        )}
        <p class="quiet">
          <a href={failuresFeedPath}>{status.feed}</a> · <a href={statusApiAddress(filter)}>{status.json}</a>
        </p>
      </div>
    </PageFrame>
  );
}

type PartProps = Pick<StatusPageProps, 'page' | 'list' | 'filter'>;

/** Each state with its count, as a filter. */
function StateCounts({ page, list, filter }: PartProps): VNode {
  const { texts, names, lang } = page;
  const states = healthStates.filter((state) => state !== 'never' && list.counts[state] !== undefined);
  return (
    <ul class="state-counts" aria-label={texts.status.summary}>
      {states.map((state) => (
        <li key={state}>
          <a
            class={`badge health-${state}`}
            href={statusAddress(lang, { ...filter, state })}
            {...(filter.state === state ? { 'aria-current': 'true' as const } : {})}
          >
            {texts.status.states[state]} <strong>{names.number(list.counts[state] ?? 0)}</strong>
          </a>
        </li>
      ))}
    </ul>
  );
}

function StatusForm({ page, list, filter }: PartProps): VNode {
  const { texts, names, lang } = page;
  const { status } = texts;
  return (
    <form class="status-form" action={statusAddress(lang, {})} method="get">
      <label>
        {status.filterCountry}
        <select name="country">
          <option value="">{status.filterAll}</option>
          {list.countries.map((code) => (
            <option key={code} value={code} selected={code === filter.country}>
              {names.country(code)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {status.filterState}
        <select name="state">
          <option value="">{status.filterAll}</option>
          {healthStates.map((state) => (
            <option key={state} value={state} selected={state === filter.state}>
              {status.states[state]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{status.filterApply}</button>
    </form>
  );
}
