/** The sources that a harvest is about: those that are named, also when they are not enabled, else all that are. */
import type { Source } from '../model/source.ts';
import { CliError } from './cli-error.ts';

export interface SourceChoice {
  readonly ids: readonly string[];
  /** ISO 3166-1 in any case; none = every country. */
  readonly countries: readonly string[];
}

/** May be none. Throws `CliError` (usage) for an id that no source has. */
export function chosenSources(sources: readonly Source[], { ids, countries }: SourceChoice): readonly Source[] {
  const unknown = ids.filter((id) => !sources.some((source) => source.id === id));
  if (unknown.length > 0) {
    throw new CliError(
      'usage',
      `harvest: no source "${unknown.join('", "')}"; expected an id that \`sampan sources\` lists`,
    );
  }
  const wanted = new Set(countries.map((country) => country.toUpperCase()));
  return sources.filter(
    (source) =>
      (ids.length === 0 ? source.enabled : ids.includes(source.id)) &&
      (wanted.size === 0 || wanted.has(source.country)),
  );
}
