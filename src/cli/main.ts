#!/usr/bin/env node
/**
 * Composition root. The one place where a failure becomes an exit code: a sentence for what the world or the data did,
 * a stack trace for a bug of ours.
 */
import { CommanderError } from 'commander';
import { isSourceError } from '../model/source-error.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { createProgram } from './program.ts';
import { oneLine } from './table.ts';

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const { name, message: said } = error instanceof Error ? error : new Error(String(error));
  const message = oneLine(said);
  if (name === 'AbortError') {
    process.stderr.write('sampan: interrupted; what was committed stays\n');
    return exitCodes.interrupted;
  }
  if (error instanceof CliError) {
    process.stderr.write(`sampan: ${message}\n`);
    return exitCodes[error.kind];
  }
  if (isSourceError(error) || expectedErrors.has(name)) {
    process.stderr.write(`sampan: ${message}\n`);
    return exitCodes.failed;
  }
  process.stderr.write(
    `sampan: this is a bug of ours, please report it.\n${error instanceof Error ? error.stack?.split('\n').map(oneLine).join('\n') : message}\n`,
  );
  return exitCodes.bug;
}

/** Errors of ours by name: each carries a whole sentence for people. */
const expectedErrors = new Set([
  'StoreError',
  'DecisionError',
  'IndexDamagedError',
  'IndexMismatchError',
  'SourceFileError',
  'VocabularyError',
  'ServeError',
]);

// A reader that closes the pipe (`sampan search x | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

try {
  const program = createProgram();
  program.exitOverride();
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
