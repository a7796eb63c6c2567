/** What a command gets from the outside world: made once from the process, replaceable in tests. */
import { setMaxListeners } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Settings, settingsFromEnvironment } from './settings.ts';

export interface CliContext {
  readonly settings: () => Settings;
  readonly now: () => Date;
  /** The folder that holds `sources/`, `vocab/` and `demo/`. */
  readonly packageRoot: string;
  readonly version: string;
  /** Results. */
  readonly out: (text: string) => void;
  readonly outBytes: (bytes: Uint8Array) => void;
  /** Progress and messages. */
  readonly errors: NodeJS.WriteStream;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The exit code of the process when the command has not thrown. */
  setExitCode(code: number): void;
}

export function processContext(version: string): CliContext {
  const interrupt = new AbortController();
  // Every request that waits for its turn listens; in the demo all portals are one host, so that more than ten do.
  setMaxListeners(0, interrupt.signal);
  const stop = (): void => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    settings: () => settingsFromEnvironment(process.env),
    now: () => new Date(),
    packageRoot: packageRoot(),
    version,
    out: (text) => void process.stdout.write(`${text}\n`),
    outBytes: (bytes) => void process.stdout.write(bytes),
    errors: process.stderr,
    signal: interrupt.signal,
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}

/** `src/cli/` and `dist/cli/` are both two folders below the package. */
export function packageRoot(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..');
}
