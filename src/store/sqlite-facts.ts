/** Observed facts and decisions (append-only, by permanent id) and derived ones (replaceable). */
import type { Decision, DerivedFact, ObservedFact } from '../model/fact.ts';
import type { LoggedDecision } from './catalogue-reader.ts';
import { changeCounter, entryStates, type SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

export function recordObservedFacts({ db }: SqliteContext, facts: readonly ObservedFact[]): void {
  db.write(() => {
    const changed: string[] = [];
    for (const fact of facts) {
      const value = JSON.stringify(fact.value);
      const before = db.get<[string]>(
        'SELECT value FROM observed_fact WHERE dataset_id = ? AND kind = ? AND distribution_id IS ? ORDER BY key DESC LIMIT 1',
        fact.datasetId,
        fact.kind,
        fact.distributionId ?? null,
      );
      if (before?.[0] !== value) changed.push(fact.datasetId);
      db.run(
        'INSERT INTO observed_fact (dataset_id, distribution_id, kind, value, observed_at) VALUES (?, ?, ?, ?, ?)',
        fact.datasetId,
        fact.distributionId ?? null,
        fact.kind,
        value,
        fact.observedAt,
      );
    }
    markChanged(db, changed);
  });
}

export function recordDecisions({ db }: SqliteContext, decisions: readonly Decision[]): void {
  db.write(() => {
    for (const decision of decisions) {
      db.run(
        'INSERT INTO decision (dataset_id, distribution_id, kind, value, decided_by, why, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        decision.datasetId,
        decision.distributionId ?? null,
        decision.kind,
        JSON.stringify(decision.value),
        decision.by,
        decision.why,
        decision.decidedAt,
      );
      moveEntry(db, decision);
    }
    markChanged(
      db,
      decisions.map((decision) => decision.datasetId),
    );
  });
}

/**
 * Missing and not live: that its portal lists it, only a run can say, and it does (`restored`). For the same reason an
 * undo buries again what is still missing and leaves alone what a run has brought back.
 */
function moveEntry(db: SqlDatabase, { datasetId, kind, value }: Decision): void {
  const restore = kind === 'restore';
  if (!restore && !(kind === 'undo' && value === 'restore')) return;
  const { missing, tombstone } = entryStates;
  const [from, to] = restore ? [tombstone, missing] : [missing, tombstone];
  db.run('UPDATE entry SET state = ? WHERE id = ? AND state = ? AND change IS NOT NULL', to, datasetId, from);
}

export function putDerivedFacts(
  { db }: SqliteContext,
  facts: readonly DerivedFact[],
  { silently }: { readonly silently: boolean },
): number {
  return db.write(() => {
    const changed = facts.filter((each) => {
      const written = db.run(
        `INSERT INTO derived_fact (dataset_id, kind, fact) VALUES (?, ?, ?)
         ON CONFLICT (dataset_id, kind) DO UPDATE SET fact = excluded.fact WHERE fact <> excluded.fact`,
        each.datasetId,
        each.kind,
        JSON.stringify(each.fact),
      );
      return written.changes > 0;
    });
    if (!silently) {
      markChanged(
        db,
        changed.map((each) => each.datasetId),
      );
    }
    return changed.length;
  });
}

export function removeDerivedFacts({ db }: SqliteContext, kind: string, datasetIds: readonly string[]): number {
  return db.write(() => {
    const removed = datasetIds.filter(
      (id) => db.run('DELETE FROM derived_fact WHERE dataset_id = ? AND kind = ?', id, kind).changes > 0,
    );
    markChanged(db, removed);
    return removed.length;
  });
}

export function derivedFacts({ db }: SqliteContext, kind: string, datasetIds: readonly string[]): DerivedFact[] {
  return db
    .all<[string, string]>(
      'SELECT dataset_id, fact FROM derived_fact WHERE dataset_id IN (SELECT value FROM json_each(?)) AND kind = ?',
      JSON.stringify(datasetIds),
      kind,
    )
    .map(([datasetId, fact]) => ({ datasetId, kind, fact: JSON.parse(fact) as DerivedFact['fact'] }));
}

export function dropDerivedFacts({ db }: SqliteContext, kind: string): void {
  db.write(() => {
    const ids = db.all<[string]>('SELECT dataset_id FROM derived_fact WHERE kind = ?', kind).map(([id]) => id);
    db.run('DELETE FROM derived_fact WHERE kind = ?', kind);
    markChanged(db, ids);
  });
}

export function observedFacts({ db }: SqliteContext, datasetId: string): ObservedFact[] {
  return db
    .all<[string | null, string, string, string]>(
      'SELECT distribution_id, kind, value, observed_at FROM observed_fact WHERE dataset_id = ? ORDER BY key',
      datasetId,
    )
    .map(([distributionId, kind, value, observedAt]) => ({
      datasetId,
      ...(distributionId === null ? {} : { distributionId }),
      kind,
      value: JSON.parse(value) as unknown,
      observedAt,
    }));
}

type DecisionRow = [
  number: number,
  datasetId: string,
  distributionId: string | null,
  kind: Decision['kind'],
  value: string,
  by: string,
  why: string,
  decidedAt: string,
];

const decisionColumns = 'key, dataset_id, distribution_id, kind, value, decided_by, why, decided_at FROM decision';

export function decisionsAbout({ db }: SqliteContext, datasetId: string): Decision[] {
  return db
    .all<DecisionRow>(`SELECT ${decisionColumns} WHERE dataset_id = ? ORDER BY key`, datasetId)
    .map(decisionFromRow);
}

export function decisionLog({ db }: SqliteContext, after: number, limit: number): LoggedDecision[] {
  return db
    .all<DecisionRow>(`SELECT ${decisionColumns} WHERE key > ? ORDER BY key LIMIT ?`, after, limit)
    .map((row) => ({ number: row[0], ...decisionFromRow(row) }));
}

function decisionFromRow([, datasetId, distributionId, kind, value, by, why, decidedAt]: DecisionRow): Decision {
  return {
    datasetId,
    ...(distributionId === null ? {} : { distributionId }),
    kind,
    value: JSON.parse(value) as unknown,
    by,
    why,
    decidedAt,
  };
}

function markChanged(db: SqlDatabase, datasetIds: readonly string[]): void {
  const changes = changeCounter(db);
  for (const id of new Set(datasetIds)) {
    db.run('UPDATE entry SET change = ? WHERE id = ? AND change IS NOT NULL', changes.next(), id);
  }
  changes.keep();
}
