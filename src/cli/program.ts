/**
 * The surface of the command line: every command with its arguments and options. What a command does is in the file
 * named after it, loaded when it is called, so that `sampan --help` does not wait for a database and a web server.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type CliContext, packageRoot, processContext } from './cli-context.ts';

export function createProgram(given?: CliContext): Command {
  const version = packageVersion();
  const context = given ?? processContext(version);
  const program = new Command('sampan')
    .description('One search box for the open data of Asia.')
    .version(version, '-V, --version')
    .showHelpAfterError('(sampan --help lists the commands)')
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nState is in one folder: SAMPAN_HOME (default ./sampan-data).\nSettings and exit codes: docs/settings.md, docs/cli.md',
    );
  addHarvestCommands(program, context);
  addReadingCommands(program, context);
  addDecisionCommands(program, context);
  addBackupCommands(program, context);
  addServingCommands(program, context);
  return program;
}

function addHarvestCommands(program: Command, context: CliContext): void {
  program
    .command('sources')
    .description('the harvest sources: protocol, whether enabled, datasets, last run')
    .option('--country <code>', 'only of this country, ISO 3166-1 (repeatable)', collect)
    .option('--protocol <name>', 'only those that speak it (repeatable)', collect)
    .addOption(new Option('--check', 'read all source files and tell every mistake').conflicts(['probe', 'add']))
    .addOption(
      new Option(
        '--probe [id]',
        'ask the portal (or all that are left) politely whether it answers; if so, switch it on',
      ).conflicts('add'),
    )
    .option('--add <url>', 'find out what the portal there speaks and write a source file for it')
    .option('--json', 'an array of objects; with --check, --probe, --add one object, last or a line')
    .action(async (options) => (await import('./sources.ts')).sourcesCommand(context, options));
  program
    .command('harvest')
    .description('harvest the named sources, or all that are enabled; goes on where an interrupted run stopped')
    .argument('[id...]', 'sources (see `sampan sources`)')
    .option('--country <code>', 'only of this country, ISO 3166-1 (repeatable)', collect)
    .addOption(new Option('--dry-run', 'ask the portals and say what would change; write nothing').conflicts(['watch']))
    .option('--watch', 'go on: each source when it is due, until Ctrl-C or SIGTERM; one line an event')
    .option('--every <duration>', 'with --watch: this cadence for all (daily, weekly, PT6H …)')
    .option('--until-idle', 'with --watch: end when nothing is due and nothing runs')
    .option('--full', 'read whole lists, also where a run would be incremental or a list not modified')
    .option('--no-index', 'leave the index as it is')
    .option('--json', 'one object a run and line')
    .action(async (ids, options) => (await import('./harvest.ts')).harvest(context, ids, options));
  program
    .command('check-links')
    .description('look whether the addresses of the files still answer: those that are due, politely')
    .argument('[id...]', 'only links that these sources publish')
    .option('--country <code>', 'only of sources of this country, ISO 3166-1 (repeatable)', collect)
    .option('--limit <n>', 'links checked at most')
    .option('--json', 'one object with the counts')
    .action(async (ids, options) => (await import('./check-links.ts')).checkLinksCommand(context, ids, options));
  program
    .command('renormalise')
    .description('make all datasets again from the archive with the mapping of this version; asks no portal')
    .argument('[id...]', 'only of these sources')
    .option('--json', 'one object with the counts')
    .action(async (ids, options) => (await import('./renormalise.ts')).renormaliseSources(context, ids, options));
  program
    .command('reindex')
    .description('build the search index anew, aside, and swap it in; `serve` takes it without a restart')
    .option('--check', 'build nothing; compare index and store in both directions')
    .option('--json', 'one object')
    .action(async (options) => (await import('./reindex.ts')).reindexOrCheck(context, options));
}

function addReadingCommands(program: Command, context: CliContext): void {
  program
    .command('search')
    .description('find datasets in all languages; every part must be found, by what it means or "in these words"')
    .argument('[words...]', 'what to look for, in any language; air* is a prefix; nothing = everything')
    .option('--words-only', 'only the words themselves, not what they mean')
    .option('--labels <tag>', 'language in which concepts and places are named', 'en')
    .option('--place <id>', 'only datasets about this place (see `sampan vocab --show`; repeatable)', collect)
    .option('--lang <tag>', 'only datasets with a text in this language (repeatable)', collect)
    .option('--country <code>', 'ISO 3166-1, two letters (repeatable)', collect)
    .option('--theme <id>', 'one of the twelve themes (repeatable)', collect)
    .option('--format <id>', 'CSV, XLSX, … (repeatable)', collect)
    .option('--licence <openness>', 'open, not-open or unknown (repeatable)', collect)
    .option('--source <id>', 'harvest source (repeatable)', collect)
    .addOption(
      new Option('--sort <order>', 'order of the results')
        .choices(['relevance', 'modified', 'title'])
        .default('relevance'),
    )
    .option('--limit <n>', 'results', '20')
    .option('--offset <n>', 'results to pass over', '0')
    .option('--json', 'the answer of the index, one object')
    .action(async (words, options) => (await import('./search.ts')).search(context, words, options));
  program
    .command('show')
    .description('one dataset: what is known, where it came from, what is wrong with it')
    .argument('<id>', 'permanent id, or source-id/native-id')
    .option('--raw', 'what the portal said, byte for byte')
    .option('--revision <n>', 'with --raw: an older version (1 is the first)')
    .option('--json', 'the record as the store has it, one object')
    .action(async (id, options) => (await import('./show.ts')).show(context, id, options));
  program
    .command('vocab')
    .description('the words that records and queries are understood with: concepts and places in thirteen languages')
    .addOption(new Option('--check', 'tell every fault and count by theme and language').conflicts('show'))
    .option('--show <what>', 'a concept or place by its id, or what is recognised in a text')
    .option('--folder <dir>', 'another vocabulary than that of the package')
    .option('--json', 'one object')
    .action(async (options) => (await import('./vocab.ts')).vocab(context, options));
  program
    .command('runs')
    .description('harvest runs, newest first: seen = added + updated + unchanged + rejected')
    .argument('[id]', 'only of this source')
    .option('--limit <n>', 'how many', '20')
    .option('--before <run>', 'only older ones than this run: the next page')
    .option('--trend', 'one line a source: how its last runs went')
    .option('--json', 'one object a line')
    .action(async (id, options) => (await import('./runs.ts')).listRuns(context, id, options));
}

function addDecisionCommands(program: Command, context: CliContext): void {
  program
    .command('decide')
    .description('write down what a person decides; it stands above every rule until it is undone')
    .argument(
      '<what...>',
      'theme <dataset> <theme> | merge <dataset> <dataset>… | unmerge <dataset> | restore <dataset> | accept-run <run> | undo <what> <id>',
    )
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--why <text>', 'the reason, for whoever reads it later')
    .option('--no-index', 'leave the index as it is')
    .option('--json', 'one object')
    .action(async (what, options) => (await import('./decide.ts')).decideCommand(context, what, options));
  program
    .command('duplicates')
    .description('records of several portals that are one dataset, the authoritative copy first')
    .option('--rebuild', 'forget what was worked out and compare all records again; decisions stay')
    .option('--group <id>', 'one group with the evidence: the id of any copy, or source-id/native-id')
    .option('--limit <n>', 'groups listed', '100')
    .option('--no-index', 'with --rebuild: leave the index as it is')
    .option('--json', 'a group a line; with --group one object; with --rebuild the figures')
    .action(async (options) => (await import('./duplicates.ts')).duplicates(context, options));
  program
    .command('decisions')
    .description('all decisions, in the order they were made')
    .option('--json', 'one object a line (NDJSON)')
    .action(async (options) => (await import('./decisions.ts')).listDecisions(context, options));
}

function addBackupCommands(program: Command, context: CliContext): void {
  program
    .command('backup')
    .description('copy the store and the archive into a new or empty folder, also while a harvest runs')
    .argument('<dir>', 'new or empty')
    .option('--json', 'one object')
    .action(async (dir, options) => (await import('./backup.ts')).backup(context, dir, options));
  program
    .command('restore')
    .description('make an empty SAMPAN_HOME from a backup, check every byte, build the index')
    .argument('<dir>', 'the folder that `sampan backup` wrote')
    .option('--json', 'one object')
    .action(async (dir, options) => (await import('./restore.ts')).restore(context, dir, options));
}

function addServingCommands(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('serve the portal and the API; takes a new index without a restart')
    .option('--port <n>', 'instead of SAMPAN_PORT')
    .option('--host <address>', 'instead of SAMPAN_HOST')
    .action(async (options) => (await import('./serve.ts')).serve(context, options));
  program
    .command('demo')
    .description('start the sample portals, harvest them, build the index and serve the portal')
    .option('--once', 'harvest and index, serve nothing; the last line is one JSON object')
    .option('--port <n>', 'instead of SAMPAN_PORT')
    .action(async (options) => (await import('./demo.ts')).demo(context, options));
}

/** Commander's collector of a repeatable option. */
function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
