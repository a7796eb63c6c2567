/** `sampan renormalise`: a better mapping for all records, without a request. */
import type { Command } from 'commander';
import type { Source } from '../model/source.ts';
import { normalise } from '../normalise/normalise.ts';
import { renormalise } from '../pipeline/renormalise.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { mappingVersionWith, openWriteHome, readSources, readVocabulary } from './open-home.ts';
import { createProgress } from './progress-bar.ts';
import { updateIndexWithProgress } from './update-index.ts';

export function addRenormaliseCommand(program: Command, context: CliContext): void {
  program
    .command('renormalise')
    .description('make all datasets again from the archive with the mapping of this version; asks no portal')
    .argument('[id...]', 'only of these sources')
    .option('--json', 'one object with the counts')
    .action(async (ids: string[], options: { readonly json?: boolean }) => {
      const sources = sourcesNamed(await readSources(context), ids);
      const vocabulary = await readVocabulary(context);
      const home = await openWriteHome(context);
      const progress = createProgress(context.errors, () => context.now().getTime());
      try {
        const counts = await renormalise({
          sources,
          store: home.catalogue,
          vocabulary,
          normalise,
          mappingVersion: mappingVersionWith(vocabulary),
          signal: context.signal,
          progress: ({ records }) => progress.update(records, undefined, 'records made again'),
        });
        progress.finish(
          `${counts.records.toLocaleString('en')} records made again: ${counts.changed.toLocaleString('en')} datasets changed, ${counts.rejected.toLocaleString('en')} rejected`,
        );
        if (options.json === true) context.out(JSON.stringify(counts));
        if (counts.changed > 0) await updateIndexWithProgress(context, home);
      } finally {
        await home.close();
      }
    });
}

function sourcesNamed(sources: readonly Source[], ids: readonly string[]): readonly Source[] {
  const unknown = ids.find((id) => !sources.some((source) => source.id === id));
  if (unknown !== undefined) {
    throw new CliError('usage', `renormalise: no source "${unknown}"; expected an id that \`sampan sources\` lists`);
  }
  return ids.length === 0 ? sources : sources.filter((source) => ids.includes(source.id));
}
