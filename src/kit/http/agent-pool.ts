/** Connections: one undici agent for everybody, one more for each private certificate authority in use. */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { SourceError } from '../../model/source-error.ts';
import { isAllowedAddress } from './address-guard.ts';

export interface AgentPool {
  /** The agent that trusts the usual roots, and `certificateAuthority` (PEM) when given. */
  agentFor(certificateAuthority: string | undefined): Agent;
  close(): Promise<void>;
}

/** How long an idle connection is kept, in ms: longer than the gap between two requests of a polite harvest. */
const keepAliveMs = 15_000;

export function agentPool(allowLoopback: boolean): AgentPool {
  const agents = new Map<string, Agent>();
  return {
    agentFor(certificateAuthority) {
      const key = certificateAuthority ?? '';
      const known = agents.get(key);
      if (known) return known;
      const made = makeAgent(allowLoopback, certificateAuthority);
      agents.set(key, made);
      return made;
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function makeAgent(allowLoopback: boolean, certificateAuthority: string | undefined): Agent {
  const connector = buildConnector({
    lookup: guardedLookup(allowLoopback),
    // Giving `ca` replaces the usual roots, so they are named again.
    ...(certificateAuthority === undefined ? {} : { ca: [...rootCertificates, certificateAuthority] }),
  });
  return new Agent({
    // A literal address is connected to without a look-up, so it is checked here, in the same place in time.
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/gu, '');
      if (isIP(host) !== 0 && !isAllowedAddress(host, allowLoopback)) {
        callback(notAllowed(host, host), null);
        return;
      }
      connector(options, callback);
    },
    // Time is kept by the door: undici's timers count in seconds and know nothing of a sum.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
  });
}

function guardedLookup(allowLoopback: boolean): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (failure, addresses: LookupAddress[]) => {
      if (failure) return callback(failure, []);
      const allowed = addresses.filter(({ address }) => isAllowedAddress(address, allowLoopback));
      const first = allowed[0];
      if (first === undefined) {
        const found = addresses.map(({ address }) => address).join(', ');
        return callback(notAllowed(hostname, found), []);
      }
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function notAllowed(host: string, address: string): SourceError {
  return new SourceError(
    'not-allowed-address',
    `${host}: leads to ${address}, which is not a public address; expected a public host`,
    { reason: 'address_not_allowed' },
  );
}
