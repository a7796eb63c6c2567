/** English words for what was observed about links. A reason is one of docs/links.md; a new one reads as it is written. */
import type { LinkState } from '../../model/link-check.ts';

const states: Readonly<Record<LinkState, string>> = {
  ok: 'Link works',
  failing: 'Link did not work when last tried',
  dead: 'Link is dead',
  timeout: 'No answer in time',
  blocked: 'We are not let in',
  unverifiable: 'Connection cannot be verified',
  'soft-error': 'An error comes instead of the file',
  'not-checked': 'Link not checked',
};

const reasons: Readonly<Record<string, string>> = {
  not_yet: 'not looked at yet',
  no_address: 'there is no address',
  robots: 'the portal asks programs not to open it',
  scheme: 'not a web address',
  not_an_address: 'not an address',
  address_not_allowed: 'it leads into a private network',
  credentials_in_url: 'it has a password in it',
  port: 'it leads to a port that is not for the web',
  host_not_found: 'its host name does not exist',
  host_lookup_failed: 'its host name could not be looked up',
  connection_refused: 'the server refuses the connection',
  connection_reset: 'the server broke the connection off',
  unreachable: 'the server cannot be reached',
  too_many_redirects: 'it is redirected in a circle',
  truncated: 'the answer broke off',
  malformed: 'the answer is not HTTP',
  no_answer: 'the server did not answer',
  slow_body: 'the file came too slowly',
  login_required: 'a login is asked for',
  forbidden: 'the server refuses programs like ours; a browser may be let in',
  waf_challenge: 'a protection against bots stands before it; a browser may be let in',
  rate_limited: 'the server asked us to come back later',
  legal_reasons: 'it is closed for legal reasons',
  tls_untrusted_root: 'its root certificate is not one that browsers and programs share',
  tls_incomplete_chain: 'the server leaves out a certificate; most browsers fetch it by themselves',
  tls_expired: 'its certificate is out of date',
  tls_host_mismatch: 'its certificate is for another host',
  tls_legacy: 'the server speaks only outdated TLS',
  tls_other: 'the TLS handshake failed',
  html_instead_of_data: 'a web page comes where a file is promised',
  error_envelope: 'the server answers with an error message',
  empty_body: 'the file is empty',
};

export const linkTexts = {
  states,
  reason: (reason: string): string =>
    reasons[reason] ?? (/^http_\d{3}$/.test(reason) ? `status ${reason.slice(5)}` : reason.replaceAll('_', ' ')),
  tried: (when: string): string => `tried ${when}`,
  lastOk: (when: string): string => `last seen working ${when}`,
  movedTo: 'The server says it moved for good:',
  said: 'It says:',
  fileName: 'File name:',
  figures: 'Links',
  figuresLead: 'Each address once, as of the last check of links.',
  figureState: 'State',
  figureLinks: 'Links',
};
