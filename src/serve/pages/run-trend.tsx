/** The last harvests as bars, the oldest first: height = records seen, colour and text = how they ended. */
import type { VNode } from 'preact';
import type { HarvestRun } from '../../model/harvest-run.ts';
import { runHealth } from '../../model/source-health.ts';
import type { PageContext } from '../page-context.ts';

/** In units of the drawing. */
const bar = { width: 10, gap: 4, height: 36, least: 3 };

export function RunTrend({ page, runs }: { page: PageContext; runs: readonly HarvestRun[] }): VNode | null {
  const { status } = page.texts;
  if (runs.length < 2) return null;
  const oldestFirst = runs.toReversed();
  const most = Math.max(1, ...oldestFirst.map((run) => run.counts.seen));
  const width = oldestFirst.length * (bar.width + bar.gap) - bar.gap;
  const said = oldestFirst.map((run) => status.trendRun(page.names.number(run.counts.seen), stateText(page, run)));
  return (
    <figure class="trend">
      <svg
        role="img"
        aria-label={status.trendText(said.join(', '))}
        viewBox={`0 0 ${width} ${bar.height}`}
        width={width}
        height={bar.height}
      >
        {oldestFirst.map((run, at) => {
          const height = Math.max(bar.least, Math.round((run.counts.seen / most) * bar.height));
          const x = at * (bar.width + bar.gap);
          return (
            <rect
              key={run.id}
              class={`health-${runHealth(run) ?? 'never'}`}
              x={x}
              y={bar.height - height}
              width={bar.width}
              height={height}
              rx="1.5"
            >
              <title>{said[at]}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="quiet">{status.trend}</figcaption>
    </figure>
  );
}

function stateText(page: PageContext, run: HarvestRun): string {
  const state = runHealth(run);
  const { runState, status } = page.texts;
  const told = state === undefined ? runState[run.state] : status.states[state];
  return run.mode === 'incremental' ? `${told}, ${status.onlyChanges}` : told;
}
