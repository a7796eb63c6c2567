/** Exclusive work by a row: who, until when. A lease that ran out, or whose owner is known to be dead, is taken over. */
import type { LeaseOwner } from './lease-owner.ts';
import type { SqlDatabase } from './sqlite-driver.ts';
import { StoreError } from './store-error.ts';

/** How long a lease holds without a sign of life, in ms: several times the longest pause between two batches. */
const leaseMs = 90_000;

/** Call inside a write transaction. */
export function takeLease(db: SqlDatabase, name: string, owner: LeaseOwner, at: string): void {
  const held = db.get<[string, string]>('SELECT owner, expires_at FROM lease WHERE name = ?', name);
  if (held !== undefined && held[0] !== owner.name && held[1] > at && !owner.isGone(held[0])) {
    throw new StoreError(
      'lease-held',
      `${name}: ${held[0]} is at work on it until ${held[1]}; expected it to be free: wait, or end that process`,
    );
  }
  db.run('INSERT OR REPLACE INTO lease (name, owner, expires_at) VALUES (?, ?, ?)', name, owner.name, expiry(at));
}

/** Call inside a write transaction. */
export function keepLease(db: SqlDatabase, name: string, owner: LeaseOwner, at: string): void {
  const kept = db.run('UPDATE lease SET expires_at = ? WHERE name = ? AND owner = ?', expiry(at), name, owner.name);
  if (kept.changes === 0) {
    throw new StoreError('lease-lost', `${name}: another process took the work over; expected to hold its lease still`);
  }
}

export function releaseLease(db: SqlDatabase, name: string, owner: LeaseOwner): void {
  db.run('DELETE FROM lease WHERE name = ? AND owner = ?', name, owner.name);
}

function expiry(at: string): string {
  return new Date(Date.parse(at) + leaseMs).toISOString();
}
