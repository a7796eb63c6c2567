/** Which addresses datasets publish: rows of `link` and `link_use`, kept in step with the datasets by `putDatasetLinks`. */
import { createHash } from 'node:crypto';
import { linkKey } from '../kit/link-key.ts';
import { linkExpectations, neverChecked } from '../model/link-check.ts';
import type { DatasetLinks, LinkProgress, PublishedLink } from './link-store.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqlDatabase } from './sqlite-driver.ts';

/** 128 bits of the SHA-256 of the address in its comparable form. */
export function linkHash(address: string): Uint8Array {
  return createHash('sha256').update(linkKey(address)).digest().subarray(0, 16);
}

export function linkProgress({ db }: SqliteContext): LinkProgress {
  return db.read(() => ({
    changeNumber: db.get<[number]>("SELECT value FROM counter WHERE name = 'links'")?.[0] ?? 0,
    trust: Object.fromEntries(db.all<[string, string]>('SELECT source_id, trust FROM link_trust')),
  }));
}

export function putDatasetLinks(
  { db }: SqliteContext,
  datasets: readonly DatasetLinks[],
  progress: LinkProgress,
): void {
  db.write(() => {
    for (const each of datasets) putLinks(db, each, progress.trust);
    db.run("UPDATE counter SET value = ? WHERE name = 'links'", progress.changeNumber);
    db.run('DELETE FROM link_trust');
    for (const [sourceId, trust] of Object.entries(progress.trust)) {
      db.run('INSERT INTO link_trust (source_id, trust) VALUES (?, ?)', sourceId, trust);
    }
  });
}

function putLinks(db: SqlDatabase, { datasetId, links }: DatasetLinks, trusts: LinkProgress['trust']): void {
  const entry = db.get<[number, string]>(
    'SELECT e.key, s.id FROM entry e JOIN source s ON s.key = e.source WHERE e.id = ?',
    datasetId,
  );
  if (entry === undefined) return;
  const [key, sourceId] = entry;
  const trust = trusts[sourceId] ?? '';
  const wanted = new Map<number, number>();
  for (const link of links) {
    const row = linkRow(db, link, trust);
    const expects = linkExpectations.indexOf(link.expects);
    wanted.set(row, Math.min(expects, wanted.get(row) ?? expects));
  }
  const had = new Map(db.all<[number, number]>('SELECT link, expects FROM link_use WHERE entry = ?', key));
  for (const link of had.keys()) {
    if (!wanted.has(link)) db.run('DELETE FROM link_use WHERE entry = ? AND link = ?', key, link);
  }
  for (const [link, expects] of wanted) {
    if (had.get(link) === expects) continue;
    db.run('INSERT OR REPLACE INTO link_use (entry, link, expects) VALUES (?, ?, ?)', key, link, expects);
  }
}

/** The row of an address, made when it is new: due at once, before everything that was checked. */
function linkRow(db: SqlDatabase, { address }: PublishedLink, trust: string): number {
  const hash = linkHash(address);
  const known = db.get<[number]>('SELECT key FROM link WHERE hash = ? AND trust = ?', hash, trust);
  if (known !== undefined) return known[0];
  return db.run(
    "INSERT INTO link (hash, trust, address, host, state, due_at, body) VALUES (?, ?, ?, ?, ?, '', ?)",
    hash,
    trust,
    address,
    hostOf(address),
    neverChecked.state,
    JSON.stringify(neverChecked),
  ).rowId;
}

function hostOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.host : '';
}
