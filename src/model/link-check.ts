/**
 * What was observed about an address that a portal publishes. What the publisher said (the address itself) is in the
 * dataset and is never changed by a check; what a failed check found never overwrites what a good one saw.
 */
import type { Distribution } from './dataset.ts';

/**
 * `ok`: it answers as it should. `failing`: it did not, and that is not certain enough for `dead`. `dead`: 404, 410 or no
 * such host, twice, with time in between. `timeout`: no answer in time. `blocked`: we are not let in. `unverifiable`: its
 * TLS certificate or protocol cannot be verified. `soft-error`: status 200, but an error instead of the data.
 * `not-checked`: not yet, or not allowed (`reason`).
 */
export const linkStates = [
  'ok',
  'failing',
  'dead',
  'timeout',
  'blocked',
  'unverifiable',
  'soft-error',
  'not-checked',
] as const;
export type LinkState = (typeof linkStates)[number];

/**
 * What a link should answer with, the least strict first. `page`: a page for people. `any`: nothing is known, or a
 * service, whose bare address often is its manual. `sheet`: a file that many portals make by writing an HTML table.
 * `data`: a file, so no page.
 */
export const linkExpectations = ['page', 'any', 'sheet', 'data'] as const;
export type LinkExpectation = (typeof linkExpectations)[number];

/** What the wire said when the link last answered well. */
export interface LinkFacts {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly status: number;
  readonly contentType?: string;
  /** Of the whole file, as announced. */
  readonly bytes?: number;
  /** As the server writes it. */
  readonly lastModified?: string;
  readonly etag?: string;
  /** From Content-Disposition, decoded. */
  readonly fileName?: string;
  /** Address of the last hop, when it is another one: evidence of this check, never the address to publish. */
  readonly finalAddress?: string;
}

export interface LinkCheck {
  readonly state: LinkState;
  /** Stable name of the cause: `http_404`, `tls_expired`, `robots`, `html_instead_of_data` … (docs/links.md). */
  readonly reason?: string;
  /** Of the last check, ISO 8601 instant; absent when there was none. */
  readonly checkedAt?: string;
  /** HTTP status of the last check, when there was an answer. */
  readonly status?: number;
  /** What an answer said about its error: text of a stranger, short. */
  readonly detail?: string;
  readonly finalAddress?: string;
  /** Where permanent redirects (301, 308) lead; the published address stays as it is. */
  readonly movedTo?: string;
  /** Since when no check was good, and how many in a row were not. */
  readonly failingSince?: string;
  readonly failures?: number;
  /** First of the answers 404, 410 or "no such host" that no good one has followed. */
  readonly goneSince?: string;
  readonly lastOk?: LinkFacts;
  /** Days from this check to the next. */
  readonly intervalDays?: number;
  readonly nextCheckAt?: string;
}

/** Of an address that nobody has looked at yet. */
export const neverChecked: LinkCheck = { state: 'not-checked', reason: 'not_yet' };

/** What is known of a distribution's address, of one without an address too. */
export function linkCheckOf({ id, url, urlText }: Distribution, checks: ReadonlyMap<string, LinkCheck>): LinkCheck {
  const address = url ?? urlText ?? '';
  return address === '' ? { state: 'not-checked', reason: 'no_address' } : (checks.get(id) ?? neverChecked);
}
