/** The portals with their state, those that need somebody first. Pure; page, API and feed show the same. */
import {
  type HealthState,
  healthStates,
  needsAttention,
  type SourceHealth,
  sourceHealth,
} from '../model/source-health.ts';
import type { ListedSource } from './listed-sources.ts';

export interface SourceStatus extends ListedSource {
  readonly health: SourceHealth;
}

export interface StatusFilter {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** All but `never` when absent. */
  readonly state?: HealthState | undefined;
}

export interface StatusList {
  /** Sources by state, of the country asked for; states without a source are left out. */
  readonly counts: Partial<Readonly<Record<HealthState, number>>>;
  /** Countries of all sources that were ever harvested. */
  readonly countries: readonly string[];
  readonly sources: readonly SourceStatus[];
}

export function statusList(listed: readonly ListedSource[], filter: StatusFilter): StatusList {
  const all = listed.map(statusOf);
  const inCountry = all.filter(({ country }) => filter.country === undefined || country === filter.country);
  const counts: Partial<Record<HealthState, number>> = {};
  for (const { health } of inCountry) counts[health.state] = (counts[health.state] ?? 0) + 1;
  const harvested = all.filter(({ summary }) => summary !== undefined);
  return {
    counts,
    countries: [...new Set(harvested.flatMap(({ country }) => (country === undefined ? [] : [country])))].sort(),
    sources: inCountry
      .filter(({ health }) => (filter.state === undefined ? health.state !== 'never' : health.state === filter.state))
      .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
  };
}

/** Those whose last telling run gave no whole list. */
export function failingSources(listed: readonly ListedSource[]): readonly SourceStatus[] {
  return listed.map(statusOf).filter(({ health }) => needsAttention(health.state));
}

function statusOf(listed: ListedSource): SourceStatus {
  return { ...listed, health: sourceHealth(listed.summary?.recentRuns ?? []) };
}

function rank({ health }: SourceStatus): number {
  return healthStates.indexOf(health.state);
}

export function isHealthState(text: string): text is HealthState {
  return (healthStates as readonly string[]).includes(text);
}
