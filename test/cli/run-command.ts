/** A command in this process on one home. What it throws is for `main.ts`; here it is the test's. */
import { type CliContext, packageRoot } from '../../src/cli/cli-context.ts';
import { createProgram } from '../../src/cli/program.ts';
import { settingsFromEnvironment } from '../../src/cli/settings.ts';

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export async function runCommand(home: string, args: readonly string[], signal?: AbortSignal): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  let code = 0;
  const context: CliContext = {
    settings: () => settingsFromEnvironment({ SAMPAN_HOME: home }),
    now: () => new Date('2026-11-25T00:00:00Z'),
    packageRoot: packageRoot(),
    version: '0.0.0',
    out: (text) => void out.push(text),
    outBytes: () => undefined,
    errors: { write: (text: string) => err.push(text) > 0 } as unknown as NodeJS.WriteStream,
    signal: signal ?? new AbortController().signal,
    setExitCode: (given) => {
      code = given;
    },
  };
  const program = createProgram(context).exitOverride();
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(['node', 'sampan', ...args]);
  return { out: out.join('\n'), err: err.join(''), code };
}
