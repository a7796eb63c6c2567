/** The state of a portal, as a badge with the day since when it is so. */
import type { VNode } from 'preact';
import type { SourceHealth } from '../../model/source-health.ts';
import { needsAttention } from '../../model/source-health.ts';
import type { PageContext } from '../page-context.ts';

export function HealthBadge({ page, health }: { page: PageContext; health: SourceHealth }): VNode {
  const { texts, names } = page;
  const { state, since } = health;
  return (
    <span>
      <span class={`badge health-${state}`}>{texts.status.states[state]}</span>
      {since !== undefined && needsAttention(state) && (
        <span class="quiet">
          {' '}
          {texts.status.since} <time dateTime={since}>{names.instant(since)}</time>
        </span>
      )}
    </span>
  );
}
