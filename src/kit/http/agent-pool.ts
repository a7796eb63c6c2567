/**
 * Connections: one undici agent for everybody, one more for each private trust in use, so that what one source allows
 * touches no request of another. Certificates are verified by every one of them.
 */
import { constants } from 'node:crypto';
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { SourceError } from '../../model/source-error.ts';
import { areRoots, parsePemCertificates } from '../pem-certificates.ts';
import { isAllowedAddress } from './address-guard.ts';

export interface Trust {
  /** PEM of additional authorities beside the usual roots. */
  readonly certificateAuthority: string | undefined;
  /** Whether TLS 1.0 and 1.1, weak keys and old renegotiation are accepted. */
  readonly isLegacy: boolean;
}

export interface AgentPool {
  agentFor(trust: Trust): Agent;
  close(): Promise<void>;
}

/** How long an idle connection is kept, in ms: longer than the gap between two requests of a polite harvest. */
const keepAliveMs = 15_000;

export function agentPool(allowLoopback: boolean): AgentPool {
  const agents = new Map<string, Agent>();
  return {
    agentFor(trust) {
      const key = `${trust.isLegacy ? 'legacy' : 'usual'} ${trust.certificateAuthority ?? ''}`;
      const known = agents.get(key);
      if (known) return known;
      const made = makeAgent(allowLoopback, trust);
      agents.set(key, made);
      return made;
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

/**
 * What servers of before 2015 need (cases `field F-03`): OpenSSL 3 refuses TLS below 1.2, renegotiation without RFC 5746
 * and keys below its security level 1.
 */
const legacyTls = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const;

function makeAgent(allowLoopback: boolean, { certificateAuthority, isLegacy }: Trust): Agent {
  const connector = buildConnector({
    lookup: guardedLookup(allowLoopback),
    ...(isLegacy ? legacyTls : {}),
    ...(certificateAuthority === undefined ? {} : trustIn(certificateAuthority)),
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

function trustIn(certificateAuthority: string): { readonly ca: string[]; readonly allowPartialTrustChain: boolean } {
  return {
    // Giving `ca` replaces the usual roots, so they are named again.
    ca: [...rootCertificates, certificateAuthority],
    // An intermediate that was given is trusted without its root. With roots alone OpenSSL tells a gap in the chain better.
    allowPartialTrustChain: !areRoots(parsePemCertificates(certificateAuthority)),
  };
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
