/**
 * The schema, as numbered steps that are never edited once released: to change it, add a step. `user_version` of the
 * file is the number of steps applied.
 *
 * Four kinds of truth in their own tables (design.md §2.1): `archive_*` what was received, `dataset` the pure function of
 * it, `observed_fact` and `decision` append-only and keyed by permanent ids (no cascade reaches them), `derived_fact`
 * droppable. Beside them: `permanent_id` (which can be bound anew), `entry` (what the harvests know of one dataset),
 * `run`, `run_seen`, `held_deletion` and `lease`. Instants are ISO 8601 in UTC.
 */
export const migrations: readonly string[] = [
  `
CREATE TABLE source (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL,
  last_good_run_at TEXT,
  last_good_run INTEGER
);
CREATE TABLE permanent_id (
  source INTEGER NOT NULL,
  native_id TEXT NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (source, native_id)
) WITHOUT ROWID;
CREATE TABLE entry (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  native_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  state_run INTEGER NOT NULL,
  added_run INTEGER NOT NULL,
  changed_run INTEGER NOT NULL,
  first_seen TEXT NOT NULL,
  last_changed TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  version INTEGER NOT NULL,
  sha256 BLOB,
  context_sha256 BLOB,
  rejected INTEGER NOT NULL,
  change INTEGER
);
CREATE INDEX entry_by_state ON entry (source, state);
CREATE UNIQUE INDEX entry_by_change ON entry (change) WHERE change IS NOT NULL;
CREATE INDEX entry_by_newest ON entry (last_changed, key) WHERE change IS NOT NULL AND state < 2;
CREATE TABLE archive_content (
  key INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  pack INTEGER NOT NULL,
  block_offset INTEGER NOT NULL,
  block_bytes INTEGER NOT NULL,
  start INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
CREATE UNIQUE INDEX archive_content_by_sha256 ON archive_content (source, sha256);
CREATE TABLE archive_pack (
  source INTEGER NOT NULL,
  pack INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (source, pack)
) WITHOUT ROWID;
CREATE TABLE archive_version (
  entry INTEGER NOT NULL,
  version INTEGER NOT NULL,
  content INTEGER NOT NULL,
  context INTEGER,
  form TEXT NOT NULL,
  url TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  problems TEXT,
  dropped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (entry, version)
) WITHOUT ROWID;
CREATE TABLE dataset (
  entry INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  distributions INTEGER NOT NULL,
  problem_slugs TEXT NOT NULL,
  problems TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX dataset_summary ON dataset (entry, distributions, problem_slugs);
CREATE TABLE observed_fact (
  key INTEGER PRIMARY KEY,
  dataset_id TEXT NOT NULL,
  distribution_id TEXT,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  observed_at TEXT NOT NULL
);
CREATE INDEX observed_fact_by_dataset ON observed_fact (dataset_id, kind);
CREATE TABLE decision (
  key INTEGER PRIMARY KEY,
  dataset_id TEXT NOT NULL,
  distribution_id TEXT,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  why TEXT NOT NULL,
  decided_at TEXT NOT NULL
);
CREATE INDEX decision_by_dataset ON decision (dataset_id, kind);
CREATE TABLE derived_fact (
  dataset_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  fact TEXT NOT NULL,
  PRIMARY KEY (dataset_id, kind)
) WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at TEXT NOT NULL,
  touched_at TEXT NOT NULL,
  ended_at TEXT,
  complete INTEGER NOT NULL DEFAULT 0,
  resumable INTEGER NOT NULL DEFAULT 1,
  claimed_total INTEGER,
  why TEXT,
  tally TEXT NOT NULL,
  cursor TEXT,
  cursor_tally TEXT,
  cursor_chunk INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX run_by_source ON run (source, id);
CREATE TABLE run_seen (
  run INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  marks BLOB NOT NULL,
  PRIMARY KEY (run, chunk)
) WITHOUT ROWID;
CREATE TABLE held_deletion (
  run INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (run, entry)
) WITHOUT ROWID;
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('change', 0);
`,
  // Why a run failed as data; which TLS it accepted; what was wrong with the newest bytes of a record, when rejected.
  `
ALTER TABLE run ADD COLUMN failure TEXT;
ALTER TABLE run ADD COLUMN tls_profile TEXT;
ALTER TABLE entry ADD COLUMN rejection TEXT;
`,
  // Links (docs/adr/0010): one row an address and trust; its state is joined to the datasets that publish it.
  `
CREATE TABLE link (
  key INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  trust TEXT NOT NULL,
  address TEXT NOT NULL,
  host TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at TEXT,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX link_by_hash ON link (hash, trust);
CREATE INDEX link_by_due ON link (host, due_at, key) WHERE due_at IS NOT NULL;
CREATE TABLE link_use (
  entry INTEGER NOT NULL,
  link INTEGER NOT NULL,
  expects INTEGER NOT NULL,
  PRIMARY KEY (entry, link)
) WITHOUT ROWID;
CREATE INDEX link_use_by_link ON link_use (link, entry, expects);
CREATE TABLE link_trust (
  source_id TEXT PRIMARY KEY,
  trust TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE link_figure (
  source INTEGER NOT NULL,
  state TEXT NOT NULL,
  links INTEGER NOT NULL,
  PRIMARY KEY (source, state)
) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('links', 0);
`,
  // Block keys of the duplicate search: rows for the way from key to records, one text for the way back.
  `
CREATE TABLE copy_key (
  key INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (key, entry)
) WITHOUT ROWID;
CREATE TABLE copy_keys_of (
  entry INTEGER PRIMARY KEY,
  keys TEXT NOT NULL
);
CREATE INDEX derived_fact_by_kind ON derived_fact (kind, dataset_id);
INSERT INTO counter (name, value) VALUES ('copies', 0);
`,
  // The few runs under way, looked for by every watcher.
  `
CREATE INDEX run_under_way ON run (id) WHERE state = 'running';
`,
  // Incremental runs and conditional requests (docs/adr/0012): what a run set out to do, and what its list was read from.
  `
ALTER TABLE run ADD COLUMN mode TEXT NOT NULL DEFAULT 'full';
ALTER TABLE run ADD COLUMN watermark TEXT;
ALTER TABLE run ADD COLUMN not_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN scope TEXT;
CREATE TABLE list_document (
  source INTEGER NOT NULL,
  place INTEGER NOT NULL,
  url TEXT NOT NULL,
  accept TEXT NOT NULL,
  status INTEGER NOT NULL,
  etag TEXT,
  last_modified TEXT,
  PRIMARY KEY (source, place)
) WITHOUT ROWID;
`,
];
