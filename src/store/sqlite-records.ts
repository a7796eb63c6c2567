/** Datasets as readers get them: the entry, its dataset, its problems and the theme in force. */
import {
  type CatalogueRecord,
  type CopyGroup,
  copyGroupKind,
  type Dataset,
  languagesKind,
  type RejectedVersion,
} from '../model/dataset.ts';
import type { Fact } from '../model/fact.ts';
import { isThemeId, type ThemeFact, themeKind, unclassified } from '../model/theme.ts';
import type { CatalogueChange } from './catalogue-reader.ts';
import { effectiveTheme, type ThemeDecision } from './effective-theme.ts';
import { type SqliteContext, stateName } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

type RecordRow = [
  id: string,
  change: number,
  state: number,
  firstSeen: string,
  lastSeen: string,
  lastChanged: string,
  goodRunAt: string | null,
  problems: string,
  body: string,
  rejected: number,
  version: number,
  rejection: string | null,
];

const recordColumns = `e.id, e.change, e.state, e.first_seen, e.last_seen, e.last_changed, s.last_good_run_at, d.problems, d.body,
  e.rejected, e.version, e.rejection
  FROM entry e JOIN dataset d ON d.entry = e.key JOIN source s ON s.key = e.source`;

export function recordsById({ db }: SqliteContext, ids: readonly string[]): Map<string, CatalogueRecord> {
  const found = db.read(() => {
    const rows = db.all<RecordRow>(
      `SELECT ${recordColumns} WHERE e.id IN (SELECT value FROM json_each(?)) AND e.change IS NOT NULL`,
      JSON.stringify(ids),
    );
    return recordsFromRows(db, rows);
  });
  return new Map(found.map((record) => [record.dataset.id, record]));
}

export function changesSince({ db }: SqliteContext, after: number, limit: number): CatalogueChange[] {
  return db.read(() => {
    const rows = db.all<RecordRow>(
      `SELECT ${recordColumns} WHERE e.change > ? ORDER BY e.change LIMIT ?`,
      after,
      limit,
    );
    return recordsFromRows(db, rows).map((record): CatalogueChange => {
      const { changeNumber } = record;
      const datasetId = record.dataset.id;
      return record.state === 'tombstone'
        ? { kind: 'gone', changeNumber, datasetId }
        : { kind: 'live', changeNumber, datasetId, record };
    });
  });
}

export function newestRecords({ db }: SqliteContext, limit: number): CatalogueRecord[] {
  return db.read(() =>
    recordsFromRows(
      db,
      db.all<RecordRow>(
        `SELECT ${recordColumns} WHERE e.change IS NOT NULL AND e.state < 2 ORDER BY e.last_changed DESC, e.key DESC LIMIT ?`,
        limit,
      ),
    ),
  );
}

export function latestChangeNumber({ db }: SqliteContext): number {
  return db.get<[number]>("SELECT value FROM counter WHERE name = 'change'")?.[0] ?? 0;
}

export function liveDatasetIds({ db }: SqliteContext, afterId: string, limit: number): string[] {
  return db
    .all<[string]>(
      'SELECT id FROM entry WHERE id > ? AND state < 2 AND change IS NOT NULL ORDER BY id LIMIT ?',
      afterId,
      limit,
    )
    .map(([id]) => id);
}

function recordsFromRows(db: SqlDatabase, rows: readonly RecordRow[]): CatalogueRecord[] {
  const ids = JSON.stringify(rows.map((row) => row[0]));
  const decisions = groupedByDataset(
    db
      .all<[string, 'theme' | 'undo', string]>(
        "SELECT dataset_id, kind, value FROM decision WHERE dataset_id IN (SELECT value FROM json_each(?)) AND kind IN ('theme', 'undo') ORDER BY key",
        ids,
      )
      .map(([id, kind, value]): [string, ThemeDecision] => [id, { kind, value: JSON.parse(value) }]),
  );
  const derived = groupedByDataset(
    db
      .all<[string, string, string]>(
        `SELECT dataset_id, kind, fact FROM derived_fact WHERE dataset_id IN (SELECT value FROM json_each(?)) AND kind IN ('${themeKind}', '${languagesKind}', '${copyGroupKind}')`,
        ids,
      )
      .map(([id, kind, fact]): [string, DerivedRow] => [id, { kind, fact: JSON.parse(fact) }]),
  );
  return rows.map((row) => recordFromRow(row, decisions.get(row[0]) ?? [], derived.get(row[0]) ?? []));
}

interface DerivedRow {
  readonly kind: string;
  readonly fact: Fact<unknown>;
}

function recordFromRow(
  row: RecordRow,
  decisions: readonly ThemeDecision[],
  derived: readonly DerivedRow[],
): CatalogueRecord {
  const [, changeNumber, stateNumber, firstSeen, lastSeen, lastChanged, goodRunAt, problems, body] = row;
  const dataset = JSON.parse(body) as Dataset;
  const state = stateName(stateNumber);
  return {
    dataset,
    changeNumber,
    state,
    firstSeen,
    // An unchanged record is not written: that it was there is known from the last complete run of its source.
    lastSeen: state === 'live' && goodRunAt !== null && goodRunAt > lastSeen ? goodRunAt : lastSeen,
    lastChanged,
    theme: effectiveTheme([...dataset.themes, ...derived.flatMap(themeFacts)], decisions),
    ...detectedLanguagesOf(derived),
    problems: JSON.parse(problems) as CatalogueRecord['problems'],
    ...groupOf(derived, state),
    ...rejectedVersionOf(row),
  };
}

function rejectedVersionOf(row: RecordRow): Pick<CatalogueRecord, 'rejectedVersion'> {
  const [rejected, version, rejection] = row.slice(-3) as [number, number, string | null];
  if (rejected === 0) return {};
  const problems = rejection === null ? [] : (JSON.parse(rejection) as RejectedVersion['problems']);
  return { rejectedVersion: { version, problems } };
}

/** A record alone has none; a tombstone has left its group. */
function groupOf(derived: readonly DerivedRow[], state: CatalogueRecord['state']): { readonly group?: CopyGroup } {
  const found = derived.find(({ kind }) => kind === copyGroupKind);
  // The shape is ours: `enrich/copy-group-facts.ts` made it.
  return found === undefined || state === 'tombstone' ? {} : { group: found.fact.value as CopyGroup };
}

function themeFacts({ kind, fact }: DerivedRow): ThemeFact[] {
  if (kind !== themeKind) return [];
  const { value, ...rest } = fact;
  return typeof value === 'string' && (isThemeId(value) || value === unclassified) ? [{ value, ...rest }] : [];
}

function detectedLanguagesOf(derived: readonly DerivedRow[]): Pick<CatalogueRecord, 'detectedLanguages'> {
  const found = derived.find(({ kind }) => kind === languagesKind)?.fact;
  // The shape is ours: `enrich/enrich-record.ts` made it.
  const value = found?.value as readonly string[] | undefined;
  return found === undefined || value === undefined || value.length === 0
    ? {}
    : { detectedLanguages: { ...found, value } };
}

function groupedByDataset<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [id, each] of pairs) {
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [each]);
    else group.push(each);
  }
  return groups;
}
