/** What ends a command with one sentence instead of a stack trace, and the exit codes (documented in docs/cli.md). */
export const exitCodes = {
  /** Everything asked for was done. */
  ok: 0,
  /** The world or the data stood in the way; the sentence says who, what was found, what was expected, what to do. */
  failed: 1,
  /** The command line or a setting cannot be meant. */
  usage: 2,
  /** The command did its work, but a harvest run needs a person: suspicious or failed. */
  attention: 3,
  /** A bug of ours; the stack trace is printed. */
  bug: 70,
  /** Stopped by Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

export class CliError extends Error {
  override readonly name = 'CliError';
  readonly kind: 'failed' | 'usage' | 'attention' | 'interrupted';
  constructor(kind: CliError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
