/** Runs whose process died: without this they would stand in the books as under way until their source is harvested. */
import type { HarvestRun, RunFailure } from '../model/harvest-run.ts';
import type { SqliteContext } from './sqlite-context.ts';
import { readRun } from './sqlite-run-rows.ts';

type UnderWay = [runId: number, sourceId: string, owner: string | null, expiresAt: string | null];

/** They stay resumable: the next run of the source goes on with them. */
export function endInterruptedRuns({ db, owner }: SqliteContext, at: string): readonly HarvestRun[] {
  return db.write(() => {
    const underWay = db.all<UnderWay>(
      `SELECT r.id, s.id, l.owner, l.expires_at FROM run r JOIN source s ON s.key = r.source
       LEFT JOIN lease l ON l.name = 'source:' || s.id WHERE r.state = 'running'`,
    );
    const dead = underWay.filter(([, , held, expiresAt]) => {
      if (held === null || expiresAt === null || expiresAt <= at) return true;
      return held !== owner.name && owner.isGone(held);
    });
    return dead.flatMap(([runId, sourceId]) => {
      const why = `${sourceId}: interrupted: its process ended before the run did; the next run goes on from its last checkpoint`;
      db.run(
        "UPDATE run SET state = 'failed', ended_at = touched_at, why = ?, failure = ? WHERE id = ?",
        why,
        JSON.stringify({ code: 'interrupted' } satisfies RunFailure),
        runId,
      );
      return readRun(db, runId) ?? [];
    });
  });
}
