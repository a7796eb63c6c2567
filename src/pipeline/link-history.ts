/**
 * What becomes of a link's state with one more check. Pure: the check before, what was found, and when.
 *
 * - Only an answer makes facts; a failed check leaves the facts of the last good one as they are (op H2, D11).
 * - 404, 410 and "no such host" make a link `failing`, and `dead` only when a check at least `deadSpacingHours` later says
 *   so again with no good answer in between (case `field F-04`). What fails in passing does not bring a dead link back.
 * - The interval between checks doubles while the same is found, and begins anew with each change.
 */
import type { LinkCheck, LinkFacts, LinkState } from '../model/link-check.ts';

export interface LinkFinding {
  /** `gone`: 404, 410 or no such host, as a GET says it. */
  readonly state: Exclude<LinkState, 'dead'> | 'gone';
  readonly reason?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly finalAddress?: string;
  readonly movedTo?: string;
  /** Of a good answer; without its instant. */
  readonly facts?: Omit<LinkFacts, 'at'>;
  /** The server confirms (304) what it said last time. */
  readonly notModified?: boolean;
}

/** Shortest time between two findings that together make a link dead. Our own choice: a nightly run is far enough. */
export const deadSpacingHours = 20;

/** Longest interval between two checks, in days. */
const maxIntervalDays = 64;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** By so much a check may come early, in ms, so that a nightly run does not miss by a minute what it checked last night. */
const earlyMs = 4 * hourMs;

export function nextLinkCheck(before: LinkCheck | undefined, found: LinkFinding, at: string): LinkCheck {
  const state = stateOf(before, found, at);
  const lastOk = state === 'ok' ? factsOf(before?.lastOk, found, at) : before?.lastOk;
  const intervalDays = nextInterval(before, { state, lastOk, found });
  const { reason, status, detail, finalAddress, movedTo } = found;
  return {
    state,
    ...(reason !== undefined && { reason }),
    checkedAt: at,
    ...(status !== undefined && { status }),
    ...(detail !== undefined && { detail }),
    ...(finalAddress !== undefined && { finalAddress }),
    ...(movedTo !== undefined && { movedTo }),
    ...failureRow(before, found, at),
    ...(lastOk !== undefined && { lastOk }),
    intervalDays,
    nextCheckAt: new Date(Date.parse(at) + intervalDays * dayMs - earlyMs).toISOString(),
  };
}

/** Findings that say nothing about whether the address still exists. */
const passing: ReadonlySet<LinkFinding['state']> = new Set(['failing', 'timeout', 'not-checked']);

function stateOf(before: LinkCheck | undefined, found: LinkFinding, at: string): LinkState {
  if (found.state === 'gone') return isConfirmed(before, at) ? 'dead' : 'failing';
  if (before?.state === 'dead' && passing.has(found.state)) return 'dead';
  return found.state;
}

function isConfirmed(before: LinkCheck | undefined, at: string): boolean {
  if (before?.state === 'dead') return true;
  return before?.goneSince !== undefined && Date.parse(at) - Date.parse(before.goneSince) >= deadSpacingHours * hourMs;
}

/** Of a 304 the facts of last time, seen again; of a good answer its own. */
function factsOf(before: LinkFacts | undefined, found: LinkFinding, at: string): LinkFacts | undefined {
  if (found.notModified === true && before !== undefined) return { ...before, at };
  return found.facts === undefined ? before : { ...found.facts, at };
}

function failureRow(
  before: LinkCheck | undefined,
  found: LinkFinding,
  at: string,
): Pick<LinkCheck, 'failingSince' | 'failures' | 'goneSince'> {
  if (found.state === 'ok') return {};
  // Not having looked is no failure, and takes none back.
  const looked = found.state !== 'not-checked';
  const failures = (before?.failures ?? 0) + (looked ? 1 : 0);
  const goneSince = before?.goneSince ?? (found.state === 'gone' ? at : undefined);
  const answers = found.state === 'soft-error' || found.state === 'blocked';
  return {
    ...(failures > 0 && { failingSince: before?.failingSince ?? at, failures }),
    ...(goneSince !== undefined && !answers && { goneSince }),
  };
}

interface Now {
  readonly state: LinkState;
  readonly lastOk: LinkFacts | undefined;
  readonly found: LinkFinding;
}

function nextInterval(before: LinkCheck | undefined, { state, lastOk, found }: Now): number {
  // An unconfirmed death is looked at again as soon as it may count.
  if (before?.intervalDays === undefined || (found.state === 'gone' && state !== 'dead')) return 1;
  const same = before.state === state && (state !== 'ok' || sameFacts(before.lastOk, lastOk));
  return same ? Math.min(maxIntervalDays, before.intervalDays * 2) : 1;
}

function sameFacts(a: LinkFacts | undefined, b: LinkFacts | undefined): boolean {
  const keys = ['etag', 'lastModified', 'bytes', 'contentType', 'fileName'] as const;
  return keys.every((key) => a?.[key] === b?.[key]);
}
