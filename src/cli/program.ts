/** The command line as a whole: one row a command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type CliContext, packageRoot, processContext } from './cli-context.ts';
import { addDemoCommand } from './demo.ts';
import { addHarvestCommand } from './harvest.ts';
import { addReindexCommand } from './reindex.ts';
import { addRenormaliseCommand } from './renormalise.ts';
import { addRunsCommand } from './runs.ts';
import { addSearchCommand } from './search.ts';
import { addServeCommand } from './serve.ts';
import { addShowCommand } from './show.ts';
import { addSourcesCommand } from './sources.ts';

const commands = [
  addSourcesCommand,
  addHarvestCommand,
  addRenormaliseCommand,
  addReindexCommand,
  addSearchCommand,
  addShowCommand,
  addRunsCommand,
  addServeCommand,
  addDemoCommand,
];

export function createProgram(context?: CliContext): Command {
  const version = packageVersion();
  const given = context ?? processContext(version);
  const program = new Command('sampan')
    .description('One search box for the open data of Asia.')
    .version(version, '-V, --version')
    .showHelpAfterError('(sampan --help lists the commands)')
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nState is in one folder: SAMPAN_HOME (default ./sampan-data).\nSettings and exit codes: docs/settings.md, docs/cli.md',
    );
  for (const add of commands) add(program, given);
  return program;
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
