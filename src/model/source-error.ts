/** A bad world: the portal is down, slow, refuses, or talks nonsense. Never a bug, never one record's bad data. */
export type SourceErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'blocked'
  /** The service key is missing, wrong, expired or not for us. */
  | 'key-refused'
  /** Asked too often: waiting helps, asking again now does not. */
  | 'quota'
  | 'tls'
  | 'not-allowed-address'
  | 'too-many-redirects'
  | 'http-status'
  | 'too-large'
  | 'truncated'
  | 'malformed'
  | 'soft-error';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  /** HTTP status when there was one. */
  readonly status: number | undefined;
  /** Finer reason, e.g. `tls_incomplete_chain`, `waf_challenge`. */
  readonly reason: string | undefined;
  constructor(code: SourceErrorCode, message: string, options?: ErrorOptions & { status?: number; reason?: string }) {
    super(message, options);
    this.code = code;
    this.status = options?.status;
    this.reason = options?.reason;
  }
}

export function isSourceError(value: unknown): value is SourceError {
  return value instanceof SourceError;
}
