/** What a run asked for, when it was not the whole list. */
import type { VNode } from 'preact';
import type { HarvestRun } from '../../model/harvest-run.ts';
import type { PageContext } from '../page-context.ts';

export function RunScope({ page, run }: { page: PageContext; run: HarvestRun }): VNode | null {
  const { status } = page.texts;
  if (run.notModified === true) return <p class="quiet">{status.notModified}</p>;
  if (run.since === undefined) return null;
  return <p class="quiet">{status.incremental(page.names.instant(run.since))}</p>;
}
