import { describe, expect, test } from 'vitest';
import { answerFailure, bodyFailure } from '../../../src/kit/http/classify-failure.ts';
import { redact } from '../../../src/kit/http/redact.ts';
import { parseRetryAfter } from '../../../src/kit/http/retry.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('answerFailure(failure, url)', () => {
  test.each([
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', 'tls_untrusted_root'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'tls_untrusted_root'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'tls_incomplete_chain'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls_expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls_host_mismatch'],
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', 'tls', 'tls_legacy'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'tls', 'tls_legacy'],
    ['EPROTO', 'tls', 'tls_legacy'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'tls_other'],
    ['ECONNREFUSED', 'unreachable', 'connection_refused'],
    ['ENOTFOUND', 'unreachable', 'host_not_found'],
    ['ENETDOWN', 'unreachable', undefined],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', undefined],
    ['HPE_INVALID_CONSTANT', 'malformed', undefined],
  ])('field F-01…F-03: %s is %s %s', (code, expected, reason) => {
    expect(answerFailure(withCode(code), 'https://data.example/')).toMatchObject({
      name: 'SourceError',
      code: expected,
      reason,
    });
  });

  test('looks into the causes: of all addresses tried, the first that says something', () => {
    const failure = new AggregateError([new Error('?'), withCode('ECONNREFUSED')]);
    expect(answerFailure(failure, 'https://data.example/')).toMatchObject({ code: 'unreachable' });
  });

  test.each([[new TypeError('x is not a function')], [withCode('ERR_INVALID_ARG_TYPE')]])(
    'a bug, %s, stays a bug',
    (bug) => {
      expect(answerFailure(bug, 'https://data.example/')).toBe(bug);
      expect(bodyFailure(bug, 'https://data.example/', 0)).toBe(bug);
    },
  );
});

test.each([
  ['https://a.example/x?serviceKey=ab%2Bcd&page=1', 'https://a.example/x?serviceKey=***&page=1'],
  ['https://a.example/x?page=1&api-key=abc#top', 'https://a.example/x?page=1&api-key=***#top'],
  ['https://a.example/x?apikey=a&token=b&key=c&TOKEN=d', 'https://a.example/x?apikey=***&token=***&key=***&TOKEN=***'],
  ['see http://me:secret@a.example/x for more', 'see http://***@a.example/x for more'],
  ['https://a.example/x?monkey=1&keyword=air', 'https://a.example/x?monkey=1&keyword=air'],
])('redact(%j) is %j', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Wed, 25 Nov 2026 00:00:30 GMT', 30_000],
  ['Wed, 25 Nov 2020 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['2026', 2_026_000],
  [undefined, undefined],
])('parseRetryAfter(%j) is %j ms', (header, expected) => {
  expect(parseRetryAfter(header, Date.parse('2026-11-25T00:00:00Z'))).toBe(expected);
});
