/**
 * Which native records a run has seen, in 16 bytes each: 8 of SHA-256 over the native id, 8 of the SHA-256 of its bytes.
 * Two of a million ids share their 8 bytes with a chance of 3e-8; the worst that follows is one late tombstone.
 */
import { hash } from 'node:crypto';
import type { SeenMark } from '../store/catalogue-store.ts';

const halfBytes = 8;

export interface SeenSet {
  /** Whether the id is new to this run, came with the same bytes, or with other ones. */
  readonly look: (
    nativeId: string,
    sha256: string,
  ) => { readonly kind: 'new' | 'repeated' | 'other'; readonly mark: SeenMark };
  readonly add: (mark: SeenMark) => void;
  readonly has: (nativeId: string) => boolean;
  /** How many native ids. */
  readonly size: () => number;
}

export function createSeenSet(marks: readonly SeenMark[]): SeenSet {
  const seen = new Map<string, string>();
  const add = (mark: SeenMark): void => void seen.set(mark.slice(0, halfBytes), mark.slice(halfBytes));
  for (const mark of marks) add(mark);
  return {
    add,
    has: (nativeId) => seen.has(idHalf(nativeId)),
    size: () => seen.size,
    look: (nativeId, sha256) => {
      const id = idHalf(nativeId);
      const content = Buffer.from(sha256.slice(0, halfBytes * 2), 'hex').toString('latin1');
      const before = seen.get(id);
      const kind = before === undefined ? 'new' : before === content ? 'repeated' : 'other';
      return { kind, mark: id + content };
    },
  };
}

function idHalf(nativeId: string): string {
  return hash('sha256', nativeId, 'buffer').toString('latin1', 0, halfBytes);
}
