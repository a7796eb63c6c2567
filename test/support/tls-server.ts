/** HTTPS on loopback with the certificates of `test/fixtures/tls`. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoopbackServer, loopbackServer } from './loopback-server.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'tls');

export function pem(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Sends the certificates `chain` (file names without `.pem`, the server's own first) and answers everything with `answer`. */
export function tlsServer(
  chain: readonly string[],
  answer: Parameters<typeof loopbackServer>[0],
  more: ServerOptions = {},
): Promise<LoopbackServer> {
  const cert = chain.map((name) => pem(`${name}.pem`)).join('');
  const options = { cert, key: pem(`${chain[0] ?? ''}.key`), ...more };
  return loopbackServer(answer, (listener) => createServer(options, listener), 'https');
}

/** A server as they were before 2008: TLS 1.0 and nothing else. */
export const onlyTls10: ServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
