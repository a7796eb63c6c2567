/** Run rows in and out of SQL. */
import { emptyCounts, type HarvestRun, type RunFailure, type RunMode, type RunState } from '../model/harvest-run.ts';
import type { RunTally } from './catalogue-store.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

export const emptyTally: RunTally = { counts: emptyCounts, problems: {}, rejections: [] };

type RunRow = [
  id: number,
  sourceId: string,
  state: RunState,
  startedAt: string,
  endedAt: string | null,
  complete: number,
  claimedTotal: number | null,
  why: string | null,
  failure: string | null,
  tlsProfile: 'legacy' | null,
  tally: string,
  mode: RunMode,
  watermark: string | null,
  notModified: number,
  accepted: number | null,
];

/** Whether the last word of people on a suspicious run is that it was right. */
const accepted = `CASE WHEN r.state = 'suspicious' THEN (SELECT d.kind = 'accept-run' FROM decision d WHERE d.dataset_id = ''
  AND d.kind IN ('accept-run', 'undo') AND json_extract(d.value, '$.runId') = r.id ORDER BY d.key DESC LIMIT 1) END`;

const runColumns = `r.id, s.id, r.state, r.started_at, r.ended_at, r.complete, r.claimed_total, r.why, r.failure,
  r.tls_profile, r.tally, r.mode, r.watermark, r.not_modified, ${accepted} FROM run r JOIN source s ON s.key = r.source`;

export function readRun(db: SqlDatabase, runId: number): HarvestRun | undefined {
  const row = db.get<RunRow>(`SELECT ${runColumns} WHERE r.id = ?`, runId);
  return row === undefined ? undefined : runFromRow(row);
}

export function readRuns(
  db: SqlDatabase,
  query: { readonly sourceId?: string; readonly limit: number; readonly beforeId?: number },
): HarvestRun[] {
  const before = query.beforeId ?? Number.MAX_SAFE_INTEGER;
  const rows =
    query.sourceId === undefined
      ? db.all<RunRow>(`SELECT ${runColumns} WHERE r.id < ? ORDER BY r.id DESC LIMIT ?`, before, query.limit)
      : db.all<RunRow>(
          `SELECT ${runColumns} WHERE r.source = (SELECT key FROM source WHERE id = ?) AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
          query.sourceId,
          before,
          query.limit,
        );
  return rows.map(runFromRow);
}

export function tallyFromJson(json: string): RunTally {
  return JSON.parse(json) as RunTally;
}

function runFromRow(row: RunRow): HarvestRun {
  const [
    id,
    sourceId,
    state,
    startedAt,
    endedAt,
    complete,
    claimedTotal,
    why,
    failure,
    tlsProfile,
    tally,
    mode,
    watermark,
    unmodified,
    isAccepted,
  ] = row;
  return {
    id,
    sourceId,
    state,
    mode,
    ...(watermark === null ? {} : { since: watermark }),
    ...(unmodified === 1 ? { notModified: true } : {}),
    startedAt,
    ...(endedAt === null ? {} : { endedAt }),
    complete: complete === 1,
    ...(isAccepted === 1 ? { accepted: true } : {}),
    ...(claimedTotal === null ? {} : { claimedTotal }),
    ...(why === null ? {} : { why }),
    ...(failure === null ? {} : { failure: JSON.parse(failure) as RunFailure }),
    ...(tlsProfile === null ? {} : { tlsProfile }),
    ...tallyFromJson(tally),
  };
}
