/** Puts the app on a port. A port that cannot be had is a `ServeError` that says what to do. */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { ServeError } from './serve-error.ts';

/**
 * Bytes of request line and headers that Node accepts. Its own 16 KiB would answer 431 to 10,000 Han characters in a
 * query (9 bytes each when percent-encoded); such a query is cut and answered, not refused.
 */
const maxHeaderBytes = 128 * 1024;

/** Time a client may take to send its headers, in ms: nobody here sends a body. */
const requestTimeoutMs = 15_000;

export interface RunningServer {
  /** The port listened on; another than asked for when that was 0. */
  readonly port: number;
  /** Takes no new connections, ends the idle ones, waits for running answers. */
  close(): Promise<void>;
}

export async function startServer(options: {
  readonly app: Hono;
  readonly port: number;
  readonly host: string;
}): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: options.app.fetch,
    serverOptions: {
      maxHeaderSize: maxHeaderBytes,
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
    },
  }) as Server;
  await listen(server, options.port, options.host);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException): void => reject(serveError(cause, port, host));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

function serveError(cause: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new ServeError(
        'port-in-use',
        `${host}:${port}: another program listens there already; expected a free port: stop it, or choose another with --port or SAMPAN_PORT`,
        { cause },
      );
    case 'EACCES':
      return new ServeError(
        'port-refused',
        `${host}:${port}: the system refuses this port; expected one that you may listen on: choose 1024 or above with --port or SAMPAN_PORT`,
        { cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ServeError(
        'address-unavailable',
        `${host}: no address of this machine (${cause.code}); expected one to listen on: set SAMPAN_HOST to 127.0.0.1 or 0.0.0.0`,
        { cause },
      );
    default:
      return cause;
  }
}
