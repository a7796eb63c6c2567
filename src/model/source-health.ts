/**
 * How a source fares, from its last runs. Pure. To add a state: the list, its sentence here, `docs/operations.md`, and
 * the run failure that leads to it.
 */
import type { HarvestRun, RunFailure } from './harvest-run.ts';

/** In the order in which a person should look at them; what needs nobody comes last. */
export const healthStates = [
  'failed',
  'suspicious',
  'key-refused',
  'key-pending',
  'blocked',
  'refused',
  'gone',
  'tls-untrusted-root',
  'tls-incomplete-chain',
  'tls-expired',
  'tls-wrong-name',
  'tls-legacy',
  'tls-other',
  'not-allowed-address',
  'unreachable',
  'timeout',
  'http-error',
  'soft-error',
  'malformed',
  'truncated',
  'too-large',
  'too-many-redirects',
  'quota',
  'incomplete',
  'never',
  'ok',
] as const;
export type HealthState = (typeof healthStates)[number];

export interface SourceHealth {
  readonly state: HealthState;
  /** The newest run that says something about the portal; absent for `never`. */
  readonly run?: HarvestRun;
  /** Start of the first run of the unbroken row of runs, among those given, that say the same. ISO 8601. */
  readonly since?: string;
}

/** `runs` of one source, newest first. A run under way or stopped by a person says nothing about the portal. */
export function sourceHealth(runs: readonly HarvestRun[]): SourceHealth {
  const telling = runs.flatMap((run) => {
    const state = runHealth(run);
    return state === undefined ? [] : [{ run, state }];
  });
  const newest = telling[0];
  if (newest === undefined) return { state: 'never' };
  const other = telling.findIndex(({ state }) => state !== newest.state);
  const first = telling[other === -1 ? telling.length - 1 : other - 1] ?? newest;
  const state = isKeyPending(newest.run, first.run) ? 'key-pending' : newest.state;
  return { state, run: newest.run, since: first.run.startedAt };
}

/** data.go.kr, code 30: SERVICE_KEY_IS_NOT_REGISTERED_ERROR. Also the answer to a good key that a server has not got yet. */
const notRegistered = '30';

/** A new key reaches the servers of all bodies within hours, some took days (case `field F-08`); our own choice. */
const keyPendingMs = 7 * 24 * 3_600_000;

/** Whether a key that is not known may still become known. `first` of the unbroken row of refusals that `newest` ends. */
function isKeyPending(newest: HarvestRun, first: HarvestRun): boolean {
  const { failure } = newest;
  if (failure?.code !== 'key-refused' || failure.reason !== notRegistered) return false;
  return Date.parse(newest.startedAt) - Date.parse(first.startedAt) < keyPendingMs;
}

/** What one run says about its portal; undefined when it says nothing (under way, stopped, interrupted). */
export function runHealth(run: HarvestRun): HealthState | undefined {
  switch (run.state) {
    case 'running':
      return undefined;
    case 'suspicious':
      // The list was whole, and a person said that it is right.
      return run.accepted === true ? 'ok' : 'suspicious';
    case 'failed':
      return run.failure === undefined ? 'failed' : failureHealth(run.failure);
    default:
      // An incremental run that says nothing of a hole has seen all that it asked for.
      return run.complete || (run.mode === 'incremental' && run.why === undefined) ? 'ok' : 'incomplete';
  }
}

const byCode: Readonly<
  Record<Exclude<RunFailure['code'], 'tls' | 'http-status' | 'unreachable'>, HealthState | undefined>
> = {
  stopped: undefined,
  interrupted: undefined,
  internal: 'failed',
  blocked: 'blocked',
  refused: 'refused',
  'key-refused': 'key-refused',
  quota: 'quota',
  timeout: 'timeout',
  'not-allowed-address': 'not-allowed-address',
  'too-many-redirects': 'too-many-redirects',
  'too-large': 'too-large',
  truncated: 'truncated',
  malformed: 'malformed',
  'soft-error': 'soft-error',
};

const byTlsReason: Readonly<Record<string, HealthState>> = {
  tls_untrusted_root: 'tls-untrusted-root',
  tls_incomplete_chain: 'tls-incomplete-chain',
  tls_expired: 'tls-expired',
  tls_host_mismatch: 'tls-wrong-name',
  tls_legacy: 'tls-legacy',
};

/** RFC 9110 §15.5: refused with and without credentials, gone, asked too often. */
const byStatus: Readonly<Record<number, HealthState>> = {
  401: 'key-refused',
  403: 'refused',
  404: 'gone',
  407: 'refused',
  410: 'gone',
  429: 'quota',
  451: 'refused',
};

function failureHealth({ code, reason, status }: RunFailure): HealthState | undefined {
  switch (code) {
    case 'tls':
      return byTlsReason[reason ?? ''] ?? 'tls-other';
    case 'http-status':
      return byStatus[status ?? 0] ?? 'http-error';
    case 'unreachable':
      return reason === 'host_not_found' ? 'gone' : 'unreachable';
    default:
      return byCode[code];
  }
}

