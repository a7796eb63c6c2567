/**
 * The only file that knows the SQL driver (libsql; `node:sqlite` can take its place when Node 20 is dropped).
 * Rows come as arrays in the order of the columns; statements are prepared once and kept; the driver's errors become
 * `StoreError`s. Nothing here outlives a call: every read takes all its rows at once, so callers ask for small pages.
 */
import { statSync } from 'node:fs';
import Database from 'libsql';
import { fullAdvice, StoreError } from './store-error.ts';

export type SqlValue = string | number | Uint8Array | null;

export interface SqlDatabase {
  /** All rows of one statement. `Row` is the caller's word for the columns it named. */
  all<Row extends readonly SqlValue[]>(sql: string, ...parameters: readonly SqlValue[]): Row[];
  /** First row, if any. */
  get<Row extends readonly SqlValue[]>(sql: string, ...parameters: readonly SqlValue[]): Row | undefined;
  /** Runs a statement that writes: rows it changed, and the last row id. */
  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly rowId: number };
  /** Statements without parameters (migrations). */
  script(sql: string): void;
  /** One write transaction, begun as `IMMEDIATE` so that it never fails half-way for a lock. */
  write<T>(work: () => T): T;
  /** One read transaction: several statements that see one state. */
  read<T>(work: () => T): T;
  close(): void;
}

/**
 * How long a statement waits for another process's lock, in ms. Our longest transaction is 0.1 s, a copy before a
 * migration may take seconds; after this something is wrong.
 */
const busyTimeoutMs = 10_000;

/**
 * WAL size from which it is written back and cut, in bytes. A checkpoint of SQLite's own (every 1,000 pages) cannot
 * reset the file while some reader is on an old snapshot; one busy reader let it grow to 276 MB in 3.5 s (design.md §4).
 */
const walLimitBytes = 16 * 1024 * 1024;

export function openSqlDatabase(path: string, mode: 'read' | 'write'): SqlDatabase {
  const driver = translated(path, () => new Database(path, { timeout: busyTimeoutMs }));
  translated(path, () => {
    if (mode === 'write') {
      driver.pragma('journal_mode = WAL');
      // FULL: a decision of a person and the offset of an archived record must survive a power cut; one fsync a batch
      // of hundreds of records costs nothing measurable.
      driver.pragma('synchronous = FULL');
      driver.pragma(`journal_size_limit = ${walLimitBytes}`);
      // Every 1,000 pages, as SQLite would by itself, the pages of our indexes would be written back again and again.
      driver.pragma('wal_autocheckpoint = 0');
    }
    driver.pragma('cache_size = -32768');
    driver.pragma('temp_store = MEMORY');
    driver.pragma('foreign_keys = OFF');
    // libsql 0.5.29 takes `readonly` and writes all the same.
    if (mode === 'read') driver.pragma('query_only = ON');
    driver.prepare('SELECT count(*) FROM sqlite_master').raw().get();
  });
  return sqlDatabase(driver, path);
}

function sqlDatabase(driver: Database.Database, path: string): SqlDatabase {
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = driver.prepare(sql);
    if (statement.reader) statement.raw();
    statements.set(sql, statement);
    return statement;
  };
  const transaction = <T>(begin: string, work: () => T): T => {
    translated(path, () => driver.exec(begin));
    try {
      const result = work();
      translated(path, () => driver.exec('COMMIT'));
      return result;
    } catch (cause) {
      // SQLite has already rolled back by itself after a full disk or an I/O error.
      if (driver.inTransaction) driver.exec('ROLLBACK');
      throw cause;
    }
  };
  // Values go in as one list: libsql takes a single NULL or BLOB argument for an object of named parameters.
  return {
    all: <Row extends readonly SqlValue[]>(sql: string, ...parameters: readonly SqlValue[]) =>
      translated(path, () => prepared(sql).all([...parameters]) as unknown as Row[]),
    get: <Row extends readonly SqlValue[]>(sql: string, ...parameters: readonly SqlValue[]) =>
      translated(path, () => prepared(sql).all([...parameters])[0] as unknown as Row | undefined),
    run: (sql, ...parameters) => {
      const answer = translated(path, () => prepared(sql).run([...parameters]));
      return { changes: answer.changes, rowId: Number(answer.lastInsertRowid) };
    },
    script: (sql) => void translated(path, () => driver.exec(sql)),
    write: (work) => {
      const result = transaction('BEGIN IMMEDIATE', work);
      if (walBytes(path) > walLimitBytes) translated(path, () => driver.pragma('wal_checkpoint(TRUNCATE)'));
      return result;
    },
    read: (work) => transaction('BEGIN', work),
    close: () => {
      statements.clear();
      driver.close();
    },
  };
}

function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function translated<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw storeErrorFromDriver(cause, path);
  }
}

/** https://www.sqlite.org/rescode.html; what is not listed is a bug of ours and stays as it is. */
function storeErrorFromDriver(cause: unknown, path: string): unknown {
  if (!(cause instanceof Error) || cause instanceof StoreError) return cause;
  const code = 'code' in cause ? String(cause.code) : '';
  const found = `${path}: ${cause.message}`;
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_FSYNC') {
    return new StoreError('full', `${path}: the disk is full (${code}); ${fullAdvice}`, { cause });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreError(
      'locked',
      `${found} for ${busyTimeoutMs / 1000} s; expected a free store: is another writer stuck?`,
      {
        cause,
      },
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StoreError('corrupt', `${found}; expected a store of Sampan: restore a copy, or move the file aside`, {
      cause,
    });
  }
  if (/^SQLITE_(CANTOPEN|IOERR|READONLY|PERM)/.test(code) || cause.message.includes('Unable to open')) {
    return new StoreError('unreadable', `${found}; expected a file that can be read and written`, { cause });
  }
  return cause;
}
