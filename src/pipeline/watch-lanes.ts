/**
 * Which of the due sources begin now. Pure. Slow sources never take the last lane: it is for those that are known to be
 * quick or have a priority, so that a small portal never waits behind twenty large ones (case `op A8`).
 */
import type { HarvestRun } from '../model/harvest-run.ts';
import type { Source } from '../model/source.ts';

/** A source whose last good run that read the whole list took no longer than this, in ms, is quick. Our own choice. */
const quickMs = 2 * 60_000;

export interface DueSource {
  readonly source: Source;
  readonly dueMs: number;
  readonly isQuick: boolean;
}

export interface Lanes {
  /** Sources harvested at a time. */
  readonly most: number;
  readonly quick: number;
  readonly slow: number;
}

export function isQuick({ harvest }: Source, runs: readonly HarvestRun[]): boolean {
  if ((harvest?.priority ?? 0) > 0) return true;
  const good = runs.find(
    ({ complete, notModified, endedAt }) => complete && notModified !== true && endedAt !== undefined,
  );
  if (good?.endedAt === undefined) return false;
  return Date.parse(good.endedAt) - Date.parse(good.startedAt) <= quickMs;
}

/** By priority, then the one that waits longest. */
export function nextToBegin(due: readonly DueSource[], lanes: Lanes): readonly DueSource[] {
  const mostSlow = Math.max(1, lanes.most - 1);
  let { quick, slow } = lanes;
  const chosen: DueSource[] = [];
  for (const each of [...due].sort(inTurn)) {
    if (quick + slow >= lanes.most) break;
    if (!each.isQuick && slow >= mostSlow) continue;
    if (each.isQuick) quick += 1;
    else slow += 1;
    chosen.push(each);
  }
  return chosen;
}

function inTurn(a: DueSource, b: DueSource): number {
  const priority = (b.source.harvest?.priority ?? 0) - (a.source.harvest?.priority ?? 0);
  return priority || a.dueMs - b.dueMs || (a.source.id < b.source.id ? -1 : 1);
}
