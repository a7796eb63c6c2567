/** Links that are due, what was found about them, and their counts. */
import type { Dataset } from '../model/dataset.ts';
import { type LinkCheck, type LinkState, linkExpectations } from '../model/link-check.ts';
import type { CheckedLink, DueHost, DueLink, DueQuery, LinkFigures, LinkStore } from './link-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { linkHash } from './sqlite-links.ts';

/** A live dataset, of one of the sources when they are named (`?2`: their ids as JSON, or null), publishes the link. */
const published = `EXISTS (SELECT 1 FROM link_use u JOIN entry e ON e.key = u.entry WHERE u.link = l.key AND e.state < 2
  AND (?2 IS NULL OR e.source IN (SELECT key FROM source WHERE id IN (SELECT value FROM json_each(?2)))))`;

/** A home page may stand in 100,000 datasets; so many of them are asked what they expect of it, and of which source they are. */
const usesRead = 50;

export function dueLinkHosts({ db }: SqliteContext, { at }: DueQuery): DueHost[] {
  return db
    .all<[string, string]>(
      'SELECT host, min(due_at) AS oldest FROM link WHERE due_at <= ? GROUP BY host ORDER BY oldest, host',
      at,
    )
    .map(([host, oldestDueAt]) => ({ host, oldestDueAt }));
}

type LinkRow = [key: number, hash: string, trust: string, address: string, dueAt: string, body: string];

export function dueLinks({ db }: SqliteContext, query: Parameters<LinkStore['dueLinks']>[0]): DueLink[] {
  const { at, host, after, limit } = query;
  return db.read(() =>
    db
      .all<LinkRow>(
        `SELECT l.key, hex(l.hash), l.trust, l.address, l.due_at, l.body FROM link l
         WHERE l.host = ?3 AND l.due_at <= ?1 AND (l.due_at, l.key) > (?4, coalesce((${linkById('?5', '?6')}), -1))
           AND ${published} ORDER BY l.due_at, l.key LIMIT ?7`,
        at,
        sourceList(query),
        host,
        after?.dueAt ?? '',
        ...splitId(after?.id ?? '.'),
        limit,
      )
      .map((row) => dueLink(db, host, row)),
  );
}

function dueLink(db: SqlDatabase, host: string, [key, hash, trust, address, dueAt, body]: LinkRow): DueLink {
  const uses = db.all<[string, number]>(
    `SELECT s.id, u.expects FROM link_use u JOIN entry e ON e.key = u.entry JOIN source s ON s.key = e.source
     WHERE u.link = ? AND e.state < 2 LIMIT ${usesRead}`,
    key,
  );
  return {
    id: `${hash}.${trust}`,
    address,
    host,
    sourceIds: [...new Set(uses.map(([sourceId]) => sourceId))],
    expects: linkExpectations[Math.min(...uses.map(([, expects]) => expects))] ?? 'any',
    check: JSON.parse(body) as LinkCheck,
    dueAt,
  };
}

export function recordLinkChecks({ db }: SqliteContext, checks: readonly CheckedLink[]): void {
  db.write(() => {
    for (const { id, check } of checks) {
      db.run(
        'UPDATE link SET state = ?, due_at = ?, body = ? WHERE hash = ? AND trust = ?',
        check.state,
        check.nextCheckAt ?? null,
        JSON.stringify(check),
        ...splitId(id),
      );
    }
  });
}

export function countDueLinks({ db }: SqliteContext, query: DueQuery): number {
  const count = db.get<[number]>(
    `SELECT count(*) FROM link l WHERE l.due_at <= ?1 AND ${published}`,
    query.at,
    sourceList(query),
  );
  return count?.[0] ?? 0;
}

export function refreshLinkFigures({ db }: SqliteContext): void {
  const figures = db.all<[number, string, number]>(
    `SELECT e.source, l.state, count(DISTINCT l.key) FROM entry e JOIN link_use u ON u.entry = e.key JOIN link l ON l.key = u.link
     WHERE e.state < 2 GROUP BY e.source, l.state`,
  );
  db.write(() => {
    db.run('DELETE FROM link_figure');
    for (const [source, state, links] of figures) {
      db.run('INSERT INTO link_figure (source, state, links) VALUES (?, ?, ?)', source, state, links);
    }
  });
}

export function linkFigures({ db }: SqliteContext, sourceId: string): LinkFigures {
  return Object.fromEntries(
    db.all<[LinkState, number]>(
      'SELECT f.state, f.links FROM link_figure f JOIN source s ON s.key = f.source WHERE s.id = ?',
      sourceId,
    ),
  );
}

/**
 * Of each distribution whose address was ever looked at or is waiting for it. The address decides, so that one that the
 * portal has changed since is not taken for the one that was looked at (op H3).
 */
export function linkChecks({ db }: SqliteContext, datasetId: string): Map<string, LinkCheck> {
  return db.read(() => {
    const body = db.get<[string]>(
      'SELECT d.body FROM entry e JOIN dataset d ON d.entry = e.key WHERE e.id = ?',
      datasetId,
    );
    if (body === undefined) return new Map();
    const rows = db.all<[string, string]>(
      'SELECT hex(l.hash), l.body FROM entry e JOIN link_use u ON u.entry = e.key JOIN link l ON l.key = u.link WHERE e.id = ?',
      datasetId,
    );
    const byHash = new Map(rows);
    const { distributions } = JSON.parse(body[0]) as Dataset;
    return new Map(
      distributions.flatMap(({ id, url, urlText }) => {
        const hash = hexOf(linkHash(url ?? urlText ?? ''));
        const check = byHash.get(hash);
        return check === undefined ? [] : [[id, JSON.parse(check) as LinkCheck] as const];
      }),
    );
  });
}

function sourceList({ sourceIds }: DueQuery): string | null {
  return sourceIds === undefined ? null : JSON.stringify(sourceIds);
}

function linkById(hash: string, trust: string): string {
  return `SELECT key FROM link WHERE hash = ${hash} AND trust = ${trust}`;
}

/** Hash and trust of a `DueLink.id`. */
function splitId(id: string): [Uint8Array, string] {
  const dot = id.indexOf('.');
  return [Buffer.from(id.slice(0, dot), 'hex'), id.slice(dot + 1)];
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
