/** Which failure a thrown error is to a reader: a store or index that cannot be read now, or a bug of ours. */
import { IndexDamagedError, IndexMismatchError } from '../search/search-error.ts';
import { isStoreError } from '../store/store-error.ts';
import type { ErrorKind } from './api/api-error.ts';

export function failureKind(error: unknown): ErrorKind {
  const world = isStoreError(error) || error instanceof IndexDamagedError || error instanceof IndexMismatchError;
  return world ? 'not-readable' : 'broken';
}
