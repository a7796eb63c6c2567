/** `sampan renormalise`: a better mapping for all records, without a request. */
import type { Source } from '../model/source.ts';
import { normalise } from '../normalise/normalise.ts';
import { renormalise } from '../pipeline/renormalise.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { mappingVersionWith, openWriteHome, readSources, readVocabulary } from './open-home.ts';
import { createProgress } from './progress-bar.ts';
import { updateIndexWithProgress } from './update-index.ts';

export async function renormaliseSources(
  context: CliContext,
  ids: readonly string[],
  options: { readonly json?: boolean },
): Promise<void> {
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
    const [records, changed, rejected] = [counts.records, counts.changed, counts.rejected].map((n) =>
      n.toLocaleString('en'),
    );
    progress.finish(`${records} records made again: ${changed} datasets changed, ${rejected} rejected`);
    if (options.json === true) context.out(JSON.stringify(counts));
    if (counts.changed > 0) await updateIndexWithProgress(context, home);
  } finally {
    await home.close();
  }
}

function sourcesNamed(sources: readonly Source[], ids: readonly string[]): readonly Source[] {
  const unknown = ids.find((id) => !sources.some((source) => source.id === id));
  if (unknown !== undefined) {
    throw new CliError('usage', `renormalise: no source "${unknown}"; expected an id that \`sampan sources\` lists`);
  }
  return ids.length === 0 ? sources : sources.filter((source) => ids.includes(source.id));
}
