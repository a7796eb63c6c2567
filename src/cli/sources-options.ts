/** The options of `sampan sources`, and the sources they leave. */
import type { Source } from '../model/source.ts';

export interface SourcesOptions {
  readonly country?: readonly string[];
  readonly protocol?: readonly string[];
  readonly check?: boolean;
  /** An id, or true for all that `country` and `protocol` leave. */
  readonly probe?: string | true;
  readonly add?: string;
  readonly json?: boolean;
}

/** Those that `--country` and `--protocol` leave. */
export function wantedSources(sources: readonly Source[], options: SourcesOptions): readonly Source[] {
  const countries = options.country?.map((code) => code.toUpperCase());
  return sources.filter(
    ({ country, protocol }) => (countries?.includes(country) ?? true) && (options.protocol?.includes(protocol) ?? true),
  );
}
