/** What can be wrong with our own store: a bad world, never bad data and never a bug. The message is for people. */
export type StoreErrorCode =
  | 'missing'
  | 'newer-schema'
  | 'older-schema'
  | 'full'
  | 'locked'
  | 'corrupt'
  | 'unreadable'
  | 'not-empty'
  | 'lease-held'
  | 'lease-lost';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function isStoreError(value: unknown): value is StoreError {
  return value instanceof StoreError;
}

/** `ENOSPC`, `EDQUOT` or `EFBIG` of the file system as a full disk; anything else is given back untouched. */
export function storeErrorFromFile(cause: unknown, path: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new StoreError('full', `${path}: the disk is full (${code}); ${fullAdvice}`, { cause });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new StoreError(
      'unreadable',
      `${path}: writing was refused (${code}); check the owner and rights of SAMPAN_HOME`,
      {
        cause,
      },
    );
  }
  return cause;
}

/** What a person does about a full disk; nothing stored is lost because a batch is one transaction. */
export const fullAdvice = 'expected room for the next batch; free space, then harvest again: nothing stored was lost';
