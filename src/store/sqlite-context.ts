/** What the parts of the SQLite store share. */
import type { Archive } from './archive/archive.ts';
import type { LeaseOwner } from './lease-owner.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

export interface SqliteContext {
  readonly db: SqlDatabase;
  readonly archive: Archive;
  readonly owner: LeaseOwner;
  readonly figures: FigureCache;
}

/** Counts by source as of one change number: they are asked for with each page and change with each harvest. */
export interface FigureCache {
  changeNumber: number;
  readonly bySource: Map<number, LiveFigures>;
}

export interface LiveFigures {
  readonly datasets: number;
  readonly distributions: number;
  readonly problems: Readonly<Record<string, number>>;
  readonly problemExamples: Readonly<Record<string, string>>;
}

/** Numbers of `entry.state`; below `tombstone` a dataset is shown, searched and counted. */
export const entryStates = { live: 0, missing: 1, tombstone: 2 } as const;
const stateNames = ['live', 'missing', 'tombstone'] as const;

export function stateName(state: number): (typeof stateNames)[number] {
  return stateNames[state] ?? 'tombstone';
}

export function sourceLease(sourceId: string): string {
  return `source:${sourceId}`;
}

/** Key of a source that had a run; throws for one that never had. */
export function sourceKey(db: SqlDatabase, sourceId: string): number {
  const row = db.get<[number]>('SELECT key FROM source WHERE id = ?', sourceId);
  if (row === undefined) throw new TypeError(`${sourceId}: the store knows no such source; expected startRun first`);
  return row[0];
}

/** Hands out change numbers inside one write transaction; `keep` writes the counter back. */
export interface ChangeCounter {
  next(): number;
  keep(): void;
}

export function changeCounter(db: SqlDatabase): ChangeCounter {
  const start = db.get<[number]>("SELECT value FROM counter WHERE name = 'change'")?.[0] ?? 0;
  let value = start;
  return {
    next: () => {
      value += 1;
      return value;
    },
    keep: () => {
      if (value > start) db.run("UPDATE counter SET value = ? WHERE name = 'change'", value);
    },
  };
}
