/** A mistake in a file of `sources/`, as one sentence: which file, what was found, what was expected. */
export class SourceFileError extends Error {
  override readonly name = 'SourceFileError';
}
