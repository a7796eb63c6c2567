/** `sampan sources`: which of its four works is asked for. */
import type { CliContext } from './cli-context.ts';
import type { SourcesOptions } from './sources-options.ts';

export async function sourcesCommand(context: CliContext, options: SourcesOptions): Promise<void> {
  if (options.check === true) return (await import('./check-sources.ts')).checkAllSources(context, options);
  if (options.probe !== undefined) return (await import('./probe-sources.ts')).probeSources(context, options);
  if (options.add !== undefined) return (await import('./add-source.ts')).addSource(context, options.add, options);
  return (await import('./list-sources.ts')).listSources(context, options);
}
