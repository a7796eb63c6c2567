/**
 * What the network's errors mean. Enters: whatever undici, TLS or zlib threw. Leaves: a `SourceError` with the code
 * and reason of our own, its message free of secrets. To add one: a row in a table below.
 */
import { isSourceError, SourceError, type SourceErrorCode } from '../../model/source-error.ts';
import { redact } from './redact.ts';

/** Codes of Node's TLS layer → reason (cases `field F-01…F-03`, tried with Node 20 and OpenSSL 3.0). */
const tlsReasons: Readonly<Record<string, string>> = {
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted_root',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_untrusted_root',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_untrusted_root',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_untrusted_root',
  CERT_UNTRUSTED: 'tls_untrusted_root',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_incomplete_chain',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_host_mismatch',
  ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED: 'tls_legacy',
  ERR_SSL_DH_KEY_TOO_SMALL: 'tls_legacy',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls_legacy',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls_legacy',
  ERR_SSL_WRONG_SIGNATURE_TYPE: 'tls_legacy',
  EPROTO: 'tls_legacy',
};

const tlsAdvice: Readonly<Record<string, string>> = {
  tls_untrusted_root: 'its root certificate is not trusted here; a CA can be set for this source alone',
  tls_incomplete_chain:
    'it leaves out its intermediate certificate; the intermediate can be set as CA for this source alone',
  tls_expired: 'its certificate is out of date',
  tls_host_mismatch: 'its certificate is for another host',
  tls_legacy: 'it speaks only outdated TLS, which can be allowed for its host alone (tls: legacy)',
  tls_other: 'the TLS handshake failed',
};

const worldCodes: Readonly<Record<string, readonly [SourceErrorCode, string]>> = {
  ECONNREFUSED: ['unreachable', 'the connection was refused'],
  ENOTFOUND: ['unreachable', 'its host name does not exist'],
  EAI_AGAIN: ['unreachable', 'its host name could not be looked up'],
  ENODATA: ['unreachable', 'its host name has no address'],
  EHOSTUNREACH: ['unreachable', 'there is no route to it'],
  ENETUNREACH: ['unreachable', 'there is no route to it'],
  EADDRNOTAVAIL: ['unreachable', 'there is no route to it'],
  ECONNRESET: ['unreachable', 'it broke the connection off before answering'],
  EPIPE: ['unreachable', 'it broke the connection off before answering'],
  UND_ERR_SOCKET: ['unreachable', 'it broke the connection off before answering'],
  ETIMEDOUT: ['timeout', 'it did not accept the connection in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'it did not accept the connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'it did not answer in time'],
  UND_ERR_HEADERS_OVERFLOW: ['malformed', 'its header lines are too long'],
  UND_ERR_INVALID_ARG: ['malformed', 'the request cannot be written'],
};

/** Codes that mean, after the headers came, that the body ended early. */
const truncatedCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
  'Z_BUF_ERROR',
  'HPE_INVALID_EOF_STATE',
]);

/** Finer reasons of `unreachable` and `timeout`, for those who have to tell them apart (a link whose host is gone …). */
const worldReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_lookup_failed',
  ENODATA: 'host_lookup_failed',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
};

/** The failure of getting an answer at all, as a `SourceError`; anything unknown is given back as it came (a bug). */
export function answerFailure(failure: unknown, url: string): unknown {
  if (isSourceError(failure)) return failure;
  const at = redact(url);
  const code = errorCode(failure);
  const tls = code === undefined ? undefined : tlsReason(code, failure);
  if (tls !== undefined) {
    return new SourceError('tls', `${at}: no answer: ${tlsAdvice[tls]} (${code}); expected a verified connection`, {
      cause: failure,
      reason: tls,
    });
  }
  if (code?.startsWith('HPE_')) {
    return new SourceError('malformed', `${at}: answered something that is not HTTP (${code})`, { cause: failure });
  }
  const known = code === undefined ? undefined : (worldCodes[code] ?? otherWorldCode(code));
  if (known === undefined) return failure;
  const reason = code === undefined ? undefined : worldReasons[code];
  return new SourceError(known[0], `${at}: no answer: ${known[1]} (${code})`, {
    cause: failure,
    ...(reason !== undefined && { reason }),
  });
}

/** The failure of reading a body whose headers came, as a `SourceError`; anything unknown is given back as it came. */
export function bodyFailure(failure: unknown, url: string, receivedBytes: number): unknown {
  if (isSourceError(failure)) return failure;
  const code = errorCode(failure);
  if (code === undefined) return failure;
  const at = redact(url);
  if (truncatedCodes.has(code) || code.startsWith('HPE_')) {
    const message = `${at}: the body broke off after ${receivedBytes} bytes (${code}); expected all of it`;
    return new SourceError('truncated', message, { cause: failure });
  }
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT')) {
    const message = `${at}: the body is not in the compression that its headers name (${code})`;
    return new SourceError('malformed', message, { cause: failure });
  }
  return answerFailure(failure, url);
}

/** System errors that the table does not name are still the world's (`ENETDOWN`, `EMFILE` …); Node's own `ERR_…` are bugs. */
function otherWorldCode(code: string): readonly [SourceErrorCode, string] | undefined {
  return /^(?:E(?!RR_)[A-Z0-9]+|UND_ERR_[A-Z_]+)$/u.test(code)
    ? ['unreachable', 'the connection could not be made']
    : undefined;
}

/** Complaints of OpenSSL, which may come as a bare EPROTO, that mean "this is no TLS at all" and not "this is old TLS". */
const noTls = /wrong version number|packet length too long|http request/u;

function tlsReason(code: string, failure: unknown): string | undefined {
  if (code === 'EPROTO' && failure instanceof Error && noTls.test(failure.message)) return 'tls_other';
  if (Object.hasOwn(tlsReasons, code)) return tlsReasons[code];
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code.startsWith('CERT_') ? 'tls_other' : undefined;
}

/** The `code` of an error or of the first cause or member that has one (happy eyeballs throws an AggregateError). */
function errorCode(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  // undici names the parser's complaint but leaves its code out in some cases.
  if (failure instanceof Error && failure.name === 'HTTPParserError') return 'HPE_ERROR';
  if ('code' in failure && typeof failure.code === 'string') return failure.code;
  if ('errors' in failure && Array.isArray(failure.errors)) {
    const codes = failure.errors.map(errorCode);
    return codes.find((code) => code !== undefined);
  }
  return 'cause' in failure ? errorCode(failure.cause) : undefined;
}