/** Whether the last harvest gave no whole list, so that somebody should look. */
export function needsAttention(state: HealthState): boolean {
  return state !== 'ok' && state !== 'never';
}

export interface HealthAdvice {
  /** What is the case, as a plain English sentence. */
  readonly meaning: string;
  /** What the operator of Sampan can do. */
  readonly action: string;
}

export const healthAdvice: Readonly<Record<HealthState, HealthAdvice>> = {
  ok: {
    meaning: 'The last harvest read all that it asked for: the list, or what changed in it.',
    action: 'Nothing to do.',
  },
  never: {
    meaning: 'No harvest of this portal has come to its end here.',
    action: 'Run `sampan harvest` with its id.',
  },
  incomplete: {
    meaning: 'The portal answered, but its list was not whole; nothing was deleted.',
    action: 'Read the reason of the run. Often the next run is whole.',
  },
  suspicious: {
    meaning: 'Too many records are no longer listed; their deletion is held back.',
    action: 'Look at the portal. If they are really gone, run `sampan decide accept-run` with the number of the run.',
  },
  blocked: {
    meaning: 'A protection against bots answers in place of the portal.',
    action: 'Ask the operator of the portal to let our User-Agent through. What was harvested before is kept.',
  },
  refused: {
    meaning: 'The portal refuses us the list, in its answer or in its robots.txt.',
    action:
      'Ask the operator of the portal whether the list is open to programs. With a right to read it, see `robots`.',
  },
  'key-refused': {
    meaning: 'The portal does not accept the service key, or wants one.',
    action: 'Check the key of this source and whether it has expired.',
  },
  'key-pending': {
    meaning: 'The portal does not know the service key, or does not know it yet.',
    action: 'A new key takes hours to work, sometimes days: nothing to do for a week, it is tried again by itself.',
  },
  quota: {
    meaning: 'The portal says that it was asked too often.',
    action: 'Wait; lower `pace`, or ask the portal for a larger quota.',
  },
  'tls-untrusted-root': {
    meaning: 'The certificate of the portal leads to a root that is not trusted here.',
    action: 'Check the root by another way, then set it as `certificateAuthority` of this source.',
  },
  'tls-incomplete-chain': {
    meaning: 'The portal leaves out its intermediate certificate. Browsers fetch it; we do not.',
    action: 'Tell the portal. Until it is mended, set the intermediate as `certificateAuthority` of this source.',
  },
  'tls-expired': {
    meaning: 'The certificate of the portal is out of date, or not valid yet.',
    action: 'Tell the portal; only it can renew the certificate.',
  },
  'tls-wrong-name': {
    meaning: 'The certificate of the portal is for another host name.',
    action: 'Check the address in the source file; tell the portal.',
  },
  'tls-legacy': {
    meaning: 'The portal speaks only TLS that is outdated and switched off here.',
    action: 'Tell the portal. If you accept weak encryption for its host, set `tls: legacy` in its source file.',
  },
  'tls-other': {
    meaning: 'No TLS connection to the portal came about.',
    action: 'Check whether the address speaks TLS at all; tell the portal.',
  },
  'not-allowed-address': {
    meaning: 'The address leads into a private network, or has a form that is never asked.',
    action: 'Check the endpoint in the source file.',
  },
  'soft-error': {
    meaning: 'The portal answered with an error message or a web page in place of the list.',
    action: 'Open the endpoint in a browser; the portal may be under maintenance or may have moved.',
  },
  malformed: {
    meaning: 'The answer of the portal is not in the form that its protocol has.',
    action: 'Check `protocol` and `endpoint`: the portal may have changed its software.',
  },
  truncated: {
    meaning: 'The answer of the portal breaks off before its end.',
    action: 'Nothing was deleted; the next run tries again.',
  },
  'too-large': {
    meaning: 'The answer of the portal is longer than we accept.',
    action: 'Raise `pace.maxBodyBytes`, or ask for smaller pages.',
  },
  'too-many-redirects': {
    meaning: 'The address of the portal leads round in a circle, or too far.',
    action: 'Open the endpoint in a browser and put the final address into the source file.',
  },
  timeout: {
    meaning: 'The portal did not answer in time.',
    action: 'Nothing was deleted; the next run tries again. If it stays so, raise `pace.timeoutMs`.',
  },
  unreachable: {
    meaning: 'No connection to the portal came about.',
    action: 'Nothing was deleted; the next run tries again. Check whether the portal answers from elsewhere.',
  },
  gone: {
    meaning: 'There is nothing at the address of the list any more: the page or the host name does not exist.',
    action: 'Find the new address of the portal and put it into the source file.',
  },
  'http-error': {
    meaning: 'The server of the portal answered with an error.',
    action: 'Nothing was deleted; the next run tries again.',
  },
  failed: {
    meaning: 'The run was ended by an error that is not the portal’s.',
    action: 'Read the reason of the run; an error in Sampan itself should be reported.',
  },
};
